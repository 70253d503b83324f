"""Cube roots and hypotenuses."""
import numpy as np

from .double_double import _fast_two_sum, _high_half
from .floating import _times_power


def _cbrt(x):
    """Cube root: below 0.51 ulp."""
    magnitude = np.abs(x)
    m, e = np.frexp(magnitude)
    # |x| = v * 8**q with v in [0.5, 4); (e + 0.5) / 3 is far from integers
    e = np.float32(e)
    q = np.floor((e + np.float32(0.5)) * np.float32(0.33333334))
    r = e - np.float32(3.0) * q
    two = np.where(r > np.float32(0.5), np.float32(2.0), np.float32(1.0))
    v = np.float64(m) * np.float64(np.where(r > np.float32(1.5), np.float32(4.0), two))
    # float32 will do for the first 17 bits of the root: of m, then times the cube root of 1, 2 or 4
    s = np.float32(m)
    # fpminimax(x^(1/3), [|0, ..., 4|], [|SG...|], [0.5; 1]): error 2^-16.7
    p = (
        (np.float32(0.40238988) + s * np.float32(1.1399978))
        + (s * s) * ((np.float32(-0.9543812) + s * np.float32(0.5466451)) + (s * s) * np.float32(-0.13466081))
    )
    two = np.where(r > np.float32(0.5), np.float32(1.2599211), np.float32(1.0))
    p = p * np.where(r > np.float32(1.5), np.float32(1.587401), two)
    # adding and subtracting 192 rounds to multiples of 2**-16
    root = np.float64((p + np.float32(192.0)) - np.float32(192.0))
    # v = root**3 / (1 - d), of which the cube root is root * (1 + d / 3 + 2 * d**2 / 9 + 14 * d**3 / 81 + ...)
    d = (v - (root * root) * root) / v
    y = root + root * (d * (0.3333333333333333 + d * (0.2222222222222222 + d * 0.1728395061728395)))
    y = x.dtype.type(_times_power(y, q))
    y = np.where(magnitude < x.dtype.type(np.inf), y, x)
    return np.copysign(np.where(magnitude > x.dtype.type(0.0), y, x), x)


#pythran export ufunc cbrt_(float64)
def cbrt_(x):
    """Cube root, of negative numbers too.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.51 ulp; cubes of 17 bits are exact. cbrt(0) = 0,
    cbrt(-0) = -0, cbrt(inf) = inf, cbrt(-inf) = -inf, cbrt(nan) = nan. Method: a polynomial of degree 4, rounded to 17 bits
    so that its cube is exact, then the root of what that cube leaves, as a series.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.cbrt([27.0, -2.0])
    array([ 3.        , -1.25992105])
    """
    return _cbrt(x)


#pythran export ufunc cbrt__single(float32)
def cbrt__single(x):
    return _cbrt(x)


#pythran export ufunc hypot_(float64, float64)
def hypot_(x, y):
    """Length of the hypotenuse, sqrt(x1**2 + x2**2), without overflow or underflow in between.

    Parameters
    ----------
    x1, x2 : array_like of float32 or float64
        Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Notes
    -----
    float32 is within 0.501 ulp, float64 within 0.51 ulp, and within 0.8 ulp where the result is subnormal. inf if an
    argument is inf or -inf, even beside nan; else nan if one is nan. Method: the sum of squares in two parts, its square
    root, and one step of Newton's method with the exact residual.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.hypot([3.0, 1.0], [4.0, 1.0])
    array([5.        , 1.41421356])
    """
    x = np.abs(x)
    y = np.abs(y)
    large = np.where(x > y, x, y)
    small = np.where(x > y, y, x)
    # scaled by a power of two such that no square over- or underflows
    down = np.where(large > 3.273390607896142e150, 2.409919865102884e-181, 1.0)
    up = np.where(large < 3.054936363499605e-151, 4.149515568880993e180, 1.0)
    a = (large * down) * up
    b = (small * down) * up
    a_high = _high_half(a)
    b_high = _high_half(b)
    s, s_low = _fast_two_sum(a_high * a_high, b_high * b_high)
    s, s_low = _fast_two_sum(s, s_low + ((a - a_high) * (a + a_high) + (b - b_high) * (b + b_high)))
    r = np.sqrt(s)
    r_high = _high_half(r)
    residual = ((s - r_high * r_high) - (r - r_high) * (r + r_high)) + s_low
    z = r + residual * (0.5 / r)
    z = (z * np.where(large > 3.273390607896142e150, 4.149515568880993e180, 1.0)) * np.where(
        large < 3.054936363499605e-151, 2.409919865102884e-181, 1.0
    )
    z = np.where(large > 0.0, z, large + small)
    return np.where(x == np.inf, np.inf, np.where(y == np.inf, np.inf, z))


#pythran export ufunc hypot__single(float32, float32)
def hypot__single(x, y):
    # no square of a float32 over- or underflows in float64
    a = np.float64(x)
    b = np.float64(y)
    z = x.dtype.type(np.sqrt(a * a + b * b))
    infinite = x.dtype.type(np.inf)
    return np.where(np.abs(x) == infinite, infinite, np.where(np.abs(y) == infinite, infinite, z))
