"""What all reductions along axes share: how a dtype chooses its kernels, and the way from any call to them."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from corepy import errors
from corepy._arguments import (
    DTYPES,
    REFUSED,
    around_axis,
    axes,
    contiguous,
    deliver,
    operand,
    public,
    reduced_shape,
    slices,
)
from corepy.backend.dispatch import operator

__all__ = [
    *("ACCUMULATE", "AVERAGE", "COUNT", "LOCATE", "SELECT", "TEST", "Kernels", "Masking", "Plan", "Rule"),
    *("MEAN", "NAN_MEAN", "NAN_STD", "NAN_VAR"),
    *("ddof_or_correction", "described", "highest", "lowest", "reduction", "shortcut", "spread"),
]


class Rule(NamedTuple):
    """How the kernels of an operator take a dtype: the dtype they work in, their suffix (by kind and size, or by kind),
    and the dtype of the result.
    """

    working: Callable[[np.dtype], np.dtype]
    result: Callable[[np.dtype], np.dtype]
    suffix: Mapping[str, str] = MappingProxyType({})
    needs_elements: bool = False
    # Of a vector of bool, which is taken as uint8 elsewhere: gcc leaves columns of bool scalar.
    takes_bool: bool = False


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
    # Positions are compiled for four integer types only: with ten, gcc leaves the columns of int64 scalar.
    if dtype.kind == "f" or dtype.itemsize == 8 or dtype == np.uint8:
        return dtype
    return np.dtype(np.int64 if dtype == np.uint32 else np.int32)


_BY_SIGN = {"i": "__signed", "b": "__signed", "u": "__unsigned"}
# gcc leaves the plain loop over int64 scalar, and no other: it takes the lanes of floats.
_BY_KIND_AND_SIZE = dict.fromkeys("biu", "__integer") | {"i8": ""}
# Fewer overloads are tried for the dtypes that are tested most.
_BY_USE = dict.fromkeys("iu", "__integer") | {"i8": "", "u1": ""}

ACCUMULATE = Rule(_number, _widest, _BY_SIGN)
AVERAGE = Rule(_float, _float)
SELECT = Rule(_byte, _same, _BY_KIND_AND_SIZE, needs_elements=True)
LOCATE = Rule(_wide_integer, lambda _: np.dtype(np.int64), needs_elements=True)
TEST = Rule(_byte, lambda _: np.dtype(np.bool_), _BY_USE, takes_bool=True)
COUNT = Rule(_byte, lambda _: np.dtype(np.int64), _BY_USE, takes_bool=True)


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


# What more than one front uses.
MEAN = Kernels("reduction", "mean", AVERAGE, "moment_axis", along_first=(1,), last=(0.0,))
NAN_MEAN = Kernels("nan_reduction", "nan_mean", AVERAGE, "nan_moment_axis", first=(1,), last=(0.0,))
NAN_VAR = Kernels("nan_reduction", "nan_spread", AVERAGE, "nan_moment_axis", first=(0,), along_first=(2,))
NAN_STD = Kernels("nan_reduction", "nan_spread", AVERAGE, "nan_moment_axis", first=(1,), along_first=(3,))


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
        # min and max of bool come back as uint8.
        self.buffer = self.working if self.result.kind == "b" and rule is SELECT else self.result
        takes_it = self.working == dtype or (rule.takes_bool and dtype.kind == "b")
        self.flat = self.kernel if takes_it else self._convert_and_reduce

    def convert(self, array: np.ndarray) -> np.ndarray:
        if self.renamed:
            return array.view(self.working)
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

    def along_axis(self, array: np.ndarray, axis: int, *parameters) -> np.ndarray | None:
        """Reduce one axis of a C-contiguous array in the dtype that is computed in, in 1 us; None if it is another."""
        found = around_axis(array, axis)
        if found is None:
            return None
        kept, outer, n, inner = found
        values = np.empty(outer * inner, self.result)
        self.along(array.reshape(-1), outer, n, inner, values, *parameters, *self.last)
        return values if len(kept) == 1 else values.reshape(kept)


class Masking(NamedTuple):
    """What where= does: elements that are not chosen become `fill` of the dtype; or NaN, which the kernels of `averages`
    leave out, and `strict` keeps the NaN that are chosen.
    """

    fill: Callable[[np.dtype], float] | None = None
    averages: Kernels | None = None
    strict: bool = False


def lowest(dtype: np.dtype):
    return -np.inf if dtype.kind == "f" else 0 if dtype.kind == "b" else np.iinfo(dtype).min


def highest(dtype: np.dtype):
    return np.inf if dtype.kind == "f" else 1 if dtype.kind == "b" else np.iinfo(dtype).max


def _chosen_elements(name: str, where, shape: tuple[int, ...]) -> np.ndarray:
    mask = np.asarray(where)
    if mask.dtype != np.bool_:
        raise errors.DTypeError(f"corepy.{name}: where has dtype {mask.dtype}; it must be bool.")
    try:
        return np.broadcast_to(mask, shape)
    except ValueError:
        raise errors.ShapeError(
            f"corepy.{name}: where has shape {mask.shape}; it must broadcast to that of x, {shape}."
        ) from None


def _target(name: str, array: np.ndarray, dtype) -> tuple[np.ndarray, np.dtype]:
    """x in the dtype that is computed in, and the dtype that dtype= asks the result to be rounded to."""
    try:
        target = DTYPES.get(np.dtype(dtype))
    except TypeError:
        target = None
    if target is None or target.kind == "b" or not np.can_cast(array.dtype, target, "same_kind"):
        raise errors.DTypeError(
            f"corepy.{name}: dtype is {dtype!r}; it must be an integer type, float32 or float64 that {array.dtype} can be cast "
            "to (same_kind)."
        )
    if target.kind == "f" and (array.dtype.kind != "f" or target.itemsize > array.itemsize):
        with np.errstate(invalid="ignore"):
            array = array.astype(np.float64)
    return array, target


class _Reduction:
    """The general path: any array_like, any axis, any layout, where= and dtype=."""

    def __init__(self, backend, name: str, of_floats: Kernels, of_others: Kernels | None, checked, masking: Masking):
        self.name, self.checked, self.masking = name, checked, masking
        self.needs_elements = of_floats.rule.needs_elements
        self.plans = {d: Plan(backend, of_others if of_others and d.kind != "f" else of_floats, d) for d in DTYPES}
        self.backend = backend

    @cached_property
    def averages(self) -> dict[np.dtype, Plan]:
        """The plans of floats that leave NaN out; loaded when where= is first used."""
        kernels = self.masking.averages
        return {d: Plan(self.backend, kernels, d) for d in DTYPES if d.kind == "f"} if kernels else {}

    def masked(self, array: np.ndarray, where, chosen: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray | None]:
        """x with what is not chosen hidden, and the slices whose result is NaN nevertheless."""
        mask = _chosen_elements(self.name, where, array.shape)
        if self.averages:
            array = array if array.dtype.kind == "f" else array.astype(np.float64)
            lost = np.any(mask & (array != array), axis=chosen).reshape(-1) if self.masking.strict else None
            return np.where(mask, array, array.dtype.type(np.nan)), lost
        fill = self.masking.fill(array.dtype)
        if self.needs_elements and fill == fill and not np.all(np.any(mask, axis=chosen)):
            raise ValueError(f"corepy.{self.name}: where chooses no element of a slice, which has none to return.")
        return np.where(mask, array, array.dtype.type(fill)), None

    def __call__(self, x, axis, keepdims, out, *parameters, where=True, dtype=None):
        name = self.name
        array = operand(name, x)
        target = lost = None
        if dtype is not None:
            array, target = _target(name, array, dtype)
        chosen = axes(name, axis, array.ndim)
        shape = reduced_shape(array.shape, chosen, keepdims)
        if self.needs_elements and array.size == 0 and 0 not in shape:
            raise ValueError(f"corepy.{name}: an empty slice has no element to return (x has shape {array.shape}).")
        plans = self.plans
        if where is not True:
            array, lost = self.masked(array, where, chosen)
            plans = self.averages or plans
        plan = plans[array.dtype]
        if len(chosen) == array.ndim:
            values = self.checked(name, plan.flat(contiguous(array).reshape(-1), *parameters))
            if out is None and not keepdims and lost is target is None:
                return values
            values = np.asarray(values)
        else:
            values = self.checked(name, plan.along_axes(array, chosen, parameters))
        if lost is not None:
            values = np.where(lost.reshape(values.shape), values.dtype.type(np.nan), values)
        if target is not None:
            with np.errstate(all="ignore"):
                values = values.astype(target)
        return deliver(name, values.reshape(shape), out)


def _operator(
    name: str,
    of_floats: Kernels,
    of_others: Kernels | None,
    doc: str,
    checked: Callable,
    masking: Masking,
    front: Callable,
) -> Callable:
    """Build an operator: `front` makes what takes every argument of the general path and the shortcut of the common case."""

    def build(backend):
        general = _Reduction(backend, name, of_floats, of_others, checked, masking)
        # Kernels refuse whatever is not a contiguous, aligned, native vector; the general path takes that.
        flat = {dtype: plan.flat for dtype, plan in general.plans.items()}
        along = {d: p.along_axis for d, p in general.plans.items() if p.working == d and p.buffer == p.result}
        text = doc or backend.function(of_floats.file, of_floats.kernel).__doc__
        full, short = front(name, flat, along, general)
        added = "".join(_DOCUMENTED[p] for p in ("dtype", "where") if p in full.__kwdefaults__)
        for function in full, short:
            public(function, name, text)
            function.__doc__ = function.__doc__.replace("\n\n    Returns\n", f"\n{added}\n    Returns\n", 1)
        # What inspect.signature shows.
        short.__wrapped__ = full
        return short

    return operator(name, of_floats.file, "reductions", build)


_DOCUMENTED = {
    "dtype": """    dtype : dtype, optional
        Of the result, computed in float64 (integers modulo 2**64) and rounded once.
