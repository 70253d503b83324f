"""The logarithm of float64 in two parts, to 65 bits: for functions that go on computing with it."""

from .constants import LN2_HI, LN2_LO
from .double_double import _fast_two_sum, _high_half

# adding and subtracting these rounds a number near 1 to a multiple of 2**-27, or 2**-10
ROUND_27 = 50331648.0
ROUND_10 = 6597069766656.0


def _log_extended(f, n):
    """high, low with high + low = log(1 + f) + n * ln 2, to 2**-65, for f in [-0.293, 0.4143] and integer n."""
    # log(1 + f) = s + s**3 * p(s**2) with s = f / (1 + f / 2), and s in two parts: what s_high leaves of the division
    half = 0.5 * f
    r = 1.0 / (1.0 + half)
    s = f * r
    s_high = _high_half(s)
    half_high = (half + ROUND_27) - ROUND_27
    s_low = (((f - s_high) - s_high * half_high) - s_high * (half - half_high)) * r
    # z = s**2 is z_high, which has 7 bits, and what that leaves
    square = s_high * s_high
    z_low = s_low * (s_high + s)
    z = square + z_low
    z_high = (z + ROUND_10) - ROUND_10
    z_low = (square - z_high) + z_low
    z2 = z * z
    # fpminimax((2 * atanh(sqrt(x) / 2) / sqrt(x) - 1) / x, [|0, ..., 8|], [|DD, D...|], [2^-60; 0.1178], absolute), of
    # which the first is 1 / 12: error 2^-72
    g = z2 * (
        ((0.00223214285714345 + z * 0.0004340277777279198) + z2 * (8.877841121372327e-05 + z * 1.8779997055062832e-05))
        + (z2 * z2) * ((4.06973185440192e-06 + z * 8.91643495112901e-07) + z2 * 2.268147246842243e-07)
    )
    # of 1 / 12 + z / 80 + ..., p has 20 bits; w = z_high * p and cubic are exact, and the rest is small
    p = 0.08333325386047363 + z_high * 0.012451171875
    p_low = 7.947285970052083e-08 + (g + (z * 4.8828124999997224e-05 + z_low * 0.012451171875))
    w = z_high * p
    w_low = z_high * p_low + z_low * (p + p_low)
    cubic = s_high * w
    # all parts, in descending order
    a, a_low = _fast_two_sum(n * LN2_HI, s_high)
    b, b_low = _fast_two_sum(a, cubic)
    rest = (a_low + b_low) + (n * LN2_LO + (s_low + (s * w_low + s_low * w)))
    return _fast_two_sum(b, rest)
