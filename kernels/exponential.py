"""Exponentials."""
import numpy as np

from .constants import (
    LN2,
    LN2_31,
    LN2_31_REST,
    LN2_HI,
    LN2_LO,
    LN10,
    LN10_31,
    LN10_31_REST,
    LOG2_10,
    LOG2_E,
    LOG10_2_HI,
    LOG10_2_LO,
)
from .double_double import _fast_two_sum, _two_sum
from .floating import _times_any_power, _times_power
from .single import _exp2_32, _exp10_32, _exp32, _expit32, _expm1_32

# adding and subtracting these rounds a number near 1 to a multiple of 2**-27, 2**-25, ...
ROUND_27 = 50331648.0
ROUND_25 = 201326592.0
ROUND_24 = 402653184.0
ROUND_22 = 1610612736.0


def _reduce(x):
    """t, c, k with exp(x) = exp(t - c) * 2**k, for |x| <= 1000: t in [-0.3466, 0.3466], c below 1e-10, both nearly exact."""
    k = np.rint(x * LOG2_E)
    return x - k * LN2_HI, k * LN2_LO, k


def _reduce2(x):
    """t, c, k with 2**x = exp(t - c) * 2**k, for |x| <= 1100; t and c as above."""
    k = np.rint(x)
    r = x - k
    # r * ln 2 = p + rest, where p is exact
    r_high = (r + ROUND_22) - ROUND_22
    p = r_high * LN2_31
    rest = r_high * LN2_31_REST + (r - r_high) * LN2
    t = p + rest
    return t, (t - p) - rest, k


def _reduce10(x):
    """t, c, k with 10**x = exp(t - c) * 2**k, for |x| <= 400; t and c as above."""
    k = np.rint(x * LOG2_10)
    r = x - k * LOG10_2_HI
    # r * ln 10 = p + rest, where p is exact
    r_high = (r + ROUND_24) - ROUND_24
    p = r_high * LN10_31
    rest = (r_high * LN10_31_REST + (r - r_high) * LN10) - k * (LOG10_2_LO * LN10)
    t = p + rest
    return t, (t - p) - rest, k


def _exp_remainder(t, t2):
    """(exp(t) - 1 - t - t**2 / 2) / t**3 for |t| <= 0.3466."""
    t4 = t2 * t2
    # fpminimax(exp(x), [|3, ..., 12|], [|D...|], [-0.3466; 0.3466], relative, 1 + x + x^2/2): error 2^-63
    return (
        ((0.1666666666666668 + t * 0.04166666666666638) + t2 * (0.008333333333319263 + t * 0.0013888888889050748))
        + t4 * ((0.00019841269891856517 + t * 2.48015869910599e-05)
                + t2 * (2.7557238712762323e-06 + t * 2.7557554881480227e-07))
        + (t4 * t4) * (2.5110864423662811e-08 + t * 2.0829884652719056e-09)
    )


def _exp_sum(t, c):
    """h, l with exp(t - c) = h + l for |t| <= 0.3466 and tiny c: h in [0.65, 1.35], l up to 0.07."""
    h = 1.0 + t
    t2 = t * t
    # t is exact: exp(t - c) = exp(t) - c * exp(t), and h is added last
    a = 0.5 * t2
    b = (t * t2) * _exp_remainder(t, t2)
    return h, a + (b + (((1.0 - h) + t) - c * ((h + a) + b)))


def _exp_parts(x):
    """h, l, k with exp(x) = (h + l) * 2**k, h in [0.65, 1.35] and l up to 0.07, for |x| <= 1000."""
    t, c, k = _reduce(x)
    h, l = _exp_sum(t, c)
    return h, l, k


def _exp2_parts(x):
    """The same for 2**x, |x| <= 1100."""
    t, c, k = _reduce2(x)
    h, l = _exp_sum(t, c)
    return h, l, k


def _exp10_parts(x):
    """The same for 10**x, |x| <= 400."""
    t, c, k = _reduce10(x)
    h, l = _exp_sum(t, c)
    return h, l, k


def _scaled(y, k):
    """y * 2**k for y in [0.5, 2) and any k: 0, subnormal and rounded once, or inf where it must be."""
    y = np.where(k > 1024.0, np.inf, _times_any_power(y, k, 2.0, 4.0))
    return np.where(k < -1100.0, 0.0, y)


def _exp(x):
    """exp of float64: below 0.6 ulp, below 0.8 ulp where the result is subnormal and so rounded twice."""
    h, l, k = _exp_parts(x)
    return _scaled(h + l, k)


#pythran export ufunc exp_(float64)
def exp_(x):
    """Exponential function, e**x.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp, and within 0.8 ulp where the result is
    subnormal (x < -708.4). exp(inf) = inf, exp(-inf) = 0, exp(nan) = nan; above 709.78 the result is inf, below
    -745.13 it is 0. Method: reduction by multiples of ln 2 in two parts, then a polynomial of degree 12.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.exp([0.0, 1.0])
    array([1.        , 2.71828183])
    """
    return _exp(x)


#pythran export ufunc exp__single(float32)
def exp__single(x):
    return _exp32(x)


