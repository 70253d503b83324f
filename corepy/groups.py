"""Reductions by group, with numbagg's names and signatures: group_nansum to group_nansum_of_squares over integer labels."""

import sys
from collections.abc import Callable
from math import prod
from typing import NamedTuple

import numpy as np

from corepy import elementwise, errors, reductions  # noqa: F401
from corepy._arguments import axes, contiguous, operand, public, refuse_masked
from corepy._conversion import Conversion
from corepy._reduce import ddof_or_correction
from corepy.backend.dispatch import built, operator

__all__ = [
    *("group_nanall", "group_nanany", "group_nanargmax", "group_nanargmin", "group_nancount", "group_nanfirst"),
    *(
        "group_nanlast",
        "group_nanmax",
        "group_nanmean",
        "group_nanmin",
        "group_nanprod",
        "group_nanstd",
        "group_nansum",
    ),
    *("group_nansum_of_squares", "group_nanvar"),
]

# Of group_fold; bincount has the sums with NaN.
_SUM, _PRODUCT, _SQUARES, _DEVIATIONS, SUM_WITH_NAN, _SUM_AND_COUNT = range(6)
# Of group_place.
_SMALLEST, _LARGEST, _FIRST, _LAST, _ZERO, _NOT_ZERO, _COUNT = range(7)


class _Grouped(NamedTuple):
    """Values as flat [outer, n, inner], labels as [n], k groups; and how the results [outer, k, inner] are seen in the end."""

    values: np.ndarray
    labels: np.ndarray
    outer: int
    n: int
    inner: int
    k: int
    shape: tuple[int, ...]

    def with_values(self, values: np.ndarray) -> "_Grouped":
        return self._replace(values=values)

    @property
    def sizes(self) -> tuple[int, int, int, int]:
        return self.outer, self.n, self.inner, self.k

    def new(self, value: int, dtype) -> np.ndarray:
        """One element for each result, and one for what belongs to no group."""
        created = np.empty(self.outer * self.k * self.inner + 1, dtype)
        created.fill(value)
        return created

    def deliver(self, gathered: np.ndarray) -> np.ndarray:
        """Groups along the last axis, behind the axes that are kept."""
        results = gathered[:-1]
        if self.inner == 1:
            return results.reshape(self.shape)
        moved = np.moveaxis(results.reshape(self.outer, self.k, self.inner), 1, 2)
        return np.ascontiguousarray(moved).reshape(self.shape)


def _labels(greatest: Callable, name: str, labels, num_labels) -> tuple[np.ndarray, int]:
    """The labels as int64, and how many groups there are."""
    refuse_masked(name, labels)
    array = np.asarray(labels)
    if array.dtype.kind not in "iu":
        if array.size or array.dtype.kind != "f":
            raise errors.DTypeError(
                f"corepy.{name}: labels has dtype {array.dtype}; it must hold integers, as pandas.factorize gives them."
            )
        array = array.astype(np.int64)
    largest = int(greatest(array)) if array.size else -1
    if num_labels is None:
        count = max(largest + 1, 0)
    else:
        try:
            if isinstance(num_labels, (bool, np.bool_)):
                raise TypeError
            count = num_labels.__index__()
        except (AttributeError, TypeError):
            raise errors.DTypeError(
                f"corepy.{name}: num_labels is {num_labels!r}; it must be an integer or None."
            ) from None
        if count < 0:
            raise ValueError(f"corepy.{name}: num_labels is {count}; it must not be negative.")
        if largest >= count:
            raise ValueError(
                f"corepy.{name}: labels holds {largest}; with num_labels={count} labels must be below {count} "
                "(below 0: in no group)."
            )
    if count > sys.maxsize:
        raise ValueError(f"corepy.{name}: {count} groups are asked for; no array is as long.")
    return contiguous(array.astype(np.int64, copy=False)), count


