"""Logarithms of sums of exponentials."""
import numpy as np

from .constants import LN2, LN2_HI, LN2_LO, LOG2_E
from .double_double import _fast_two_sum, _two_product, _two_sum
from .exponential import _plus_expm1, _reduce, _reduce2
from .floating import _times_any_power
from .logarithm import _log_near_one

LOG2_E_LOW = 2.0355273740931033e-17
SQRT_2 = 1.4142135623730951


def _difference(x, y, limit):
    """Larger and smaller argument, and the difference smaller - larger in two parts, the first not below -limit."""
    larger = np.where(x > y, x, y)
    d, d_low = _two_sum(np.where(x > y, y, x), -larger)
    # equal infinities differ by 0; for infinite differences the second part is nan
    d_low = np.where(d > -limit, d_low, 0.0)
    d = np.where(x == y, 0.0, np.where(d < -limit, -limit, d))
    return larger, d, d_low


def _log1p_exp(t, c, k):
    """log(1 + exp(t - c) * 2**k) in two parts, to 2**-58, for k <= 0."""
    h, l = _plus_expm1(1.0, t, c)
    h, l = _fast_two_sum(h, l)
    scale = _times_any_power(1.0, k, 0.0, 1.0)
    u, u_low = _fast_two_sum(1.0, h * scale)
    half = np.where(u > SQRT_2, 0.5, 1.0)
    f, f_low = _fast_two_sum(u * half - 1.0, u_low * half)
    high, low = _log_near_one(f)
    n = np.where(u > SQRT_2, 1.0, 0.0)
    high, top_low = _fast_two_sum(n * LN2_HI, high)
    # of the parts of 1 + f that are too small for f only the quotient counts, and float32 will do
    rest = np.float32(f_low + (l * scale) * half) / np.float32(1.0 + f)
    return high, top_low + (n * LN2_LO + (low + np.float64(rest)))


def _plus_log(x, larger, d, high, low):
    """larger + high + low, or what the function is where arguments are infinite or nan; of the type of x."""
    s, s_low = _two_sum(larger, high)
    return x.dtype.type(np.where(np.abs(larger) < np.inf, s + (s_low + low), larger + d))


#pythran export ufunc logaddexp(float32, float32), logaddexp(float64, float64)
def logaddexp(x, y):
    """log(exp(x1) + exp(x2)), element by element.

    Parameters
    ----------
    x1, x2 : array_like of float32 or float64
        Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Notes
    -----
    float32 is within 0.501 ulp, float64 within 0.6 ulp, in both to no less than 2**-57: so far off results near 0 may be,
    where exp(x1) + exp(x2) is near 1. inf if an argument is inf, the other argument if one is -inf, nan if one is nan.
    Method: the larger argument + log(1 + exp(-abs(x1 - x2))), all in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.logaddexp([0.0, 1000.0], [0.0, 1000.0])
    array([6.93147181e-01, 1.00069315e+03])
    """
    larger, d, d_low = _difference(np.float64(x), np.float64(y), 800.0)
    t, c, k = _reduce(d)
    high, low = _log1p_exp(t, c - d_low, k)
    return _plus_log(x, larger, d, high, low)


#pythran export ufunc logaddexp2(float32, float32), logaddexp2(float64, float64)
def logaddexp2(x, y):
    """log2(2**x1 + 2**x2), element by element.

    Parameters
    ----------
    x1, x2 : array_like of float32 or float64
        Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Notes
    -----
    float32 is within 0.501 ulp, float64 within 0.6 ulp, in both to no less than 2**-57: so far off results near 0 may be,
    where 2**x1 + 2**x2 is near 1. inf if an argument is inf, the other argument if one is -inf, nan if one is nan.
    Method: the larger argument + log2(1 + 2**-abs(x1 - x2)), all in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.logaddexp2([0.0, 1000.0], [0.0, 1000.0])
    array([1.000e+00, 1.001e+03])
    """
    larger, d, d_low = _difference(np.float64(x), np.float64(y), 1100.0)
    t, c, k = _reduce2(d)
    high, low = _log1p_exp(t, c - d_low * LN2, k)
    p, p_low = _two_product(high, LOG2_E)
    return _plus_log(x, larger, d, p, p_low + (high * LOG2_E_LOW + low * LOG2_E))
