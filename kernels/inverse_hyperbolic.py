"""Inverse hyperbolic functions."""

import numpy as np

from .constants import LN2_HI, LN2_LO
from .double_double import _fast_two_sum, _high_half, _two_product, _two_sum
from .logarithm import _log_near_one, _split_off_exponent, _sum_of_logs

# beyond it, the functions are log(2 * x)
LARGE = 1073741824.0
SQRT_2 = 1.4142135623730951
SQRT_HALF = 0.7071067811865476


def _root_two(q, q_low):
    """sqrt(q + q_low) in two parts, q_low being tiny."""
    s = np.sqrt(q)
    h = _high_half(s)
    return s, (((q - h * h) - (s - h) * (s + h)) + q_low) * (0.5 / (s + 1e-300))


def _log_of_sum(a, s, e, one):
    """log(a + s + e) + one * ln 2, where a + s >= 1 and e is tiny."""
    v, v_low = _two_sum(a, s)
    e = v_low + e
    f, n = _split_off_exponent(v)
    # where n is 0, f alone may have lost all; what is left over in the end is divided as float32
    g = np.where(n == 0.0, f + e, f)
    rest = np.where(n == 0.0, (f - g) + e, e)
    high, low = _log_near_one(g)
    n = n + one
    y, _ = _sum_of_logs(n * LN2_HI, high, n * LN2_LO + (low + np.float64(np.float32(rest) / np.float32(v))))
    return y


#pythran export ufunc arcsinh(float64)
def arcsinh(x):
    """Inverse hyperbolic sine.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp. arcsinh(-0.0) = -0.0; arcsinh(inf) = inf.
    Method: log(x + sqrt(x**2 + 1)), the square root and the sum in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.arcsinh([0.0, 1.0])
    array([0.        , 0.88137359])
    """
    a = np.abs(x)
    b = np.where(a > LARGE, 0.0, a)
    p, p_low = _two_product(b, b)
    q, q_low = _two_sum(1.0, p)
    s, e = _root_two(q, q_low + p_low)
    s = np.where(a > LARGE, 0.0, s)
    y = _log_of_sum(a, s, np.where(a > LARGE, 0.0, e), np.where(a > LARGE, 1.0, 0.0))
    return np.copysign(np.where(a < np.inf, y, a), x)


#pythran export ufunc arccosh(float64)
def arccosh(x):
    """Inverse hyperbolic cosine; the result is not negative.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp. arccosh(1) = 0; arccosh(inf) = inf; below 1
    the result is nan. Method: log(x + sqrt(x**2 - 1)), the square root and the sum in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.arccosh([1.0, 2.0])
    array([0.       , 1.3169579])
    """
    # x**2 - 1 is t * (t + 2)
    t = np.where(x > LARGE, 0.0, x - 1.0)
    p, p_low = _two_product(t, t)
    q, q_low = _two_sum(t + t, p)
    s, e = _root_two(q, q_low + p_low)
    y = _log_of_sum(x, s, e, np.where(x > LARGE, 1.0, 0.0))
    return np.where(x >= 1.0, np.where(x < np.inf, y, x), np.nan)