def _grouped(greatest: Callable, name: str, values, labels, axis, num_labels) -> _Grouped:
    array = operand(name, values, "values")
    codes, k = _labels(greatest, name, labels, num_labels)
    if axis is None:
        if codes.shape != array.shape:
            raise errors.ShapeError(
                f"corepy.{name}: labels has shape {codes.shape} and values {array.shape}; without axis= they must be equal."
            )
        flat = contiguous(array).reshape(-1)
        return _Grouped(flat, codes.reshape(-1), 1, flat.size, 1, k, (k,))
    ascending = axes(name, axis, array.ndim)
    # Labels name the axes in the order in which axis does.
    chosen = tuple(a % array.ndim for a in axis) if isinstance(axis, (tuple, list)) else ascending
    lengths = tuple(array.shape[a] for a in chosen)
    if codes.shape != lengths:
        raise errors.ShapeError(
            f"corepy.{name}: labels has shape {codes.shape}; along axis {axis} it must be {lengths}."
        )
    kept = [a for a in range(array.ndim) if a not in chosen]
    n = prod(array.shape[a] for a in chosen)
    shape = (*(array.shape[a] for a in kept), k)
    if len(chosen) == 1 and array.flags.c_contiguous:
        outer, inner = prod(array.shape[: chosen[0]]), prod(array.shape[chosen[0] + 1 :])
    else:
        array = array.transpose(*kept, *chosen)
        outer, inner = prod(shape[:-1]), 1
    return _Grouped(contiguous(array).reshape(-1), codes.reshape(-1), outer, n, inner, k, shape)


def _numbers(values: np.ndarray) -> np.ndarray:
    """Floats as they are, integers and bool as float64."""
    return values if values.dtype.kind == "f" else values.astype(np.float64)


def _whole(values: np.ndarray) -> np.ndarray:
    """Integers as int64, modulo 2**64."""
    return values.astype(np.uint64).view(np.int64) if values.dtype.kind == "u" else values.astype(np.int64, copy=False)


def _accumulated(dtype: np.dtype) -> np.dtype:
    return dtype if dtype.kind == "f" else np.dtype(np.uint64 if dtype.kind == "u" else np.int64)


class _Kernels:
    """The kernels of groups on one backend, and what is made of them: with operators of Corepy, which report nothing."""

    def __init__(self, backend):
        self.fold = backend.function("grouped", "group_fold")
        self.fold_integers = backend.function("grouped", "group_fold__integer")
        self.place = backend.function("grouped", "group_place")
        self.greatest, self.divide, self.sqrt = (built(name, backend) for name in ("max", "divide", "sqrt"))
        self.conversion = Conversion(backend)

    def delivered(self, values: np.ndarray, dtype: np.dtype) -> np.ndarray:
        """float64 in the result's dtype, which is float32 for float32."""
        return self.conversion.to_float32(values) if dtype == np.float32 else values

    def accumulate(self, kind: int, initial: int, given: _Grouped) -> np.ndarray:
        result = _accumulated(given.values.dtype)
        if result.kind == "f":
            total = given.new(initial, np.float64)
            self.fold(kind, given.values, given.labels, *given.sizes, total, total)
            return self.delivered(total, result)
        total = given.new(initial, np.int64)
        self.fold_integers(kind, _whole(given.values), given.labels, *given.sizes, total, total)
        return total.view(result)

    def mean(self, given: _Grouped) -> tuple[np.ndarray, np.ndarray]:
        """In float64, NaN where there is no number; and how many there are."""
        total, count = given.new(0, np.float64), given.new(0, np.float64)
        self.fold(_SUM_AND_COUNT, _numbers(given.values), given.labels, *given.sizes, total, count)
        return self.divide(total, count, total), count

    def variance(self, given: _Grouped, ddof: float) -> np.ndarray:
        given = given.with_values(_numbers(given.values))
        (mean, count), total = self.mean(given), given.new(0, np.float64)
        self.fold(_DEVIATIONS, given.values, given.labels, *given.sizes, total, mean)
        count -= ddof
        np.copyto(count, np.nan, where=count <= 0)
        return self.divide(total, count, total)

    def places(self, kind: int, given: _Grouped, initial: int = -1) -> tuple[np.ndarray, np.ndarray]:
        """Indices along the axis, -1 for groups without numbers, and what is there; or numbers of numbers."""
        values, dtype = given.values, given.values.dtype
        # With its highest bit turned a uint64 is an int64 of the same order.
        flip = np.uint64(1 << 63 if kind in (_SMALLEST, _LARGEST) else 0)
        if dtype == np.uint64:
            values = (values ^ flip).view(np.int64)
        elif dtype.kind != "f":
            values = values.astype(np.int64, copy=False)
        place, best = given.new(initial, np.int64), given.new(0, values.dtype)
        # Nothing is better than what stands for no group.
        smallest, largest = (-np.inf, np.inf) if dtype.kind == "f" else (-(1 << 63), (1 << 63) - 1)
        best[-1], place[-1] = largest if kind == _LARGEST else smallest, 0
        self.place(kind, values, given.labels, *given.sizes, best, place)
        return place, best.view(np.uint64) ^ flip if dtype == np.uint64 else best.astype(dtype, copy=False)

    def select(self, name: str, kind: int, given: _Grouped) -> np.ndarray:
        place, best = self.places(kind, given)
        absent = place < 0
        if best.dtype.kind == "f":
            np.copyto(best, np.nan, where=absent)
        elif np.any(absent):
            raise ValueError(
                f"corepy.{name}: a group has no element, and {best.dtype} has no NaN to say so. Convert values to "
                "float64, or leave unused labels out."
            )
        return best


