"""Reductions along axes: sum, prod, mean, var, std, min, max, argmin, argmax, any, all, count_nonzero, logsumexp."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from corepy import errors
from corepy._arguments import DTYPES, axes, deliver, operand, public, reduced_shape, slices
from corepy.backend.dispatch import operator

__all__ = [
    "all",
    "any",
    "argmax",
    "argmin",
    "count_nonzero",
    "logsumexp",
    "max",
    "mean",
    "min",
    "prod",
    "std",
    "sum",
    "var",
]


@dataclass(frozen=True)
class _Rule:
    """For a dtype: the dtype the kernel works in, the suffix of the kernel, and the dtype of the result."""

    working: Callable[[np.dtype], np.dtype]
    result: Callable[[np.dtype], np.dtype]
    suffix: Callable[[np.dtype], str] = lambda dtype: ""
    needs_elements: bool = False


def _widest(dtype: np.dtype) -> np.dtype:
    if dtype.kind == "f":
        return dtype
    return np.dtype(np.uint64 if dtype.kind == "u" else np.int64)


def _float(dtype: np.dtype) -> np.dtype:
    return dtype if dtype.kind == "f" else np.dtype(np.float64)


def _bytes(dtype: np.dtype) -> np.dtype:
    return np.dtype(np.uint8) if dtype.kind == "b" else np.dtype(f"{dtype.kind}{dtype.itemsize}")


def _bits(dtype: np.dtype) -> np.dtype:
    return dtype if dtype.kind == "f" else np.dtype(f"u{dtype.itemsize}")


def _constant(dtype: type) -> Callable[[np.dtype], np.dtype]:
    return lambda _: np.dtype(dtype)


_ACCUMULATE = _Rule(_widest, _widest, lambda dtype: "" if dtype.kind == "f" else "__integer")
_AVERAGE = _Rule(_float, _float)
_SELECT = _Rule(_bytes, lambda dtype: dtype, needs_elements=True)
_LOCATE = _Rule(_bytes, _constant(np.int64), needs_elements=True)
_TEST = _Rule(_bits, _constant(np.bool_))
_COUNT = _Rule(_bits, _constant(np.int64))


class _General:
    """Any array_like, any axis, any layout; the fast path of each operator stands in front of it."""

    def __init__(self, backend, name: str, file: str, kernel: str, rule: _Rule):
        self.name = name
        self.rule = rule
        suffixes = {rule.suffix(dtype) for dtype in DTYPES}
        self.flat = {s: backend.function(file, (kernel.rstrip("_") if s else kernel) + s) for s in suffixes}
        self.along = {s: backend.function(file, f"{kernel.rstrip('_')}{s}_axis") for s in suffixes}

    def __call__(self, x, axis, keepdims, out, *parameters):
        array = operand(self.name, x)
        chosen = axes(self.name, axis, array.ndim)
        dtype, rule = array.dtype, self.rule
        suffix, result_dtype = rule.suffix(dtype), rule.result(dtype)
        shape = reduced_shape(array.shape, chosen, keepdims)
        array = self._working(array, rule.working(dtype))
        if array.ndim > 1 and len(chosen) < array.ndim and array.flags.fnc:
            return deliver(self.name, self._fortran(array, chosen, suffix, result_dtype, parameters).reshape(shape), out)
        cube = slices(array, chosen)
        if rule.needs_elements and cube.shape[1] == 0 and cube.size == 0 and 0 not in shape:
            raise ValueError(f"corepy.{self.name}: an empty slice has no element to return (x has shape {np.shape(x)}).")
        return deliver(self.name, self._reduce(cube, suffix, result_dtype, parameters).reshape(shape), out)

    @staticmethod
    def _working(array: np.ndarray, dtype: np.dtype) -> np.ndarray:
        # Same size: the same bits under another name (bool as uint8, int32 as uint32).
        return array.view(dtype) if array.dtype.itemsize == dtype.itemsize and dtype.kind == "u" else array.astype(dtype, copy=False)

    def _reduce(self, cube: np.ndarray, suffix: str, dtype: np.dtype, parameters: tuple) -> np.ndarray:
        if cube.shape[0] == cube.shape[2] == 1 and cube.shape[1]:
            return np.asarray(self.flat[suffix](cube.reshape(-1), *parameters)).astype(dtype)
        outer, n, inner = cube.shape
        result = np.empty(outer * inner, _bytes(dtype) if self.rule is _SELECT else dtype)
        self.along[suffix](cube.reshape(-1), outer, n, inner, result, *parameters)
        return result.astype(dtype, copy=False)

    def _fortran(self, array, chosen, suffix, dtype, parameters) -> np.ndarray:
        """A Fortran-ordered array is a C-ordered one with its axes reversed; its slices are the same if it is one axis."""
        if len(chosen) != 1:
            return self._reduce(slices(array, chosen), suffix, dtype, parameters)
        mirrored = array.T
        axis = array.ndim - 1 - chosen[0]
        shape = reduced_shape(mirrored.shape, (axis,), False)
        return self._reduce(slices(mirrored, (axis,)), suffix, dtype, parameters).reshape(shape).T


def _reduction(file: str, kernel: str, rule: _Rule) -> Callable:
    def build(backend):
        name = kernel.rstrip("_")
        general = _General(backend, name, file, kernel, rule)
        # Where the kernel takes the dtype as it is; it refuses all but C-contiguous, aligned, native arrays.
        flat = {d: general.flat[rule.suffix(d)] for d in DTYPES if rule.working(d) == d}

        def reduction(x, axis=None, *, keepdims=False, out=None):
            if axis is None and out is None and not keepdims:
                try:
                    if x.ndim == 1:
                        return flat[x.dtype](x)
                except (AttributeError, KeyError, TypeError, ValueError):
                    pass
            return general(x, axis, keepdims, out)

        return public(reduction, name, backend.function(file, kernel).__doc__)

    return operator(kernel.rstrip("_"), file, "reductions", build)


def _spread(kernel: str) -> Callable:
    def build(backend):
        general = _General(backend, kernel, "reduction", kernel, _AVERAGE)
        flat = {np.dtype(t): general.flat[""] for t in (np.float32, np.float64)}

        def spread(x, axis=None, *, ddof=0, correction=None, keepdims=False, out=None):
            if axis is None and out is None and correction is None and not keepdims:
                try:
                    if x.ndim == 1:
                        return flat[x.dtype](x, float(ddof))
                except (AttributeError, KeyError, TypeError, ValueError):
                    pass
            if correction is not None and ddof:
                raise ValueError(f"corepy.{kernel}: ddof={ddof} and correction={correction} are two names of one argument.")
            try:
                correction = float(ddof if correction is None else correction)
            except (TypeError, ValueError):
                raise errors.DTypeError(f"corepy.{kernel}: ddof is {ddof!r}; it must be a number.") from None
            return general(x, axis, keepdims, out, correction)

        return public(spread, kernel, backend.function("reduction", kernel).__doc__)

    return operator(kernel, "reduction", "reductions", build)


sum = _reduction("reduction", "sum_", _ACCUMULATE)
prod = _reduction("reduction", "prod", _ACCUMULATE)
mean = _reduction("reduction", "mean", _AVERAGE)
var = _spread("var")
std = _spread("std")
min = _reduction("search", "min_", _SELECT)
max = _reduction("search", "max_", _SELECT)
argmin = _reduction("search", "argmin", _LOCATE)
argmax = _reduction("search", "argmax", _LOCATE)
any = _reduction("truth", "any_", _TEST)
all = _reduction("truth", "all_", _TEST)
count_nonzero = _reduction("truth", "count_nonzero", _COUNT)
logsumexp = _reduction("normalization", "logsumexp", _AVERAGE)
