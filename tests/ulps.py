"""Distances between results and truths that are known exactly, or to hundreds of bits."""

import math
from fractions import Fraction

import numpy as np


def exact(value) -> Fraction:
    """A finite number of any type as the fraction it is; 0 where that is far below the smallest float64."""
    if hasattr(value, "_mpf_"):
        sign, mantissa, exponent, _ = value._mpf_
        if exponent < -4000:
            return Fraction(0)
        return Fraction(int(-mantissa if sign else mantissa)) * Fraction(2) ** exponent
    return Fraction(value.item() if isinstance(value, np.generic) else value)


def half_ulp(truth, dtype) -> Fraction:
    """Half the distance of the floats around a finite number: what rounding it once may cost."""
    limits = np.finfo(dtype)
    size = abs(exact(truth))
    exponent = limits.minexp
    if size:
        exponent = size.numerator.bit_length() - size.denominator.bit_length()
        exponent = max(exponent - (size < Fraction(2) ** exponent), limits.minexp)
    return Fraction(2) ** (exponent - limits.nmant - 1)


def ulp_error(truth, actual: np.floating) -> float:
    """How many ulp of the truth a result is away from it; where the truth rounds to inf, 0.0 for inf."""
    largest = Fraction(float(np.finfo(actual.dtype).max))
    value = exact(truth)
    if not np.isfinite(actual):
        beyond = value if actual > 0 else -value
        return 0.0 if beyond >= largest + half_ulp(largest, actual.dtype) else math.inf
    return float(abs(exact(actual) - value) / (2 * half_ulp(value, actual.dtype)))