_FORM = """{summary}

    Parameters
    ----------
    values : array_like
        bool, an integer type, float32 or float64.
    labels : array_like of integers
        The group of each element, from 0; a label below 0 is no group. Of the shape of values, or with axis= of its
        length along the axis or axes.
    axis : int, tuple of int or None, default None
        Axis or axes to reduce; None is all of them.
    num_labels : int, optional
        How many groups there are; one more than the largest label by default.
{ddof}
    Returns
    -------
    ndarray
        {returns} The axes that are kept, then one of num_labels.

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If values is of another dtype, or labels are no integers.
    ShapeError
        If labels has another shape.
    ValueError
        If a label is not below num_labels{raises}.

    Notes
    -----
    {notes}

    Examples
    --------
    >>> import corepy as cp
    >>> cp.{name}({example}, [0, 1, 1, 0]{keywords})
    {result}
    """
_DDOF = """    ddof : float, default 1
        The sum of squares is divided by the number of numbers minus ddof.
"""
_IN_ORDER = (
    """In float64, in order of occurrence, rounded once: the error is at most m * 2**-53 * sum(abs(x)) for m numbers."""
)


def _group(
    name: str,
    summary: str,
    returns: str,
    notes: str,
    result: str,
    compute: Callable,
    *,
    ddof: bool = False,
    raises: str = "",
) -> Callable:
    def build(backend):
        kernels = _Kernels(backend)

        def plain(values, labels, *, axis=None, num_labels=None):
            given = _grouped(kernels.greatest, name, values, labels, axis, num_labels)
            return given.deliver(compute(kernels, given))

        def spread(values, labels, *, ddof=1, axis=None, num_labels=None):
            shift = ddof_or_correction(name, ddof, None)
            given = _grouped(kernels.greatest, name, values, labels, axis, num_labels)
            return given.deliver(compute(kernels, given, shift))

        doc = _FORM.format(
            name=name,
            summary=summary,
            returns=returns,
            notes=notes,
            result=result,
            raises=raises,
            ddof=_DDOF if ddof else "",
            example="[1.0, 2.0, 4.0, float('nan')]",
            keywords=", ddof=0" if ddof else "",
        )
        return public(spread if ddof else plain, name, doc)

    return operator(name, "grouped", "groups", build)


_ACCUMULATED = "int64 or uint64 for bool and integers (they wrap around), float32 or float64 for floats."
_FLOAT = "float32 for float32, float64 for everything else."
_SAME = "The dtype of values."
_INDEX = "int64; -1 for a group without numbers."

