"""Extremes and where they stand. Positions take one pass over blocks: only the block of the best value is searched."""

import numpy as np

from .folds import _as_is, _fold, _fold_axis, _its_own, _larger, _same, _smaller


def _below(value, best):
    """Whether a value comes before the best so far: NaN comes before all others."""
    return np.where(value < best, True, np.where(value == value, False, best == best))


def _above(value, best):
    return np.where(value > best, True, np.where(value == value, False, best == best))


def _position(step, before, x, start, n):
    """First index of the best of n elements from x[start]."""
    best = x[start]
    begin = 0
    for block in range(0, n, 2048):
        found = _fold(x[start + block], step, _as_is, 0.0, x[start + block:start + min(block + 2048, n)])
        if before(found, best):
            best = found
            begin = block
    index = begin
    for value in x[start + begin:start + n]:
        if value == best or best != best and value != value:
            break
        index += 1
    return index


def _position_axis(step, before, x, outer, n, inner, out):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [outer, inner]."""
    best = np.empty(inner, dtype=x.dtype)
    for o in range(outer):
        if inner == 1:
            out[o] = _position(step, before, x, o * n, n)
        else:
            where = out[o * inner:(o + 1) * inner]
            for j in range(inner):
                best[j] = x[o * n * inner + j]
                where[j] = 0
            for i in range(n):
                row = x[(o * n + i) * inner:(o * n + i + 1) * inner]
                for j in range(inner):
                    where[j] = np.where(before(row[j], best[j]), i, where[j])
                    best[j] = step(best[j], row[j])


#pythran export min_(int8[]), min_(int16[]), min_(int32[]), min_(uint8[]), min_(uint16[]), min_(uint32[]),
#               min_(int64[]), min_(uint64[]), min_(float32[]), min_(float64[])
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
    NaN if an element is NaN. Which of 0.0 and -0.0 is returned follows the order of the specification.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.min([3, 1, 2])
    np.int64(1)
    """
    if x.shape[0] == 0:
        raise ValueError
    return _fold(x[0], _smaller, _as_is, 0.0, x[0:x.shape[0]])


#pythran export min_axis(int8[], int64, int64, int64, int8[]), min_axis(int16[], int64, int64, int64, int16[]),
#               min_axis(int32[], int64, int64, int64, int32[]), min_axis(uint8[], int64, int64, int64, uint8[]),
#               min_axis(uint16[], int64, int64, int64, uint16[]), min_axis(uint32[], int64, int64, int64, uint32[]),
#               min_axis(int64[], int64, int64, int64, int64[]), min_axis(uint64[], int64, int64, int64, uint64[]),
#               min_axis(float32[], int64, int64, int64, float32[]),
#               min_axis(float64[], int64, int64, int64, float64[])
def min_axis(x, outer, n, inner, out):
    if outer * n * inner > 0:
        _fold_axis(x[0], _its_own, _smaller, _as_is, _same, 1.0, x, outer, n, inner, out)


#pythran export max_(int8[]), max_(int16[]), max_(int32[]), max_(uint8[]), max_(uint16[]), max_(uint32[]),
#               max_(int64[]), max_(uint64[]), max_(float32[]), max_(float64[])
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
    NaN if an element is NaN. Which of 0.0 and -0.0 is returned follows the order of the specification.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.max([3, 1, 2])
    np.int64(3)
    """
    if x.shape[0] == 0:
        raise ValueError
    return _fold(x[0], _larger, _as_is, 0.0, x[0:x.shape[0]])


#pythran export max_axis(int8[], int64, int64, int64, int8[]), max_axis(int16[], int64, int64, int64, int16[]),
#               max_axis(int32[], int64, int64, int64, int32[]), max_axis(uint8[], int64, int64, int64, uint8[]),
#               max_axis(uint16[], int64, int64, int64, uint16[]), max_axis(uint32[], int64, int64, int64, uint32[]),
#               max_axis(int64[], int64, int64, int64, int64[]), max_axis(uint64[], int64, int64, int64, uint64[]),
#               max_axis(float32[], int64, int64, int64, float32[]),
#               max_axis(float64[], int64, int64, int64, float64[])
def max_axis(x, outer, n, inner, out):
    if outer * n * inner > 0:
        _fold_axis(x[0], _its_own, _larger, _as_is, _same, 1.0, x, outer, n, inner, out)


#pythran export argmin(int8[]), argmin(int16[]), argmin(int32[]), argmin(uint8[]), argmin(uint16[]), argmin(uint32[]),
#               argmin(int64[]), argmin(uint64[]), argmin(float32[]), argmin(float64[])
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
        raise ValueError
    return _position(_smaller, _below, x, 0, x.shape[0])


#pythran export argmin_axis(int8[], int64, int64, int64, int64[]), argmin_axis(int16[], int64, int64, int64, int64[]),
#               argmin_axis(int32[], int64, int64, int64, int64[]),
#               argmin_axis(uint8[], int64, int64, int64, int64[]),
#               argmin_axis(uint16[], int64, int64, int64, int64[]),
#               argmin_axis(uint32[], int64, int64, int64, int64[]),
#               argmin_axis(int64[], int64, int64, int64, int64[]),
#               argmin_axis(uint64[], int64, int64, int64, int64[]),
#               argmin_axis(float32[], int64, int64, int64, int64[]),
#               argmin_axis(float64[], int64, int64, int64, int64[])
def argmin_axis(x, outer, n, inner, out):
    if n > 0:
        _position_axis(_smaller, _below, x, outer, n, inner, out)


#pythran export argmax(int8[]), argmax(int16[]), argmax(int32[]), argmax(uint8[]), argmax(uint16[]), argmax(uint32[]),
#               argmax(int64[]), argmax(uint64[]), argmax(float32[]), argmax(float64[])
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
        raise ValueError
    return _position(_larger, _above, x, 0, x.shape[0])


#pythran export argmax_axis(int8[], int64, int64, int64, int64[]), argmax_axis(int16[], int64, int64, int64, int64[]),
#               argmax_axis(int32[], int64, int64, int64, int64[]),
#               argmax_axis(uint8[], int64, int64, int64, int64[]),
#               argmax_axis(uint16[], int64, int64, int64, int64[]),
#               argmax_axis(uint32[], int64, int64, int64, int64[]),
#               argmax_axis(int64[], int64, int64, int64, int64[]),
#               argmax_axis(uint64[], int64, int64, int64, int64[]),
#               argmax_axis(float32[], int64, int64, int64, int64[]),
#               argmax_axis(float64[], int64, int64, int64, int64[])
def argmax_axis(x, outer, n, inner, out):
    if n > 0:
        _position_axis(_larger, _above, x, outer, n, inner, out)
