"""Activation functions of neural networks."""

import numpy as np

from .double_double import _fast_two_sum, _high_half, _round_to, _two_product, _two_sum
from .exponential import ROUND_25, _exp_parts, _expm1
from .floating import _times_any_power
from .single import _expm1_32
from .special import _erfc_parts, _exp_of_sum

# 2**-900
TINY = 1.1830521861667747e-271


#pythran export ufunc relu(float32), relu(float64)
def relu(x):
    """Rectified linear unit, max(x, 0).

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    Exact. relu(-0.0) = 0.0, relu(nan) = nan.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.relu([-1.0, 2.0])
    array([0., 2.])
    """
    zero = x.dtype.type(0)
    return np.where(x <= zero, zero, x)


#pythran export ufunc hard_sigmoid(float32), hard_sigmoid(float64)
def hard_sigmoid(x):
    """Piecewise linear approximation of the logistic function, (x + 3) / 6 between 0 and 1.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.8 ulp. hard_sigmoid(nan) = nan.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.hard_sigmoid([-4.0, 0.0, 1.5, 3.0])
    array([0.  , 0.5 , 0.75, 1.  ])
    """
    wide = np.float64(x)
    # each where it loses less
    y = np.where(wide < -1.5, (wide + 3.0) / 6.0, wide / 6.0 + 0.5)
    return x.dtype.type(np.where(wide <= -3.0, 0.0, np.where(wide >= 3.0, 1.0, y)))


#pythran export ufunc elu(float64)
def elu(x):
    """Exponential linear unit: x where x > 0, exp(x) - 1 elsewhere.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    A ufunc has no default arguments: alpha, the factor of exp(x) - 1, is 1, as by default in PyTorch and JAX. For
    another: ``np.where(x > 0, x, alpha * corepy.expm1(x))``.
    float32 is correctly rounded for every input. float64 is within 0.6 ulp. elu(-inf) = -1, elu(inf) = inf,
    elu(nan) = nan, elu(-0.0) = -0.0.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.elu([-1.0, 0.0, 2.0])
    array([-0.63212056,  0.        ,  2.        ])
    """
    return np.where(x > 0.0, x, _expm1(np.where(x > 0.0, 0.0, x)))


#pythran export ufunc elu__single(float32)
def elu__single(x):
    zero = np.float32(0)
    return np.where(x > zero, x, _expm1_32(np.where(x > zero, zero, x)))


def _times(x, top, rest):
    """x * (top + rest), where top has 26 bits, rounded, and its rounding error."""
    high = _high_half(x)
    product = high * top
    rest = (x - high) * top + x * rest
    y = product + rest
    return y, (product - y) + rest


def _with_sign(x, wide, limit, y, l):
    """y, which has the sign of x, rounded to the type of x, l being its rounding error; x itself beyond the limit."""
    y = np.copysign(np.where(wide > limit, wide, y), wide)
    return _round_to(x, y, np.where(y == 0.0, y, l))


def _times_expit(x, v, v_low):
    """x * expit(v + v_low), and the sign of its rounding error in normal results; for |v| <= 1000 of the sign of x."""
    # exp(-|v|) = (e + l) * 2**k; expit is that or 1, divided by 1 + exp(-|v|) = d + d_low
    h, l, k = _exp_of_sum(-np.abs(v), np.where(v < 0.0, v_low, -v_low))
    e = h + l
    l = (h - e) + l
    power = _times_any_power(1.0, k, 0.0, 1.0)
    d = 1.0 + e * power
    d_low = ((1.0 - d) + e * power) + l * power
    e = np.where(v < 0.0, e, 1.0)
    l = np.where(v < 0.0, l, 0.0)
    r = 1.0 / d
    q = (e * r + ROUND_25) - ROUND_25
    d_high = (d + ROUND_25) - ROUND_25
    q_low = (((e - q * d_high) - q * ((d - d_high) + d_low)) + l) * r
    y, l = _times(x, q, q_low)
    return np.where(v < 0.0, _times_any_power(y, k, 0.0, 1.0), y), l


#pythran export ufunc silu(float32)
#pythran export ufunc silu(float64)
def silu(x):
    """Sigmoid linear unit (swish), x * expit(x) = x / (1 + exp(-x)).

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp, and within 0.8 ulp where the result is
    subnormal. silu(inf) = inf, silu(-inf) = -0.0, silu(nan) = nan, silu(-0.0) = -0.0.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.silu([-1.0, 0.0, 1.0])
    array([-0.26894142,  0.        ,  0.73105858])
    """
    wide = np.float64(x)
    v = np.where(np.abs(wide) > 1000.0, np.copysign(1000.0, wide), wide)
    y, l = _times_expit(v, v, 0.0)
    return _with_sign(x, wide, 1000.0, y, l)


