"""The kernels that draw, on one backend."""

from collections.abc import Callable
from typing import Any

import numpy as np

from corepy.random import _whole_arrays

__all__ = ["Kernels"]

# Arguments of each, by file.
_FILES = {
    "draws": {
        "words": "stream, start, out of uint64",
        "random_": "stream, start, out of float64",
        "random_single": "stream, start, out of float32",
        "standard_normal": "stream, start, out of float64",
        "standard_exponential": "stream, start, out of float64",
        "uniform": "stream, start, scale, shift, out of float64",
        "normal": "stream, start, scale, shift, out of float64",
        "exponential": "stream, start, scale, shift, out of float64",
        "integers": "stream, start, widths of uint64, lowest, out of int64",
        "attempts": "stream, attempt, positions, first of uint64, second of uint64",
        "exchange": "partners, n, out of int64",
    },
    "variates": {
        "gammas": "stream, start, lane, shapes, g of float64, t of float64",
        "poissons": "stream, start, rates, out of int64",
        "binomials": "stream, start, step, trials, probabilities, out of int64",
    },
}
_ARRAYS = {kernel: file for file, kernels in _FILES.items() for kernel in kernels}

_UFUNCS = {
    **{
        name: ("transforms", name)
        for name in ("affine", "lognormal", "laplace", "logistic", "triangular", "rayleigh", "pareto", "geometric")
    },
    **{name: ("transforms", name) for name in ("gamma", "log_gamma", "beta", "weibull")},
    "exp": ("exponential", "exp_"),
}


class Kernels:
    """What fills arrays with elements of a stream from one position on, and operators of Corepy, as attributes."""

    def __init__(self, backend):
        self._backend = backend

    def attempt(self, stream: np.ndarray, number: int, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The two words that the elements at some positions (uint64) have for an attempt of their own."""
        if self._backend.name == "reference":
            return _whole_arrays.attempt(stream, number, positions)
        first, second = np.empty(positions.shape, np.uint64), np.empty(positions.shape, np.uint64)
        self.attempts(stream, number, positions, first, second)
        return first, second

    def _made(self, name: str) -> Callable[..., Any]:
        if name in _UFUNCS:
            return self._backend.ufunc(*_UFUNCS[name])
        if name not in _ARRAYS:
            raise AttributeError(name)
        if self._backend.name == "reference":
            if name in _whole_arrays.FILLS:
                return _whole_arrays.fill(name)
            if name in _whole_arrays.KERNELS:
                return _whole_arrays.KERNELS[name]
        return self._backend.function(_ARRAYS[name], name)

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        found = self.__dict__[name] = self._made(name)
        return found
