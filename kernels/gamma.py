"""The gamma function."""

import numpy as np

from .double_double import _fast_two_sum, _high_half, _round_to, _two_product, _two_sum
from .exponential import ROUND_25
from .extended import _log_extended
from .logarithm import _split_off_exponent
from .special import _exp_of_sum


def _log_gamma_precise(v, v_low):
    """log(gamma(v + v_low)) for 1 <= v < 200 in two parts, to 2**-56."""
    y = 1.0 / (v + 0.5)
    w = y - 0.34375
    w2 = w * w
    w4 = w2 * w2
    # Chebyshev interpolation of log(gamma(v)) - (v - 1/2) * log(v) + v at 20 points of 1 / (v + 1/2) in [0; 2/3]: error 2^-58
    q = (
        (0.11956798272788496 + w * 0.06580562288417453) + w2 * (0.03024918007621561 + w * 0.012900900169904974)
        + w4 * ((0.006797080751207783 + w * 0.003844129879969479) + w2 * (0.0016661193865411125 + w * 0.0009959173064084015))
    ) + (w4 * w4) * (
        (0.0006840033984636894 + w * 0.00013282159976556814) + w2 * (0.0002429307511751403 + w * 0.00015093809387081925)
        + w4 * ((-0.0001280072364815231 + w * 0.00027156198253478164)
                + w2 * (-0.0001885612606484719 + w * -0.00017324249038709293))
        + (w4 * w4) * ((0.0007654864027609997 + w * -0.00030649164897157097) + w2 * -0.0005538827619315938)
    )
    f, n = _split_off_exponent(v)
    log, log_low = _log_extended(f, n)
    product, product_low = _two_product(v - 0.5, log)
    first, first_low = _two_sum(product, -v)
    second, second_low = _two_sum(first, 0.953339800216625)
    # the derivative, for v_low
    digamma = (log + log_low) - y * (0.5 + y * (0.3333333333333333 + y * 0.21))
    low = (product_low + first_low + second_low - 4.595692840506525e-17) + v_low * digamma
    return _two_sum(second, low + ((v - 0.5) * log_low + w * q))


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


#pythran export ufunc gamma(float32)
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
    # gamma(x) = gamma(1 + x) / x for x < 1
    wide = np.float64(x)
    v = np.where(wide < 1.0, 1.0 + wide, np.where(wide > 190.0, 190.0, wide))
    top, low = _log_gamma_precise(v, np.where(wide < 1.0, wide - (v - 1.0), 0.0))
    h, l, k = _exp_of_sum(top, low)
    y, l = _quotient(h, l, np.where(wide < 1.0, wide, 1.0), 0.0)
    y = np.where(wide < 1e-18, 1.0 / wide, np.ldexp(y, np.int32(k)))
    # below 0: __rare
    return _round_to(x, np.where(wide < 0.0, np.nan, y), l)


#pythran export ufunc gamma__rare(float32)
#pythran export ufunc gamma__rare(float64)
def gamma__rare(x):
    # gamma(-w) = -pi / (sin(pi * w) * gamma(1 + w))
    wide = np.abs(np.float64(x))
    w = np.where(wide > 190.0, 190.0, wide)
    v = 1.0 + w
    top, low = _log_gamma_precise(v, w - (v - 1.0))
    h, l, k = _exp_of_sum(-top, -low)
    f, p, p_low, parity = _sinpi_quotient(wide)
    d, d_low = _two_product(f, p)
    y, l = _quotient(h, l, d, d_low + f * p_low)
    y = np.ldexp(y * -parity, np.int32(k))
    y = np.where(wide < 1e-18, -1.0 / wide, y)
    # of a zero, l has its sign
    return _round_to(x, np.where(f == 0.0, np.nan, y), np.where(y == 0.0, y, l * -parity))