#pythran export ufunc exp2_(float64)
def exp2_(x):
    """Power of two, 2**x.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp, and within 0.8 ulp where the result is
    subnormal (x < -1022); powers of two are exact. exp2(inf) = inf, exp2(-inf) = 0, exp2(nan) = nan; from 1024 on the
    result is inf, from -1075 down it is 0. Method: the nearest integer is split off, the rest times ln 2 in
    two parts, then as `exp`.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.exp2([0.5, 10.0])
    array([   1.41421356, 1024.        ])
    """
    h, l, k = _exp2_parts(x)
    return _scaled(h + l, k)


#pythran export ufunc exp2__single(float32)
def exp2__single(x):
    return _exp2_32(x)


#pythran export ufunc exp10(float64)
def exp10(x):
    """Power of ten, 10**x.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp, and within 0.8 ulp where the result is
    subnormal (x < -307.65); powers of ten that float64 holds exactly are exact. exp10(inf) = inf, exp10(-inf) = 0,
    exp10(nan) = nan; above 308.25 the result is inf, below -323.6 it is 0. Method: reduction by multiples of log10(2)
    in two parts, then as `exp`.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.exp10([-2.0, 0.5])
    array([0.01      , 3.16227766])
    """
    h, l, k = _exp10_parts(x)
    return _scaled(h + l, k)


#pythran export ufunc exp10__single(float32)
def exp10__single(x):
    return _exp10_32(x)


def _plus_expm1(d, t, c):
    """h, l with h + l = d + expm1(t - c), to 2**-58, for |t| <= 0.3466, tiny c, and d = 0 or |d| >= 0.5."""
    t2 = t * t
    b = (t * t2) * _exp_remainder(t, t2)
    # t**2 / 2 is q, which is exact, and what that leaves
    t_high = (t + ROUND_27) - ROUND_27
    q = 0.5 * (t_high * t_high)
    u, u_low = _fast_two_sum(d, t)
    h, h_low = _fast_two_sum(u, q)
    return h, (u_low + h_low) + ((0.5 * ((t - t_high) * (t + t_high)) + b) - c * (((1.0 + t) + q) + b))


def _expm1_parts(x):
    """h, l, k with expm1(x) = (h + l) * 2**k, l much smaller than h, for -745 <= x <= 1000: to 2**-58."""
    # expm1(x) = 2**k * ((1 - 2**-k) + expm1(t - c))
    t, c, k = _reduce(x)
    d, d_low = _two_sum(1.0, -_times_power(1.0, -k))
    h, l = _plus_expm1(d, t, c)
    return h, l + d_low, k


def _expm1_two(x):
    """exp(x) - 1 of float64 in two parts, the second below half an ulp of the first if neither over- nor underflows."""
    h, l, k = _expm1_parts(np.where(x < -100.0, -100.0, x))
    y = h + l
    l = (h - y) + l
    # k is 1024 at most
    return np.where(x > 710.0, np.inf, np.copysign(_times_power(4.0 * y, k - 2.0), x)), np.ldexp(l, np.int32(k))


def _expm1(x):
    """exp(x) - 1 of float64: below 0.6 ulp."""
    y, _ = _expm1_two(x)
    return y


#pythran export ufunc expm1_(float64)
def expm1_(x):
    """e**x - 1, also for x near 0.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp, near 0 too. expm1(0) = 0 and
    expm1(-0) = -0, expm1(inf) = inf, expm1(-inf) = -1, expm1(nan) = nan; above 709.78 the result is inf.
    Method: as `exp`, but the sum (1 - 2**-k) + x + x**2 / 2 is carried in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.expm1([1e-10, 1.0])
    array([1.00000000e-10, 1.71828183e+00])
    """
    return _expm1(x)


#pythran export ufunc expm1__single(float32)
def expm1__single(x):
    return _expm1_32(x)


def _expit(x):
    """expit of float64: below 0.6 ulp, below 0.8 ulp where the result is subnormal and so rounded twice."""
    # exp(-|x|) = (e + l) * 2**k, with l below half an ulp of e; d + d_low = 1 + exp(-|x|); the numerator is exp(-|x|)
    # without its 2**k for x < 0 and 1 otherwise; r corrects a quotient q of few enough bits that q * d_high is exact
    h, l, k = _exp_parts(-np.abs(np.where(np.abs(x) > 1000.0, np.copysign(1000.0, x), x)))
    e = h + l
    l = (h - e) + l
    p = _times_power(e, k)
    d = 1.0 + p
    d_low = ((1.0 - d) + p) + _times_power(l, k)
    e = np.where(x < 0.0, e, 1.0)
    l = np.where(x < 0.0, l, 0.0)
    r = 1.0 / d
    q = (e * r + ROUND_25) - ROUND_25
    d_high = (d + ROUND_25) - ROUND_25
    d_low = (d - d_high) + d_low
    q_low = (((e - q * d_high) - q * d_low) + l) * r
    y = q + q_low
    return np.where(x < 0.0, _times_any_power(y, k, 0.0, 1.0), y)


#pythran export ufunc expit(float64)
def expit(x):
    """Logistic function, 1 / (1 + exp(-x)).

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp, and within 0.8 ulp where the result is
    subnormal (x < -708.4). expit(inf) = 1, expit(-inf) = 0, expit(nan) = nan; below -745.13 the result is 0.
    Method: exp(-abs(x)) and the quotient, both carried in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.expit([-1.0, 0.0, 1.0])
    array([0.26894142, 0.5       , 0.73105858])
    """
    return _expit(x)


#pythran export ufunc expit__single(float32)
def expit__single(x):
    return _expit32(x)