""",
    "where": """    where : array_like of bool, optional
        The elements to take, of a shape that broadcasts to that of x; a copy of x is made without the others.
""",
}


def _unchecked(name, values):
    return values


def shortcut(flat: Mapping, along: Mapping, full: Callable) -> Callable:
    """The common case, of one vector or along one axis, with little around it; `full` takes everything else."""

    # Each keyword with a default costs 15 ns a call, where it is given or not.
    def short(x, axis=None, **named):
        if not named:
            try:
                if axis is None:
                    if x.ndim == 1:
                        return flat[x.dtype](x)
                elif (values := along[x.dtype](x, axis)) is not None:
                    return values
            except REFUSED:
                pass
        return full(x, axis, **named)

    return short


def reduction(
    name: str,
    of_floats: Kernels,
    of_others: Kernels | None = None,
    doc: str = "",
    checked: Callable | None = None,
    masking: Masking | None = None,
) -> Callable:
    """An operator without parameters of its own; `checked` looks at what the kernels gave, and may raise."""

    def front(name, flat, along, general):
        def plain(x, axis=None, *, keepdims=False, out=None):
            return general(x, axis, keepdims, out)

        def choosing(x, axis=None, *, keepdims=False, out=None, where=True):
            return general(x, axis, keepdims, out, where=where)

        def accumulating(x, axis=None, *, dtype=None, keepdims=False, out=None, where=True):
            return general(x, axis, keepdims, out, where=where, dtype=dtype)

        def location(x, axis=None, **named):
            if not named:
                try:
                    # What is below 0 is for the general path to refuse.
                    if axis is None:
                        if x.ndim == 1 and (place := flat[x.dtype](x)) >= 0:
                            return place
                    elif (places := along[x.dtype](x, axis)) is not None and places.min() >= 0:
                        return places
                except REFUSED:
                    pass
            return full(x, axis, **named)

        full = plain
        if masking is not None:
            full = accumulating if of_floats.rule in (ACCUMULATE, AVERAGE) else choosing
        return full, shortcut(flat, along, full) if checked is None else location

    return _operator(name, of_floats, of_others, doc, checked or _unchecked, masking or Masking(), front)


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


def spread(
    name: str, of_floats: Kernels, masking: Masking, of_others: Kernels | None = None, doc: str = ""
) -> Callable:
    """An operator with ddof."""

    def front(name, flat, along, general):
        def full(x, axis=None, *, ddof=0, correction=None, dtype=None, keepdims=False, out=None, where=True):
            given = ddof_or_correction(name, ddof, correction)
            return general(x, axis, keepdims, out, given, where=where, dtype=dtype)

        def short(x, axis=None, *, ddof=0, **named):
            if not named:
                try:
                    if axis is None:
                        if x.ndim == 1:
                            return flat[x.dtype](x, ddof + 0.0)
                    elif (values := along[x.dtype](x, axis, ddof + 0.0)) is not None:
                        return values
                except REFUSED:
                    pass
            return full(x, axis, ddof=ddof, **named)

        return full, short

    return _operator(name, of_floats, of_others, doc, _unchecked, masking, front)


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
