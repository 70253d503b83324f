"""The error function and its complement."""

import numpy as np

from .constants import LN2_HI, LN2_LO, LOG2_E
from .double_double import _high_half, _round_to
from .exponential import ROUND_25, _exp_sum
from .floating import _times_any_power


def _exp_of_sum(x, low):
    """h, l, k with exp(x + low) = (h + l) * 2**k, h in [0.65, 1.35] and l up to 0.07; |x| <= 1000 and |low| < 2**-15."""
    k = np.rint(x * LOG2_E)
    t0 = x - k * LN2_HI
    t = t0 + low
    h, l = _exp_sum(t, k * LN2_LO - ((t0 - t) + low))
    return h, l, k


def _erf_near_zero(z, high, tail, square, low):
    """erf(high + tail) for 0 <= z < 0.61 in two parts, the first exact."""
    u = square + low
    u2 = u * u
    u4 = u2 * u2
    # fpminimax(erf(sqrt(x)) / sqrt(x), 9, [|DD, D...|], [2^-40; 0.37], relative): error 2^-59
    q = (
        ((-0.0011263890318368719 + u * 0.11283791670949339) + u2 * (-0.026866170643137826 + u * 0.005223977590508837))
        + u4 * ((-0.0008548323500661307 + u * 0.0001205511620367018)
                + u2 * (-1.491736514186259e-05 + u * 1.6269520207307415e-06))
        + (u4 * u4) * -1.3849120254273002e-07
    )
    # 2 / sqrt(pi) is 1.1283791661262512 + 9.692613519757826e-10, the first of 26 bits
    top = high * 1.1283791661262512
    # the coefficient of u is 0.375 less: so much of it times u loses less when rounded
    rest = (tail * 1.1283791661262512 + z * 9.692613519757826e-10) + z * (
        (u * q - ((square - u) + low) * 0.37612638903183687) - u * 0.375
    )
    return top, rest


def _erfc_from_afar(z, high, tail, square, low):
    """top, rest, k with erfc(high + tail) = (top + rest) * 2**k for 0.59 < z < 27.3, top exact."""
    # f = (1 + 2 * z) * exp(z**2) * erfc(z) is between 1.14 and 1.29
    t = z / (z + 4.0) - 0.5
    t2 = t * t
    t4 = t2 * t2
    t8 = t4 * t4
    # fpminimax(f(4 * (0.5 + x) / (0.5 - x)), 21, [|DD, D...|], [-0.3715; 0.3723], relative): error 2^-59
    q = (
        (
            ((-0.27924223368112494 + t * 0.06151860841047725) + t2 * (0.5447764340374958 + t * -1.6166250565803453))
            + t4 * ((2.9994507199546616 + t * -4.245143412043415) + t2 * (4.7574419882254775 + t * -4.146619915132238))
        )
        + t8 * (
            ((2.5763686531495313 + t * -0.7759599741776696) + t2 * (-0.4080783466450156 + t * 0.6169491087844288))
            + t4 * ((-0.19986773551975642 + t * -0.18389940984298464) + t2 * (0.1869800277165221 + t * 0.01959016307393025))
        )
        + (t8 * t8) * (
            ((-0.10735658786039551 + t * 0.017715373913485856) + t2 * (0.053953641016844994 + t * -0.013032867791787953))
            + t4 * -0.019994572377591065
        )
    )
    tq = t * q
    f = 1.2329951186255526 + tq
    f_low = ((1.2329951186255526 - f) + tq) - 4.461879107143356e-17
    # f / (1 + 2 * z), first to 26 bits
    r = 1.0 / (1.0 + 2.0 * z)
    g = _high_half(f * r)
    g_low = (((f - g * (1.0 + 2.0 * high)) - g * (2.0 * tail)) + f_low) * r
    h, l, k = _exp_of_sum(-square, -low)
    h_high = (h + ROUND_25) - ROUND_25
    return h_high * g, ((h - h_high) + l) * g + (h + l) * g_low, k


def _erf_pieces(z, high, tail):
    """top, rest, scale: scale * (top + rest) is erf(high + tail) where z < 0.6, otherwise erfc(high + tail); for
    0 <= z <= 27.3, which is the sum rounded. high has 26 bits."""
    square = high * high
    low = tail * (high + (high + tail))
    top1, rest1 = _erf_near_zero(z, high, tail, square, low)
    top2, rest2, k = _erfc_from_afar(z, high, tail, square, low)
    scale = _times_any_power(1.0, k, 0.0, 1.0)
    return np.where(z < 0.6, top1, top2), np.where(z < 0.6, rest1, rest2), np.where(z < 0.6, 1.0, scale)


def _erf_two(x):
    """erf of float64, and its rounding error."""
    z = np.abs(x)
    z = np.where(z > 6.0, 6.0, z)
    high = _high_half(z)
    top, rest, scale = _erf_pieces(z, high, z - high)
    # erf(z), or 1 - erfc(z)
    base = np.where(z < 0.6, 0.0, 1.0)
    sign = np.where(z < 0.6, 1.0, -scale)
    top = sign * top
    s = base + top
    rest = ((base - s) + top) + sign * rest
    y = s + rest
    l = (s - y) + rest
    # both parts are rounded where they are subnormal
    y = np.where(z < 1e-290, z * 1.1283791670955126, y)
    return np.copysign(y, x), l * np.copysign(1.0, x)


def _erfc_parts(x, z, high, tail):
    """top, rest, scale with erfc = scale * (top + rest) of high + tail, which z rounds and which has the sign of x."""
    top, rest, scale = _erf_pieces(z, high, tail)
    # 1 - erf(x), 2 - erfc(-x), or erfc(x), which is scaled last: then a subnormal result is rounded only once more
    base = np.where(z < 0.6, 1.0, np.where(x < 0.0, 2.0, 0.0))
    sign = np.where(z < 0.6, np.copysign(1.0, -x), np.where(x < 0.0, -scale, 1.0))
    top = sign * top
    s = base + top
    return s, ((base - s) + top) + sign * rest, np.where(base == 0.0, scale, 1.0)


#pythran export ufunc erf_(float32)
#pythran export ufunc erf_(float64)
def erf_(x):
    """Error function, 2 / sqrt(pi) times the integral of exp(-t**2) from 0 to x.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.8 ulp. erf(inf) = 1, erf(-inf) = -1, erf(nan) = nan,
    erf(-0.0) = -0.0.
    Method: a polynomial near zero, 1 - erfc(x) from 0.6.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.erf([0.0, 0.5, -2.0])
    array([ 0.        ,  0.52049988, -0.99532227])
    """
    y, l = _erf_two(np.float64(x))
    return _round_to(x, y, l)


#pythran export ufunc erfc_(float32)
#pythran export ufunc erfc_(float64)
def erfc_(x):
    """Complementary error function, 1 - erf(x).

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 1 ulp, also where the result is subnormal (x > 26.54).
    erfc(inf) = 0, erfc(-inf) = 2, erfc(nan) = nan; above 27.23 the result is 0.
    Method: exp(-x**2) / (1 + 2 * x) times a polynomial in x / (x + 4), each in two parts, from 0.6; below it and for
    negative x, what erf(x) and erfc(-x) leave.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.erfc([0.0, 0.5, 10.0])
    array([1.00000000e+00, 4.79500122e-01, 2.08848758e-45])
    """
    wide = np.float64(x)
    z = np.abs(wide)
    z = np.where(z > 27.3, 27.3, z)
    high = _high_half(z)
    top, rest, scale = _erfc_parts(wide, z, high, z - high)
    y = top + rest
    return _round_to(x, scale * y, (top - y) + rest)
