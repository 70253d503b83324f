"""The inverse and the logarithm of the logistic function, and products with a logarithm."""

import numpy as np

from .constants import LN2, LN2_HI, LN2_LO
from .double_double import _high_half, _round_to, _two_sum
from .exponential import ROUND_25, _exp_parts
from .floating import _times_any_power
from .logarithm import SQRT_HALF, _log1p_two, _log_near_one, _log_remainder, _log_two, _sum_of_logs
from .single import _split32


#pythran export ufunc logit(float32)
#pythran export ufunc logit(float64)
def logit(x):
    """Inverse of the logistic function, log(x / (1 - x)).

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.7 ulp, near its root 0.5 too. logit(0) = -inf,
    logit(0.5) = 0, logit(1) = inf; nan below 0 and above 1.
    Method: 2 * atanh((a - b) / (a + b)), where a / b is the odds less a power of two, in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.logit([0.1, 0.5, 0.75])
    array([-2.19722458,  0.        ,  1.09861229])
    """
    # of -x / (1 - x) or its reciprocal, the one that is not above 1: a is exact, and b + b_low are
    wide = np.float64(x)
    b = np.where(wide < 0.5, 1.0 - wide, wide)
    b_low = np.where(wide < 0.5, (1.0 - b) - wide, 0.0)
    m, e = np.frexp(np.where(wide < 0.5, wide, 1.0 - wide))
    scale = np.where(m < SQRT_HALF * b, 2.0, np.where(m > 1.4142135623730951 * b, 0.5, 1.0))
    n = np.float64(e) - np.where(scale == 2.0, 1.0, np.where(scale == 0.5, -1.0, 0.0))
    a = m * scale
    difference = a - b
    total, total_low = _two_sum(a, b)
    difference = difference + difference
    r = 1.0 / total
    s = difference * r
    high = _high_half(s)
    total_high = (total + ROUND_25) - ROUND_25
    rest = (difference - high * total_high) - high * (total - total_high)
    low = (rest - (high * (total_low + b_low) + 2.0 * b_low)) * r
    z = s * s
    y, l = _sum_of_logs(n * LN2_HI, high, n * LN2_LO + (low + (s * z) * _log_remainder(z)))
    y = np.where(wide < 0.5, y, 0.0 - y)
    y = np.where(wide > 0.0, y, np.where(wide == 0.0, -np.inf, np.nan))
    y = np.where(wide < 1.0, y, np.where(wide == 1.0, np.inf, np.nan))
    return _round_to(x, y, np.where(wide < 0.5, l, -l))


def _softplus_two(x):
    """log(1 + exp(x)) of float64, and its rounding error."""
    # max(x, 0) + log(1 + e) with e = exp(-|x|), in two parts
    z = np.abs(x)
    h, l, k = _exp_parts(-np.where(z > 760.0, 760.0, z))
    e = _times_any_power(h + l, k, 0.0, 1.0)
    e_low = _times_any_power((h - (h + l)) + l, k, 0.0, 1.0)
    # from 0.414 as log(2) + log(1 + (e - 1) / 2)
    t = e - 1.0
    f = np.where(e < 0.4142, e, 0.5 * t)
    f_low = np.where(e < 0.4142, e_low, 0.5 * (e_low + (e - (t + 1.0))))
    w = np.where(e < 0.4142, 0.0, LN2_HI)
    w_low = np.where(e < 0.4142, 0.0, LN2_LO)
    high, low = _log_near_one(f)
    low = low + f_low * ((1.0 - f) + f * f)
    base, base_low = _two_sum(np.where(x > 0.0, x, 0.0), w)
    y, l = _sum_of_logs(base, high, (base_low + w_low) + low)
    # of tiny results the second parts are subnormal: exp(x) is rounded once
    return np.where(x < -700.0, e, np.where(x > 760.0, x, y)), l


#pythran export ufunc softplus(float32)
#pythran export ufunc softplus(float64)
def softplus(x):
    """log(1 + exp(x)), a smooth maximum of x and 0.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp, and within 0.8 ulp where the result is
    subnormal (x < -708.4). softplus(inf) = inf, softplus(-inf) = 0, softplus(nan) = nan.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.softplus([-1.0, 0.0, 10.0])
    array([ 0.31326169,  0.69314718, 10.0000454 ])
    """
    y, l = _softplus_two(np.float64(x))
    return _round_to(x, y, l)


