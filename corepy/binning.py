"""Positions in sorted arrays and counts in bins, with NumPy's signatures: searchsorted, digitize, histogram, bincount."""

import sys
from collections.abc import Callable

import numpy as np

from corepy import errors, reductions  # noqa: F401
from corepy._arguments import REFUSED, contiguous, operand, public, refuse_masked, require_shape
from corepy._conversion import Conversion
from corepy.backend.dispatch import operator
from corepy.groups import SUM_WITH_NAN

__all__ = ["bincount", "digitize", "histogram", "searchsorted"]


_INT64, _FLOAT64 = np.dtype(np.int64), np.dtype(np.float64)


def _ordering(backend) -> Callable[[np.ndarray, np.dtype], np.ndarray]:
    """What makes of elements a dtype that the kernels compare: float64, or int64 of the same order."""
    conversion = Conversion(backend)

    def ordered(array: np.ndarray, dtype: np.dtype) -> np.ndarray:
        if dtype.kind == "f":
            return conversion.to_float64(array)
        if dtype.kind == "u":
            return contiguous(array.astype(np.uint64) ^ np.uint64(1 << 63)).reshape(-1).view(np.int64)
        return contiguous(array.astype(np.int64, copy=False)).reshape(-1)

    return ordered


def _common(array: np.ndarray, other: np.ndarray) -> np.dtype:
    return array.dtype if array.dtype is other.dtype else np.result_type(array, other)


def _as_given(a, v) -> bool:
    """Whether the kernels may take two arrays as they are; they refuse those that are not contiguous."""
    plain = type(a) is type(v) is np.ndarray and a.dtype is v.dtype and a.ndim == v.ndim == 1
    return plain and (a.dtype is _FLOAT64 or a.dtype is _INT64)


def _build_searchsorted(backend):
    kernel, ordered = backend.function("binning", "searchsorted"), _ordering(backend)

    def searchsorted(a, v, side="left", sorter=None):
        if sorter is None and isinstance(side, str) and side in ("left", "right") and _as_given(a, v):
            places = np.empty(v.shape, np.int64)
            try:
                kernel(a, v, int(side == "right"), places)
                return places
            except REFUSED:
                pass
        array, values = operand("searchsorted", a, "a"), operand("searchsorted", v, "v")
        if array.ndim != 1:
            raise errors.ShapeError(f"corepy.searchsorted: a has {array.ndim} dimensions; it must have one.")
        if not (isinstance(side, str) and side in ("left", "right")):
            raise ValueError(f"corepy.searchsorted: side is {side!r}; it must be 'left' or 'right'.")
        if sorter is not None:
            refuse_masked("searchsorted", sorter)
            order = np.asarray(sorter)
            if order.dtype.kind not in "iu":
                raise errors.DTypeError(f"corepy.searchsorted: sorter has dtype {order.dtype}; it must hold integers.")
            if order.shape != array.shape or (order.size and not (order.min() >= 0 and order.max() < order.size)):
                raise ValueError("corepy.searchsorted: sorter must hold the indices that sort a, as many as a has.")
            array = array[order]
        common = _common(array, values)
        places = np.empty(values.size, np.int64)
        kernel(ordered(array, common), ordered(values, common), int(side == "right"), places)
        return places.reshape(values.shape)[()]

    return public(
        searchsorted,
        "searchsorted",
        """Where values belong in a sorted array.

    Parameters
    ----------
    a : array_like
        Sorted ascending, one dimension: bool, an integer type, float32 or float64.
    v : array_like
        The values, of any shape.
    side : {"left", "right"}, default "left"
        Before or behind elements that are equal to a value.
    sorter : array_like of integers, optional
        The indices that sort a.

    Returns
    -------
    ndarray or scalar
        int64: i with a[i - 1] < v <= a[i] ("left") or a[i - 1] <= v < a[i] ("right").

    Raises
    ------
    DTypeError
        If a dtype is none of the above.
    ShapeError
        If a has not one dimension.
    ValueError
        If side is something else, or sorter does not hold indices of a.

    Notes
    -----
    NaN are behind everything, as np.sort has them. Values are compared in the dtype that both promote to. Halves, without
    branches that depend on data: about log2(n) steps for any value.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.searchsorted([1.0, 2.0, 2.0, 3.0], [2.0, 2.5])
    array([1, 3])
    """,
    )


