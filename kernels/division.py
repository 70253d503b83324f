"""Division: true, floored and its remainder. The loop around integer kernels raises before they divide by zero."""

import numpy as np

from .double_double import _two_product


def _near(x, y):
    """Truncated quotient and remainder of float64, exact, where the quotient is far below 2**53; NaN elsewhere."""
    quotient = x / y
    whole = np.trunc(quotient)
    product, error = _two_product(whole, y)
    rest = (x - product) - error
    # A quotient rounded up to an integer is one too large; its remainder, still exact, has the wrong sign.
    one = np.copysign(1.0, quotient)
    wrong = rest * np.copysign(1.0, x)
    whole = np.where(wrong < 0.0, whole - one, whole)
    rest = np.where(wrong < 0.0, rest + np.copysign(y, x), rest)
    # Beyond these, parts of the product underflow or halves of y overflow.
    size = np.where(np.abs(y) < 1e250, np.abs(y), 0.0)
    return np.where(size > 1e-250, whole, np.nan), np.where(size > 1e-250, rest, np.nan)


def _floor_quotient(x, y):
    """Floored quotient of integers of at most 16 (32) bits given as float32 (float64)."""
    # Half a unit away from zero keeps the quotient 0.5 / y clear of the integers, far beyond what the rounding of the
    # reciprocal moves it; and of a broadcast scalar the reciprocal is taken once.
    inverse = x.dtype.type(x.dtype.type(1) / y)
    return np.floor(x.dtype.type((x + np.copysign(x.dtype.type(0.5), y)) * inverse))


def _nonzero(y):
    """y, or 1 for 0: a thread may write one after the loop looked for zeros, and dividing by it would end the process."""
    return np.where(y == 0, y.dtype.type(1), y)


#pythran export ufunc divide(float32, float32), divide(float64, float64)
def divide(x, y):
    """Quotient x1 / x2, element by element: true division.

    Parameters
    ----------
    x1, x2 : array_like
        An integer type, float32 or float64. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments. Division by zero gives inf or NaN.

    Notes
    -----
    Error bound: 0.5 ulp (IEEE 754). Integers are divided as float64.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.divide([1, 2], 4)
    array([0.25, 0.5 ])
    """
    return x.dtype.type(x / y)


#pythran export ufunc reciprocal(float32), reciprocal(float64)
def reciprocal(x):
    """Reciprocal 1 / x, element by element.

    Parameters
    ----------
    x : array_like
        An integer type, float32 or float64.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments. For integers it is truncated: 1, -1 or 0.

    Raises
    ------
    ZeroDivisionError
        If an integer is divided by zero.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.reciprocal([2.0, 4.0])
    array([0.5 , 0.25])
    """
    return x.dtype.type(x.dtype.type(1) / x)


#pythran export ufunc reciprocal__integer(int8), reciprocal__integer(int16), reciprocal__integer(int32),
#                     reciprocal__integer(int64)
def reciprocal__integer(x):
    one = x.dtype.type(1)
    return np.where(x == one, one, np.where(x == -one, x, x.dtype.type(0)))


#pythran export ufunc reciprocal__unsigned(uint8), reciprocal__unsigned(uint16), reciprocal__unsigned(uint32),
#                     reciprocal__unsigned(uint64)
def reciprocal__unsigned(x):
    one = x.dtype.type(1)
    return np.where(x == one, one, x.dtype.type(0))


#pythran export ufunc floor_divide(float32, float32), floor_divide(float64, float64)
def floor_divide(x, y):
    """Floored quotient of x1 and x2, element by element.

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
    Integers: floor(x1 / x2), exact; the most negative integer divided by -1 wraps around. Floats: the floor of
    the exact quotient's nearest float, as Python and NumPy have it; division by zero gives inf or NaN.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.floor_divide([7, -7], 2)
    array([ 3, -4])
    """
    # Where x - rest may be rounded by more than a quarter of y, NumPy's result is not the exact one: __rare follows it.
    whole, rest = _near(np.float64(x), np.float64(y))
    limit = np.where(np.float64(x.dtype.type(0.1)) == 0.1, 1125899906842624.0, 2097152.0)
    down = np.where(rest * np.copysign(1.0, np.float64(y)) < 0.0, whole - 1.0, whole)
    floored = np.where(down == 0.0, np.copysign(0.0, np.float64(x) / np.float64(y)), down)
    return x.dtype.type(np.where(np.abs(whole) < limit, floored, np.nan))


#pythran export ufunc floor_divide__rare(float32, float32), floor_divide__rare(float64, float64)
def floor_divide__rare(x, y):
    remainder = np.fmod(x, y)
    one = x.dtype.type(1)
    half = x.dtype.type(0.5)
    zero = x.dtype.type(0)
    # Exact up to one rounding: x - remainder is a multiple of y.
    quotient = x.dtype.type((x - remainder) / y)
    quotient = np.where(remainder == zero, quotient, np.where((y < zero) == (remainder < zero), quotient, quotient - one))
    floored = np.floor(quotient)
    floored = np.where(quotient - floored > half, floored + one, floored)
    floored = np.where(quotient == zero, np.copysign(zero, x.dtype.type(x / y)), floored)
    return x.dtype.type(np.where(y == zero, x.dtype.type(x / y), floored))


