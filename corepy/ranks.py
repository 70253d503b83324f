"""Operators on the order within slices: ranks, and partitions around the k-th smallest element."""

from collections.abc import Callable

import numpy as np

from corepy import errors
from corepy._arguments import REFUSED, along, contiguous, integer, one_axis, operand, public
from corepy._conversion import Conversion
from corepy.backend.dispatch import operator

__all__ = ["argpartition", "nanrankdata", "partition", "rankdata"]

_INT64, _UINT64, _FLOAT32, _FLOAT64 = map(np.dtype, (np.int64, np.uint64, np.float32, np.float64))
_SIGN = np.uint64(1 << 63)


class _Order:
    """Elements as the int64 that the kernels order: bits of float64, or integers, unsigned ones less 2**63; and back."""

    def __init__(self, backend):
        self._conversion = Conversion(backend)

    def to_keys(self, array: np.ndarray) -> np.ndarray:
        """In one dimension, in C order."""
        if array.dtype.kind == "f":
            return self._conversion.to_float64(array).view(_INT64)
        return contiguous(
            (array ^ _SIGN).view(_INT64) if array.dtype == _UINT64 else array.astype(_INT64, copy=False)
        ).reshape(-1)

    def from_keys(self, values: np.ndarray, dtype: np.dtype) -> np.ndarray:
        if dtype.kind == "f":
            return values.view(_FLOAT64) if dtype == _FLOAT64 else self._conversion.to_float32(values.view(_FLOAT64))
        return values.view(_UINT64) ^ _SIGN if dtype == _UINT64 else values.astype(dtype, copy=False)

    def common(self, x) -> np.ndarray | None:
        """The keys of one dimension with little around it; None in any other case, and of dtypes that need more."""
        if type(x) is not np.ndarray or x.ndim != 1:
            return None
        if x.dtype is _FLOAT64:
            return x.view(_INT64)
        return x if x.dtype is _INT64 else self.to_keys(x) if x.dtype is _FLOAT32 else None

    def prepared(self, name: str, x, axis) -> tuple[np.ndarray, np.ndarray, int, int, int]:
        """The array (flat if axis is None), its keys, and the sizes of [outer, n, inner]."""
        array = operand(name, x)
        array = array.reshape(-1) if axis is None else np.atleast_1d(array)
        axis = 0 if axis is None else one_axis(name, axis, array.ndim)
        flat, outer, n, inner = along(array, axis)
        return array, self.to_keys(flat), outer, n, inner


_RANKS = """{summary}

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    axis : int or None, default None
        Axis along which to rank; None ranks all elements in C order, and the result has one dimension.

    Returns
    -------
    ndarray
        float64: ranks from 1. Equal elements (0.0 and -0.0 too) have the mean of the ranks that they take up.

    Raises
    ------
    AxisError
        If the axis is out of range.
    DTypeError
        If the dtype is none of the above, or the axis is not an int.

    Notes
    -----
    {nan} All results are exact. The names are bottleneck's.

    Examples
    --------
    >>> import corepy as cp
    {example}
    """


def _ranks(name: str, skip: bool, summary: str, nan: str, example: str) -> Callable:
    def build(backend):
        kernel, order = backend.function("rank", "rank"), _Order(backend)

        def rank(x, axis=None):
            if axis is None and (keys := order.common(x)) is not None:
                try:
                    values = np.empty(x.shape, _FLOAT64)
                    kernel(keys, 1, keys.size, 1, values, x.dtype.kind == "f", skip)
                    return values
                except REFUSED:
                    pass
            array, flat, outer, n, inner = order.prepared(name, x, axis)
            values = np.empty(array.shape, _FLOAT64)
            kernel(flat, outer, n, inner, values.reshape(-1), array.dtype.kind == "f", skip)
            return values

        return public(rank, name, _RANKS.format(summary=summary, nan=nan, example=example))

    return operator(name, "rank", "scans", build)


_PARTITIONS = """{summary}

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    kth : int
        Which element, in ascending order from 0, is to stand in its place; a negative one counts from the end.
    axis : int or None, default -1
        Axis along which to go; None is all elements in C order, and a result of one dimension.

    Returns
    -------
    ndarray
        {results}

    Raises
    ------
    AxisError
        If the axis is out of range.
    DTypeError
        If the dtype is none of the above, or kth or the axis is not an int.
    ValueError
        If kth is not from -n to n - 1, for n elements along the axis.

    Notes
    -----
    Elements are ordered by value, NaN last, and equal ones (0.0 and -0.0, NaN and NaN) by position. Those before the
    k-th in this order come first, then the k-th, then the others; before and behind it they keep the order of x.
    This makes every element of the result certain, where NumPy and bottleneck leave open how either side is ordered.

    Examples
    --------
    >>> import corepy as cp
    {example}
    """


def _partitions(name: str, positions: bool, summary: str, results: str, example: str) -> Callable:
    def build(backend):
        kernel, order = backend.function("rank", "partition"), _Order(backend)

        def partition(x, kth, axis=-1):
            if type(kth) is int and type(axis) is int and axis == -1 and (keys := order.common(x)) is not None:
                n = keys.size
                if 0 <= kth < n:
                    try:
                        values = np.empty(n, _INT64)
                        kernel(keys, 1, n, 1, kth, values, x.dtype.kind == "f", positions)
                        return values if positions else order.from_keys(values, x.dtype)
                    except REFUSED:
                        pass
            # an int of the user's own may do anything to x: it comes first
            k = integer(name, "kth", kth)
            array, flat, outer, n, inner = order.prepared(name, x, axis)
            if not -n <= k < n:
                if n == 0:
                    raise errors.ShapeError(f"corepy.{name}: x has no elements along the axis; there is no kth.")
                raise ValueError(f"corepy.{name}: kth is {k}; for {n} elements it may be from {-n} to {n - 1}.")
            values = np.empty(array.shape, _INT64)
            kernel(flat, outer, n, inner, k % n, values.reshape(-1), array.dtype.kind == "f", positions)
            return values if positions else order.from_keys(values, array.dtype)

        return public(partition, name, _PARTITIONS.format(summary=summary, results=results, example=example))

    return operator(name, "rank", "scans", build)


rankdata = _ranks(
    "rankdata",
    False,
    "Ranks of the elements, from 1 for the least; equal ones share the mean of theirs.",
    "NaN ranks above all numbers; the first NaN before the second, as they are equal to nothing.",
    ">>> cp.rankdata([30, 10, 20, 10])\n    array([4. , 1.5, 3. , 1.5])",
)
nanrankdata = _ranks(
    "nanrankdata",
    True,
    "Ranks of the numbers, from 1 for the least; equal ones share the mean of theirs, and NaN has none.",
    "The rank of NaN is NaN.",
    ">>> cp.nanrankdata([30.0, float('nan'), 20.0])\n    array([ 2., nan,  1.])",
)
partition = _partitions(
    "partition",
    False,
    "Elements with the k-th smallest in its place, the smaller ones before it and the larger ones behind it.",
    "Of the dtype of x.",
    ">>> cp.partition([5, 4, 1, 3, 2], 2)\n    array([1, 2, 3, 5, 4])",
)
argpartition = _partitions(
    "argpartition",
    True,
    "Positions of the elements in the order in which `partition` puts them.",
    "int64: `partition` takes these elements.",
    ">>> cp.argpartition([5, 4, 1, 3, 2], 2)\n    array([2, 4, 3, 0, 1])",
)