def _build_digitize(backend):
    search, direction = backend.function("binning", "searchsorted"), backend.function("binning", "direction")
    ordered = _ordering(backend)

    def digitize(x, bins, right=False):
        if _as_given(bins, x):
            try:
                if direction(bins) > 0:
                    places = np.empty(x.shape, np.int64)
                    search(bins, x, int(not right), places)
                    return places
            except REFUSED:
                pass
        values, edges = operand("digitize", x), operand("digitize", bins, "bins")
        if edges.ndim != 1:
            raise errors.ShapeError(f"corepy.digitize: bins has {edges.ndim} dimensions; it must have one.")
        side = int(not right)
        common = _common(edges, values)
        sorted_edges, places = ordered(edges, common), np.empty(values.size, np.int64)
        ascending = direction(sorted_edges)
        if ascending == 0:
            raise ValueError("corepy.digitize: bins must ascend or descend.")
        search(sorted_edges if ascending > 0 else contiguous(sorted_edges[::-1]), ordered(values, common), side, places)
        return (places if ascending > 0 else edges.size - places).reshape(values.shape)[()]

    return public(
        digitize,
        "digitize",
        """Number of the bin of each value.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64, of any shape.
    bins : array_like
        The edges, ascending or descending.
    right : bool, default False
        Whether bins include their right edge instead of the left.

    Returns
    -------
    ndarray or scalar
        int64: i with bins[i - 1] <= x < bins[i]; 0 or len(bins) beyond the edges.

    Raises
    ------
    DTypeError
        If a dtype is none of the above.
    ShapeError
        If bins has not one dimension.
    ValueError
        If bins neither ascend nor descend.

    Notes
    -----
    NaN are behind everything, as in `searchsorted`.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.digitize([0.2, 6.4, 3.0], [0.0, 1.0, 2.5, 4.0])
    array([1, 4, 3])
    """,
    )


def _labels(name: str, argument: str, labels) -> np.ndarray:
    if type(labels) is np.ndarray and labels.dtype is _INT64 and labels.ndim == 1 and labels.flags.carray:
        return labels
    refuse_masked(name, labels)
    array = np.asarray(labels)
    if array.ndim != 1:
        raise errors.ShapeError(f"corepy.{name}: {argument} has {array.ndim} dimensions; it must have one.")
    if array.dtype.kind not in "iub" and array.size:
        raise errors.DTypeError(f"corepy.{name}: {argument} has dtype {array.dtype}; it must hold integers.")
    if array.dtype == np.uint64 and array.size and array.max() > sys.maxsize:
        raise ValueError(f"corepy.{name}: {argument} holds {array.max()}; no array is as long.")
    return contiguous(array.astype(np.int64, copy=False))


def _build_bincount(backend):
    kernel, fold = backend.function("grouped", "bincount"), backend.function("grouped", "group_fold")
    largest = backend.function("grouped", "largest_label")

    def bincount(x, /, weights=None, minlength=0):
        labels = _labels("bincount", "x", x)
        try:
            length = minlength.__index__()
        except (AttributeError, TypeError):
            raise errors.DTypeError(f"corepy.bincount: minlength is {minlength!r}; it must be an integer.") from None
        if length < 0:
            raise ValueError(f"corepy.bincount: minlength is {length}; it must not be negative.")
        if labels.size:
            if (highest := largest(labels)) < 0:
                raise ValueError(f"corepy.bincount: x holds {labels.min()}; it must hold no negative number.")
            length = max(length, int(highest) + 1)
        if length > sys.maxsize // 8:
            raise ValueError(f"corepy.bincount: {length} counts are asked for; no array is as long.")
        if weights is None:
            counts = np.zeros(length, np.int64)
            kernel(labels, counts)
            return counts
        factors = operand("bincount", weights, "weights")
        if factors.shape != labels.shape:
            raise errors.ShapeError(
                f"corepy.bincount: weights has shape {factors.shape}; it must be x's, {labels.shape}."
            )
        total = np.zeros(length + 1, np.float64)
        weights64 = contiguous(factors if factors.dtype is _FLOAT64 else factors.astype(_FLOAT64))
        fold(SUM_WITH_NAN, weights64, labels, 1, labels.size, 1, length, total, total)
        return total[:-1]

    return public(
        bincount,
        "bincount",
        """How often each number from 0 on occurs, or the sum of the weights where it does.

    Parameters
    ----------
    x : array_like of integers
        One dimension, none negative.
    weights : array_like, optional
        Of the shape of x.
    minlength : int, default 0
        How many counts to give at least.

    Returns
    -------
    ndarray
        int64, or float64 with weights.

    Raises
    ------
    DTypeError
        If x holds no integers, or weights have an unsupported dtype.
    ShapeError
        If x has not one dimension, or weights another shape.
    ValueError
        If x or minlength is negative.

    Notes
    -----
    Weights are added in float64 in order of occurrence: NumPy's bits.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.bincount([0, 2, 2, 5])
    array([1, 0, 2, 0, 0, 1])
    """,
    )


