"""Logarithms."""
import numpy as np

from .double_double import _high_half
from .exponential import LN2_HI, LN2_LO, _round_to

SQRT_HALF = 0.7071067811865476
# adding and subtracting this rounds a number near 1 to a multiple of 2**-27
ROUND_27 = 50331648.0


def _split_off_exponent(x):
    """f, n with x = (1 + f) * 2**n and f in [-0.293, 0.4143]; n as a float."""
    m, e = np.frexp(x)
    scale = np.where(m < SQRT_HALF, 2.0, 1.0)
    return m * scale - 1.0, np.float64(e) - (scale - 1.0)


def _log_near_one(f):
    """high, low, r, z: log(1 + f) = high + low for f in [-0.293, 0.4143], to 2**-61, high having 26 bits; and
    (1 + z / 4) * r**2 is 1 / (1 + f), nearly."""
    # log(1 + f) = 2 * atanh(s / 2) with s = f / (1 + f / 2)
    half = 0.5 * f
    r = 1.0 / (1.0 + half)
    s = f * r
    z = s * s
    z2 = z * z
    # fpminimax(2 * atanh(sqrt(x) / 2) / sqrt(x), [|1, ..., 7|], [|D...|], [2^-60; 0.1178], relative, 1): error 2^-59
    g = (
        ((0.08333333333333418 + z * 0.01249999999981783) + z2 * (0.002232142870460183 + z * 0.0004340273168310727))
        + (z2 * z2) * ((8.878692337168266e-05 + z * 1.8693982148453764e-05) + z2 * 4.515189559819299e-06)
    )
    # s in two parts: the second one is what the first leaves of the division
    high = _high_half(s)
    half_high = (half + ROUND_27) - ROUND_27
    low = (((f - high) - high * half_high) - high * (half - half_high)) * r
    return high, low + (s * z) * g, r, z


def _times_ln2_plus(n, high, low):
    """n * ln 2 + high + low, and its rounding error."""
    w = n * LN2_HI
    top = w + high
    rest = ((w - top) + high) + (n * LN2_LO + low)
    y = top + rest
    return y, (top - y) + rest


def _log_two(x):
    """log of float64, and its rounding error."""
    f, n = _split_off_exponent(x)
    high, low, _, _ = _log_near_one(f)
    y, l = _times_ln2_plus(n, high, low)
    y = np.where(x < np.inf, y, x)
    return np.where(x > 0.0, y, np.where(x == 0.0, -np.inf, np.nan)), l


def _log(x):
    """log of float64: below 0.6 ulp."""
    return _log_two(x)[0]


def _log1p_two(x):
    """log(1 + x) of float64, and its rounding error."""
    # 1 + x = u + u_low exactly
    u = 1.0 + x
    t = u - 1.0
    u_low = (1.0 - (u - t)) + (x - t)
    f, n = _split_off_exponent(u)
    f_low = np.ldexp(u_low, -np.int32(n))
    g = f + f_low
    f_low = (f - g) + f_low
    high, low, r, z = _log_near_one(g)
    y, l = _times_ln2_plus(n, high, low + f_low * ((r * r) * (1.0 + 0.25 * z)))
    y = np.where(x < np.inf, y, x)
    return np.where(x > -1.0, np.copysign(y, x), np.where(x == -1.0, -np.inf, np.nan)), l


def _log1p(x):
    """log(1 + x) of float64: below 0.6 ulp."""
    return _log1p_two(x)[0]


#pythran export ufunc log_(float32)
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
    y, l = _log_two(np.float64(x))
    return _round_to(x, y, l)
