"""The public class, of all families of distributions."""

from corepy.random._arranged import Arranged
from corepy.random._continuous import Continuous
from corepy.random._discrete import Discrete
from corepy.random._uniform import Uniform

__all__ = ["Generator"]


class Generator(Uniform, Continuous, Discrete, Arranged):
    """Random numbers that are the same on every machine, with the interface of `numpy.random.Generator`.

    The element at a position of the stream is a function of the seed, the position and the parameters. So drawing n numbers
    and then m gives those of drawing n + m, and any part of a stream can be had alone: see `stream` and `block`.

    Parameters
    ----------
    seed : int, sequence of int, numpy.random.SeedSequence or None
        None takes fresh entropy from the operating system.

    Raises
    ------
    DTypeError
        If the seed is anything else.

    Notes
    -----
    The words come from Philox4x32-10. Threads may draw from one generator: each call gets positions of its own.

    Examples
    --------
    >>> import corepy as cp
    >>> generator = cp.random.Generator(42)
    >>> generator.random()
    0.5776617213327583
    """
