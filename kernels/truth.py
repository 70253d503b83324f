"""Counting what is not zero."""

import numpy as np


def _count_few(x, begin, one):
    """Number of non-zero elements from `begin` on; `one` is of the dtype that up to 128 are counted in, as wide as x."""
    some = one - one
    for i in range(begin, x.shape[0]):
        some += np.where(x[i] != 0, one, one - one)
    return np.int64(some)


def _block_count(x, one):
    n = x.shape[0]
    total = np.int64(0)
    for begin in range(0, n - 127, 128):
        part = x[begin:begin + 128]
        some = one - one
        for j in range(128):
            some += np.where(part[j] != 0, one, one - one)
        total += np.int64(some)
    return total + _count_few(x, n // 128 * 128, one)


def _count_in(x, one):
    if x.shape[0] < 128:
        return _count_few(x, 0, one)
    return _block_count(x, one)


def _count(x):
    if x.itemsize == 1:
        return _count_in(x, np.uint8(1))
    if x.itemsize == 2:
        return _count_in(x, np.uint16(1))
    if x.itemsize == 4:
        return _count_in(x, np.uint32(1))
    return _count_in(x, np.int64(1))


def _any(x):
    """Whether one slice holds an element that is not zero: mostly, one of the first does."""
    n = x.shape[0]
    begin = 0
    end = min(n, 128)
    while begin < n:
        if _count(x[begin:end]) > 0:
            return True
        begin = end
        end = min(begin + 8128, n)
    return False


def _all(x):
    n = x.shape[0]
    begin = 0
    end = min(n, 128)
    while begin < n:
        if _count(x[begin:end]) < end - begin:
            return False
        begin = end
        end = min(begin + 8128, n)
    return True


def _count_axis(x, outer, n, inner, out):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [outer, inner]."""
    for o in range(outer):
        if inner == 1:
            out[o] = _count(x[o * n:(o + 1) * n])
        else:
            column = out[o * inner:(o + 1) * inner]
            for j in range(inner):
                column[j] = 0
            for i in range(n):
                row = x[(o * n + i) * inner:(o * n + i + 1) * inner]
                for j in range(inner):
                    column[j] += np.where(row[j] != 0, 1, 0)


def _any_axis(x, outer, n, inner, out):
    for o in range(outer):
        if inner == 1:
            out[o] = _any(x[o * n:(o + 1) * n])
        else:
            column = out[o * inner:(o + 1) * inner]
            for j in range(inner):
                column[j] = False
            for i in range(n):
                row = x[(o * n + i) * inner:(o * n + i + 1) * inner]
                for j in range(inner):
                    column[j] = np.where(row[j] != 0, True, column[j])


def _all_axis(x, outer, n, inner, out):
    for o in range(outer):
        if inner == 1:
            out[o] = _all(x[o * n:(o + 1) * n])
        else:
            column = out[o * inner:(o + 1) * inner]
            for j in range(inner):
                column[j] = True
            for i in range(n):
                row = x[(o * n + i) * inner:(o * n + i + 1) * inner]
                for j in range(inner):
                    column[j] = np.where(row[j] != 0, column[j], False)


#pythran export count_nonzero(int64[]), count_nonzero(uint8[]), count_nonzero(bool[]), count_nonzero(float32[]),
#               count_nonzero(float64[])
def count_nonzero(x):
    """Number of elements that are not zero.

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

    Notes
    -----
    NaN is not zero.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.count_nonzero([0, 3, 0, 4])
    np.int64(2)
    """
    return _count(x[0:x.shape[0]])


#pythran export count_nonzero_axis(int64[], int64, int64, int64, int64[]),
#               count_nonzero_axis(uint8[], int64, int64, int64, int64[]),
#               count_nonzero_axis(float32[], int64, int64, int64, int64[]),
#               count_nonzero_axis(float64[], int64, int64, int64, int64[])
def count_nonzero_axis(x, outer, n, inner, out):
    _count_axis(x, outer, n, inner, out)


#pythran export count_nonzero__integer(uint64[]), count_nonzero__integer(uint32[]), count_nonzero__integer(int32[]),
#               count_nonzero__integer(uint16[]), count_nonzero__integer(int16[]),
#               count_nonzero__integer(int8[])
def count_nonzero__integer(x):
    return _count(x[0:x.shape[0]])


#pythran export count_nonzero__integer_axis(uint64[], int64, int64, int64, int64[]),
#               count_nonzero__integer_axis(uint32[], int64, int64, int64, int64[]),
#               count_nonzero__integer_axis(int32[], int64, int64, int64, int64[]),
#               count_nonzero__integer_axis(uint16[], int64, int64, int64, int64[]),
#               count_nonzero__integer_axis(int16[], int64, int64, int64, int64[]),
#               count_nonzero__integer_axis(int8[], int64, int64, int64, int64[])
def count_nonzero__integer_axis(x, outer, n, inner, out):
    _count_axis(x, outer, n, inner, out)


#pythran export any_(int64[]), any_(uint8[]), any_(bool[]), any_(float32[]), any_(float64[])
def any_(x):
    """Whether any element is not zero.

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
        bool; NaN counts as true.

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.

    Notes
    -----
    False for an empty slice.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.any([False, True])
    np.True_
    """
    return _any(x[0:x.shape[0]])


#pythran export any_axis(int64[], int64, int64, int64, bool[]), any_axis(uint8[], int64, int64, int64, bool[]),
#               any_axis(float32[], int64, int64, int64, bool[]), any_axis(float64[], int64, int64, int64, bool[])
def any_axis(x, outer, n, inner, out):
    _any_axis(x, outer, n, inner, out)


#pythran export any__integer(uint64[]), any__integer(uint32[]), any__integer(int32[]), any__integer(uint16[]),
#               any__integer(int16[]), any__integer(int8[])
def any__integer(x):
    return _any(x[0:x.shape[0]])


#pythran export any__integer_axis(uint64[], int64, int64, int64, bool[]),
#               any__integer_axis(uint32[], int64, int64, int64, bool[]),
#               any__integer_axis(int32[], int64, int64, int64, bool[]),
#               any__integer_axis(uint16[], int64, int64, int64, bool[]),
#               any__integer_axis(int16[], int64, int64, int64, bool[]),
#               any__integer_axis(int8[], int64, int64, int64, bool[])
def any__integer_axis(x, outer, n, inner, out):
    _any_axis(x, outer, n, inner, out)


#pythran export all_(int64[]), all_(uint8[]), all_(bool[]), all_(float32[]), all_(float64[])
def all_(x):
    """Whether all elements are not zero.

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
        bool; NaN counts as true.

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.

    Notes
    -----
    True for an empty slice.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.all([False, True])
    np.False_
    """
    return _all(x[0:x.shape[0]])


#pythran export all_axis(int64[], int64, int64, int64, bool[]), all_axis(uint8[], int64, int64, int64, bool[]),
#               all_axis(float32[], int64, int64, int64, bool[]), all_axis(float64[], int64, int64, int64, bool[])
def all_axis(x, outer, n, inner, out):
    _all_axis(x, outer, n, inner, out)


#pythran export all__integer(uint64[]), all__integer(uint32[]), all__integer(int32[]), all__integer(uint16[]),
#               all__integer(int16[]), all__integer(int8[])
def all__integer(x):
    return _all(x[0:x.shape[0]])


#pythran export all__integer_axis(uint64[], int64, int64, int64, bool[]),
#               all__integer_axis(uint32[], int64, int64, int64, bool[]),
#               all__integer_axis(int32[], int64, int64, int64, bool[]),
#               all__integer_axis(uint16[], int64, int64, int64, bool[]),
#               all__integer_axis(int16[], int64, int64, int64, bool[]),
#               all__integer_axis(int8[], int64, int64, int64, bool[])
def all__integer_axis(x, outer, n, inner, out):
    _all_axis(x, outer, n, inner, out)
