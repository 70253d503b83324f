"""The kernels that draw, on one backend; on the reference their formulas run on whole arrays: loops would take seconds."""

from collections.abc import Callable
from functools import cached_property
from importlib import import_module

import numpy as np

__all__ = ["Kernels"]


class Kernels:
    """What fills arrays with elements of a stream from one position on, and the ufuncs that make variates of words."""

    def __init__(self, backend):
        self._backend = backend
        self._whole = backend.name == "reference"

    def _function(self, kernel: str, file: str, convert: str, *, of_pairs: bool = False) -> Callable:
        """A kernel; on the reference, what its loop calls."""
        if not self._whole:
            return self._backend.function("draws", kernel)
        return _on_whole_arrays(getattr(import_module(f"corepy.kernels.{file}"), convert), of_pairs)

    @cached_property
    def words(self) -> Callable:
        """words(stream, start, out of uint64)"""
        return self._function("words", "philox", "_word")

    @cached_property
    def random(self) -> Callable:
        """random(stream, start, out of float64)"""
        return self._function("random_", "philox", "_fraction")

    @cached_property
    def random_single(self) -> Callable:
        """random_single(stream, start, out of float32)"""
        return self._function("random_single", "philox", "_fraction24")

    @cached_property
    def integers(self) -> Callable:
        """integers(stream, start, width, lowest, out of int64)"""
        return _integers_on_whole_arrays if self._whole else self._backend.function("draws", "integers")

    def attempt(self, stream: np.ndarray, number: int, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The two words that the elements at some positions (uint64) have for an attempt of their own."""
        if self._whole:
            return _pairs(positions, number, stream)
        first, second = np.empty(positions.shape, np.uint64), np.empty(positions.shape, np.uint64)
        self._attempts(stream, number, positions, first, second)
        return first, second

    @cached_property
    def _attempts(self) -> Callable:
        return self._backend.function("draws", "attempts")

    @cached_property
    def standard_normal(self) -> Callable:
        """standard_normal(stream, start, out of float64)"""
        return self._function("standard_normal", "normal", "_normals", of_pairs=True)

    @cached_property
    def standard_exponential(self) -> Callable:
        """standard_exponential(stream, start, out of float64)"""
        return self._function("standard_exponential", "normal", "_exponential")

    @cached_property
    def exchange(self) -> Callable:
        """exchange(partners, n, out of int64): permutations of n numbers"""
        return self._backend.function("draws", "exchange")

    def __getattr__(self, name: str):
        """A ufunc: of kernels/variates.py, or the operator of Corepy on this backend."""
        if name.startswith("_"):
            raise AttributeError(name)
        file, kernel = _FUNCTIONS.get(name, ("variates", name))
        found = self.__dict__[name] = self._backend.ufunc(file, kernel)
        return found


# Operators that make one distribution from another one.
_FUNCTIONS = {
    "exp": ("exponential", "exp_"),
    "expm1": ("exponential", "expm1_"),
    "expit": ("exponential", "expit"),
    "log": ("logarithm", "log_"),
    "log1p": ("logarithm", "log1p_"),
    "power": ("power", "power"),
}


def _pairs(counters: np.ndarray, attempt: int, stream: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    from corepy.kernels import philox

    with np.errstate(over="ignore"):
        return philox._attempt(counters, np.uint32(attempt), np.uint32(stream[1]), stream[0])


def _on_whole_arrays(convert: Callable, of_pairs: bool) -> Callable:
    def fill(stream: np.ndarray, start: int, out: np.ndarray) -> None:
        skip = start % 2
        counters = np.arange((out.size + skip + 1) // 2, dtype=np.uint64) + np.uint64(start // 2)
        words = _pairs(counters, 0, stream)
        with np.errstate(all="ignore"):
            values = np.stack(convert(*words) if of_pairs else tuple(map(convert, words)), axis=-1)
        out[...] = values.reshape(-1)[skip : skip + out.size]

    return fill


def _integers_on_whole_arrays(stream, start: int, width: int, lowest: int, out: np.ndarray) -> None:
    from corepy.kernels import philox

    words = np.empty(out.size, np.uint64)
    _on_whole_arrays(philox._word, False)(stream, start, words)
    mask, surplus = np.uint64(philox.MASK), np.uint64((2**64 - width) % width)
    waiting, attempt = np.arange(out.size), 0
    while waiting.size:
        upper, lower = philox._scaled(words, np.uint64(width))
        out[waiting] = (upper >> np.uint64(32)).astype(np.int64) + lowest
        rejected = (upper & mask == 0) & (lower < surplus)
        waiting, attempt = waiting[rejected], attempt + 1
        words, _ = _pairs(waiting.astype(np.uint64) + np.uint64(start), attempt, stream)
