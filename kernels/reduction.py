"""Sum, product, mean, variance and standard deviation; the order of operations is that of folds.py."""

import numpy as np

from .folds import _fold, _fold_axis, _fold_columns, _plus, _squared_deviation, _times, _widened


def _sum(x):
    return _fold(np.float64(0.0), _plus, _widened, 0.0, x)


def _accumulate(total, step, x):
    """Fold integers in the dtype of `total`: they wrap around, so that any order gives the same bits."""
    for i in range(x.shape[0]):
        total = step(total, total.dtype.type(x[i]))
    return total


def _accumulate_axis(neutral, step, x, outer, n, inner, out):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [outer, inner]."""
    for o in range(outer):
        if inner == 1:
            out[o] = _accumulate(neutral, step, x[o * n:(o + 1) * n])
        else:
            total = out[o * inner:(o + 1) * inner]
            for j in range(inner):
                total[j] = neutral
            for i in range(n):
                row = x[(o * n + i) * inner:(o * n + i + 1) * inner]
                for j in range(inner):
                    total[j] = step(total[j], neutral.dtype.type(row[j]))


def _divisor(n, ddof):
    left = np.float64(n) - ddof
    return np.where(left > 0.0, left, 0.0)


def _moment(kind, divisor, x):
    """Sum (kind 0), mean (1), variance (2) or standard deviation (3) of one slice."""
    total = _sum(x)
    if kind == 0:
        return total
    mean = total / np.float64(x.shape[0])
    if kind == 1:
        return mean
    variance = _fold(np.float64(0.0), _plus, _squared_deviation, mean, x) / divisor
    return np.where(kind == 2, variance, np.sqrt(variance))


def _moments_of_columns(kind, divisor, lanes, center, x, start, n, inner, width, out):
    """`_moment` of neighboring slices."""
    _fold_columns(lanes, _plus, _widened, center, x, start, n, inner, width)
    total = lanes[0]
    if kind > 0:
        for j in range(width):
            center[j] = total[j] / np.float64(n)
            total[j] = center[j]
    if kind > 1:
        _fold_columns(lanes, _plus, _squared_deviation, center, x, start, n, inner, width)
        for j in range(width):
            total[j] = total[j] / divisor
    if kind > 2:
        for j in range(width):
            total[j] = np.sqrt(total[j])
    for j in range(width):
        out[j] = total[j]


#pythran export moment_axis(int64, float32[], int64, int64, int64, float32[], float64),
#               moment_axis(int64, float64[], int64, int64, int64, float64[], float64)
def moment_axis(kind, x, outer, n, inner, out, ddof):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [outer, inner].

    One kernel for four operators: folds are what takes long to compile.
    """
    divisor = _divisor(n, ddof)
    lanes = np.empty((32, min(inner, 1024)))
    center = np.zeros(min(inner, 1024))
    for o in range(outer):
        if inner == 1 or n == 0:
            for j in range(inner):
                out[o * inner + j] = _moment(kind, divisor, x[o * n:(o + 1) * n])
        else:
            for begin in range(0, inner, 1024):
                width = min(1024, inner - begin)
                part = out[o * inner + begin:o * inner + begin + width]
                _moments_of_columns(kind, divisor, lanes, center, x, o * n * inner + begin, n, inner, width, part)


#pythran export sum_(float32[]), sum_(float64[])
def sum_(x):
    """Sum of the elements.

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
        int64 or uint64 for bool and integers (they wrap around), float32 or float64 for floats.

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.

    Notes
    -----
    Added in the order of the specification, float32 in float64 and rounded once. The sum of nothing is 0.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.sum([0.1] * 10)
    np.float64(1.0)
    >>> cp.sum([[1, 2], [3, 4]], axis=0)
    array([4, 6])
    """
    return x.dtype.type(_sum(x[0:x.shape[0]]))


#pythran export sum__signed(int8[]), sum__signed(int16[]), sum__signed(int32[]), sum__signed(int64[])
def sum__signed(x):
    return _accumulate(np.int64(0), _plus, x)


#pythran export sum__signed_axis(int8[], int64, int64, int64, int64[]),
#               sum__signed_axis(int16[], int64, int64, int64, int64[]),
#               sum__signed_axis(int32[], int64, int64, int64, int64[]),
#               sum__signed_axis(int64[], int64, int64, int64, int64[])
def sum__signed_axis(x, outer, n, inner, out):
    _accumulate_axis(np.int64(0), _plus, x, outer, n, inner, out)


#pythran export sum__unsigned(uint8[]), sum__unsigned(uint16[]), sum__unsigned(uint32[]), sum__unsigned(uint64[])
def sum__unsigned(x):
    return _accumulate(np.uint64(0), _plus, x)


#pythran export sum__unsigned_axis(uint8[], int64, int64, int64, uint64[]),
#               sum__unsigned_axis(uint16[], int64, int64, int64, uint64[]),
#               sum__unsigned_axis(uint32[], int64, int64, int64, uint64[]),
#               sum__unsigned_axis(uint64[], int64, int64, int64, uint64[])
def sum__unsigned_axis(x, outer, n, inner, out):
    _accumulate_axis(np.uint64(0), _plus, x, outer, n, inner, out)


