"""Exponentials."""
import numpy as np

LOG2_E = 1.4426950408889634
# ln 2 in two parts; the first has 42 bits, so that its product with an exponent is exact
LN2_HI = 0.6931471805598903
LN2_LO = 5.497923018708371e-14
# adding and subtracting these rounds a number near 1 to a multiple of 2**-27, or 2**-25
ROUND_27 = 50331648.0
ROUND_25 = 201326592.0
# with c = SPLIT * x, c - (c - x) is x rounded to 25 bits
SPLIT_25 = 268435457.0


def _round_to(x, y, l):
    """y + l rounded once to the type of x, for |l| within about half an ulp of y; of l only the sign matters."""
    # Rounding y itself to float32 is wrong only where y is a midpoint, which has 25 bits: l then moves it by 2**-40.
    # Other y of 25 bits are float32, or too far from a midpoint to mind.
    c = SPLIT_25 * y
    y32 = np.where(c - (c - y) == y, y + np.copysign(y * 9.094947017729282e-13, l), y)
    # 0.1 survives the type of x if that is float64: settled when compiled
    return x.dtype.type(np.where(np.float64(x.dtype.type(0.1)) == 0.1, y, y32))


def _reduce(x):
    """t, c, k with x = k * ln 2 + t - c, for |x| <= 1000: t is exact and in [-0.3466, 0.3466], c below 1e-10."""
    k = np.rint(x * LOG2_E)
    return x - k * LN2_HI, k * LN2_LO, k


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


def _exp_parts(x):
    """h, l, k with exp(x) = (h + l) * 2**k, h in [0.65, 1.35] and l up to 0.07, for |x| <= 1000."""
    t, c, k = _reduce(x)
    h = 1.0 + t
    t2 = t * t
    # t is exact: exp(t - c) = exp(t) - c * exp(t), and h is added last
    a = 0.5 * t2
    b = (t * t2) * _exp_remainder(t, t2)
    return h, a + (b + (((1.0 - h) + t) - c * ((h + a) + b))), k


def _exp(x):
    """exp of float64: below 0.6 ulp, below 0.8 ulp where the result is subnormal and so rounded twice."""
    h, l, k = _exp_parts(x)
    y = np.where(x > 1000.0, np.inf, np.ldexp(h + l, np.int32(k)))
    return np.where(x < -1000.0, 0.0, y)


#pythran export ufunc exp_(float32)
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
    # no float32 has an exponential too near to a midpoint for this (tests/exhaustive)
    return x.dtype.type(_exp(np.float64(x)))


def _expm1_parts(x):
    """h, l, k with expm1(x) = (h + l) * 2**k, l much smaller than h, for -745 <= x <= 1000. To 2**-60."""
    # expm1(x) = 2**k * ((1 - 2**-k) + expm1(t - c))
    t, c, k = _reduce(x)
    s = np.ldexp(1.0, -np.int32(k))
    d = 1.0 - s
    e = d - 1.0
    d_low = (1.0 - (d - e)) - (s + e)
    t2 = t * t
    b = (t * t2) * _exp_remainder(t, t2)
    # t**2 / 2 is q, which is exact, and what that leaves
    t_high = (t + ROUND_27) - ROUND_27
    q = 0.5 * (t_high * t_high)
    u = d + t
    h = u + q
    l = (((d - u) + t) + ((u - h) + q)) + d_low
    return h, l + ((0.5 * ((t - t_high) * (t + t_high)) + b) - c * (((1.0 + t) + q) + b)), k


def _expm1_two(x):
    """exp(x) - 1 of float64 in two parts, the second below half an ulp of the first where neither over- nor underflows."""
    h, l, k = _expm1_parts(np.where(x < -100.0, -100.0, x))
    y = h + l
    l = (h - y) + l
    k = np.int32(k)
    return np.where(x > 1000.0, np.inf, np.copysign(np.ldexp(y, k), x)), np.ldexp(l, k)


def _expm1(x):
    """exp(x) - 1 of float64: below 0.6 ulp."""
    return _expm1_two(x)[0]


def _expit_two(x):
    """expit of float64, and the sign of its rounding error in normal results."""
    # exp(-|x|) = (e + l) * 2**k, with l below half an ulp of e; d + d_low = 1 + exp(-|x|); the numerator is exp(-|x|)
    # without its 2**k for x < 0 and 1 otherwise; r corrects a quotient q of few enough bits that q * d_high is exact
    h, l, k = _exp_parts(-np.abs(np.where(np.abs(x) > 1000.0, np.copysign(1000.0, x), x)))
    e = h + l
    l = (h - e) + l
    p = np.ldexp(e, np.int32(k))
    d = 1.0 + p
    d_low = ((1.0 - d) + p) + np.ldexp(l, np.int32(k))
    e = np.where(x < 0.0, e, 1.0)
    l = np.where(x < 0.0, l, 0.0)
    r = 1.0 / d
    q = (e * r + ROUND_25) - ROUND_25
    d_high = (d + ROUND_25) - ROUND_25
    d_low = (d - d_high) + d_low
    q_low = (((e - q * d_high) - q * d_low) + l) * r
    y = q + q_low
    l = (q - y) + q_low
    # near 0, float32 midpoints differ by little from 1/2 + x/4 - x**3/48
    l = np.where(np.abs(x) < 0.0009765625, ((0.5 - y) + 0.25 * x) - (x * x) * x * 0.020833333333333332, l)
    return np.where(x < 0.0, np.ldexp(y, np.int32(k)), y), l


#pythran export ufunc expit(float32)
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
    y, l = _expit_two(np.float64(x))
    return _round_to(x, y, l)
