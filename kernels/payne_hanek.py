"""Any float64 modulo pi / 2, however large.

M. H. Payne, R. N. Hanek, "Radian reduction for trigonometric functions" (1983): of 2 / pi, only the bits are multiplied that
matter to x * 2 / pi modulo 4. Each step is a function of its own: the C++ compiler's time grows with the number of ways through
one function from its arguments to its result.
"""

import numpy as np

from .double_double import _fast_two_sum, _two_product

# 2 / pi = W0 * 2**-50 + W1 * 2**-100 + ...
W0 = 716770142402832.0
W1 = 372321092467999.0
W2 = 366375477893285.0
W3 = 449959087325694.0
W4 = 357954108452629.0
W5 = 593127582966820.0
W6 = 972758579301306.0
W7 = 573745657609757.0
W8 = 1034033855634683.0
W9 = 712635457924020.0
W10 = 318009698421165.0
W11 = 104995864809942.0
W12 = 252944799224434.0
W13 = 76934606197379.0
W14 = 782844326573953.0
W15 = 448669181481355.0
W16 = 396003307795673.0
W17 = 1104951148321652.0
W18 = 1074840692299770.0
W19 = 612931154397163.0
W20 = 1011301269904615.0
W21 = 977075685992127.0
W22 = 800359771756354.0
W23 = 94571694849147.0
PIO2_HI = 1.5707963267948966
PIO2_LO = 6.123233995736766e-17
# adding and subtracting these rounds numbers below 4, or 2**-44, to multiples of 2**-44, or 2**-95
ROUND_44 = 384.0
ROUND_95 = 1.7053025658242404e-13


def _modulo_4(x):
    return x - 4.0 * np.rint(0.25 * x)


def _round_44(x):
    return (x + ROUND_44) - ROUND_44


def _round_95(x):
    return (x + ROUND_95) - ROUND_95


def _in_radians(f, low, k):
    """(f + low) * pi / 2 in two parts, and k."""
    h, l = _fast_two_sum(f, low)
    y, y_low = _two_product(h, PIO2_HI)
    return y, y_low + (h * PIO2_LO + l * PIO2_HI), k


def _fraction(high, middle, low):
    """The nearest integer is taken off."""
    k = np.rint(high)
    f, e = _fast_two_sum(high - k, middle)
    return _in_radians(f, e + low, k)


def _product(m, w0, w1, w2, w3, w4):
    """m * (w0 * 2**-50 + w1 * 2**-100 + ...) modulo 4, for m < 2**105: the sum of a multiple of 2**-44, of one of 2**-95, both
    exact, and of the rest.
    """
    a0, b0 = _two_product(m, w0 * 8.881784197001252e-16)
    a1, b1 = _two_product(m, w1 * 7.888609052210118e-31)
    a2, b2 = _two_product(m, w2 * 7.006492321624085e-46)
    a3, b3 = _two_product(m, w3 * 6.223015277861142e-61)
    a4 = m * (w4 * 5.527147875260445e-76)
    t0 = _modulo_4(a0)
    t1 = _modulo_4(b0)
    t2 = _modulo_4(a1)
    t3 = _modulo_4(b1)
    t4 = _modulo_4(a2)
    h0 = _round_44(t0)
    h1 = _round_44(t1)
    h2 = _round_44(t2)
    h3 = _round_44(t3)
    h4 = _round_44(t4)
    r0 = t0 - h0
    r1 = t1 - h1
    r2 = t2 - h2
    r3 = t3 - h3
    r4 = t4 - h4
    m0 = _round_95(r0)
    m1 = _round_95(r1)
    m2 = _round_95(r2)
    m3 = _round_95(r3)
    m4 = _round_95(r4)
    m5 = _round_95(b2)
    m6 = _round_95(a3)
    high = ((h0 + h1) + (h2 + h3)) + h4
    middle = ((m0 + m1) + (m2 + m3)) + ((m4 + m5) + m6)
    low = (((r0 - m0) + (r1 - m1)) + ((r2 - m2) + (r3 - m3))) + (((r4 - m4) + (b2 - m5)) + (((a3 - m6) + b3) + a4))
    return _fraction(high, middle, low)


def _from(e, limit):
    """0.0 below the limit, else 1.0. Of comparisons gcc would make branches, and then no vectors."""
    return 0.5 + np.copysign(0.5, e - limit)


def _skip_one(m, e, w0, w1, w2, w3, w4, w5):
    s = _from(e, 105.0)
    m = np.ldexp(m, np.int32(e - 50.0 * s))
    return _product(m, w0 + s * (w1 - w0), w1 + s * (w2 - w1), w2 + s * (w3 - w2), w3 + s * (w4 - w3), w4 + s * (w5 - w4))


def _skip_two(m, e, w0, w1, w2, w3, w4, w5, w6, w7):
    s = _from(e, 155.0)
    return _skip_one(m, e - 100.0 * s, w0 + s * (w2 - w0), w1 + s * (w3 - w1), w2 + s * (w4 - w2), w3 + s * (w5 - w3),
                     w4 + s * (w6 - w4), w5 + s * (w7 - w5))


def _last(s0, s1, s2, s3, a, b, c, d, e):
    """The last of five integers that the steps, which are 0.0 or 1.0, reach."""
    return (((a + s0 * (b - a)) + s1 * (c - b)) + s2 * (d - c)) + s3 * (e - d)


def _reduced_large(x):
    """h, l, k with x = h + l + k * pi / 2 modulo 2 * pi and |h| < 0.7855, for |x| from 2**22 to inf. h + l is at least 2**-62
    and off by less than 2**-140.
    """
    m, e = np.frexp(x)
    e = np.float64(e)
    # The product of x with word i is a multiple of 4 where e >= 105 + 50 * i: of the others, the first five are taken.
    # Words are selected by products with 0.0 or 1.0, which are exact: so many np.where are more than gcc can take.
    s0 = _from(e, 255.0)
    s1 = _from(e, 455.0)
    s2 = _from(e, 655.0)
    s3 = _from(e, 855.0)
    w0 = _last(s0, s1, s2, s3, W0, W4, W8, W12, W16)
    w1 = _last(s0, s1, s2, s3, W1, W5, W9, W13, W17)
    w2 = _last(s0, s1, s2, s3, W2, W6, W10, W14, W18)
    w3 = _last(s0, s1, s2, s3, W3, W7, W11, W15, W19)
    w4 = _last(s0, s1, s2, s3, W4, W8, W12, W16, W20)
    w5 = _last(s0, s1, s2, s3, W5, W9, W13, W17, W21)
    w6 = _last(s0, s1, s2, s3, W6, W10, W14, W18, W22)
    w7 = _last(s0, s1, s2, s3, W7, W11, W15, W19, W23)
    return _skip_two(m, e - 200.0 * ((s0 + s1) + (s2 + s3)), w0, w1, w2, w3, w4, w5, w6, w7)
