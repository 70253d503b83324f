"""Random numbers that are the same on every machine: NumPy's Generator, on Philox4x32-10.

`default_rng(seed)` makes a generator. Functions such as `normal` use a global one, which `corepy.settings.seed` seeds.
"""

from numpy.random import SeedSequence

from corepy.random._generator import Generator

_METHODS = (
    "beta",
    "binomial",
    "bytes",
    "choice",
    "dirichlet",
    "exponential",
    "gamma",
    "geometric",
    "integers",
    "laplace",
    "logistic",
    "lognormal",
    "multinomial",
    "multivariate_normal",
    "normal",
    "pareto",
    "permutation",
    "permuted",
    "poisson",
    "random",
    "rayleigh",
    "shuffle",
    "standard_exponential",
    "standard_gamma",
    "standard_normal",
    "triangular",
    "uniform",
    "weibull",
)

__all__ = ["Generator", "SeedSequence", "default_rng", *_METHODS]


def default_rng(seed=None) -> Generator:
    """A generator of random numbers.

    Parameters
    ----------
    seed : int, sequence of int, numpy.random.SeedSequence, Generator or None
        A generator is returned as it is; None takes fresh entropy from the operating system.

    Returns
    -------
    Generator

    Raises
    ------
    DTypeError
        If the seed is anything else.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.random.default_rng(42).random()
    0.5776617213327583
    """
    return seed if isinstance(seed, Generator) else Generator(seed)


# The functions of this module are its methods.
_GLOBAL = Generator()
globals().update({name: getattr(_GLOBAL, name) for name in _METHODS})
