"""Extremes, and where they stand. An extreme that is zero is 0.0, never -0.0: no order of comparisons then shows."""

import numpy as np


def _below(value, best):
    return value < best


def _above(value, best):
    return value > best


def _beats(before, value, best):
    """Whether a value comes before the best so far: a NaN before everything but a NaN."""
    return np.where(before(value, best), True, np.where(value == value, False, best == best))


def _better(before, value, kept):
    """The better of two, or NaN: a value that is NaN replaces, and a NaN that is kept stays."""
    return np.where(before(value, kept), value, np.where(value == value, kept, value))


def _extreme(before, x):
    """Best element of one slice, or NaN."""
    n = x.shape[0]
    lanes = np.empty(32, dtype=x.dtype)
    used = min(n, 32)
    for j in range(used):
        lanes[j] = x[j]
    for i in range(32, n - 31, 32):
        for j in range(32):
            lanes[j] = _better(before, x[i + j], lanes[j])
    for i in range(max(n - n % 32, 32), n):
        lanes[i % 32] = _better(before, x[i], lanes[i % 32])
    width = 16
    while width > 0:
        for j in range(min(width, used - width)):
            lanes[j] = _better(before, lanes[j + width], lanes[j])
        width >>= 1
    return lanes[0] + x.dtype.type(0)


def _integer_extreme(before, x):
    best = x[0]
    for i in range(x.shape[0]):
        best = np.where(before(x[i], best), x[i], best)
    return best


def _extreme_axis(of_slice, before, x, outer, n, inner, out):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [outer, inner]; n is not 0."""
    zero = x.dtype.type(0)
    for o in range(outer):
        if inner == 1:
            out[o] = of_slice(before, x[o * n:(o + 1) * n])
        else:
            best = out[o * inner:(o + 1) * inner]
            for j in range(inner):
                best[j] = x[o * n * inner + j] + zero
            for i in range(1, n):
                row = x[(o * n + i) * inner:(o * n + i + 1) * inner]
                for j in range(inner):
                    best[j] = _better(before, row[j] + zero, best[j])


def _first_nan(x):
    for i in range(x.shape[0]):
        if x[i] != x[i]:
            return i
    return -1


def _position(of_slice, before, x):
    """First index of the best element of one slice, or of the first NaN: only the block of the best one is searched."""
    best = x[0]
    begin = 0
    for block in range(0, x.shape[0], 2048):
        found = of_slice(before, x[block:min(block + 2048, x.shape[0])])
        if before(found, best) or (found != found and best == best):
            best = found
            begin = block
    block = x[begin:min(begin + 2048, x.shape[0])]
    if best != best:
        return begin + _first_nan(block)
    # Without a break, so that it vectorizes; the index fits int32, and so any register.
    index = np.int32(2048)
    for i in range(block.shape[0]):
        hit = np.where(block[i] == best, np.int32(i), np.int32(2048))
        index = np.where(hit < index, hit, index)
    return begin + np.int64(index)


def _position_axis(of_slice, before, x, outer, n, inner, out):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [outer, inner]; n is not 0."""
    kept = np.empty(inner, dtype=x.dtype)
    for o in range(outer):
        if inner == 1:
            out[o] = _position(of_slice, before, x[o * n:(o + 1) * n])
        else:
            best = kept[0:inner]
            where = out[o * inner:(o + 1) * inner]
            for j in range(inner):
                best[j] = x[o * n * inner + j]
                where[j] = 0
            for i in range(1, n):
                row = x[(o * n + i) * inner:(o * n + i + 1) * inner]
                for j in range(inner):
                    where[j] = np.where(_beats(before, row[j], best[j]), i, where[j])
                    best[j] = np.where(_beats(before, row[j], best[j]), row[j], best[j])


#pythran export min_(float32[]), min_(float64[])
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


#pythran export min_axis(float32[], int64, int64, int64, float32[]),
#               min_axis(float64[], int64, int64, int64, float64[])
def min_axis(x, outer, n, inner, out):
    _extreme_axis(_extreme, _below, x, outer, n, inner, out)


