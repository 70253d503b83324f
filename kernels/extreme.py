"""Smallest and largest elements. An extreme that is zero is 0.0, never -0.0: no order of comparisons then shows."""

import numpy as np


def _below(value, best):
    return value < best


def _above(value, best):
    return value > best


def _better(before, value, kept):
    """The better of two, or NaN: a value that is NaN replaces, and a NaN that is kept stays."""
    return np.where(before(value, kept), value, np.where(value == value, kept, value))


def _least(x):
    """Smallest element of one slice, or a NaN; see kernels/pythonic/numpy/argminmax.hpp."""
    return np.min(x) + x.dtype.type(0)


def _largest(x):
    return np.max(x) + x.dtype.type(0)


def _extreme_axis(of_slice, before, x, outer, n, inner, out):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [outer, inner]; n is not 0.

    Four rows at a time, of 4096 columns at most: what is kept stays in the cache, loaded and stored once for four comparisons.
    """
    zero = x.dtype.type(0)
    for o in range(outer):
        if inner == 1:
            out[o] = of_slice(x[o * n:(o + 1) * n])
        else:
            for begin in range(0, inner, 4096):
                width = min(4096, inner - begin)
                at = o * n * inner + begin
                best = out[o * inner + begin:o * inner + begin + width]
                first = x[at:at + width]
                for j in range(width):
                    best[j] = first[j]
                i = 1
                while i + 3 < n:
                    row = x[at + i * inner:at + i * inner + width]
                    row1 = x[at + (i + 1) * inner:at + (i + 1) * inner + width]
                    row2 = x[at + (i + 2) * inner:at + (i + 2) * inner + width]
                    row3 = x[at + (i + 3) * inner:at + (i + 3) * inner + width]
                    for j in range(width):
                        # One after the other: of one call within another, Pythran 0.19 makes two calls with the same value.
                        kept = _better(before, row[j], best[j])
                        kept = _better(before, row1[j], kept)
                        kept = _better(before, row2[j], kept)
                        best[j] = _better(before, row3[j], kept)
                    i += 4
                while i < n:
                    row = x[at + i * inner:at + i * inner + width]
                    for j in range(width):
                        best[j] = _better(before, row[j], best[j])
                    i += 1
                for j in range(width):
                    best[j] = best[j] + zero


#pythran export min_(int64[]), min_(float32[]), min_(float64[])
def min_(x):
    """Smallest element.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    axis : int, tuple of int or None, default None
        Axis or axes to reduce; None is all of them, in C order.
    keepdims : bool, default False
        Keep reduced axes with length 1.
    out : ndarray, optional
        Where to put the result; its dtype must hold the result's ("same_kind").

    Returns
    -------
    ndarray or scalar
        The dtype of x.

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.
    ValueError
        If a slice is empty.

    Notes
    -----
    NaN if an element is NaN. A zero is 0.0, never -0.0.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.min([3, 1, 2])
    np.int64(1)
    """
    if x.shape[0] == 0:
        raise ValueError("an empty slice has no extreme")
    return _least(x[0:x.shape[0]])


#pythran export min_axis(int64[], int64, int64, int64, int64[]),
#               min_axis(float32[], int64, int64, int64, float32[]),
#               min_axis(float64[], int64, int64, int64, float64[])
def min_axis(x, outer, n, inner, out):
    _extreme_axis(_least, _below, x, outer, n, inner, out)


#pythran export min__integer(uint8[]), min__integer(uint16[]), min__integer(uint32[]), min__integer(uint64[]),
#               min__integer(int8[]), min__integer(int16[]), min__integer(int32[])
def min__integer(x):
    if x.shape[0] == 0:
        raise ValueError("an empty slice has no extreme")
    return _least(x[0:x.shape[0]])


#pythran export min__integer_axis(uint8[], int64, int64, int64, uint8[]),
#               min__integer_axis(uint16[], int64, int64, int64, uint16[]),
#               min__integer_axis(uint32[], int64, int64, int64, uint32[]),
#               min__integer_axis(uint64[], int64, int64, int64, uint64[]),
#               min__integer_axis(int8[], int64, int64, int64, int8[]),
#               min__integer_axis(int16[], int64, int64, int64, int16[]),
#               min__integer_axis(int32[], int64, int64, int64, int32[])
def min__integer_axis(x, outer, n, inner, out):
    _extreme_axis(_least, _below, x, outer, n, inner, out)


#pythran export max_(int64[]), max_(float32[]), max_(float64[])
def max_(x):
    """Largest element.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    axis : int, tuple of int or None, default None
        Axis or axes to reduce; None is all of them, in C order.
    keepdims : bool, default False
        Keep reduced axes with length 1.
    out : ndarray, optional
        Where to put the result; its dtype must hold the result's ("same_kind").

    Returns
    -------
    ndarray or scalar
        The dtype of x.

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.
    ValueError
        If a slice is empty.

    Notes
    -----
    NaN if an element is NaN. A zero is 0.0, never -0.0.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.max([3, 1, 2])
    np.int64(3)
    """
    if x.shape[0] == 0:
        raise ValueError("an empty slice has no extreme")
    return _largest(x[0:x.shape[0]])


#pythran export max_axis(int64[], int64, int64, int64, int64[]),
#               max_axis(float32[], int64, int64, int64, float32[]),
#               max_axis(float64[], int64, int64, int64, float64[])
def max_axis(x, outer, n, inner, out):
    _extreme_axis(_largest, _above, x, outer, n, inner, out)


#pythran export max__integer(uint8[]), max__integer(uint16[]), max__integer(uint32[]), max__integer(uint64[]),
#               max__integer(int8[]), max__integer(int16[]), max__integer(int32[])
def max__integer(x):
    if x.shape[0] == 0:
        raise ValueError("an empty slice has no extreme")
    return _largest(x[0:x.shape[0]])


#pythran export max__integer_axis(uint8[], int64, int64, int64, uint8[]),
#               max__integer_axis(uint16[], int64, int64, int64, uint16[]),
#               max__integer_axis(uint32[], int64, int64, int64, uint32[]),
#               max__integer_axis(uint64[], int64, int64, int64, uint64[]),
#               max__integer_axis(int8[], int64, int64, int64, int8[]),
#               max__integer_axis(int16[], int64, int64, int64, int16[]),
#               max__integer_axis(int32[], int64, int64, int64, int32[])
def max__integer_axis(x, outer, n, inner, out):
    _extreme_axis(_largest, _above, x, outer, n, inner, out)
