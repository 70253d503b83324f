"""Angles in half turns and degrees."""

import numpy as np

from .double_double import _high_half
from .sine_cosine import _sin_cos_two, _sin_pi

PI = 3.141592653589793
# in two parts: the first has 26 bits, so that its product with others of 26 bits is exact
PI_HI = 3.1415926218032837
PI_LO = 3.178650954705639e-08


def _sin_cos_of_half_turns(x):
    """sin and cos of pi * x for 0 <= x <= 1/2, rounded."""
    r = np.where(x > 0.25, 0.5 - x, x)
    high = _high_half(r)
    h = high * PI_HI
    l = (r - high) * PI_HI + r * PI_LO
    s, s_low, c, c_low = _sin_cos_two(h + l, (h - (h + l)) + l)
    s = s + s_low
    c = c + c_low
    return np.where(x > 0.25, c, s), np.where(x > 0.25, s, c)


def _sign_of_half_turns(j, y):
    """y, negated if the integer j is odd."""
    j = 0.5 * j
    return np.where(np.floor(j) == j, y, -y)


#pythran export ufunc sinpi_(float64)
def sinpi_(x):
    """Sine of pi * x: of an angle in half turns.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp, and within 0.9 ulp for abs(x) < 2**-30. Of
    integers the result is zero with the sign of x; of inf and nan it is nan.
    Method: the integer nearest to x is taken off, which is exact, and the rest is multiplied by pi in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.sinpi([0.0, 0.25, 0.5, 1.0])
    array([0.        , 0.70710678, 1.        , 0.        ])
    """
    j = np.rint(x)
    d = x - j
    s, _ = _sin_cos_of_half_turns(np.abs(d))
    y = _sign_of_half_turns(j, np.copysign(s, d))
    y = np.where(d == 0.0, 0.0 * x, y)
    # the parts of tiny numbers would underflow
    return np.where(np.abs(x) < 9.313225746154785e-10, PI * x, y)


#pythran export ufunc sinpi__single(float32)
def sinpi__single(x):
    y = np.float64(x)
    j = np.rint(y)
    d = y - j
    return np.float32(np.where(d == 0.0, 0.0 * y, _sign_of_half_turns(j, _sin_pi(d))))


#pythran export ufunc cospi_(float64)
def cospi_(x):
    """Cosine of pi * x: of an angle in half turns.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp. Half way between two integers the result is
    0.0; of inf and nan it is nan. Method: as `sinpi`.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.cospi([0.0, 0.25, 0.5, 1.0])
    array([ 1.        ,  0.70710678,  0.        , -1.        ])
    """
    j = np.rint(x)
    _, c = _sin_cos_of_half_turns(np.abs(x - j))
    # 0.0 + -0.0 is 0.0
    return 0.0 + _sign_of_half_turns(j, c)


#pythran export ufunc cospi__single(float32)
def cospi__single(x):
    y = np.float64(x)
    j = np.rint(y)
    return np.float32(0.0 + _sign_of_half_turns(j, _sin_pi(0.5 - np.abs(y - j))))


#pythran export ufunc deg2rad(float32), deg2rad(float64)
def deg2rad(x):
    """Degrees to radians: x * (pi / 180).

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.7 ulp: one product.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.deg2rad([0.0, 90.0, 180.0])
    array([0.        , 1.57079633, 3.14159265])
    """
    return x.dtype.type(np.float64(x) * 0.017453292519943295)


#pythran export ufunc rad2deg(float32), rad2deg(float64)
def rad2deg(x):
    """Radians to degrees: x * (180 / pi).

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.9 ulp: one product.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.rad2deg([0.0, 1.0])
    array([ 0.        , 57.29577951])
    """
    return x.dtype.type(np.float64(x) * 57.29577951308232)
