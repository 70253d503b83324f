"""Where the smallest and the largest elements stand."""

import numpy as np

from .extreme import _above, _below


def _beats(before, value, best):
    """Whether a value comes before the best so far: a NaN before everything but a NaN."""
    return before(value, best) | ((value != value) & (best == best))


def _position_axis(of_slice, before, x, outer, n, inner, out):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [outer, inner]; n is not 0."""
    if inner == 1:
        for o in range(outer):
            out[o] = of_slice(x[o * n:(o + 1) * n])
    else:
        kept = np.empty(inner, dtype=x.dtype)
        for o in range(outer):
            best = kept[0:inner]
            where = out[o * inner:(o + 1) * inner]
            for j in range(inner):
                best[j] = x[o * n * inner + j]
                where[j] = 0
            for i in range(1, n):
                row = x[(o * n + i) * inner:(o * n + i + 1) * inner]
                for j in range(inner):
                    beats = _beats(before, row[j], best[j])
                    best[j] = np.where(beats, row[j], best[j])
                    where[j] = np.where(beats, i, where[j])


#pythran export argmin(float32[]), argmin(float64[]), argmin(uint8[]), argmin(uint64[]),
#               argmin(int32[]), argmin(int64[])
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
    return np.argmin(x)


#pythran export argmin_axis(float32[], int64, int64, int64, int64[]),
#               argmin_axis(float64[], int64, int64, int64, int64[]),
#               argmin_axis(uint8[], int64, int64, int64, int64[]),
#               argmin_axis(uint64[], int64, int64, int64, int64[]),
#               argmin_axis(int32[], int64, int64, int64, int64[]),
#               argmin_axis(int64[], int64, int64, int64, int64[])
def argmin_axis(x, outer, n, inner, out):
    _position_axis(np.argmin, _below, x, outer, n, inner, out)


#pythran export argmax(float32[]), argmax(float64[]), argmax(uint8[]), argmax(uint64[]),
#               argmax(int32[]), argmax(int64[])
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
    return np.argmax(x)


#pythran export argmax_axis(float32[], int64, int64, int64, int64[]),
#               argmax_axis(float64[], int64, int64, int64, int64[]),
#               argmax_axis(uint8[], int64, int64, int64, int64[]),
#               argmax_axis(uint64[], int64, int64, int64, int64[]),
#               argmax_axis(int32[], int64, int64, int64, int64[]),
#               argmax_axis(int64[], int64, int64, int64, int64[])
def argmax_axis(x, outer, n, inner, out):
    _position_axis(np.argmax, _above, x, outer, n, inner, out)
