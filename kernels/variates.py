"""Variates of distributions, made of random words: candidates that may be rejected, and inverted distribution functions."""

import numpy as np

from .exponential import _exp
from .logarithm import _log, _log1p
from .normal import _exponential, _normals
from .philox import MASK, _fraction


#pythran export ufunc wide_product(uint64, uint64)
def wide_product(a, b):
    """The upper and the lower 64 bits of a * b."""
    a_low = a & np.uint64(MASK)
    a_high = a >> np.uint64(32)
    b_low = b & np.uint64(MASK)
    b_high = b >> np.uint64(32)
    cross = a_high * b_low
    other = a_low * b_high
    bottom = a_low * b_low
    middle = (bottom >> np.uint64(32)) + (cross & np.uint64(MASK)) + (other & np.uint64(MASK))
    upper = a_high * b_high + (cross >> np.uint64(32)) + (other >> np.uint64(32)) + (middle >> np.uint64(32))
    return upper, (middle << np.uint64(32)) | (bottom & np.uint64(MASK))


#pythran export ufunc gamma_candidate(uint64, uint64, uint64, uint64, float64)
def gamma_candidate(first, second, third, fourth, shape):
    """g, t with g * exp(-t) of the gamma distribution; g is NaN if rejected (Marsaglia and Tsang 2000).

    For shape < 1, g has shape + 1 and exp(-t) is the power 1 / shape of a uniform number; else t is 0.
    """
    d = np.where(shape < 1.0, shape + 1.0, shape) - 0.3333333333333333
    x, _ = _normals(first, second)
    v = 1.0 + x / np.sqrt(9.0 * d)
    log_v = 3.0 * _log(v)
    v = v * v * v
    margin = (0.5 * (x * x) + d * ((1.0 - v) + log_v)) + _exponential(third)
    g = np.where(margin > 0.0, d * v, np.nan)
    return g, np.where(shape < 1.0, _exponential(fourth) / shape, 0.0)


def _stirling_rest(x):
    """log(gamma(x)) - (x - 0.5) * log(x) + x - log(2 * pi) / 2 for x >= 1."""
    w = 1.0 / (x + 0.5)
    w2 = w * w
    w4 = w2 * w2
    # Chebyshev interpolation of this / w at 13 points of w in [0, 2/3]: error 1.3e-14
    return w * (
        ((0.08333333333331606 + w * 0.041666666675542) + w2 * (0.018055554758168862 + w * 0.006250029509868381))
        + w4 * ((0.0018347268944659272 + w * 0.0011233380189563354)
                + w2 * (0.0010200145795207104 + w * 0.0005416139119441711))
        + (w4 * w4) * (((-0.001968075846980649 + w * 0.003101702437634992)
                        + w2 * (-0.002414062138201824 + w * 0.0010704263684196938)) + w4 * -0.00018914872866360432)
    )


#pythran export ufunc poisson_candidate(uint64, uint64, float64)
def poisson_candidate(first, second, rate):
    """A number of the Poisson distribution for rate >= 10, or NaN if rejected (Hoermann 1993: PTRS)."""
    # constants of the paper
    b = 0.931 + 2.53 * np.sqrt(rate)
    a = -0.059 + 0.02483 * b
    u = _fraction(first) - 0.5
    s = 0.5 - np.abs(u)
    k = np.floor((2.0 * a / s + b) * u + rate + 0.43)
    # rate**k * exp(-rate) / k! by way of x = k + 1
    x = np.where(k >= 0.0, k + 1.0, 1.0)
    x = np.where(x < 1e300, x, 1.0)
    rest = x - rate
    target = (((x - 1.0) * _log1p(-rest / x) + rest) - 0.5 * _log(x)) - 0.9189385332046727 - _stirling_rest(x)
    hat = _log((1.1239 + 1.1328 / (b - 3.4)) / (a / (s * s) + b)) - _exponential(second)
    return np.where(hat <= target, np.where(k >= 0.0, k, np.nan), np.nan)


#pythran export ufunc binomial_candidate(uint64, uint64, float64, float64)
def binomial_candidate(first, second, n, p):
    """A number of the binomial distribution for p <= 0.5 and n * p >= 10, or NaN if rejected (Hoermann 1993: BTRS)."""
    # constants of the paper
    q = 1.0 - p
    spread = np.sqrt(n * p * q)
    b = 1.15 + 2.53 * spread
    a = (-0.0873 + 0.0248 * b) + 0.01 * p
    u = _fraction(first) - 0.5
    s = 0.5 - np.abs(u)
    k = np.floor((2.0 * a / s + b) * u + (n * p + 0.5))
    inside = np.where(k >= 0.0, k, 0.0)
    inside = np.where(inside <= n, inside, 0.0)
    mode = np.floor((n + 1.0) * p)
    ratio = p / q
    # the logarithm of the probability of k, less that of the mode
    left = n - mode + 1.0
    kept = n - inside + 1.0
    target = (
        ((mode + 0.5) * _log((mode + 1.0) / (ratio * left)) + (n + 1.0) * _log1p((inside - mode) / kept))
        + (inside + 0.5) * _log(ratio * kept / (inside + 1.0))
        + ((_stirling_rest(mode + 1.0) + _stirling_rest(left))
           - (_stirling_rest(inside + 1.0) + _stirling_rest(kept)))
    )
    hat = _log((2.83 + 5.1 / b) * spread / (a / (s * s) + b)) - _exponential(second)
    accepted = np.where(hat <= target, k, np.nan)
    return np.where(k >= 0.0, np.where(k <= n, accepted, np.nan), np.nan)


#pythran export ufunc poisson_inverse(uint64, float64)
def poisson_inverse(word, rate):
    """A number of the Poisson distribution for rate < 10, found one element at a time: as many steps as it is large."""
    u = _fraction(word)
    k = 0.0
    probability = _exp(-rate)
    while u >= probability and k < 150.0:
        u = u - probability
        k = k + 1.0
        probability = probability * (rate / k)
    return rate.dtype.type(k)


#pythran export ufunc binomial_inverse(uint64, float64, float64)
def binomial_inverse(word, n, p):
    """A number of the binomial distribution for n * p < 10, found one element at a time: as many steps as it is large."""
    u = _fraction(word)
    k = 0.0
    ratio = p / (1.0 - p)
    probability = _exp(n * _log1p(-p))
    while u >= probability and k < n and k < 150.0:
        u = u - probability
        k = k + 1.0
        probability = probability * (ratio * ((n - k + 1.0) / k))
    return n.dtype.type(k)
