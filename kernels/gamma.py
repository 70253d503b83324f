"""The gamma function."""

import numpy as np

from .constants import LN2_HI, LN2_LO, LOG2_E
from .double_double import _fast_two_sum, _high_half, _round_to, _two_product
from .exponential import ROUND_25, ROUND_27, _exp_remainder
from .floating import _times_any_power, _times_power
from .logarithm import SQRT_HALF, _split_off_exponent
from .special import _exp_of_sum

# ln 2 is LN2_23 - LN2_23_LESS, the first with 23 binary places
LN2_23 = 0.6931471824645996
LN2_23_LESS = 1.904654299957768e-09
# adding and subtracting these rounds a number to so many binary places
ROUND_18 = 25769803776.0
ROUND_23 = 805306368.0
ROUND_30 = 6291456.0


def _log_of(v):
    """high, low with log(v) = high + low, to 2**-65, for 1 <= v < 200; high has 23 binary places."""
    m, e = np.frexp(v)
    # log(m) = log(c) + s + s**3 * p(s**2) with s = 2 * (m - c) / (m + c), for that c of four which is next to m
    c = np.where(
        m < SQRT_HALF,
        np.where(m < 0.5946035575013605, 0.546875, 0.65625),
        np.where(m < 0.8408964152537145, 0.78125, 0.921875),
    )
    log_c = np.where(
        m < SQRT_HALF,
        np.where(m < 0.5946035575013605, -0.6035350561141968, -0.4212135076522827),
        np.where(m < 0.8408964152537145, -0.24686002731323242, -0.08134567737579346),
    )
    log_c_low = np.where(
        m < SQRT_HALF,
        np.where(m < 0.5946035575013605, 3.424393860054647e-08, 4.2575979164258184e-08),
        np.where(m < 0.8408964152537145, -5.061829337600964e-08, 3.792184105114391e-08),
    )
    d = (m - c) + (m - c)
    r = 1.0 / (m + c)
    s = d * r
    s_high = (s + ROUND_23) - ROUND_23
    m_high = (m + ROUND_30) - ROUND_30
    s_low = ((d - s_high * (m_high + c)) - s_high * (m - m_high)) * r
    z = s * s
    # fpminimax((2 * atanh(sqrt(x) / 2) / sqrt(x) - 1) / x, [|0, ..., 4|], [|D...|], [2^-60; 0.0078], absolute): error 2^-57.6
    p = (0.08333333333333333 + z * 0.012500000000002906) + (z * z) * (
        (0.0022321428596464195 + z * 0.0004340260362448093) + (z * z) * 8.910193193460646e-05
    )
    n = np.float64(e)
    return n * LN2_23 + (log_c + s_high), (log_c_low - n * LN2_23_LESS) + (s_low + (s * z) * p)


def _log_gamma_precise(v, v_low):
    """log(gamma(v + v_low)) for 1 <= v < 200 in two parts, the first with 42 binary places: to 2**-56."""
    y = 1.0 / (v + 0.5)
    u = y - 0.34375
    u2 = u * u
    u4 = u2 * u2
    # Chebyshev interpolation of log(gamma(v)) - (v - 1/2) * (log(v) - 1) - 7/16 at 20 points of 1 / (v + 1/2) in
    # [0; 2/3], error 2^-58; u / 8 is added last, so that the other terms are smaller and lose less when rounded
    q = (
        ((0.015839800216624966 - u * 0.00543201727211505) + u2 * (0.06580562288417438 + u * 0.030249180076222647))
        + u4 * ((0.012900900169940095 + u * 0.006797080750008128) + u2 * (0.0038441298767930643 + u * 0.0016661194786630495))
    ) + (u4 * u4) * (
        ((0.0009959174479840663 + u * 0.0006839995946853901) + u2 * (0.00013281811664042872 + u * 0.00024302246868015728))
        + u4 * ((0.00015098744515641303 + u * -0.00012933751110761734)
                + u2 * (0.0002711640059531348 + u * -0.00017713915525662232))
        + (u4 * u4) * ((-0.0001715633919511129 + u * 0.0007120205546987954)
                       + u2 * (-0.00030932326270558967 + u * -0.00044877309663347696))
    )
    high, low = _log_of(v)
    # the factors of top are exact, and so is top
    half = v - 0.5
    half_high = (half + ROUND_18) - ROUND_18
    top = half_high * (high - 1.0) + 0.4375
    # the derivative, for v_low
    digamma = high - y * (0.5 + y * (0.3333333333333333 + y * 0.21))
    return top, ((half - half_high) * (high - 1.0) + half * low) + ((q + v_low * digamma) + 0.125 * u)