#pythran export ufunc log_expit(float32)
#pythran export ufunc log_expit(float64)
def log_expit(x):
    """Logarithm of the logistic function, log(1 / (1 + exp(-x))).

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    -softplus(-x). float32 is correctly rounded for every input. float64 is within 0.6 ulp, and within 0.8 ulp where the
    result is subnormal (x > 708.4). log_expit(inf) = -0.0, log_expit(-inf) = -inf, log_expit(nan) = nan.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.log_expit([-10.0, 0.0, 1.0])
    array([-10.0000454 ,  -0.69314718,  -0.31326169])
    """
    y, l = _softplus_two(-np.float64(x))
    return _round_to(x, -y, -l)


def _times_log(x, y, log, l):
    """x * (log + l), the logarithm of y or of 1 + y; 0 where x is 0."""
    plain = x * log
    # halves neither overflow nor underflow in multiples by 2**150 and 2**-200
    z = x * np.where(np.abs(plain) < 1.0, 1.4272476927059599e45, 6.223015277861142e-61)
    back = np.where(np.abs(plain) < 1.0, 7.006492321624085e-46, 1.6069380442589903e60)
    z_high = _high_half(z)
    high = _high_half(log)
    product = (z_high * high + ((z - z_high) * high + z * ((log - high) + l))) * back
    # of infinities it is nan; of a zero, the sign is that of the plain product
    product = np.where(np.abs(product) > 0.0, product, plain)
    return np.where(x == 0.0, np.where(y == y, 0.0, y), product)


#pythran export ufunc xlogy(float64, float64)
def xlogy(x, y):
    """x1 * log(x2), and 0 where x1 is 0.

    Parameters
    ----------
    x1, x2 : array_like of float32 or float64
        Broadcast against each other.

    Returns
    -------
    ndarray or scalar

    Notes
    -----
    float32 is within 0.501 ulp, float64 within 0.6 ulp, and within 0.8 ulp where the result is subnormal.
    xlogy(0, y) = 0 for every y but nan; otherwise x1 * log(x2), with log(0) = -inf and log(x2) = nan for x2 < 0.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.xlogy([0.0, 2.0], [0.0, 3.0])
    array([0.        , 2.19722458])
    """
    log, l = _log_two(y)
    return _times_log(x, y, log, l)


#pythran export ufunc xlogy__single(float32, float32)
def xlogy__single(x, y):
    s, n = _split32(y)
    z = s * s
    z2 = z * z
    # fpminimax(2 * atanh(sqrt(x)) / sqrt(x), [|0, ..., 4|], [|D...|], [2^-60; 0.02945]): error 2^-36.8
    log = n * LN2 + s * (
        (2.0000000000084426 + z * 0.6666666523793864)
        + z2 * ((0.40000386381242314 + z * 0.28534953464644236) + z2 * 0.23618095732806815)
    )
    product = x.dtype.type(np.float64(x) * log)
    # of 0, inf and nan the logarithm is another
    zero = x.dtype.type(0.0)
    inf = x.dtype.type(np.inf)
    product = np.where(y > zero, product, np.where(y == zero, x * -inf, x.dtype.type(np.nan)))
    product = np.where(y < inf, product, x * y)
    return np.where(x == zero, np.where(y == y, zero, y), product)


#pythran export ufunc xlog1py(float64, float64)
def xlog1py(x, y):
    """x1 * log(1 + x2), and 0 where x1 is 0.

    Parameters
    ----------
    x1, x2 : array_like of float32 or float64
        Broadcast against each other.

    Returns
    -------
    ndarray or scalar

    Notes
    -----
    float32 is within 0.501 ulp, float64 within 0.6 ulp, and within 0.8 ulp where the result is subnormal.
    xlog1py(0, y) = 0 for every y but nan; otherwise x1 * log1p(x2), with log1p(-1) = -inf and log1p(x2) = nan
    for x2 < -1.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.xlog1py([0.0, 2.0], [-1.0, 1e-20])
    array([0.e+00, 2.e-20])
    """
    log, l = _log1p_two(y)
    return _times_log(x, y, log, l)


#pythran export ufunc xlog1py__single(float32, float32)
def xlog1py__single(x, y):
    log, _ = _log1p_two(np.float64(y))
    product = np.where(x == np.float32(0), np.where(y == y, 0.0, np.nan), np.float64(x) * log)
    return np.float32(product)
