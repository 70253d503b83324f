"""Sums and products of float64 in two parts, high + low, exact or nearly so: what a fused multiply-add would give on CPUs
that have it, from operations that every CPU has.

T. J. Dekker, "A floating-point technique for extending the available precision" (1971); D. E. Knuth, TAOCP 2, 4.2.2.
"""

import numpy as np

# c = SPLIT * x; c - (c - x) is x rounded to 26 bits, so that products of halves are exact (for |x| < 2**996)
SPLIT = 134217729.0
# the same to 25 bits
SPLIT_25 = 268435457.0


def _high_half(x):
    """x rounded to 26 bits."""
    c = SPLIT * x
    return c - (c - x)


def _two_sum(a, b):
    """a + b as the rounded sum and its error, exactly."""
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


def _fast_two_sum(a, b):
    """The same for |a| >= |b|, or a = 0."""
    s = a + b
    return s, b - (s - a)


def _two_product(a, b):
    """a * b as the rounded product and its error, exactly unless it underflows."""
    p = a * b
    a1 = _high_half(a)
    b1 = _high_half(b)
    a2 = a - a1
    b2 = b - b1
    return p, (((a1 * b1 - p) + a1 * b2) + a2 * b1) + a2 * b2


def _round_to(x, y, l):
    """y + l rounded once to the type of x, where y is rounded to float64 and l its error; of l only the sign matters."""
    # Rounding y itself to float32 is wrong only where y is a midpoint, which has 25 bits: l then moves it by 2**-40.
    # Other y of 25 bits are float32, or too far from a midpoint to mind.
    c = SPLIT_25 * y
    y32 = np.where(c - (c - y) == y, y + np.copysign(y * 9.094947017729282e-13, l), y)
    # 0.1 survives the type of x if that is float64: settled when compiled
    return x.dtype.type(np.where(np.float64(x.dtype.type(0.1)) == 0.1, y, y32))
