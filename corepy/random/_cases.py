"""What `python -m corepy check` draws: every distribution on a backend, as an operator of calls that are listed here."""

from collections.abc import Callable
from typing import Any

import numpy as np

from corepy.backend.dispatch import Operator
from corepy.random._generator import Generator
from corepy.random._kernels import Kernels

__all__ = ["CASES", "DRAWS", "SEED"]

SEED = 20260101

_RATES = [0.0, 0.5, 9.5, 10.5, 1000.0, 0.5, 9.99, 10.0, 1e6, 1e12]
_COV = [[2.0, 0.5, 0.3], [0.5, 1.0, -0.2], [0.3, -0.2, 1.5]]

# Arguments of calls, by method. Call i begins at position i * 10001.
CASES: dict[str, list[dict[str, Any]]] = {
    "random": [{"size": 2001}, {"size": (3, 7), "dtype": np.float32}, {"size": 1001, "dtype": np.float32}, {}],
    "bytes": [{"length": 1003}],
    "integers": [
        {"low": 6, "size": 2001},
        {"low": -5, "high": 2**31, "size": 501},
        {"low": -(2**62), "high": 2**62 + 2**61, "size": 501},
        {"low": 0, "high": 2**64, "size": 101, "dtype": np.uint64},
        {"low": [0, 1, -5], "high": [1, 2**63 - 1, 2**40], "size": (101, 3), "endpoint": True},
        {"low": -100, "high": 100, "size": 101, "dtype": np.int8},
    ],
    "uniform": [{"low": -1.5, "high": 7.25, "size": 1001}, {"low": [0.0, 5.0], "high": [1.0, 1e300], "size": (101, 2)}],
    "standard_normal": [{"size": 2001}, {"size": 501, "dtype": np.float32}],
    "normal": [{"loc": 10.0, "scale": 0.3, "size": 1001}, {"loc": [0.0, 1.0, 2.0], "scale": 2.0, "size": (33, 3)}],
    "lognormal": [{"mean": 0.5, "sigma": 1.5, "size": 1001}],
    "standard_exponential": [{"size": 2001}, {"size": 501, "dtype": np.float32}],
    "exponential": [{"scale": 2.5, "size": 1001}],
    "laplace": [{"loc": 1.0, "scale": 2.0, "size": 1001}],
    "logistic": [{"loc": 1.0, "scale": 2.0, "size": 1001}],
    "rayleigh": [{"scale": 3.0, "size": 1001}],
    "weibull": [{"a": 1.7, "size": 501}, {"a": [0.0, 0.1, 30.0], "size": (101, 3)}],
    "pareto": [{"a": 3.5, "size": 1001}],
    "triangular": [{"left": -1.0, "mode": 0.5, "right": 3.0, "size": 1001}],
    "standard_gamma": [{"shape": 2.5, "size": 1001}, {"shape": 0.01, "size": 501}, {"shape": 1.0, "size": 501}],
    "gamma": [{"shape": [0.0, 0.3, 1.0, 1e6], "scale": 2.0, "size": (201, 4)}],
    "beta": [{"a": [0.01, 0.5, 2.0, 300.0], "b": [0.02, 3.0, 2.0, 0.5], "size": (101, 4)}],
    "dirichlet": [{"alpha": [0.01, 1.0, 2.5, 0.3], "size": 101}],
    "poisson": [{"lam": 3.5, "size": 301}, {"lam": 25.0, "size": 1001}, {"lam": _RATES, "size": (31, 10)}],
    "binomial": [
        {"n": 10, "p": 0.3, "size": 301},
        {"n": 1000, "p": 0.7, "size": 1001},
        {"n": [0, 20, 100, 2**40], "p": [0.5, 0.5, 0.99, 0.001], "size": (51, 4)},
    ],
    "geometric": [{"p": 0.2, "size": 1001}, {"p": [1.0, 1e-12, 1e-300], "size": (11, 3)}],
    "multinomial": [
        {"n": 100, "pvals": [0.2, 0.3, 0.1, 0.4], "size": 101},
        {"n": [3, 1000], "pvals": [[0.5, 0.5], [0.1, 0.9]]},
    ],
    "choice": [
        {"a": 100, "size": 301},
        {"a": 100, "size": 40, "replace": False},
        {"a": 5, "size": 301, "p": [0.1, 0.2, 0.3, 0.25, 0.15]},
        {"a": 5, "size": 3, "p": [0.1, 0.2, 0.3, 0.25, 0.15], "replace": False},
    ],
    "permutation": [{"x": 301}, {"x": np.arange(60).reshape(5, 12), "axis": 1}],
    "permuted": [{"x": np.arange(60).reshape(5, 12), "axis": 1}, {"x": np.arange(60).reshape(5, 12)}],
    "shuffle": [{"x": np.arange(301)}, {"x": np.arange(60).reshape(5, 12), "axis": 1}],
    "multivariate_normal": [{"mean": [1.0, -2.0, 3.0], "cov": _COV, "size": 101}],
}


def _operator(name: str) -> Operator:
    def build(backend) -> Callable:
        kernels = Kernels(backend)

        def draw(call: int) -> np.ndarray:
            """What one of the calls draws, as an array."""
            generator = Generator(SEED)
            generator._kernels = kernels
            generator._take(call * 10_001)
            keywords = {k: v.copy() if isinstance(v, np.ndarray) else v for k, v in CASES[name][call].items()}
            found = getattr(generator, name)(**keywords)
            if name == "bytes":
                return np.frombuffer(found, np.uint8)
            return np.asarray(keywords["x"] if name == "shuffle" else found)

        draw.cases = [(f"call {i}", (), {"call": i}) for i in range(len(CASES[name]))]
        return draw

    return Operator(f"random.{name}", "draws", "random", build)


DRAWS: dict[str, Operator] = {f"random.{name}": _operator(name) for name in CASES}
