"""Distributions that are a function of a uniform, an exponential, a normal or a gamma number, and of their parameters."""

import numpy as np

from .exponential import _exp, _expit, _expm1
from .logarithm import _log, _log1p
from .power import _power


#pythran export ufunc affine(float64, float64, float64)
def affine(z, scale, shift):
    """z * scale + shift, rounded twice."""
    return z * scale + shift


#pythran export ufunc lognormal(float64, float64, float64)
def lognormal(z, mean, sigma):
    """Of a normal number."""
    return _exp(z * sigma + mean)


#pythran export ufunc laplace(float64, float64, float64)
def laplace(u, loc, scale):
    """Of a uniform number."""
    # u >= 0.5: log(2 * (1 - u)), whose argument is never 0; below, log(2 * u) with half a step for 0
    half = np.where(u < 0.5, u + 5.551115123125783e-17, 1.0 - u)
    return loc + scale * np.copysign(_log(2.0 * half), 0.5 - u) * -1.0


#pythran export ufunc logistic(float64, float64, float64)
def logistic(u, loc, scale):
    """Of a uniform number; half a step is added to 0."""
    return loc + scale * _log((u + 5.551115123125783e-17) / (1.0 - u))


#pythran export ufunc triangular(float64, float64, float64, float64)
def triangular(u, left, mode, right):
    """Of a uniform number."""
    width = right - left
    rise = mode - left
    fall = right - mode
    upward = left + np.sqrt(u * (width * rise))
    return np.where(u * width <= rise, upward, right - np.sqrt((1.0 - u) * (width * fall)))


#pythran export ufunc rayleigh(float64, float64)
def rayleigh(z, scale):
    """Of an exponential number."""
    return scale * np.sqrt(2.0 * z)


#pythran export ufunc pareto(float64, float64)
def pareto(z, a):
    """Of an exponential number."""
    return _expm1(z / a)


#pythran export ufunc weibull(float64, float64)
def weibull(z, a):
    """Of an exponential number."""
    return np.where(a == 0.0, 0.0, _power(z, 1.0 / a))


#pythran export ufunc geometric(float64, float64)
def geometric(z, p):
    """Of an exponential number; at most int64's largest float."""
    k = np.floor(z / -_log1p(-p)) + 1.0
    return np.where(k < 9223372036854774784.0, k, 9223372036854774784.0)


#pythran export ufunc gamma(float64, float64, float64)
def gamma(g, t, scale):
    """g * exp(-t) * scale: see kernels/variates.py."""
    return g * _exp(-t) * scale


#pythran export ufunc log_gamma(float64, float64)
def log_gamma(g, t):
    """log(g * exp(-t)): numbers of small shapes are far below the smallest float."""
    return _log(g) - t


#pythran export ufunc beta(float64, float64, float64, float64)
def beta(g, t, h, s):
    """g * exp(-t) / (g * exp(-t) + h * exp(-s)), by way of logarithms."""
    return _expit((_log(g) - t) - (_log(h) - s))
