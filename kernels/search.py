"""Where the smallest and the largest elements stand."""

import numpy as np

from .extreme import _above, _below, _extreme, _first_nan, _integer_extreme


def _beats(before, value, best):
    """Whether a value comes before the best so far: a NaN before everything but a NaN."""
    return np.where(before(value, best), True, np.where(value == value, False, best == best))


def _join(before, lanes, j, width):
    """Lane j takes over lane j + width: the better value, the earlier block of equal ones, and the sum."""
    value = lanes[j + width]
    block = np.where(lanes[j + 16 + width] < lanes[j + 16], lanes[j + 16 + width], lanes[j + 16])
    block = np.where(value == lanes[j], block, lanes[j + 16])
    lanes[j + 16] = np.where(before(value, lanes[j]), lanes[j + 16 + width], block)
    lanes[j] = np.where(before(value, lanes[j]), value, lanes[j])
    lanes[j + 32] = lanes[j + 32] + lanes[j + 32 + width]


def _meet(before, lanes, block, x, at):
    """Sixty-four elements, block number `block`, into 16 lanes."""
    part = x[at:at + 64]
    for j in range(16):
        low = np.where(before(part[j], part[j + 16]), part[j], part[j + 16])
        high = np.where(before(part[j + 32], part[j + 48]), part[j + 32], part[j + 48])
        met = np.where(before(low, high), low, high)
        lanes[j + 16] = np.where(before(met, lanes[j]), block, lanes[j + 16])
        lanes[j] = np.where(before(met, lanes[j]), met, lanes[j])
        lanes[j + 32] = lanes[j + 32] + ((part[j] + part[j + 16]) + (part[j + 32] + part[j + 48]))


def _place(before, x):
    """First index of the best element of at most 2048, or of the first NaN."""
    n = x.shape[0]
    if n < 64:
        # The value first: a branch wherever there is a better one takes twice the time.
        best = x[0]
        lost = 0
        for i in range(n):
            best = np.where(before(x[i], best), x[i], best)
            lost += np.where(x[i] != x[i], 1, 0)
        if lost > 0:
            return _first_nan(x)
        for i in range(n):
            if x[i] == best:
                return i
    # Lanes: 16 of the best so far, 16 of the blocks they were met in, 16 of sums for NaN, as in _extreme.
    lanes = np.empty(48, dtype=x.dtype)
    block = x.dtype.type(0)
    for j in range(16):
        lanes[j] = x[j]
        lanes[j + 16] = block
        lanes[j + 32] = block
    for i in range(0, n - 63, 64):
        _meet(before, lanes, block, x, i)
        block += x.dtype.type(1)
    # The last block may overlap: what was met before is not better.
    _meet(before, lanes, block, x, n - 64)
    for j in range(8):
        _join(before, lanes, j, 8)
    for j in range(4):
        _join(before, lanes, j, 4)
    for j in range(2):
        _join(before, lanes, j, 2)
    _join(before, lanes, 0, 1)
    if lanes[32] != lanes[32]:
        i = _first_nan(x)
        if i >= 0:
            return i
    best = lanes[0]
    begin = min(np.int64(lanes[16]) * 64, n - 64)
    part = x[begin:begin + 64]
    none = x.dtype.type(64)
    for j in range(16):
        first = np.where(part[j + 48] == best, x.dtype.type(np.int32(j + 48)), none)
        first = np.where(part[j + 32] == best, x.dtype.type(np.int32(j + 32)), first)
        first = np.where(part[j + 16] == best, x.dtype.type(np.int32(j + 16)), first)
        lanes[j] = np.where(part[j] == best, x.dtype.type(np.int32(j)), first)
    for j in range(8):
        lanes[j] = np.where(lanes[j] < lanes[j + 8], lanes[j], lanes[j + 8])
    for j in range(4):
        lanes[j] = np.where(lanes[j] < lanes[j + 4], lanes[j], lanes[j + 4])
    first = lanes[0]
    for j in range(1, 4):
        first = np.where(lanes[j] < first, lanes[j], first)
    return begin + np.int64(first)


def _position(of_slice, before, x):
    """First index of the best element of one slice, or of the first NaN: of a long one, only the best block is searched."""
    n = x.shape[0]
    best = x[0]
    begin = 0
    if n > 2048:
        for block in range(0, n, 2048):
            found = of_slice(before, x[block:min(block + 2048, n)])
            if before(found, best) or (found != found and best == best):
                best = found
                begin = block
    return begin + _place(before, x[begin:min(begin + 2048, n)])


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