def _sinpi_quotient(w):
    """f, p, p_low, parity: sin(pi * w) / pi = f * (p + p_low), negative for parity -1."""
    n = np.rint(w)
    f = w - n
    # f to 24 bits: -1.4375 times its square is exact
    high = (f + ROUND_25) - ROUND_25
    square = high * high
    low = (f - high) * (f + high)
    u = square + low
    u2 = u * u
    # Chebyshev interpolation of sin(pi * f) / (pi * f) - 1 + 1.4375 * f^2 in f^2 at 8 points of [0; 0.25]: error 2^-59
    q = (
        ((-0.20743406684822643 + u * 0.8117424252833519) + u2 * (-0.19075182412194094 + u * 0.02614784781306969))
        + (u2 * u2) * (
            (-0.002346080963377823 + u * 0.00014842817743390905) + u2 * (-6.972958246185245e-06 + u * 2.4591519705917517e-07)
        )
    )
    p, p_low = _fast_two_sum(1.0, -1.4375 * square)
    p, p_low = _fast_two_sum(p, p_low + (u * q - 1.4375 * low))
    return f, p, p_low, 1.0 - 2.0 * np.abs(n - 2.0 * np.rint(0.5 * n))


def _quotient(h, l, d, d_low):
    """(h + l) / (d + d_low) rounded, and its rounding error."""
    r = 1.0 / d
    e = h + l
    q = _high_half(e * r)
    d_high = _high_half(d)
    rest = (((e - q * d_high) - q * (d - d_high)) + (((h - e) + l) - q * d_low)) * r
    y = q + rest
    return y, (q - y) + rest


#pythran export ufunc gamma(float64)
def gamma(x):
    """Gamma function.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.8 ulp, and within 1 ulp where the result is
    subnormal. gamma(n + 1) is the exact n! up to n = 22. gamma(0.0) = inf, gamma(-0.0) = -inf; negative integers and
    -inf give nan, gamma(inf) = inf; above 171.62 the result is inf, below -184 it is a zero of the right sign.
    Method: x**(x - 1/2) * exp(-x) times a correction, the logarithm of all of it in two parts; reflection for x < 0.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.gamma([0.5, 5.0, -1.5])
    array([ 1.77245385, 24.        ,  2.3632718 ])
    """
    # gamma(x) = gamma(1 + w) / w for w = x, and -1 / (gamma(1 + w) * sin(pi * w) / pi) for w = -x
    a = np.where(np.abs(x) > 190.0, np.copysign(190.0, x), x)
    w = np.abs(a)
    v = 1.0 + w
    top, low = _log_gamma_precise(v, w - (v - 1.0))
    sign = np.copysign(1.0, x)
    h, l, k = _exp_of_sum(sign * top, sign * low)
    f, p, p_low, parity = _sinpi_quotient(x)
    d, d_low = _two_product(f, p)
    # negative integers have no gamma
    d = np.where(f == 0.0, np.nan, d * parity)
    d_low = (d_low + f * p_low) * parity
    y, _ = _quotient(h, l, np.where(x < 0.0, d, a), np.where(x < 0.0, d_low, 0.0))
    # of large arguments, k is up to 1032
    y = np.where(k > 1038.0, np.inf, _times_any_power(y, k, 16.0, 65536.0))
    return np.where(w < 1e-18, 1.0 / x, y)


