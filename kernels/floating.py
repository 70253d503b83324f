"""Floating-point numbers taken apart, put together and stepped through: every result is exact."""

import numpy as np


def _times_power(y, k):
    """y * 2**k for |k| <= 1022, where one factor is enough: knowing that, gcc leaves out what ldexp does for other k."""
    most = np.int32(1022)
    e = np.int32(k)
    e = np.where(e > most, most, e)
    return np.ldexp(y, np.where(e < -most, -most, e))


def _times_any_power(y, k, spare, last):
    """y * 2**k for |y| < 2**20 and k <= 1022 + spare, last being 2**spare, which is multiplied last; rounded once if that is
    subnormal, provided that y is above 2**-20 where k < -1000."""
    small = k < -1000.0
    return _times_power(y, k + np.where(small, 128.0, -spare)) * np.where(small, 2.938735877055719e-39, last)


def _step(x, inward, digits, least):
    """Distance of x from its neighbor away from zero (inward = 0) or towards it (1), for numbers of so many digits, the
    smallest of which is 2**least."""
    m, e = np.frexp(x)
    # Below a power of two, numbers are twice as dense as above it.
    e = e - np.int32(digits) - np.where(np.abs(m) == 0.5, inward, np.int32(0))
    e = np.where(x == 0.0, np.int32(least), e)
    return np.ldexp(1.0, np.where(e < np.int32(least), np.int32(least), e))


def _neighbor(x, y, digits, least, largest):
    """nextafter in float64 for numbers of so many digits."""
    inward = np.where((x < y) == (x < 0.0), np.int32(1), np.int32(0))
    step = _step(x, inward, digits, least)
    # -0.0 where the smallest negative number is left upwards.
    moved = np.where(x == 0.0, np.copysign(step, y), np.copysign(x + np.where(x < y, step, -step), x))
    moved = np.where(np.abs(x) == np.inf, np.copysign(largest, x), moved)
    return np.where(x == y, y, np.where(y == y, moved, y))


#pythran export ufunc nextafter_(float64, float64)
def nextafter_(x, y):
    """Next number after x1 on the way to x2, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        float32 or float64; other dtypes are cast to the smallest of them that holds every value. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        x2 where x1 equals it; NaN where an argument is NaN. Beyond the largest number comes inf.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.nextafter(1.0, [0.0, 2.0]) - 1.0
    array([-1.11022302e-16,  2.22044605e-16])
    """
    return _neighbor(x, y, 53, -1074, 1.7976931348623157e308)


#pythran export ufunc nextafter__float32(float32, float32)
def nextafter__float32(x, y):
    return np.float32(_neighbor(np.float64(x), np.float64(y), 24, -149, 3.4028234663852886e38))


#pythran export ufunc spacing_(float64)
def spacing_(x):
    """Distance of the argument from its neighbor away from zero, element by element: an ulp.

    Parameters
    ----------
    x : array_like
        float32 or float64; other dtypes are cast to the smallest of them that holds every value.

    Returns
    -------
    ndarray or scalar
        The distance with the sign of `x`, but positive for -0.0. inf or -inf for the largest numbers, NaN for infinities
        and NaN.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.spacing([1.0, -1.0, 2.0**52])
    array([ 2.22044605e-16, -2.22044605e-16,  1.00000000e+00])
    """
    step = _step(x, np.int32(0), 53, -1074)
    return x + np.where(x < 0.0, -step, step) - x


#pythran export ufunc spacing__float32(float32)
def spacing__float32(x):
    step = np.float32(_step(np.float64(x), np.int32(0), 24, -149))
    return np.float32(np.float32(x + np.where(x < np.float32(0), -step, step)) - x)


#pythran export ufunc ldexp_(float32, int32), ldexp_(float32, int64), ldexp_(float64, int32), ldexp_(float64, int64)
def ldexp_(x, n):
    """x1 * 2**x2, element by element, rounded once.

    Parameters
    ----------
    x1 : array_like of float32 or float64
    x2 : array_like of integers
        Broadcast against each other.

    Returns
    -------
    ndarray or scalar of the type of `x1`
        inf on overflow. Subnormal results are correctly rounded.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.ldexp([0.5, 3.0], [1, 10])
    array([1.000e+00, 3.072e+03])
    """
    return x.dtype.type(np.ldexp(x, n))


#pythran export ufunc frexp_(float32), frexp_(float64)
def frexp_(x):
    """Mantissa and exponent of the argument: x = mantissa * 2**exponent, element by element.

    Parameters
    ----------
    x : array_like
        float32 or float64; other dtypes are cast to the smallest of them that holds every value.

    Returns
    -------
    mantissa : ndarray or scalar
        0.5 <= abs(mantissa) < 1, or the argument itself if that is zero, infinite or NaN.
    exponent : ndarray or scalar of int32
        0 where the mantissa is the argument.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.frexp([8.0, 0.75])
    (array([0.5 , 0.75]), array([4, 0], dtype=int32))
    """
    mantissa, exponent = np.frexp(x)
    return mantissa, exponent


#pythran export ufunc modf_(float32), modf_(float64)
def modf_(x):
    """Fractional and integer part of the argument, both with its sign, element by element.

    Parameters
    ----------
    x : array_like
        float32 or float64; other dtypes are cast to the smallest of them that holds every value.

    Returns
    -------
    fraction, integer : ndarray or scalar
        Their sum is the argument. The fraction of infinities is zero.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.modf([3.5, -0.25])
    (array([ 0.5 , -0.25]), array([ 3., -0.]))
    """
    whole = np.trunc(x)
    fraction = np.where(np.abs(x) == np.inf, x.dtype.type(0), x - whole)
    return x.dtype.type(np.copysign(fraction, x)), x.dtype.type(whole)