group_nansum = _group(
    "group_nansum",
    "Sum of each group's numbers.",
    _ACCUMULATED,
    f"{_IN_ORDER}\n    0 for a group without numbers.",
    "array([1., 6.])",
    lambda kernels, given: kernels.accumulate(_SUM, 0, given),
)
group_nanprod = _group(
    "group_nanprod",
    "Product of each group's numbers.",
    _ACCUMULATED,
    "In float64, in order of occurrence, rounded once. 1 for a group without numbers.",
    "array([1., 8.])",
    lambda kernels, given: kernels.accumulate(_PRODUCT, 1, given),
)
group_nansum_of_squares = _group(
    "group_nansum_of_squares",
    "Sum of the squares of each group's numbers.",
    _ACCUMULATED,
    f"{_IN_ORDER.replace('abs(x)', 'x**2')}\n    0 for a group without numbers.",
    "array([ 1., 20.])",
    lambda kernels, given: kernels.accumulate(_SQUARES, 0, given),
)
group_nancount = _group(
    "group_nancount",
    "How many numbers each group has.",
    "int64.",
    "NaN is no number.",
    "array([1, 2])",
    lambda kernels, given: kernels.places(_COUNT, given, 0)[0],
)
group_nanmean = _group(
    "group_nanmean",
    "Arithmetic mean of each group's numbers.",
    _FLOAT,
    f"{_IN_ORDER}\n    NaN for a group without numbers.",
    "array([1., 3.])",
    lambda kernels, given: kernels.delivered(kernels.mean(given)[0], given.values.dtype),
)
_TWO_PASSES = """Two passes in float64: the means first, then the squared deviations from them, so that a large mean does no
    harm and the result is never negative. NaN for a group of no more numbers than ddof."""
group_nanvar = _group(
    "group_nanvar",
    "Variance of each group's numbers.",
    _FLOAT,
    _TWO_PASSES,
    "array([0., 1.])",
    lambda kernels, given, ddof: kernels.delivered(kernels.variance(given, ddof), given.values.dtype),
    ddof=True,
)
group_nanstd = _group(
    "group_nanstd",
    "Standard deviation of each group's numbers.",
    _FLOAT,
    _TWO_PASSES,
    "array([0., 1.])",
    lambda kernels, given, ddof: kernels.delivered(kernels.sqrt(kernels.variance(given, ddof)), given.values.dtype),
    ddof=True,
)


def _selection(name: str, word: str, kind: int, result: str) -> Callable:
    return _group(
        name,
        f"{word} number of each group.",
        _SAME,
        "Of equal ones the first. NaN for a group without numbers; of integers, a ValueError.",
        result,
        lambda kernels, given: kernels.select(name, kind, given),
        raises=", or a group of integers is empty",
    )


group_nanmin = _selection("group_nanmin", "Smallest", _SMALLEST, "array([1., 2.])")
group_nanmax = _selection("group_nanmax", "Largest", _LARGEST, "array([1., 4.])")
group_nanfirst = _selection("group_nanfirst", "First", _FIRST, "array([1., 2.])")
group_nanlast = _selection("group_nanlast", "Last", _LAST, "array([1., 4.])")


def _position(name: str, word: str, kind: int, result: str) -> Callable:
    return _group(
        name,
        f"Index of the {word} number of each group.",
        _INDEX,
        "Along the axis (in C order along several), of equal ones the first.",
        result,
        lambda kernels, given: kernels.places(kind, given)[0],
    )


group_nanargmin = _position("group_nanargmin", "smallest", _SMALLEST, "array([0, 1])")
group_nanargmax = _position("group_nanargmax", "largest", _LARGEST, "array([0, 2])")
group_nanany = _group(
    "group_nanany",
    "Whether each group has a number that is not zero.",
    "bool.",
    "False for a group without numbers.",
    "array([ True,  True])",
    lambda kernels, given: kernels.places(_NOT_ZERO, given)[0] >= 0,
)
group_nanall = _group(
    "group_nanall",
    "Whether each group has no number that is zero.",
    "bool.",
    "True for a group without numbers.",
    "array([ True,  True])",
    lambda kernels, given: kernels.places(_ZERO, given)[0] < 0,
)
