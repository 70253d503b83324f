"""Softmax and logsumexp: shifted by the largest element, so that nothing overflows."""

import numpy as np

from .exponential import _exp
from .folds import _fold, _plus, _widened
from .logarithm import _log


def _largest(lanes, x):
    """Largest element of a slice that is not empty, or any if there is a NaN: all that is computed with it is NaN then."""
    n = x.shape[0]
    if n < 32:
        best = x[0]
        for i in range(1, n):
            best = np.where(best < x[i], x[i], best)
        return best
    for j in range(16):
        lanes[j] = np.where(x[j] < x[j + 16], x[j + 16], x[j])
    for i in range(32, n, 32):
        # The last block may overlap the one before.
        part = x[min(i, n - 32):n]
        for j in range(16):
            better = np.where(part[j] < part[j + 16], part[j + 16], part[j])
            lanes[j] = np.where(lanes[j] < better, better, lanes[j])
    best = lanes[0]
    for j in range(1, 16):
        best = np.where(best < lanes[j], lanes[j], best)
    return best


def _exponentials(powers, x, shift):
    for i in range(x.shape[0]):
        powers[i] = _exp(np.float64(x[i]) - shift)


def _logsumexp(selected, powers, x):
    """Of one slice; an infinite largest element is not subtracted, since inf - inf is NaN."""
    if x.shape[0] == 0:
        return -np.inf
    largest = np.float64(_largest(selected, x))
    shift = np.where(np.abs(largest) < np.inf, largest, 0.0)
    _exponentials(powers, x, shift)
    return shift + _log(_fold(np.float64(0.0), _plus, _widened, 0.0, powers))


#pythran export softmax(float32[:, :], float32[:, :]), softmax(float64[:, :], float64[:, :])
def softmax(x, out):
    """Softmax: exponentials that add up to 1.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    axis : int, tuple of int or None, default None
        Axis or axes along which they add up to 1; None is all of them.
    out : ndarray, optional
        Where to put the result; its dtype must hold the result's ("same_kind").

    Returns
    -------
    ndarray or scalar
        Of the shape of x; float32 for float32, float64 for everything else.

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.

    Notes
    -----
    exp(x - max(x)) * (1 / sum(exp(x - max(x)))), float32 in float64 and rounded once; the sum has the order of the
    specification. NaN where a slice holds NaN or inf, or nothing but -inf.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.softmax([0.0, 0.0])
    array([0.5, 0.5])
    """
    n = x.shape[1]
    selected = np.empty(32, dtype=x.dtype)
    scratch = np.empty(n)
    powers = scratch[0:n]
    for o in range(x.shape[0]):
        given = x[o]
        row = out[o]
        if n > 0:
            _exponentials(powers, given, np.float64(_largest(selected, given)))
            scale = 1.0 / _fold(np.float64(0.0), _plus, _widened, 0.0, powers)
            for i in range(n):
                row[i] = powers[i] * scale


#pythran export logsumexp(float32[]), logsumexp(float64[])
def logsumexp(x):
    """Logarithm of the sum of exponentials, without overflow.

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
    max(x) + log(sum(exp(x - max(x)))), float32 in float64 and rounded once. -inf for an empty slice.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.logsumexp([1000.0, 1000.0])
    np.float64(1000.6931471805599)
    """
    n = x.shape[0]
    powers = np.empty(n)
    return x.dtype.type(_logsumexp(np.empty(32, dtype=x.dtype), powers[0:n], x[0:n]))


#pythran export logsumexp_axis(float32[], int64, int64, int64, float32[]),
#               logsumexp_axis(float64[], int64, int64, int64, float64[])
def logsumexp_axis(x, outer, n, inner, out):
    column = np.empty(n, dtype=x.dtype)
    powers = np.empty(n)
    selected = np.empty(32, dtype=x.dtype)
    for o in range(outer):
        for j in range(inner):
            for i in range(n):
                column[i] = x[(o * n + i) * inner + j]
            out[o * inner + j] = _logsumexp(selected, powers[0:n], column[0:n])
