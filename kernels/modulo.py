"""Truncated remainder, and floored quotient and remainder at once. Integers are as in division.py."""

import numpy as np

from .division import (
    _near,
    _nonzero,
    floor_divide__medium,
    floor_divide__rare,
    floor_divide__small,
    remainder__medium,
    remainder__rare,
    remainder__small,
)


#pythran export ufunc fmod_(float32, float32), fmod_(float64, float64)
def fmod_(x, y):
    """Remainder of the truncated quotient, element by element: it has the sign of x1.

    Parameters
    ----------
    x1, x2 : array_like
        An integer type, float32 or float64. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Raises
    ------
    ZeroDivisionError
        If an integer is divided by zero.

    Notes
    -----
    x1 - trunc(x1 / x2) * x2, exact. NaN for infinite x1 and for a float divided by zero.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.fmod([7, -7], 3)
    array([ 1, -1])
    """
    whole, rest = _near(np.float64(x), np.float64(y))
    rest = np.copysign(rest, np.float64(x))
    return x.dtype.type(np.where(np.abs(whole) < 4503599627370496.0, rest, np.nan))


#pythran export ufunc fmod__rare(float32, float32), fmod__rare(float64, float64)
def fmod__rare(x, y):
    return x.dtype.type(np.fmod(x, y))


#pythran export ufunc fmod__small(int8, int8), fmod__small(uint8, uint8), fmod__small(int16, int16),
#                     fmod__small(uint16, uint16)
def fmod__small(x, y):
    # Below 2**16 the quotient of two float32 is never rounded up to an integer it does not reach.
    quotient = np.int32(np.trunc(np.float32(np.float32(x) / np.float32(y))))
    return x.dtype.type(np.int32(x) - quotient * np.int32(y))


#pythran export ufunc fmod__medium(int32, int32)
def fmod__medium(x, y):
    quotient = np.int32(np.where(y == -1, 0.0, np.trunc(np.float64(x) / np.float64(y))))
    return x.dtype.type(np.where(y == -1, np.int32(0), x - quotient * y))


#pythran export ufunc fmod__large(int64, int64)
def fmod__large(x, y):
    magnitude = np.where(y < 0, np.uint64(-y), np.uint64(_nonzero(y)))
    numerator = np.where(x < 0, np.uint64(-x), np.uint64(x))
    rest = numerator - numerator // magnitude * magnitude
    return np.int64(np.where(x < 0, np.uint64(0) - rest, rest))


#pythran export ufunc fmod__unsigned(uint32, uint32), fmod__unsigned(uint64, uint64)
def fmod__unsigned(x, y):
    return x.dtype.type(x - x // _nonzero(y) * y)


#pythran export ufunc divmod_(float32, float32), divmod_(float64, float64)
def divmod_(x, y):
    """Floored quotient and its remainder, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        An integer type, float32 or float64. Broadcast against each other.

    Returns
    -------
    quotient, remainder : ndarray or scalar
        The results of floor_divide and remainder.

    Raises
    ------
    ZeroDivisionError
        If an integer is divided by zero.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.divmod([7, -7], 3)
    (array([ 2, -3]), array([1, 2]))
    """
    return floor_divide__rare(x, y), remainder__rare(x, y)


#pythran export ufunc divmod__small(int8, int8), divmod__small(uint8, uint8), divmod__small(int16, int16),
#                     divmod__small(uint16, uint16)
def divmod__small(x, y):
    return floor_divide__small(x, y), remainder__small(x, y)


#pythran export ufunc divmod__medium(int32, int32)
def divmod__medium(x, y):
    return floor_divide__medium(x, y), remainder__medium(x, y)


#pythran export ufunc divmod__large(int64, int64)
def divmod__large(x, y):
    magnitude = np.where(y < 0, np.uint64(-y), np.uint64(_nonzero(y)))
    numerator = np.where(x < 0, np.uint64(-x), np.uint64(x))
    quotient = numerator // magnitude
    rest = numerator - quotient * magnitude
    one = np.where(rest == np.uint64(0), np.uint64(0), np.uint64(1))
    signed = np.int64(np.where(x < 0, np.uint64(0) - rest, rest))
    moved = np.where(rest == np.uint64(0), signed, signed + y)
    return (
        np.int64(np.where((x < 0) == (y < 0), quotient, np.uint64(0) - quotient - one)),
        np.where((x < 0) == (y < 0), signed, moved),
    )


#pythran export ufunc divmod__unsigned(uint32, uint32), divmod__unsigned(uint64, uint64)
def divmod__unsigned(x, y):
    quotient = x // _nonzero(y)
    return x.dtype.type(quotient), x.dtype.type(x - quotient * y)
