"""Every distribution of corepy.random beside SciPy's: what test_distributions.py judges, and at any size

python tests/distributions.py 10000000
"""

import sys
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import scipy.stats as st

from corepy.random import Generator


class Case(NamedTuple):
    """A call, and the distribution it draws from; `of` names the method."""

    of: str
    draw: Callable[[Generator, int], np.ndarray]
    truth: object


CASES = {
    "random": Case("random", lambda g, n: g.random(n), st.uniform()),
    "random float32": Case("random", lambda g, n: g.random(n, dtype=np.float32).astype(float), st.uniform()),
    "uniform(-3, 1)": Case("uniform", lambda g, n: g.uniform(-3.0, 1.0, n), st.uniform(-3, 4)),
    "standard_normal": Case("standard_normal", lambda g, n: g.standard_normal(n), st.norm()),
    "normal(1, 2)": Case("normal", lambda g, n: g.normal(1.0, 2.0, n), st.norm(1, 2)),
    "lognormal(0.1, 0.4)": Case("lognormal", lambda g, n: g.lognormal(0.1, 0.4, n), st.lognorm(0.4, scale=np.exp(0.1))),
    "standard_exponential": Case("standard_exponential", lambda g, n: g.standard_exponential(n), st.expon()),
    "exponential(2)": Case("exponential", lambda g, n: g.exponential(2.0, n), st.expon(scale=2)),
    "laplace(1, 2)": Case("laplace", lambda g, n: g.laplace(1.0, 2.0, n), st.laplace(1, 2)),
    "logistic(1, 2)": Case("logistic", lambda g, n: g.logistic(1.0, 2.0, n), st.logistic(1, 2)),
    "rayleigh(2)": Case("rayleigh", lambda g, n: g.rayleigh(2.0, n), st.rayleigh(scale=2)),
    "weibull(1.7)": Case("weibull", lambda g, n: g.weibull(1.7, n), st.weibull_min(1.7)),
    "pareto(20)": Case("pareto", lambda g, n: g.pareto(20.0, n), st.lomax(20.0)),
    "triangular(-1, 0, 3)": Case("triangular", lambda g, n: g.triangular(-1.0, 0.0, 3.0, n), st.triang(0.25, -1, 4)),
    "standard_gamma(0.3)": Case("standard_gamma", lambda g, n: g.standard_gamma(0.3, n), st.gamma(0.3)),
    "gamma(1, 2)": Case("gamma", lambda g, n: g.gamma(1.0, 2.0, n), st.gamma(1, scale=2)),
    "gamma(7.5, 2)": Case("gamma", lambda g, n: g.gamma(7.5, 2.0, n), st.gamma(7.5, scale=2)),
    "beta(0.3, 0.2)": Case("beta", lambda g, n: g.beta(0.3, 0.2, n), st.beta(0.3, 0.2)),
    "beta(3, 2)": Case("beta", lambda g, n: g.beta(3.0, 2.0, n), st.beta(3, 2)),
    "dirichlet([0.5, 3, 1])[1]": Case("dirichlet", lambda g, n: g.dirichlet([0.5, 3.0, 1.0], n)[:, 1], st.beta(3, 1.5)),
    "multivariate_normal: x + y": Case(
        "multivariate_normal",
        lambda g, n: g.multivariate_normal([1.0, 2.0], [[2.0, -0.5], [-0.5, 1.0]], n).sum(axis=1),
        st.norm(3, np.sqrt(2.0)),
    ),
    "integers(0, 37)": Case("integers", lambda g, n: g.integers(0, 37, n), st.randint(0, 37)),
    "integers(2**63 - 5)": Case("integers", lambda g, n: g.integers(2**63 - 5, size=n) // 2**54, st.randint(0, 512)),
    "bytes": Case("bytes", lambda g, n: np.frombuffer(g.bytes(n), np.uint8).astype(int), st.randint(0, 256)),
    "poisson(0.5)": Case("poisson", lambda g, n: g.poisson(0.5, n), st.poisson(0.5)),
    "poisson(9.9)": Case("poisson", lambda g, n: g.poisson(9.9, n), st.poisson(9.9)),
    "poisson(10)": Case("poisson", lambda g, n: g.poisson(10.0, n), st.poisson(10.0)),
    "poisson(250.5)": Case("poisson", lambda g, n: g.poisson(250.5, n), st.poisson(250.5)),
    "binomial(10, 0.4)": Case("binomial", lambda g, n: g.binomial(10, 0.4, n), st.binom(10, 0.4)),
    "binomial(40, 0.5)": Case("binomial", lambda g, n: g.binomial(40, 0.5, n), st.binom(40, 0.5)),
    "binomial(1000, 0.83)": Case("binomial", lambda g, n: g.binomial(1000, 0.83, n), st.binom(1000, 0.83)),
    "geometric(0.2)": Case("geometric", lambda g, n: g.geometric(0.2, n), st.geom(0.2)),
    "multinomial(50, ...)[1]": Case(
        "multinomial", lambda g, n: g.multinomial(50, [0.3, 0.5, 0.2], n)[:, 1], st.binom(50, 0.5)
    ),
    "choice(6)": Case("choice", lambda g, n: g.choice(6, n), st.randint(0, 6)),
    "choice(3, p)": Case(
        "choice", lambda g, n: g.choice(3, n, p=[0.2, 0.5, 0.3]), st.rv_discrete(values=([0, 1, 2], [0.2, 0.5, 0.3]))
    ),
    "permuted: first of 7": Case(
        "permuted", lambda g, n: g.permuted(np.tile(np.arange(7), (n, 1)), axis=1)[:, 0], st.randint(0, 7)
    ),
    "permuted: last of 7": Case(
        "permuted", lambda g, n: g.permuted(np.tile(np.arange(7), (n, 1)), axis=1)[:, 6], st.randint(0, 7)
    ),
}


def moment_scores(x: np.ndarray, truth) -> list[float]:
    """How many standard errors the first four moments are from the truth."""
    x = x.astype(np.float64)
    found = []
    for k in (1, 2, 3, 4):
        expected, squared = float(truth.moment(k)), float(truth.moment(2 * k))
        found.append((float(np.mean(x**k)) - expected) / np.sqrt((squared - expected**2) / x.size))
    return found


def p_value(x: np.ndarray, truth) -> float:
    """Of the chi-square test of counts, or of Kolmogorov's and Smirnov's of floats."""
    if x.dtype.kind == "f":
        return float(st.kstest(x, truth.cdf).pvalue)
    counts = np.bincount(x)
    expected = truth.pmf(np.arange(counts.size)) * x.size
    kept = np.flatnonzero(expected >= 10)
    first, last = kept[0], kept[-1] + 1
    observed = np.array([*counts[first:last], counts[:first].sum() + counts[last:].sum()], float)
    wanted = np.array([*expected[first:last], x.size - expected[first:last].sum()])
    if wanted[-1] < 10:
        observed, wanted = observed[:-1], wanted[:-1]
    return float(st.chisquare(observed, wanted * observed.sum() / wanted.sum()).pvalue)


def judged(name: str, size: int, seed: int = 2026) -> tuple[float, list[float]]:
    """The p-value and the moments' scores of one case; each case has a seed of its own."""
    case = CASES[name]
    x = case.draw(Generator([seed, list(CASES).index(name)]), size)
    return p_value(x, case.truth), moment_scores(x, case.truth)


if __name__ == "__main__":
    for name in CASES:
        p, scores = judged(name, int(sys.argv[1]))
        print(f"| `{name}` | {p:.3f} | {' '.join(f'{z:.1f}' for z in scores)} |", flush=True)
