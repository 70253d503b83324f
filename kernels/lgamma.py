"""The logarithm of the absolute value of the gamma function."""

import numpy as np

from .constants import LN2_HI, LN2_LO
from .double_double import _fast_two_sum, _high_half, _round_to, _two_product, _two_sum
from .exponential import ROUND_25
from .gamma import _sinpi_quotient
from .logarithm import _log_near_one, _split_off_exponent


def _upper_half(x):
    """x to 22 bits."""
    c = 2147483649.0 * x
    return c - (c - x)


def _near_roots(v, y, p, d, d_low):
    """log(gamma(v)) for 1 <= v <= 2.51 in two parts, the first exact; p = v - 1, d + d_low = v - 2 and y = 1 / (v + 1.25)."""
    w = y - 0.35546875
    w2 = w * w
    w4 = w2 * w2
    # Chebyshev interpolation of log(gamma(v)) / ((v - 1) * (v - 2)) - 0.46875 - w at 17 points of y: error 2^-56
    q = (
        ((0.09504972052353713 + w * 0.5117496131794793) + w2 * (2.0425221846684356 + w * 1.6174924962434272))
        + w4 * ((6.749261110195563 + w * 5.479322234728862) + w2 * (26.522648973955214 + w * 18.48116205404087))
        + (w4 * w4) * (
            ((114.93268839167388 + w * 56.33200018305443) + w2 * (535.0320828290469 + w * 112.65408931477741))
            + w4 * ((2598.8484451678205 + w * -271.3715755733424) + w2 * (16637.180899691954 + w * -9723.895883692117))
        )
    )
    # what the rounded y lacks, times the derivative
    b = v + 1.25
    y_high = (y + ROUND_25) - ROUND_25
    b_high = (b + ROUND_25) - ROUND_25
    y_low = (((1.0 - y_high * b_high) - y_high * (b - b_high)) - ((y - y_high) * b + y * (v - (b - 1.25)))) * y
    rest = (w + (0.005399748403763399 + y_low * (1.1 + 1.5 * w))) + w * q
    # the distances from the roots, times 0.46875 + rest
    p_high = _upper_half(p)
    d_high = _upper_half(d)
    top = (p_high * d_high) * 0.46875
    return top, (p_high * (d - d_high) + (p - p_high) * d + p * d_low) * 0.46875 + (p * d) * rest


def _stirling(v, v_low, y, log, log_low):
    """log(gamma(v + v_low)) for 2.49 <= v < 1e200 in two parts; y = 1 / (v + 1.25)."""
    w = y - 0.1328125
    w2 = w * w
    w4 = w2 * w2
    # Chebyshev interpolation of log(gamma(v)) - (v - 1/2) * log(v) + v at 17 points of y: error 2^-59
    q = (
        ((0.11951244147627202 + w * 0.1764492122224158) + w2 * (0.2527569170962268 + w * 0.3521367080254714))
        + w4 * ((0.4808984557901264 + w * 0.6514155838325902) + w2 * (0.8847138168365086 + w * 1.2101686275520402))
        + (w4 * w4) * (
            ((1.6652456698801907 + w * 2.302523421962581) + w2 * (3.203415045493145 + w * 4.479685830459199))
            + w4 * ((6.212351913908291 + w * 8.718209634081507) + w2 * (14.621079991918608 + w * 21.19217519475926))
        )
    )
    # (v - 1/2) * (log(v) - 1) + 0.4321982764735283 + w * q; the first product is that of upper halves, hence exact
    half = v - 0.5
    half_high = _high_half(half)
    u = log - 1.0
    u_high = _high_half(u)
    top, rest = _two_sum(half_high * u_high, 0.4375)
    slope = log - y * (0.5 + 0.625 * y)
    return top, rest + (
        (half_high * (u - u_high) + ((half - half_high) + ((v - half) - 0.5)) * u) + half * (((log - u) - 1.0) + log_low)
        + ((w * q - 0.0053017235264717095) + v_low * slope)
    )


def _log_parts(x):
    """log(x) in two parts, to 2**-60."""
    f, n = _split_off_exponent(x)
    high, low = _log_near_one(f)
    top, rest = _fast_two_sum(n * LN2_HI, high)
    return top, rest + (n * LN2_LO + low)


#pythran export ufunc lgamma_(float32)
#pythran export ufunc lgamma_(float64)
def lgamma_(x):
    """Logarithm of the absolute value of the gamma function.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 1.4 ulp for x > 0, near the roots 1 and 2 too, and
    within 0.6 ulp from 3.5 on; for x < 0 within 0.6 ulp and 2**-56: that is more than 1 ulp only near the roots there.
    inf for zeros, negative integers, -inf and inf. Method: near 1 and 2 a polynomial times the distances from them,
    elsewhere Stirling's formula with a polynomial for the rest, in two parts; reflection for x < 0.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.lgamma([0.5, 3.0, 1000.0])
    array([5.72364943e-01, 6.93147181e-01, 5.90522042e+03])
    """
    wide = np.float64(x)
    log, log_low = _log_parts(wide)
    top, rest = _stirling(np.where(wide > 1e200, 1e200, wide), 0.0, 1.0 / (wide + 1.25), log, log_low)
    y, l = _fast_two_sum(top, rest)
    # the rest does not matter anymore
    y = np.where(wide > 1e100, wide * ((log - 1.0) + log_low), y)
    # below 2.5: __rare
    return _round_to(x, np.where(wide >= 2.5, np.where(wide == np.inf, np.inf, y), np.nan), l)


#pythran export ufunc lgamma__rare(float32)
#pythran export ufunc lgamma__rare(float64)
def lgamma__rare(x):
    # log(gamma(x)) = log(gamma(1 + x)) - log(x) for 0 < x < 1
    wide = np.float64(x)
    v = np.where(wide < 1.0, 1.0 + wide, wide)
    d = np.where(wide < 1.0, wide - 1.0, wide - 2.0)
    d_low = np.where(wide < 1.0, wide - (d + 1.0), 0.0)
    top, rest = _near_roots(v, 1.0 / (v + 1.25), np.where(wide < 1.0, wide, wide - 1.0), d, d_low)
    log, log_low = _log_parts(np.where(wide < 1.0, wide, 1.0))
    top, e = _two_sum(top, -log)
    y, l = _fast_two_sum(top, (e - log_low) + rest)
    # zeros and negative numbers: __rarer
    return _round_to(x, np.where(wide > 0.0, y, np.nan), l)


#pythran export ufunc lgamma__rarer(float32)
#pythran export ufunc lgamma__rarer(float64)
def lgamma__rarer(x):
    # log(abs(gamma(-z))) = -log(gamma(1 + z)) - log(abs(sin(pi * z) / pi))
    wide = np.float64(x)
    z = np.abs(wide)
    v = 1.0 + z
    y = 1.0 / (v + 1.25)
    d = z - 1.0
    near, near_low = _near_roots(v, y, z, d, z - (d + 1.0))
    log, log_low = _log_parts(v)
    far, far_low = _stirling(np.where(v > 1e200, 1e200, v), z - (v - 1.0), y, log, log_low)
    f, s, s_low, _ = _sinpi_quotient(z)
    f = np.abs(f)
    a, a_low = _two_product(f, s)
    log, log_low = _log_parts(a)
    top, e = _two_sum(-np.where(v < 2.5, near, far), -log)
    y, l = _fast_two_sum(top, (e - (log_low + (a_low + f * s_low) / a)) - np.where(v < 2.5, near_low, far_low))
    y = np.where(a == 0.0, np.inf, np.where(z == np.inf, np.inf, y))
    return _round_to(x, y, l)