def _byte_quotient(n, y):
    """n // y of uint16 below 2**8, y not 0: n * ceil(2**16 / y) >> 16, by bytes of the factor, since gcc takes the upper half
    of a product of 16 bits from one of 32.
    """
    factor = np.int32(np.float32(65535) / np.float32(y)) + np.int32(1)
    upper = np.uint16(factor >> np.int32(8))
    lower = np.uint16(factor & np.int32(255))
    return np.uint16(np.uint16(np.uint16(n * upper) + np.uint16(np.uint16(n * lower) >> np.uint16(8))) >> np.uint16(8))


#pythran export ufunc floor_divide__byte(uint8, uint8)
def floor_divide__byte(x, y):
    return x.dtype.type(_byte_quotient(np.uint16(x), np.uint16(y)))


#pythran export ufunc floor_divide__signed_byte(int8, int8)
def floor_divide__signed_byte(x, y):
    # Both negated where y < 0; then floor(n / y) of a negative n is ~(~n // y).
    zero = np.int16(0)
    n = np.int16(np.where(y < zero, np.int16(-np.int16(x)), np.int16(x)))
    divisor = np.int16(np.where(y < zero, np.int16(-np.int16(y)), np.int16(y)))
    sign = np.int16(n >> np.int16(15))
    return x.dtype.type(np.int16(_byte_quotient(np.uint16(n ^ sign), divisor)) ^ sign)


#pythran export ufunc floor_divide__small(int16, int16), floor_divide__small(uint16, uint16)
def floor_divide__small(x, y):
    # Below 2**16 the quotient of two float32 is never rounded up to an integer it does not reach.
    return x.dtype.type(np.int32(_floor_quotient(np.float32(x), np.float32(y))))


#pythran export ufunc floor_divide__medium(int32, int32)
def floor_divide__medium(x, y):
    # Below 2**32 the same holds for float64. The only overflow, -2**31 // -1, wraps by way of the remainder's sign.
    quotient = _floor_quotient(np.float64(x), np.float64(y))
    return x.dtype.type(np.int32(np.where(quotient > 2147483647.0, -2147483648.0, quotient)))


#pythran export ufunc floor_divide__large(int64, int64)
def floor_divide__large(x, y):
    magnitude = np.where(y < 0, np.uint64(-y), np.uint64(_nonzero(y)))
    numerator = np.where(x < 0, np.uint64(-x), np.uint64(x))
    quotient = numerator // magnitude
    inexact = np.where(numerator == quotient * magnitude, np.uint64(0), np.uint64(1))
    return np.int64(np.where((x < 0) == (y < 0), quotient, np.uint64(0) - quotient - inexact))


#pythran export ufunc floor_divide__unsigned(uint32, uint32), floor_divide__unsigned(uint64, uint64)
def floor_divide__unsigned(x, y):
    return x.dtype.type(x // _nonzero(y))


def _floored(rest, y):
    """The remainder with the sign of y; rounded only where that moves it."""
    one = y.dtype.type(1)
    zero = y.dtype.type(0)
    moved = np.where(rest * np.copysign(one, y) < zero, y.dtype.type(rest + y), rest)
    return np.where(rest == zero, np.copysign(zero, y), moved)


#pythran export ufunc remainder_(float32, float32), remainder_(float64, float64)
def remainder_(x, y):
    """Remainder of the floored quotient, element by element: it has the sign of x2.

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
    x1 - floor(x1 / x2) * x2, exact for integers; for floats the exact remainder, rounded once where the signs of
    x1 and x2 differ. A float divided by zero gives NaN.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.remainder([7, -7], 3)
    array([1, 2])
    """
    whole, rest = _near(np.float64(x), np.float64(y))
    return _floored(x.dtype.type(np.where(np.abs(whole) < 4503599627370496.0, rest, np.nan)), y)


#pythran export ufunc remainder__rare(float32, float32), remainder__rare(float64, float64)
def remainder__rare(x, y):
    return _floored(np.fmod(x, y), y)


#pythran export ufunc remainder__small(int8, int8), remainder__small(uint8, uint8), remainder__small(int16, int16),
#                     remainder__small(uint16, uint16)
def remainder__small(x, y):
    quotient = np.int32(_floor_quotient(np.float32(x), np.float32(y)))
    return x.dtype.type(np.int32(x) - quotient * np.int32(y))


#pythran export ufunc remainder__medium(int32, int32)
def remainder__medium(x, y):
    quotient = np.int32(np.where(y == -1, 0.0, _floor_quotient(np.float64(x), np.float64(y))))
    return x.dtype.type(np.where(y == -1, np.int32(0), x - quotient * y))


#pythran export ufunc remainder__large(int64, int64)
def remainder__large(x, y):
    magnitude = np.where(y < 0, np.uint64(-y), np.uint64(_nonzero(y)))
    numerator = np.where(x < 0, np.uint64(-x), np.uint64(x))
    rest = numerator - numerator // magnitude * magnitude
    signed = np.int64(np.where(x < 0, np.uint64(0) - rest, rest))
    return np.where(rest == np.uint64(0), signed, np.where((x < 0) == (y < 0), signed, signed + y))


#pythran export ufunc remainder__unsigned(uint32, uint32), remainder__unsigned(uint64, uint64)
def remainder__unsigned(x, y):
    return x.dtype.type(x - x // _nonzero(y) * y)
