"""What all reductions along axes share: how a dtype chooses its kernels, and the way from any call to them."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from corepy import errors
from corepy._arguments import DTYPES, axes, contiguous, deliver, operand, public, reduced_shape, slices
from corepy.backend.dispatch import operator

__all__ = [
    *("ACCUMULATE", "AVERAGE", "COUNT", "LOCATE", "SELECT", "TEST", "Kernels", "Plan", "Rule"),
    *("ddof_or_correction", "described", "reduction", "spread"),
]


class Rule(NamedTuple):
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

ACCUMULATE = Rule(_number, _widest, _BY_SIGN)
AVERAGE = Rule(_float, _float)
SELECT = Rule(_byte, _same, _BY_KIND_AND_SIZE, needs_elements=True)
LOCATE = Rule(_wide_integer, lambda _: np.dtype(np.int64), _BY_KIND, needs_elements=True)
TEST = Rule(_truth, lambda _: np.dtype(np.bool_))
COUNT = Rule(_truth, lambda _: np.dtype(np.int64))


class Kernels(NamedTuple):
    """Where the kernels of an operator are: `kernel` takes a flat slice, `along` (by default, kernel_axis) the middle axis of
    three; `first` and `along_first` are given to them before the array, `last` to the latter after all.
    """

    file: str
    kernel: str
    rule: Rule
    along: str = ""
    first: tuple = ()
    along_first: tuple | None = None
    last: tuple = ()


class Plan:
    """One operator for one dtype: conversion, kernels, and the dtype of the result."""

    def __init__(self, backend, kernels: Kernels, dtype: np.dtype):
        file, kernel, rule = kernels[:3]
        suffix = rule.suffix.get(dtype.str[1:], rule.suffix.get(dtype.kind, ""))
        base = kernel.rstrip("_")
        self.working = rule.working(dtype)
        self.result = rule.result(dtype)
        self.last = kernels.last

        def given(name: str, first: tuple) -> Callable:
            # Floats are given in the dtype of the array.
            first = tuple(self.working.type(v) if isinstance(v, float) else v for v in first)
            function = backend.function(file, name)
            return partial(function, *first) if first else function

        self.kernel = given(base + suffix if suffix else kernel, kernels.first)
        self.along = given(
            kernels.along or f"{base}{suffix}_axis",
            kernels.first if kernels.along_first is None else kernels.along_first,
        )
        # Same size and no sign: the same bits under another name (bool or int8 as uint8).
        self.renamed = self.working.kind == "u" and self.working.itemsize == dtype.itemsize
        self.tested = rule.working is _truth and dtype.kind in "iu" and dtype.itemsize > 1
        # min and max of bool come back as uint8.
        self.buffer = self.working if self.result.kind == "b" and rule is SELECT else self.result
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
        self.along(cube.reshape(-1), outer, n, inner, values, *parameters, *self.last)
        values = values.astype(self.result, copy=False)
        return values.reshape(reduced_shape(array.shape, chosen, False)).T if mirrored else values


def _operator(
    name: str, front: Callable, of_floats: Kernels, of_others: Kernels | None, doc: str, checked: Callable
) -> Callable:
    """Build `front` around the general path: any array_like, any axis, any layout."""
    needs_elements = of_floats.rule.needs_elements

    def build(backend):
        plans = {
            dtype: Plan(backend, of_others if of_others and dtype.kind != "f" else of_floats, dtype) for dtype in DTYPES
        }

        def general(x, axis, keepdims, out, *parameters):
            array = operand(name, x)
            plan = plans[array.dtype]
            chosen = axes(name, axis, array.ndim)
            shape = reduced_shape(array.shape, chosen, keepdims)
            if needs_elements and array.size == 0 and 0 not in shape:
                raise ValueError(f"corepy.{name}: an empty slice has no element to return (x has shape {array.shape}).")
            if len(chosen) == array.ndim:
                values = checked(name, plan.flat(contiguous(array).reshape(-1), *parameters))
                if out is None and not keepdims:
                    return values
                values = np.asarray(values)
            else:
                values = checked(name, plan.along_axes(array, chosen, parameters))
            return deliver(name, values.reshape(shape), out)

        # Kernels refuse whatever is not a contiguous, aligned, native vector; the general path takes that.
        flat = {dtype: plan.flat for dtype, plan in plans.items()}
        text = doc or backend.function(of_floats.file, of_floats.kernel).__doc__
        return public(front(name, flat, general), name, text)

    return operator(name, of_floats.file, "reductions", build)


_REFUSED = (AttributeError, KeyError, OverflowError, TypeError, ValueError)


def _unchecked(name, values):
    return values


def reduction(
    name: str, of_floats: Kernels, of_others: Kernels | None = None, doc: str = "", checked: Callable | None = None
) -> Callable:
    """An operator without parameters of its own; `checked` looks at what the kernels gave, and may raise."""

    def front(name, flat, general):
        def reduction(x, axis=None, *, keepdims=False, out=None):
            if axis is None and out is None and not keepdims:
                try:
                    if x.ndim == 1:
                        return flat[x.dtype](x)
                except _REFUSED:
                    pass
            return general(x, axis, keepdims, out)

        def location(x, axis=None, *, keepdims=False, out=None):
            if axis is None and out is None and not keepdims:
                try:
                    # What is below 0 is for the general path to refuse.
                    if x.ndim == 1 and (place := flat[x.dtype](x)) >= 0:
                        return place
                except _REFUSED:
                    pass
            return general(x, axis, keepdims, out)

        return reduction if checked is None else location

    return _operator(name, front, of_floats, of_others, doc, checked or _unchecked)


def ddof_or_correction(name: str, ddof, correction) -> float:
    """The one of the two that is given, as a float."""
    if correction is not None and ddof:
        raise ValueError(f"corepy.{name}: ddof={ddof} and correction={correction} are two names of one argument.")
    given = ddof if correction is None else correction
    try:
        # Adding refuses strings, which float() would read.
        return float(given + 0.0)
    except (OverflowError, TypeError, ValueError):
        raise errors.DTypeError(f"corepy.{name}: ddof is {given!r}; it must be a number.") from None


def spread(name: str, of_floats: Kernels, of_others: Kernels | None = None, doc: str = "") -> Callable:
    """An operator with ddof."""

    def front(name, flat, general):
        def spread(x, axis=None, *, ddof=0, correction=None, keepdims=False, out=None):
            if axis is None and out is None and correction is None and not keepdims:
                try:
                    if x.ndim == 1:
                        return flat[x.dtype](x, ddof + 0.0)
                except _REFUSED:
                    pass
            return general(x, axis, keepdims, out, ddof_or_correction(name, ddof, correction))

        return spread

    return _operator(name, front, of_floats, of_others, doc, _unchecked)


_FORM = """{summary}

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    axis : int, tuple of int or None, default None
        Axis or axes to reduce; None is all of them, in C order.
{parameters}    keepdims : bool, default False
        Keep reduced axes with length 1.
    out : ndarray, optional
        Where to put the result; its dtype must hold the result's ("same_kind").

    Returns
    -------
    {returns}

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.
{raises}
    Notes
    -----
    {notes}

    Examples
    --------
    >>> import corepy as cp
    {examples}
    """


def described(summary: str, returns: str, notes: str, examples: str, *, parameters: str = "", raises: str = "") -> str:
    """The documentation of a reduction; parts of more than one line are indented by four."""
    return _FORM.format(
        summary=summary, returns=returns, notes=notes, examples=examples, parameters=parameters, raises=raises
    )
