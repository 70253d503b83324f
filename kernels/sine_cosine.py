"""Sine and cosine of reduced arguments."""

import numpy as np

# adding and subtracting it rounds to a multiple of 2**-12
ROUND_12 = 1649267441664.0
# 1/6 rounded to 17 bits: its product with the cube of a number of 12 bits is exact
SIXTH = 0.1666660308837890625


def _sin_cos_two(h, l):
    """s, s_low, c, c_low: sin and cos of h + l for |h| < 0.7856 and tiny l, each as a sum to 2**-57 or better. The second
    parts are below 2**-6 of the first.
    """
    r = (h + ROUND_12) - ROUND_12
    d = h - r
    e = h + r
    z = h * h
    r2 = r * r
    z2 = z * z
    # The term of third order is -SIXTH * r**3, which is exact, and what that leaves: d * (h**2 + h * r + r**2), and
    # fpminimax(sin(x), [|3, 5, ..., 13|], [|D...|], [2^-30; 0.7856], relative, x - SIXTH * x^3): error 2^-57.9
    p = (-6.35782877243723e-07 + z * 0.00833333333332209) + z2 * (
        (-0.00019841269829566006 + z * 2.755731361289741e-06)
        + z2 * (-2.5050746386715508e-08 + z * 1.5896147828685256e-10)
    )
    t = (r2 * r) * SIXTH
    s = h - t
    s_low = ((h - s) - t) + ((h * z) * p - (SIXTH * d) * (z + r * e))
    # h**2 / 2 is r**2 / 2, which is exact, and d * (h + r) / 2, and
    # fpminimax(cos(x), [|4, 6, ..., 14|], [|D...|], [-0.7856; 0.7856], relative, 1 - x^2 / 2): error 2^-63.9
    q = (0.041666666666666595 + z * -0.001388888888887334) + z2 * (
        (2.4801587288998947e-05 + z * -2.755731421554383e-07)
        + z2 * (2.087570511969297e-09 + z * -1.1358731394934898e-11)
    )
    c = 1.0 - 0.5 * r2
    return s, s_low + l * c, c, (z2 * q - 0.5 * (d * e)) - l * s


def _quadrant(h, l, k):
    """y, l: sin(h + l + k * pi / 2) as the sum of two parts, for integers k."""
    s, s_low, c, c_low = _sin_cos_two(h, l)
    half = 0.5 * k
    f = np.floor(half)
    y = np.where(half == f, s, c)
    l = np.where(half == f, s_low, c_low)
    f = 0.5 * f
    return np.where(np.floor(f) == f, y, -y), np.where(np.floor(f) == f, l, -l)


def _sin_pi(y):
    """sin(pi * y) for |y| <= 1/2, to 2**-52: float32 results next to midpoints come out right. Do not reorder it."""
    z = y * y
    z2 = z * z
    z4 = z2 * z2
    # fpminimax(sin(pi * x), [|1, 3, ..., 17|], [|D...|], [2^-30; 0.50001], relative): error 2^-54.5
    p = ((0.08214588618599708 + z * -0.007370427635443977) + z2 * (0.0004662876601817769 + z * -2.187612104962074e-05)) + (
        z4 * 7.4435035852457e-07
    )
    q = z * -5.167712780049947 + z2 * (2.550164039876085 + z * -0.599264529289227)
    return y * (3.141592653589793 + (q + z4 * p))
