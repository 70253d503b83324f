"""Cube roots and hypotenuses."""
import numpy as np

from .double_double import _fast_two_sum, _high_half

# adding and subtracting this rounds a number near 1 to a multiple of 2**-16
ROUND_16 = 103079215104.0


#pythran export ufunc cbrt_(float32)
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
    magnitude = np.abs(x)
    m, e = np.frexp(magnitude)
    # |x| = v * 8**q with v in [0.5, 4); (e + 0.5) / 3 is far from integers
    m = np.float64(m)
    e = np.float64(e)
    q = np.floor((e + 0.5) * 0.3333333333333333)
    r = e - 3.0 * q
    v = m * np.where(r > 1.5, 4.0, np.where(r > 0.5, 2.0, 1.0))
    m2 = m * m
    # fpminimax(x^(1/3), [|0, ..., 4|], [|D...|], [0.5; 1]): error 2^-16.7; then times the cube root of 1, 2 or 4
    p = (
        (0.40238979564115157 + m * 1.1399983354882273)
        + m2 * ((-0.9543822477314852 + m * 0.5466460136593403) + m2 * -0.13466110472459147)
    )
    p = p * np.where(r > 1.5, 1.5874010519681996, np.where(r > 0.5, 1.2599210498948732, 1.0))
    root = (p + ROUND_16) - ROUND_16
    # v = root**3 / (1 - d), of which the cube root is root * (1 + d / 3 + 2 * d**2 / 9 + 14 * d**3 / 81 + ...)
    d = (v - (root * root) * root) * (1.0 / v)
    y = root + root * (d * (0.3333333333333333 + d * (0.2222222222222222 + d * 0.1728395061728395)))
    y = x.dtype.type(np.ldexp(y, np.int32(q)))
    y = np.where(magnitude < x.dtype.type(np.inf), y, x)
    return np.copysign(np.where(magnitude > x.dtype.type(0.0), y, x), x)


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
