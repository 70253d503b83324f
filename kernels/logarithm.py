"""Logarithms."""
import numpy as np

from .constants import LN2_HI, LN2_LO, LOG2_E, LOG10_2_HI, LOG10_2_LO
from .double_double import _high_half
from .single import _log1p_32, _log2_32, _log10_32, _log32

LOG10_E = 0.4342944819032518
# log2(e) and log10(e) in two parts; the first has 27 bits
LOG2_E_27 = 1.4426950365304947
LOG2_E_27_REST = 4.3584687174185184e-09
LOG10_E_27 = 0.434294480830431
LOG10_E_27_REST = 1.0728208431540585e-09
SQRT_HALF = 0.7071067811865476
# adding and subtracting this rounds a number near 1 to a multiple of 2**-27
ROUND_27 = 50331648.0


def _split_off_exponent(x):
    """f, n with x = (1 + f) * 2**n and f in [-0.293, 0.4143]; n as a float."""
    m, e = np.frexp(x)
    scale = np.where(m < SQRT_HALF, 2.0, 1.0)
    return m * scale - 1.0, np.float64(e) - (scale - 1.0)


def _log_remainder(z):
    """(2 * atanh(s / 2) - s) / s**3 for z = s**2 <= 0.1178."""
    z2 = z * z
    # fpminimax(2 * atanh(sqrt(x) / 2) / sqrt(x), [|1, ..., 7|], [|D...|], [2^-60; 0.1178], relative, 1): error 2^-59
    return (
        ((0.08333333333333418 + z * 0.01249999999981783) + z2 * (0.002232142870460183 + z * 0.0004340273168310727))
        + (z2 * z2) * ((8.878692337168266e-05 + z * 1.8693982148453764e-05) + z2 * 4.515189559819299e-06)
    )


def _log_near_one(f):
    """high, low with log(1 + f) = high + low, to 2**-59, for f in [-0.293, 0.4143]; high has 26 bits."""
    # log(1 + f) = 2 * atanh(s / 2) with s = f / (1 + f / 2)
    half = 0.5 * f
    r = 1.0 / (1.0 + half)
    s = f * r
    z = s * s
    # s in two parts: the second one is what the first leaves of the division
    high = _high_half(s)
    half_high = (half + ROUND_27) - ROUND_27
    low = (((f - high) - high * half_high) - high * (half - half_high)) * r
    return high, low + (s * z) * _log_remainder(z)


def _sum_of_logs(w, high, low):
    """w + high + low and its rounding error, where w is 0 or larger than high, and low is small."""
    top = w + high
    rest = ((w - top) + high) + low
    y = top + rest
    return y, (top - y) + rest


def _defined(x, y):
    """y where 0 < x < inf; elsewhere the logarithm of x."""
    y = np.where(x < np.inf, y, x)
    return np.where(x > 0.0, y, np.where(x == 0.0, -np.inf, np.nan))


def _log_two(x):
    """log of float64, and its rounding error."""
    f, n = _split_off_exponent(x)
    high, low = _log_near_one(f)
    y, l = _sum_of_logs(n * LN2_HI, high, n * LN2_LO + low)
    return _defined(x, y), l


def _log(x):
    """log of float64: below 0.6 ulp."""
    y, _ = _log_two(x)
    return y


def _log2_two(x):
    """log2 of float64, and its rounding error."""
    f, n = _split_off_exponent(x)
    high, low = _log_near_one(f)
    y, l = _sum_of_logs(n, high * LOG2_E_27, high * LOG2_E_27_REST + low * LOG2_E)
    return _defined(x, y), l


def _log10_two(x):
    """log10 of float64, and its rounding error."""
    f, n = _split_off_exponent(x)
    high, low = _log_near_one(f)
    y, l = _sum_of_logs(n * LOG10_2_HI, high * LOG10_E_27, n * LOG10_2_LO + (high * LOG10_E_27_REST + low * LOG10_E))
    return _defined(x, y), l


def _log1p_two(x):
    """log(1 + x) of float64, and its rounding error."""
    # 1 + x = u + u_low exactly
    u = 1.0 + x
    t = u - 1.0
    u_low = (1.0 - (u - t)) + (x - t)
    f, n = _split_off_exponent(u)
    # where f is t, which it is for n = 0, it is better x itself: nothing is lost; elsewhere log(u + u_low) = log(u) + u_low / u
    high, low = _log_near_one(np.where(f == t, x, f))
    y, l = _sum_of_logs(n * LN2_HI, high, n * LN2_LO + (low + np.where(f == t, 0.0, u_low / u)))
    y = np.where(x < np.inf, y, x)
    return np.where(x > -1.0, np.copysign(y, x), np.where(x == -1.0, -np.inf, np.nan)), l


def _log1p(x):
    """log(1 + x) of float64: below 0.6 ulp."""
    y, _ = _log1p_two(x)
    return y


#pythran export ufunc log_(float64)
def log_(x):
    """Natural logarithm.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp, near x = 1 too. log(0) = log(-0) = -inf,
    log(1) = 0, log(inf) = inf, log(nan) = nan; for x < 0 the result is nan.
    Method: the exponent times ln 2, plus 2 * atanh(f / (2 + f)) for the mantissa 1 + f, its first term in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.log([1.0, 10.0])
    array([0.        , 2.30258509])
    """
    y, _ = _log_two(x)
    return y


#pythran export ufunc log__single(float32)
def log__single(x):
    return _log32(x)


#pythran export ufunc log2_(float64)
def log2_(x):
    """Logarithm to base 2.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp, near x = 1 too, and exact for powers of
    two. log2(0) = log2(-0) = -inf, log2(1) = 0, log2(inf) = inf, log2(nan) = nan; for x < 0 the result is nan.
    Method: as `log`; the exponent is added to the logarithm of the mantissa times log2(e), in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.log2([1.0, 10.0, 1024.0])
    array([ 0.        ,  3.32192809, 10.        ])
    """
    y, _ = _log2_two(x)
    return y


#pythran export ufunc log2__single(float32)
def log2__single(x):
    return _log2_32(x)


#pythran export ufunc log10_(float64)
def log10_(x):
    """Logarithm to base 10.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp, near x = 1 too, and exact for powers of
    ten up to 10**22. log10(0) = log10(-0) = -inf, log10(1) = 0, log10(inf) = inf, log10(nan) = nan; for x < 0 the
    result is nan. Method: as `log`, times log10(e) in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.log10([1.0, 50.0, 1000.0])
    array([0.     , 1.69897, 3.     ])
    """
    y, _ = _log10_two(x)
    return y


#pythran export ufunc log10__single(float32)
def log10__single(x):
    return _log10_32(x)


#pythran export ufunc log1p_(float64)
def log1p_(x):
    """log(1 + x), also for x near 0.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp, near 0 too. log1p(0) = 0 and
    log1p(-0) = -0, log1p(-1) = -inf, log1p(inf) = inf, log1p(nan) = nan; for x < -1 the result is nan.
    Method: as `log`, for the exact sum 1 + x in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.log1p([1e-10, 1.0])
    array([1.00000000e-10, 6.93147181e-01])
    """
    y, _ = _log1p_two(x)
    return y


#pythran export ufunc log1p__single(float32)
def log1p__single(x):
    return _log1p_32(x)
