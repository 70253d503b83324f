"""Reductions along axes: sum, prod, mean, var, std, min, max, argmin, argmax, any, all, count_nonzero, logsumexp."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from corepy import errors
from corepy._arguments import DTYPES, axes, contiguous, deliver, operand, public, reduced_shape, slices
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


class _Rule(NamedTuple):
    """How the kernels of an operator take a dtype: the dtype they work in, their suffix (by kind and size, or by kind),
    and the dtype of the result.
    """

    working: Callable[[np.dtype], np.dtype]
    result: Callable[[np.dtype], np.dtype]
    suffix: Mapping[str, str] = MappingProxyType({})
    needs_elements: bool = False


def _same(dtype: np.dtype) -> np.dtype:
    return dtype


def _number(dtype: np.dtype) -> np.dtype:
    return np.dtype(np.int8) if dtype.kind == "b" else dtype


def _widest(dtype: np.dtype) -> np.dtype:
    return dtype if dtype.kind == "f" else np.dtype(np.uint64 if dtype.kind == "u" else np.int64)


def _float(dtype: np.dtype) -> np.dtype:
    return dtype if dtype.kind == "f" else np.dtype(np.float64)


def _byte(dtype: np.dtype) -> np.dtype:
    return np.dtype(np.uint8) if dtype.kind == "b" else dtype


def _wide_integer(dtype: np.dtype) -> np.dtype:
    # Positions are compiled for three integer types only: ten would double the build of their file.
    if dtype.kind == "f" or dtype.itemsize == 8:
        return dtype
    return np.dtype(np.int64 if dtype == np.uint32 else np.int32)


def _truth(dtype: np.dtype) -> np.dtype:
    return dtype if dtype.kind == "f" else np.dtype(np.uint8)


_BY_SIGN = {"i": "__signed", "b": "__signed", "u": "__unsigned"}
_BY_KIND = {"i": "__integer", "b": "__integer", "u": "__integer"}
# gcc leaves the plain loop over int64 scalar, and no other: it takes the lanes of floats.
_BY_KIND_AND_SIZE = {**_BY_KIND, "i8": ""}

_ACCUMULATE = _Rule(_number, _widest, _BY_SIGN)
_AVERAGE = _Rule(_float, _float)
_SELECT = _Rule(_byte, _same, _BY_KIND_AND_SIZE, needs_elements=True)
_LOCATE = _Rule(_wide_integer, lambda _: np.dtype(np.int64), _BY_KIND, needs_elements=True)
_TEST = _Rule(_truth, lambda _: np.dtype(np.bool_))
_COUNT = _Rule(_truth, lambda _: np.dtype(np.int64))


class _Plan:
    """One operator for one dtype: conversion, kernels, and the dtype of the result."""

    def __init__(self, backend, file: str, kernel: str, rule: _Rule, dtype: np.dtype):
        suffix = rule.suffix.get(dtype.str[1:], rule.suffix.get(dtype.kind, ""))
        base = kernel.rstrip("_")
        self.working = rule.working(dtype)
        self.result = rule.result(dtype)
        self.kernel = backend.function(file, base + suffix if suffix else kernel)
        self.along = backend.function(file, f"{base}{suffix}_axis")
        # Same size and no sign: the same bits under another name (bool or int8 as uint8).
        self.renamed = self.working.kind == "u" and self.working.itemsize == dtype.itemsize
        self.tested = rule.working is _truth and dtype.kind in "iu" and dtype.itemsize > 1
        # min and max of bool come back as uint8.
        self.buffer = self.working if self.result.kind == "b" and rule is _SELECT else self.result
        self.flat = self.kernel if self.working == dtype else self._convert_and_reduce

    def convert(self, array: np.ndarray) -> np.ndarray:
        if self.renamed:
            return array.view(self.working)
        if self.tested:
            return array.astype(np.bool_).view(np.uint8)
        return array.astype(self.working, copy=False)

    def _convert_and_reduce(self, array: np.ndarray, *parameters):
        value = self.kernel(self.convert(array), *parameters)
        return value if self.buffer == self.result else self.result.type(value)

    def along_axes(self, array: np.ndarray, chosen: tuple[int, ...], parameters: tuple) -> np.ndarray:
        """Reduce some of the axes; the result keeps the others in their order, flattened."""
        mirrored = len(chosen) == 1 and array.flags.fnc
        if mirrored:
            # A Fortran-ordered array is a C-ordered one with its axes reversed.
            array, chosen = array.T, (array.ndim - 1 - chosen[0],)
        cube = slices(self.convert(array), chosen)
        outer, n, inner = cube.shape
        values = np.empty(outer * inner, self.buffer)
        self.along(cube.reshape(-1), outer, n, inner, values, *parameters)
        values = values.astype(self.result, copy=False)
        return values.reshape(reduced_shape(array.shape, chosen, False)).T if mirrored else values


def _operator(file: str, kernel: str, rule: _Rule, front: Callable) -> Callable:
    """Build `front` around the general path: any array_like, any axis, any layout."""
    name = kernel.rstrip("_")

    def build(backend):
        plans = {dtype: _Plan(backend, file, kernel, rule, dtype) for dtype in DTYPES}

        def general(x, axis, keepdims, out, *parameters):
            array = operand(name, x)
            plan = plans[array.dtype]
            chosen = axes(name, axis, array.ndim)
            shape = reduced_shape(array.shape, chosen, keepdims)
            if rule.needs_elements and array.size == 0 and 0 not in shape:
                raise ValueError(f"corepy.{name}: an empty slice has no element to return (x has shape {array.shape}).")
            if len(chosen) == array.ndim:
                values = plan.flat(contiguous(array).reshape(-1), *parameters)
                if out is None and not keepdims:
                    return values
                values = np.asarray(values)
            else:
                values = plan.along_axes(array, chosen, parameters)
            return deliver(name, values.reshape(shape), out)

        # Kernels refuse whatever is not a contiguous, aligned, native vector; the general path takes that.
        flat = {dtype: plan.flat for dtype, plan in plans.items()}
        return public(front(name, flat, general), name, backend.function(file, kernel).__doc__)

    return operator(name, file, "reductions", build)


_REFUSED = (AttributeError, KeyError, OverflowError, TypeError, ValueError)


def _reduction(file: str, kernel: str, rule: _Rule) -> Callable:
    def front(name, flat, general):
        def reduction(x, axis=None, *, keepdims=False, out=None):
            if axis is None and out is None and not keepdims:
                try:
                    if x.ndim == 1:
                        return flat[x.dtype](x)
                except _REFUSED:
                    pass
            return general(x, axis, keepdims, out)

        return reduction

    return _operator(file, kernel, rule, front)


def _spread(kernel: str) -> Callable:
    def front(name, flat, general):
        def spread(x, axis=None, *, ddof=0, correction=None, keepdims=False, out=None):
            if axis is None and out is None and correction is None and not keepdims:
                try:
                    if x.ndim == 1:
                        return flat[x.dtype](x, ddof + 0.0)
                except _REFUSED:
                    pass
            if correction is not None and ddof:
                raise ValueError(
                    f"corepy.{name}: ddof={ddof} and correction={correction} are two names of one argument."
                )
            given = ddof if correction is None else correction
            try:
                # Adding refuses strings, which float() would read.
                divisor_shift = float(given + 0.0)
            except (OverflowError, TypeError, ValueError):
                raise errors.DTypeError(f"corepy.{name}: ddof is {given!r}; it must be a number.") from None
            return general(x, axis, keepdims, out, divisor_shift)

        return spread

    return _operator("reduction", kernel, _AVERAGE, front)


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