#pythran export ufunc gamma__single(float32)
def gamma__single(x):
    # gamma(x) = gamma(w + 2) / (w * (w + 1)) for w = x, and -(w + 1) / (gamma(w + 2) * sin(pi * w) / pi) for w = -x
    wide = np.float64(x)
    a = np.where(np.abs(wide) > 50.0, np.copysign(50.0, wide), wide)
    w = np.abs(a)
    f, n = _split_off_exponent(w + 2.0)
    # log(1 + f) = s + s**3 * p(s**2) with s = 2 * f / (2 + f), which is s_high of 27 binary places and s_low
    d = 2.0 + f
    r = 1.0 / d
    s = (f + f) * r
    s_high = (s + ROUND_27) - ROUND_27
    z = s * s
    z2 = z * z
    # fpminimax((2 * atanh(sqrt(x) / 2) / sqrt(x) - 1) / x, [|0, ..., 6|], [|D...|], [2^-60; 0.1178], absolute): error 2^-54.5
    p = (
        ((0.08333333333333337 + z * 0.012499999999968524) + z2 * (0.0022321428614226722 + z * 0.00043402756036178196))
        + (z2 * z2) * ((8.878365460385214e-05 + z * 1.871534526616108e-05) + z2 * 4.4609976579563125e-06)
    )
    s_low = ((f + f) - s_high * d) * r + (s * z) * p
    y = 1.0 / (w + 2.5)
    u = y - 0.203125
    u2 = u * u
    u4 = u2 * u2
    # Chebyshev interpolation of log(gamma(v)) - (v - 1/2) * (log(v) - 1) at 13 points of 1 / (v + 1/2) in [0.019; 0.4]: 2^-54
    q = (
        ((0.4377474635282109 + u * 0.10272331872801252) + u2 * (0.05440676611249528 + u * 0.024142938973308662))
        + u4 * ((0.009122489660129135 + u * 0.004122975106731499) + u2 * (0.0026019035333119485 + u * 0.0010103229330843855))
    ) + (u4 * u4) * (
        ((0.00018198473887693468 + u * 0.0006006606284606249) + u2 * (0.0001711553474999997 + u * -0.0004554438297552912))
        + u4 * 0.000576428925611544
    )
    # log(gamma(w + 2)) = top + rest; the factors of top are exact, and so is top
    top = (w + 1.5) * (n * LN2_23 + (s_high - 1.0))
    rest = (w + 1.5) * (s_low - n * LN2_23_LESS) + q
    k = np.rint((top + rest) * LOG2_E)
    t = (top - k * LN2_HI) + (rest - k * LN2_LO)
    t2 = t * t
    e = 1.0 + (t + (0.5 * t2 + (t * t2) * _exp_remainder(t, t2)))
    nearest = np.rint(wide)
    g = wide - nearest
    h = g * g
    h2 = h * h
    # fpminimax((sin(pi * sqrt(x)) / (pi * sqrt(x)) - 1) / x, [|0, ..., 7|], [|D...|], [2^-60; 0.25], absolute): error 2^-54.9
    sine = g + (g * h) * (
        ((-1.6449340668482246 + h * 0.811742425283348) + h2 * (-0.19075182412176955 + h * 0.026147847809817985))
        + (h2 * h2) * (
            (-0.002346080931674041 + h * 0.00014842801179778823) + h2 * (-6.972517392541167e-06 + h * 2.4544573830442614e-07)
        )
    )
    # negative integers have no gamma
    sine = np.where(g == 0.0, np.nan, sine * (1.0 - 2.0 * np.abs(nearest - 2.0 * np.rint(0.5 * nearest))))
    above = np.where(wide < 0.0, w + 1.0, e)
    below = np.where(wide < 0.0, e * sine, a * (w + 1.0))
    above = np.where(w < 1e-9, 1.0, above)
    below = np.where(w < 1e-9, wide, below)
    y = above / below
    # 1 / x and its rounding error, less Euler's constant: what is above misrounds 4 inputs of 10**-14 to 10**-13. Three of the
    # results are half way between two float32 but for their own rounding error, which decides.
    split = y * 134217729.0
    high = split - (split - y)
    missing = ((1.0 - high * wide) - (y - high) * wide) * y - 0.5772156649015329
    z = y + missing
    lost = np.where(w < 1e-9, np.where(wide == 0.0, y, missing - (z - y)), y)
    y = np.where(w < 1e-9, np.where(wide == 0.0, y, z), y)
    return _round_to(x, _times_power(y, k * np.copysign(1.0, wide)), lost)