#pythran export prod(float32[]), prod(float64[])
def prod(x):
    """Product of the elements.

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
        int64 or uint64 for bool and integers (they wrap around), float32 or float64 for floats.

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.

    Notes
    -----
    Multiplied in the order of the specification, float32 in float64 and rounded once. The product of nothing is 1.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.prod([1, 2, 3, 4])
    np.int64(24)
    """
    return x.dtype.type(_fold(np.float64(1.0), _times, _widened, 0.0, x[0:x.shape[0]]))


#pythran export prod_axis(float32[], int64, int64, int64, float32[]),
#               prod_axis(float64[], int64, int64, int64, float64[])
def prod_axis(x, outer, n, inner, out):
    _fold_axis(np.float64(1.0), _times, _widened, x, outer, n, inner, out)


#pythran export prod__signed(int8[]), prod__signed(int16[]), prod__signed(int32[]), prod__signed(int64[])
def prod__signed(x):
    return _accumulate(np.int64(1), _times, x)


#pythran export prod__signed_axis(int8[], int64, int64, int64, int64[]),
#               prod__signed_axis(int16[], int64, int64, int64, int64[]),
#               prod__signed_axis(int32[], int64, int64, int64, int64[]),
#               prod__signed_axis(int64[], int64, int64, int64, int64[])
def prod__signed_axis(x, outer, n, inner, out):
    _accumulate_axis(np.int64(1), _times, x, outer, n, inner, out)


#pythran export prod__unsigned(uint8[]), prod__unsigned(uint16[]), prod__unsigned(uint32[]), prod__unsigned(uint64[])
def prod__unsigned(x):
    return _accumulate(np.uint64(1), _times, x)


#pythran export prod__unsigned_axis(uint8[], int64, int64, int64, uint64[]),
#               prod__unsigned_axis(uint16[], int64, int64, int64, uint64[]),
#               prod__unsigned_axis(uint32[], int64, int64, int64, uint64[]),
#               prod__unsigned_axis(uint64[], int64, int64, int64, uint64[])
def prod__unsigned_axis(x, outer, n, inner, out):
    _accumulate_axis(np.uint64(1), _times, x, outer, n, inner, out)


#pythran export mean(float32[]), mean(float64[])
def mean(x):
    """Arithmetic mean of the elements.

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
        float32 for float32, float64 for everything else.

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.

    Notes
    -----
    Added in the order of the specification, float32 in float64 and rounded once. The mean of nothing is NaN, without a
    warning.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.mean([1, 2, 3, 4])
    np.float64(2.5)
    """
    return x.dtype.type(_sum(x[0:x.shape[0]]) / np.float64(x.shape[0]))


#pythran export var(float32[], float64), var(float64[], float64)
def var(x, ddof):
    """Variance of the elements.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    axis : int, tuple of int or None, default None
        Axis or axes to reduce; None is all of them, in C order.
    ddof : float, default 0
        The sum of squares is divided by n - ddof; also accepted as `correction`.
    keepdims : bool, default False
        Keep reduced axes with length 1.
    out : ndarray, optional
        Where to put the result; its dtype must hold the result's ("same_kind").

    Returns
    -------
    ndarray or scalar
        float32 for float32, float64 for everything else.

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.

    Notes
    -----
    Two passes: the mean first, then the squared deviations from it, so that a large mean does no harm and the result is
    never negative. Added in the order of the specification, float32 in float64 and rounded once. NaN where n is 0; inf or
    NaN where n - ddof is not above 0.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.var([1.0, 2.0, 3.0, 4.0])
    np.float64(1.25)
    >>> cp.var([1.0, 2.0, 3.0], ddof=1)
    np.float64(1.0)
    """
    return x.dtype.type(_moment(2, _divisor(x.shape[0], ddof), x[0:x.shape[0]]))


#pythran export std(float32[], float64), std(float64[], float64)
def std(x, ddof):
    """Standard deviation of the elements: the square root of the variance.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    axis : int, tuple of int or None, default None
        Axis or axes to reduce; None is all of them, in C order.
    ddof : float, default 0
        The sum of squares is divided by n - ddof; also accepted as `correction`.
    keepdims : bool, default False
        Keep reduced axes with length 1.
    out : ndarray, optional
        Where to put the result; its dtype must hold the result's ("same_kind").

    Returns
    -------
    ndarray or scalar
        float32 for float32, float64 for everything else.

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.

    Notes
    -----
    Two passes: the mean first, then the squared deviations from it, so that a large mean does no harm and the result is
    never negative. Added in the order of the specification, float32 in float64 and rounded once. NaN where n is 0; inf or
    NaN where n - ddof is not above 0.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.std([1.0, 3.0])
    np.float64(1.0)
    """
    return x.dtype.type(_moment(3, _divisor(x.shape[0], ddof), x[0:x.shape[0]]))
