"""Smallest and largest elements. An extreme that is zero is 0.0, never -0.0: no order of comparisons then shows."""

import numpy as np


def _below(value, best):
    return value < best


def _above(value, best):
    return value > best


def _better(before, value, kept):
    """The better of two, or NaN: a value that is NaN replaces, and a NaN that is kept stays."""
    return np.where(before(value, kept), value, np.where(value == value, kept, value))


def _first_nan(x):
    for i in range(x.shape[0]):
        if x[i] != x[i]:
            return i
    return -1


def _extreme(before, x):
    """Best element of one slice, or NaN. Any order gives the same, so that the last block may overlap the one before."""
    n = x.shape[0]
    if n < 32:
        best = x[0]
        for i in range(n):
            best = _better(before, x[i], best)
        return best + x.dtype.type(0)
    # A comparison alone is one instruction and overlooks NaN; a sum does not, and infinities that make it NaN are few.
    lanes = np.empty(48, dtype=x.dtype)
    for j in range(16):
        lanes[j] = x[j]
        lanes[j + 16] = x[j + 16]
        lanes[j + 32] = x[j] + x[j + 16]
    for i in range(32, n - 31, 32):
        for j in range(16):
            low = x[i + j]
            high = x[i + j + 16]
            lanes[j] = np.where(before(low, lanes[j]), low, lanes[j])
            lanes[j + 16] = np.where(before(high, lanes[j + 16]), high, lanes[j + 16])
            lanes[j + 32] = lanes[j + 32] + (low + high)
    end = x[n - 32:n]
    for j in range(16):
        low = np.where(before(end[j], lanes[j]), end[j], lanes[j])
        high = np.where(before(end[j + 16], lanes[j + 16]), end[j + 16], lanes[j + 16])
        lanes[j] = np.where(before(low, high), low, high)
        lanes[j + 32] = lanes[j + 32] + (end[j] + end[j + 16])
    for j in range(8):
        lanes[j] = np.where(before(lanes[j], lanes[j + 8]), lanes[j], lanes[j + 8])
        lanes[j + 32] = lanes[j + 32] + lanes[j + 40]
    for j in range(4):
        lanes[j] = np.where(before(lanes[j], lanes[j + 4]), lanes[j], lanes[j + 4])
        lanes[j + 32] = lanes[j + 32] + lanes[j + 36]
    best = lanes[0]
    total = lanes[32]
    for j in range(1, 4):
        best = np.where(before(lanes[j], best), lanes[j], best)
        total += lanes[j + 32]
    if total != total:
        i = _first_nan(x)
        if i >= 0:
            return x[i]
    return best + x.dtype.type(0)


def _integer_extreme(before, x):
    best = x[0]
    for i in range(1, x.shape[0]):
        best = np.where(before(best, x[i]), best, x[i])
    return best


def _extreme_axis(of_slice, before, x, outer, n, inner, out):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [outer, inner]; n is not 0.

    Four rows at a time, of 4096 columns at most: what is kept stays in the cache, loaded and stored once for four comparisons.
    """
    zero = x.dtype.type(0)
    for o in range(outer):
        if inner == 1:
            out[o] = of_slice(before, x[o * n:(o + 1) * n])
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
                        kept = _better(before, row1[j], _better(before, row[j], best[j]))
                        best[j] = _better(before, row3[j], _better(before, row2[j], kept))
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
    return _extreme(_below, x[0:x.shape[0]])


#pythran export min_axis(int64[], int64, int64, int64, int64[]),
#               min_axis(float32[], int64, int64, int64, float32[]),
#               min_axis(float64[], int64, int64, int64, float64[])
def min_axis(x, outer, n, inner, out):
    _extreme_axis(_extreme, _below, x, outer, n, inner, out)


#pythran export min__integer(uint8[]), min__integer(uint16[]), min__integer(uint32[]), min__integer(uint64[]),
#               min__integer(int8[]), min__integer(int16[]), min__integer(int32[])
def min__integer(x):
    if x.shape[0] == 0:
        raise ValueError("an empty slice has no extreme")
    return _integer_extreme(_below, x[0:x.shape[0]])


#pythran export min__integer_axis(uint8[], int64, int64, int64, uint8[]),
#               min__integer_axis(uint16[], int64, int64, int64, uint16[]),
#               min__integer_axis(uint32[], int64, int64, int64, uint32[]),
#               min__integer_axis(uint64[], int64, int64, int64, uint64[]),
#               min__integer_axis(int8[], int64, int64, int64, int8[]),
#               min__integer_axis(int16[], int64, int64, int64, int16[]),
#               min__integer_axis(int32[], int64, int64, int64, int32[])
def min__integer_axis(x, outer, n, inner, out):
    _extreme_axis(_integer_extreme, _below, x, outer, n, inner, out)


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
    return _extreme(_above, x[0:x.shape[0]])


#pythran export max_axis(int64[], int64, int64, int64, int64[]),
#               max_axis(float32[], int64, int64, int64, float32[]),
#               max_axis(float64[], int64, int64, int64, float64[])
def max_axis(x, outer, n, inner, out):
    _extreme_axis(_extreme, _above, x, outer, n, inner, out)


#pythran export max__integer(uint8[]), max__integer(uint16[]), max__integer(uint32[]), max__integer(uint64[]),
#               max__integer(int8[]), max__integer(int16[]), max__integer(int32[])
def max__integer(x):
    if x.shape[0] == 0:
        raise ValueError("an empty slice has no extreme")
    return _integer_extreme(_above, x[0:x.shape[0]])


#pythran export max__integer_axis(uint8[], int64, int64, int64, uint8[]),
#               max__integer_axis(uint16[], int64, int64, int64, uint16[]),
#               max__integer_axis(uint32[], int64, int64, int64, uint32[]),
#               max__integer_axis(uint64[], int64, int64, int64, uint64[]),
#               max__integer_axis(int8[], int64, int64, int64, int8[]),
#               max__integer_axis(int16[], int64, int64, int64, int16[]),
#               max__integer_axis(int32[], int64, int64, int64, int32[])
def max__integer_axis(x, outer, n, inner, out):
    _extreme_axis(_integer_extreme, _above, x, outer, n, inner, out)