def _edges(values: np.ndarray, bins: int, bounds) -> np.ndarray:
    """The edges of equally wide bins, in float64 and rounded to the dtype of float values."""
    if bounds is None:
        first, last = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
        if not (np.isfinite(first) and np.isfinite(last)):
            raise ValueError(f"corepy.histogram: x reaches from {first} to {last}; name a finite range=.")
    else:
        try:
            first, last = (float(v) for v in bounds)
        except (TypeError, ValueError):
            raise errors.DTypeError(f"corepy.histogram: range is {bounds!r}; it must be a pair of numbers.") from None
        if not (np.isfinite(first) and np.isfinite(last) and first <= last):
            raise ValueError(f"corepy.histogram: range is {bounds!r}; it must be finite and ascend.")
    if first == last:
        first, last = first - 0.5, last + 0.5
    with np.errstate(all="ignore"):
        edges = np.arange(bins + 1) * ((last - first) / bins) + first
        edges[-1] = last
        edges = edges.astype(values.dtype if values.dtype == np.float32 else np.float64)
    if not np.all(edges[:-1] < edges[1:]):
        raise ValueError(f"corepy.histogram: bins is {bins}; from {first} to {last} these are too many to differ.")
    return edges


def _build_histogram(backend):
    of_edges, of_widths, direction = (
        backend.function("binning", name) for name in ("histogram_of_edges", "histogram_of_widths", "direction")
    )
    ordered = _ordering(backend)

    def histogram(x, bins=10, range=None, density=None, weights=None):  # noqa: A002
        values, factors, given = operand("histogram", x), None, None
        if weights is not None:
            factors = operand("histogram", weights, "weights")
            if factors.shape != np.shape(x):
                raise errors.ShapeError(
                    f"corepy.histogram: weights has shape {factors.shape}; it must be x's, {np.shape(x)}."
                )
        if np.ndim(bins) == 0:
            try:
                number = bins.__index__()
            except (AttributeError, TypeError):
                raise errors.DTypeError(
                    f"corepy.histogram: bins is {bins!r}; it must be an integer or edges."
                ) from None
            if number < 1:
                raise ValueError(f"corepy.histogram: bins is {number}; it must be positive.")
            edges = _edges(values, number, range)
        else:
            given = operand("histogram", bins, "bins")
            if given.ndim != 1 or given.size < 2:
                raise errors.ShapeError(
                    "corepy.histogram: bins must be an integer or at least two edges in one dimension."
                )
            number, edges = given.size - 1, given.copy()
        # Only now: what is asked for bins and range may give back an array's memory, and views would still point there.
        weighed = np.empty(0)
        if factors is not None:
            require_shape("histogram", values.shape, factors)
            weighed = ordered(factors, _FLOAT64)
        counts, totals = np.zeros(number + 1, np.int64), np.zeros(number + 1)
        if given is None:
            wide = contiguous(values.astype(edges.dtype, copy=False)).reshape(-1)
            of_widths(wide, edges, number / (float(edges[-1]) - float(edges[0])), weighed, counts, totals)
        else:
            common = _common(edges, values)
            sorted_edges = ordered(edges, common)
            if direction(sorted_edges) != 1:
                raise ValueError("corepy.histogram: bins must ascend.")
            of_edges(ordered(values, common), sorted_edges, weighed, counts, totals)
        if factors is not None:
            counts = totals if factors.dtype.kind == "f" else totals.astype(np.int64)
        # The first one is of what lies beyond the edges.
        counts = counts[1:].copy()
        if density:
            with np.errstate(all="ignore"):
                return counts / np.diff(edges.astype(np.float64)) / counts.sum(), edges
        return counts, edges

    return public(
        histogram,
        "histogram",
        """How many values fall into each bin.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64, of any shape.
    bins : int or array_like, default 10
        How many bins of equal width, or the ascending edges of bins.
    range : (float, float), optional
        The outer edges of bins of equal width; the smallest and the largest value by default.
    density : bool, optional
        Divide by the width of the bin and the number of values in all.
    weights : array_like, optional
        Count a value as much as this, of the shape of x.

    Returns
    -------
    (counts, edges) : tuple of ndarrays
        int64, or float64 with float weights or density; and one more edge than bins.

    Raises
    ------
    DTypeError
        If a dtype is none of the above, or bins or range are no numbers.
    ShapeError
        If weights has another shape, or bins more than one dimension.
    ValueError
        If bins is not positive or does not ascend, or range is not finite.

    Notes
    -----
    Bins include their left edge, the last one both; values beyond them, and NaN, are left out. Each value is compared with
    the edges themselves. Weights are added in order of occurrence, in float64.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.histogram([1.0, 2.0, 1.0, 4.0], bins=3)
    (array([2, 1, 1]), array([1., 2., 3., 4.]))
    """,
    )


searchsorted = operator("searchsorted", "binning", "binning", _build_searchsorted)
digitize = operator("digitize", "binning", "binning", _build_digitize)
bincount = operator("bincount", "grouped", "binning", _build_bincount)
histogram = operator("histogram", "binning", "binning", _build_histogram)