#pythran export ufunc gelu_tanh(float32)
#pythran export ufunc gelu_tanh(float64)
def gelu_tanh(x):
    """Approximation of gelu by a hyperbolic tangent, x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))).

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp, and within 0.8 ulp where the result is
    subnormal. gelu_tanh(inf) = inf, gelu_tanh(-inf) = -0.0, gelu_tanh(nan) = nan, gelu_tanh(-0.0) = -0.0.
    Method: x * expit(v), with v twice the argument of the tangent, in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.gelu_tanh([-1.0, 0.0, 1.0])
    array([-0.15880801,  0.        ,  0.84119199])
    """
    wide = np.float64(x)
    z = np.where(np.abs(wide) > 22.0, np.copysign(22.0, wide), wide)
    # 2 * sqrt(2 / pi) * z, and 0.044715 * z**2 times that
    first, first_low = _two_product(z, 1.5957691216057308)
    square, square_low = _two_product(z, z)
    factor, factor_low = _two_product(square, 0.044715)
    factor_low = factor_low + (square_low * 0.044715 + square * 2.1960211427085595e-18)
    factor, carry = _two_sum(1.0, factor)
    v, v_low = _two_product(first, factor)
    v_low = v_low + (first * (carry + factor_low) + (first_low + z * -9.96930880911092e-17) * factor)
    y, l = _times_expit(z, v, v_low)
    return _with_sign(x, wide, 22.0, y, l)


#pythran export ufunc gelu(float32)
#pythran export ufunc gelu(float64)
def gelu(x):
    """Gaussian error linear unit, x / 2 * (1 + erf(x / sqrt(2))): x times the normal distribution function.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 1 ulp, also where the result is
    subnormal. gelu(inf) = inf, gelu(-inf) = -0.0, gelu(nan) = nan, gelu(-0.0) = -0.0.
    Method: x / 2 * erfc(-x / sqrt(2)), with the argument in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.gelu([-1.0, 0.0, 1.0])
    array([-0.15865525,  0.        ,  0.84134475])
    """
    wide = np.float64(x)
    w = np.where(np.abs(wide) > 38.6, np.copysign(38.6, wide), wide)
    # abs(w) / sqrt(2) = z + z_low
    z, z_low = _two_product(np.abs(w), 0.7071067811865476)
    z_low = z_low + np.abs(w) * -4.833646656726457e-17
    high = _high_half(z)
    top, rest, scale = _erfc_parts(-w, z, high, (z - high) + z_low)
    y, low = _fast_two_sum(top, rest)
    high = _high_half(y)
    y, l = _times(0.5 * w, high, (y - high) + low)
    return _with_sign(x, wide, 38.6, y * scale, l)


#pythran export ufunc mish(float32)
#pythran export ufunc mish(float64)
def mish(x):
    """x * tanh(softplus(x)), where softplus(x) = log(1 + exp(x)).

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.9 ulp, also where the result is
    subnormal. mish(inf) = inf, mish(-inf) = -0.0, mish(nan) = nan, mish(-0.0) = -0.0.
    Method: x * n / d, with q = exp(-abs(x)): for x > 0 n is 1 + 2 * q and d is n + 2 * q**2, for x < 0 n is q * (q + 2)
    and d is q**2 + 2 * q + 2.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.mish([-1.0, 0.0, 1.0])
    array([-0.30340146,  0.        ,  0.86509839])
    """
    wide = np.float64(x)
    v = np.where(np.abs(wide) > 1000.0, np.copysign(1000.0, wide), wide)
    # so that halves do not underflow: exp of 2**100 times as much is 1 too
    scale = np.where(np.abs(wide) < TINY, 1.2676506002282294e30, 1.0)
    v = v * scale
    h, l, k = _exp_parts(-np.abs(v))
    e = h + l
    l = (h - e) + l
    power = _times_any_power(1.0, k, 0.0, 1.0)
    q = e * power
    q_low = l * power
    # n without the factor q, and d
    n, n_low = _two_sum(np.where(v < 0.0, 2.0, 1.0), np.where(v < 0.0, q, 2.0 * q))
    n_low = n_low + np.where(v < 0.0, q_low, 2.0 * q_low)
    square, square_low = _two_product(q, q)
    square_low = square_low + 2.0 * (q * q_low)
    d, d_low = _two_sum(np.where(v < 0.0, 2.0 * q, n), np.where(v < 0.0, square, 2.0 * square))
    d, carry = _two_sum(d, np.where(v < 0.0, 2.0, 0.0))
    d_low = d_low + carry + np.where(v < 0.0, 2.0 * q_low + square_low, n_low + 2.0 * square_low)
    # the other factor of n: the mantissa of q, or 1
    f = np.where(v < 0.0, e, 1.0)
    f_low = np.where(v < 0.0, l, 0.0)
    n, carry = _two_product(n, f)
    n_low = carry + (n_low * f + n * f_low)
    r = 1.0 / d
    y = _high_half(n * r)
    d_high = _high_half(d)
    y_low = (((n - y * d_high) - y * ((d - d_high) + d_low)) + n_low) * r
    y, l = _times(v, y, y_low)
    y = np.where(v < 0.0, _times_any_power(y, k, 0.0, 1.0), y)
    return _with_sign(x, wide, 1000.0, y / scale, l)