#pythran export ufunc arctanh(float64)
def arctanh(x):
    """Inverse hyperbolic tangent.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.7 ulp. arctanh(-0.0) = -0.0; arctanh(1) = inf and
    arctanh(-1) = -inf; beyond, the result is nan.
    Method: (1 + x) / (1 - x) is 2**k * (1 + s) / (1 - s), with s in two parts; then a polynomial of degree 15 in s.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.arctanh([0.0, 0.5])
    array([0.        , 0.54930614])
    """
    a = np.abs(x)
    # s = (c - d) / (c + d), where c = 1 + a and d = 2**k * (1 - a), each in two parts
    c = 1.0 + a
    c_low = a - (c - 1.0)
    b = 1.0 - a
    b_low = (1.0 - b) - a
    m, e = np.frexp(b)
    j = np.where(c < SQRT_2 * m, 0.0, np.where(c < 2.0 * SQRT_2 * m, 1.0, 2.0))
    power = np.where(j < 0.5, 1.0, 2.0 * j)
    d = power * m
    d_low = np.where(b < 1.0, power, 0.5 * power) * b_low
    n, n_low = _fast_two_sum(c - d, c_low - d_low)
    d, low = _fast_two_sum(c, d)
    low = low + (c_low + d_low)
    # s has few enough bits that s * high is exact
    r = 1.0 / d
    s = _high_half(n * r)
    high = _high_half(d)
    s_low = (((n - s * high) - s * (d - high)) + (n_low - s * low)) * r
    t = s + s_low
    z = t * t
    z2 = z * z
    # fpminimax(atanh(x), [|3, 5, ..., 15|], [|D...|], [2^-30; 0.17158], relative, x): error 2^-59.5
    p = ((0.3333333333333367 + z * 0.19999999999708495) + z2 * (0.14285714370957728 + z * 0.11111099309170654)) + (z2 * z2) * (
        (0.09091781060111594 + z * 0.07657051943675305) + z2 * 0.07397721747379797
    )
    k = 0.5 * (j - np.float64(e))
    y, _ = _sum_of_logs(k * LN2_HI, s, k * LN2_LO + (s_low + (t * z) * p))
    return np.copysign(np.where(a < 1.0, y, np.where(a == 1.0, np.inf, np.nan)), x)


def _arctanh_32(s):
    """arctanh of |s| <= 0.1716, to 2**-51."""
    z = s * s
    z2 = z * z
    # fpminimax(atanh(x), [|3, 5, ..., 13|], [|D...|], [2^-30; 0.17158], relative, x): error 2^-52.2
    p = ((0.3333333333329373 + z * 0.2000000002607828) + z2 * (0.14285708573806172 + z * 0.11111685249780141)) + (z2 * z2) * (
        0.0906183912793566 + z * 0.08409710879335693
    )
    return s + (s * z) * p


def _log_32(v, s, c):
    """log(v) to 2**-50, for v >= 1, where v = c + s and c**2 - s**2 = 1: near 1, it is 2 * arctanh(s / (c + 1))."""
    # v = w * 2**n
    m, e = np.frexp(v)
    scale = np.where(m < SQRT_HALF, 2.0, 1.0)
    w = m * scale
    s = np.where(v < SQRT_2, s, w - 1.0) / (np.where(v < SQRT_2, c, w) + 1.0)
    # times a number with which results next to midpoints come out right
    return ((np.float64(e) - (scale - 1.0)) * 0.7692740701320028 + 2.219655772127818 * _arctanh_32(s)) * 0.901040614096099


#pythran export ufunc arcsinh__single(float32)
def arcsinh__single(x):
    a = np.float64(np.abs(x))
    c = np.sqrt(a * a + 1.0)
    return np.copysign(np.where(np.abs(x) < np.float32(np.inf), np.float32(_log_32(a + c, a, c)), np.abs(x)), x)


#pythran export ufunc arccosh__single(float32)
def arccosh__single(x):
    c = np.float64(x)
    t = c - 1.0
    s = np.sqrt(t * (t + 2.0))
    y = np.where(x < np.float32(np.inf), np.float32(_log_32(c + s, s, c)), x)
    return np.where(x >= np.float32(1.0), y, np.float32(np.nan))


#pythran export ufunc arctanh__single(float32)
def arctanh__single(x):
    a = np.abs(x)
    c = np.float32(1.0) + a
    m, e = np.frexp(np.float32(1.0) - a)
    j = np.where(c < np.float32(2.828427) * m, np.int32(1), np.int32(2))
    k = np.where(c < np.float32(1.4142135) * m, np.int32(0), j) - e
    b = np.float64(a)
    d = (1.0 - b) * np.float64(np.ldexp(np.float32(1.0), k))
    s = np.where(b < 0.17, b + b, (1.0 + b) - d) / ((1.0 + b) + d)
    y = np.float32(np.float64(k) * 0.34657359027997264 + _arctanh_32(s))
    y = np.where(a < np.float32(1.0), y, np.where(a == np.float32(1.0), np.float32(np.inf), np.float32(np.nan)))
    return np.copysign(y, x)
