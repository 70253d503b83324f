"""Inverse tangent of a quotient, in all quadrants."""

import numpy as np

from .inverse_trigonometric import PI, PI_REST, PIO2, PIO4, TAN_PI_8, _arctan_remainder_32, _arctan_two


def _frame(a, b, x):
    """c, f: the angle of (x, y) is c + f * arctan(n / d), where a = |y| and b = |x|, of which n is the smaller one."""
    f = np.where(a > b, -1.0, 1.0)
    c = np.where(a > b, PIO2, np.where(np.copysign(1.0, x) < 0.0, PI, 0.0))
    return c, np.where(np.copysign(1.0, x) < 0.0, -f, f)


def _angle(c, f, n, d):
    """c + f * arctan(n / d), for 0 <= n <= d."""
    # arctan(n / d) = pi / 4 + arctan((n - d) / (n + d))
    t = TAN_PI_8 * d
    # a tiny number, in case that d is 0
    m = np.where(n > t, n, 1e-300)
    e = d + m
    q, w = _arctan_two(n, np.where(n > t, -d, 0.0), e, m - (e - d))
    g = f * np.where(n > t, PIO4, 0.0)
    q = f * q
    b = c + g
    y = b + q
    return y + (((b - y) + q) + ((((c - b) + g) + PI_REST * b) + f * w))


#pythran export ufunc arctan2(float64, float64)
def arctan2(y, x):
    """Angle of the point (x2, x1) in radians, from -pi to pi: inverse tangent of x1 / x2, in the right quadrant.

    Parameters
    ----------
    x1, x2 : array_like of float32 or float64
        The ordinate, then the abscissa. Broadcast against each other.

    Returns
    -------
    ndarray or scalar of their common type

    Notes
    -----
    float32 is within 0.501 ulp, float64 within 0.8 ulp. Zeros and infinities are what limits of numbers are, with their
    signs: arctan2(0.0, 0.0) = 0.0, arctan2(0.0, -0.0) = pi, arctan2(-0.0, -1) = -pi, arctan2(inf, -inf) = 3 * pi / 4. nan
    where an argument is nan.
    Method: as `arctan`; quotients of very large or small numbers take longer.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.arctan2([1.0, 1.0, -1.0], [1.0, -1.0, -1.0])
    array([ 0.78539816,  2.35619449, -2.35619449])
    """
    a = np.abs(y)
    b = np.abs(x)
    n = np.where(a < b, a, b)
    d = np.where(a < b, b, a)
    c, f = _frame(a, b, x)
    r = _angle(c, f, n, d)
    # what may over- or underflow above goes to __rare: n from 2**-450, or 0, and d up to 2**450 do not
    r = np.where(np.where(n == 0.0, 1.0, n) > 3.4395525670743494e-136, r, np.nan)
    return np.copysign(np.where(d < 2.9073548971824276e135, r, np.nan), y)


#pythran export ufunc arctan2__rare(float64, float64)
def arctan2__rare(y, x):
    a = np.abs(y)
    b = np.abs(x)
    n = np.where(a < b, a, b)
    d = np.where(a < b, b, a)
    c, f = _frame(a, b, x)
    n = np.where(d == np.inf, np.where(n == np.inf, 1.0, 0.0), n)
    d = np.where(d == np.inf, 1.0, d)
    # by 2**500 or 2**-500
    scale = np.where(d > 1.0, 3.054936363499605e-151, 3.273390607896142e150)
    r = _angle(c, f, scale * n, scale * d)
    # arctan(q) is q
    r = np.where(c == 0.0, np.where(n / d < 9.313225746154785e-10, n / d, r), r)
    return np.copysign(r, y)


#pythran export ufunc arctan2__single(float32, float32)
def arctan2__single(y, x):
    # infinities become numbers beyond float32
    a = np.float64(np.abs(y))
    a = np.where(a > 1e300, 1e300, a)
    b = np.float64(np.abs(x))
    b = np.where(b > 1e300, 1e300, b)
    n = np.where(a < b, a, b)
    d = np.where(a < b, b, a)
    c, f = _frame(a, b, np.float64(x))
    t = TAN_PI_8 * d
    q = (n - np.where(n > t, d, 0.0)) / (d + np.where(n > t, n, 1e-300))
    z = q * q
    r = c + f * (np.where(n > t, PIO4, 0.0) + (q + (q * z) * _arctan_remainder_32(z)))
    return np.copysign(np.float32(r), y)
