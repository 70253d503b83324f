"""Hyperbolic functions."""

import numpy as np

from .constants import LN2_HI, LN2_LO, LOG2_E
from .double_double import _fast_two_sum, _high_half
from .floating import _times_power

# adding and subtracting it rounds to a multiple of 2**-25
ROUND_25 = 201326592.0


def _cosh_remainder(z):
    """(cosh(x) - 1 - x**2 / 2) / x**4 of z = x**2, |x| <= 0.3466."""
    # fpminimax(cosh(x), [|4, 6, 8, 10|], [|D...|], [2^-30; 0.34661], relative, 1 + x^2/2): error 2^-57.4
    return (0.041666666666603645 + z * 0.0013888888926929736) + (z * z) * (2.4801508510203982e-05 + z * 2.76252562389361e-07)


def _parts(x, limit):
    """r, s, g, d, q, k with |x| = k * ln 2 + t, sinh(t) = r + s, cosh(t) = g + d and q = 4**-k, |x| being cut off at the limit:
    s and d are small, g has 52 bits.
    """
    a = np.abs(x)
    a = np.where(a > limit, limit, a)
    k = np.rint(a * LOG2_E)
    t = a - k * LN2_HI
    low = k * LN2_LO
    r = t - low
    low = (t - r) - low
    high = (r + ROUND_25) - ROUND_25
    z = r * r
    z2 = z * z
    # fpminimax(sinh(x), [|3, 5, ..., 11|], [|D...|], [2^-30; 0.34661], relative, x): error 2^-61.7
    p = (0.16666666666666677 + z * 0.008333333333321463) + z2 * (
        (0.00019841269886483162 + z * 2.7557243898105893e-06) + z2 * 2.5109132972337846e-08
    )
    d = z2 * _cosh_remainder(z) + (0.5 * ((r - high) * (r + high)) + r * low)
    k = np.int32(k)
    q = np.float64(np.ldexp(np.float32(1.0), -k))
    return r, (r * z) * p + low, 1.0 + 0.5 * (high * high), d, q * q, k


def _sum_two(g, d, r, s, q):
    """h, l with h + l = (1 + q) * (g + d) + (1 - q) * (r + s), to 2**-56: 2 * cosh(x) * 2**-k. Of -q, 2 * sinh(x) * 2**-k."""
    u = r - q * r
    v = g + q * g
    h, l = _fast_two_sum(v, u)
    l = l + (((r - u) - q * r) + ((g - v) + q * g))
    return h, l + ((d + q * d) + (s - q * s))


#pythran export ufunc sinh_(float64)
def sinh_(x):
    """Hyperbolic sine, (e**x - e**-x) / 2.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.7 ulp. sinh(-0.0) = -0.0; beyond 710.47 the result
    is inf.
    Method: reduction by multiples of ln 2 in two parts, then polynomials for sinh and cosh, combined in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.sinh([0.0, 1.0])
    array([0.        , 1.17520119])
    """
    r, s, g, d, q, k = _parts(x, 711.2)
    h, l = _sum_two(g, d, r, s, -q)
    return np.copysign(_times_power(8.0 * (h + l), k - np.int32(4)), x)


#pythran export ufunc cosh_(float64)
def cosh_(x):
    """Hyperbolic cosine, (e**x + e**-x) / 2.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp. Beyond 710.47 the result is inf.
    Method: as `sinh`.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.cosh([0.0, 1.0])
    array([1.        , 1.54308063])
    """
    r, s, g, d, q, k = _parts(x, 711.2)
    h, l = _sum_two(g, d, r, s, q)
    return _times_power(8.0 * (h + l), k - np.int32(4))


#pythran export ufunc tanh_(float64)
def tanh_(x):
    """Hyperbolic tangent.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp. tanh(-0.0) = -0.0; tanh(inf) = 1.
    Method: the quotient of sinh and cosh, as `sinh` has them, all in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.tanh([0.0, 1.0])
    array([0.        , 0.76159416])
    """
    r, s, g, d, q, _ = _parts(x, 20.0)
    n, n_low = _sum_two(g, d, r, s, -q)
    n, n_low = _fast_two_sum(n, n_low)
    m, m_low = _sum_two(g, d, r, s, q)
    m, m_low = _fast_two_sum(m, m_low)
    # y has few enough bits that y * high is exact
    f = 1.0 / m
    y = _high_half(n * f)
    high = _high_half(m)
    return np.copysign(y + (((n - y * high) - y * (m - high)) + (n_low - y * m_low)) * f, x)


def _parts_32(x, limit):
    """s, c, k with |x| = k * ln 2 + t, s = sinh(t) and c = cosh(t), |x| being cut off at the limit, to 2**-49."""
    a = np.abs(x)
    a = np.float64(np.where(a > np.float32(limit), np.float32(limit), a))
    k = np.rint(a * LOG2_E)
    t = (a - k * LN2_HI) - k * LN2_LO
    z = t * t
    # fpminimax(sinh(x), [|3, 5, 7, 9|], [|D...|], [2^-30; 0.34661], relative, x): error 2^-49.4
    p = (0.16666666666630395 + z * 0.008333333362731244) + (z * z) * (0.00019841195835262743 + z * 2.7630696525229106e-06)
    return t + (t * z) * p, 1.0 + (0.5 * z + (z * z) * _cosh_remainder(z)), k


#pythran export ufunc sinh__single(float32)
def sinh__single(x):
    s, c, k = _parts_32(x, 89.5)
    k = np.int32(k)
    p = np.float64(np.ldexp(np.float32(0.25), k))
    q = np.float64(np.ldexp(np.float32(0.25), -k))
    # twice that, but for 2**-53: so results next to midpoints come out right
    return np.copysign(np.float32(1.9999999999999998 * ((p - q) * c + (p + q) * s)), x)


#pythran export ufunc cosh__single(float32)
def cosh__single(x):
    s, c, k = _parts_32(x, 89.5)
    k = np.int32(k)
    p = np.float64(np.ldexp(np.float32(0.25), k))
    q = np.float64(np.ldexp(np.float32(0.25), -k))
    return np.float32(2.0 * ((p + q) * c + (p - q) * s))


#pythran export ufunc tanh__single(float32)
def tanh__single(x):
    s, c, k = _parts_32(x, 10.0)
    q = np.float64(np.ldexp(np.float32(1.0), np.int32(-2.0 * k)))
    y = ((1.0 - q) * c + (1.0 + q) * s) / ((1.0 + q) * c + (1.0 - q) * s)
    return np.copysign(np.float32(y), x)