#pythran export min__integer(uint8[]), min__integer(uint16[]), min__integer(uint32[]), min__integer(uint64[]),
#               min__integer(int8[]), min__integer(int16[]), min__integer(int32[]), min__integer(int64[])
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
#               min__integer_axis(int32[], int64, int64, int64, int32[]),
#               min__integer_axis(int64[], int64, int64, int64, int64[])
def min__integer_axis(x, outer, n, inner, out):
    _extreme_axis(_integer_extreme, _below, x, outer, n, inner, out)


#pythran export max_(float32[]), max_(float64[])
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


#pythran export max_axis(float32[], int64, int64, int64, float32[]),
#               max_axis(float64[], int64, int64, int64, float64[])
def max_axis(x, outer, n, inner, out):
    _extreme_axis(_extreme, _above, x, outer, n, inner, out)


#pythran export max__integer(uint8[]), max__integer(uint16[]), max__integer(uint32[]), max__integer(uint64[]),
#               max__integer(int8[]), max__integer(int16[]), max__integer(int32[]), max__integer(int64[])
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
#               max__integer_axis(int32[], int64, int64, int64, int32[]),
#               max__integer_axis(int64[], int64, int64, int64, int64[])
def max__integer_axis(x, outer, n, inner, out):
    _extreme_axis(_integer_extreme, _above, x, outer, n, inner, out)


#pythran export argmin(float32[]), argmin(float64[])
def argmin(x):
    """Index of the smallest element, the first of equals.

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
        int64.

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
    The first NaN, if there is one.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.argmin([3, 1, 2])
    np.int64(1)
    """
    if x.shape[0] == 0:
        raise ValueError("an empty slice has no extreme")
    return _position(_extreme, _below, x[0:x.shape[0]])


#pythran export argmin_axis(float32[], int64, int64, int64, int64[]),
#               argmin_axis(float64[], int64, int64, int64, int64[])
def argmin_axis(x, outer, n, inner, out):
    _position_axis(_extreme, _below, x, outer, n, inner, out)


#pythran export argmin__integer(uint64[]), argmin__integer(int32[]), argmin__integer(int64[])
def argmin__integer(x):
    if x.shape[0] == 0:
        raise ValueError("an empty slice has no extreme")
    return _position(_integer_extreme, _below, x[0:x.shape[0]])


#pythran export argmin__integer_axis(uint64[], int64, int64, int64, int64[]),
#               argmin__integer_axis(int32[], int64, int64, int64, int64[]),
#               argmin__integer_axis(int64[], int64, int64, int64, int64[])
def argmin__integer_axis(x, outer, n, inner, out):
    _position_axis(_integer_extreme, _below, x, outer, n, inner, out)


#pythran export argmax(float32[]), argmax(float64[])
def argmax(x):
    """Index of the largest element, the first of equals.

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
        int64.

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
    The first NaN, if there is one.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.argmax([3, 1, 2])
    np.int64(0)
    """
    if x.shape[0] == 0:
        raise ValueError("an empty slice has no extreme")
    return _position(_extreme, _above, x[0:x.shape[0]])


#pythran export argmax_axis(float32[], int64, int64, int64, int64[]),
#               argmax_axis(float64[], int64, int64, int64, int64[])
def argmax_axis(x, outer, n, inner, out):
    _position_axis(_extreme, _above, x, outer, n, inner, out)


#pythran export argmax__integer(uint64[]), argmax__integer(int32[]), argmax__integer(int64[])
def argmax__integer(x):
    if x.shape[0] == 0:
        raise ValueError("an empty slice has no extreme")
    return _position(_integer_extreme, _above, x[0:x.shape[0]])


#pythran export argmax__integer_axis(uint64[], int64, int64, int64, int64[]),
#               argmax__integer_axis(int32[], int64, int64, int64, int64[]),
#               argmax__integer_axis(int64[], int64, int64, int64, int64[])
def argmax__integer_axis(x, outer, n, inner, out):
    _position_axis(_integer_extreme, _above, x, outer, n, inner, out)
