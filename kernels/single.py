"""Exponentials and logarithms of float32, evaluated in float64 and rounded once.

All 2**32 results are correctly rounded, which tests/exhaustive proves. For a few inputs of each function the exact value lies
nearer to a midpoint of two float32 than the error of such an evaluation: where they were wrong at first, the polynomial is
evaluated times a number, and that number chosen such that they come out right. So do not reorder these formulas.
"""
import numpy as np

from .constants import LN2_HI, LN2_LO, LOG2_10, LOG2_E, LOG10_2_HI, LOG10_2_LO
from .floating import _times_power


def _scaled32(x, y, k, limit):
    """y * 2**k as float32 where |x| is within limit; beyond, 0 or inf."""
    y = x.dtype.type(_times_power(y, k))
    y = np.where(x > x.dtype.type(limit), x.dtype.type(np.inf), y)
    return np.where(x < x.dtype.type(-limit), x.dtype.type(0.0), y)


def _exp_parts32(y):
    """h, k with exp(y) = h * 2**k, of a float32 y in float64."""
    k = np.rint(y * LOG2_E)
    t = (y - k * LN2_HI) - k * LN2_LO
    t2 = t * t
    t4 = t2 * t2
    # fpminimax(exp(x), [|2, ..., 10|], [|D...|], [-0.3466; 0.3466], relative, 1 + x): error 2^-51.6
    p = (
        ((0.49999999999998324 + t * 0.1666666666661152) + t2 * (0.041666666668137 + t * 0.008333333370887427))
        + t4 * ((0.0013888888516143088 + t * 0.00019841185210232697)
                + t2 * (2.4801931742519583e-05 + t * 2.7635002693248925e-06))
        + (t4 * t4) * 2.7476810935965065e-07
    )
    return 1.0 + (t + t2 * p), k


def _exp32(x):
    """exp of float32."""
    h, k = _exp_parts32(np.float64(x))
    return _scaled32(x, h, k, 200.0)


def _expit32(x):
    """1 / (1 + exp(-x)) of float32."""
    y = np.float64(x)
    magnitude = np.abs(y)
    h, k = _exp_parts32(np.where(magnitude > 200.0, -200.0, -magnitude))
    e = _times_power(h, k)
    # near 0 it is 0.5 + x / 4 and less by so little that float64 does not hold it: one unit less
    near_zero = (0.5 + 0.25 * y) - np.copysign(1.1102230246251565e-16, y)
    z = np.where(magnitude < 1.52587890625e-05, near_zero, np.where(y < 0.0, e, 1.0) / (1.0 + e))
    return x.dtype.type(z)


def _exp2_32(x):
    """2**x of float32."""
    y = np.float64(x)
    k = np.rint(y)
    t = y - k
    t2 = t * t
    t4 = t2 * t2
    # fpminimax(2^x, [|1, ..., 10|], [|D...|], [-0.5; 0.5], relative, 1), times a number: error 2^-52.0
    p = (
        ((0.2530313034091342 + t * 0.058462644850127796) + t2 * (0.010130804361921734 + t * 0.0014044277043608728))
        + t4 * ((0.00016224584542316189 + t * 1.6065672128167826e-05)
                + t2 * (1.392008789538823e-06 + t * 1.0752456109319863e-07))
        + (t4 * t4) * 7.413311492024698e-09
    )
    return _scaled32(x, ((1.0533030122784237 + t * 0.7300940132360909) + t2 * p) * 0.9493944176964587, k, 400.0)


def _exp10_32(x):
    """10**x of float32."""
    y = np.float64(x)
    k = np.rint(y * LOG2_10)
    t = (y - k * LOG10_2_HI) - k * LOG10_2_LO
    t2 = t * t
    t4 = t2 * t2
    # fpminimax(10^x, [|1, ..., 10|], [|D...|], [-0.1506; 0.1506], relative, 1): error 2^-52.0
    p = (
        ((2.302585092994059 + t * 2.650949055239092) + t2 * (2.0346785922808888 + t * 1.1712551489553213))
        + t4 * ((0.5393829324273864 + t * 0.20699584335840054)
                + t2 * (0.06808903177403415 + t * 0.019597940283117517))
        + (t4 * t4) * (0.005028850560770717 + t * 0.0011517993699286398)
    )
    return _scaled32(x, 1.0 + t * p, k, 100.0)


def _expm1_32(x):
    """exp(x) - 1 of float32."""
    y = np.float64(x)
    k = np.rint(y * LOG2_E)
    t = (y - k * LN2_HI) - k * LN2_LO
    t2 = t * t
    t4 = t2 * t2
    # fpminimax((exp(x) - 1 - x) / x^2, [|0, ..., 9|], [|D...|], [-0.3466; 0.3466]): error 2^-54.6
    p = (
        ((0.5000000000000001 + t * 0.16666666666666644) + t2 * (0.041666666666623255 + t * 0.008333333333356306))
        + t4 * ((0.0013888888917453685 + t * 0.00019841269784768735)
                + t2 * (2.480152104743178e-05 + t * 2.755735513637246e-06))
        + (t4 * t4) * (2.7620175266769506e-07 + t * 2.5068365840266107e-08)
    )
    power = _times_power(1.0, k)
    z = x.dtype.type((power - 1.0) + power * (t + t2 * p))
    z = np.where(x > x.dtype.type(200.0), x.dtype.type(np.inf), z)
    return np.copysign(np.where(x < x.dtype.type(-200.0), x.dtype.type(-1.0), z), x)


def _split32(x):
    """s, n, in float64, with x = 2**n * (1 + f), s = f / (2 + f) and f in [-0.293, 0.4143]: log(1 + f) = 2 * atanh(s)."""
    m, e = np.frexp(x)
    one = x.dtype.type(1.0)
    scale = np.where(m < x.dtype.type(0.70710677), x.dtype.type(2.0), one)
    f = np.float64(m * scale - one)
    return f / (2.0 + f), np.float64(x.dtype.type(e) - (scale - one))


def _defined32(x, y):
    """y as float32 where 0 < x < inf; elsewhere the logarithm of x."""
    y = np.where(x < x.dtype.type(np.inf), x.dtype.type(y), x)
    zero = x.dtype.type(0.0)
    return np.where(x > zero, y, np.where(x == zero, x.dtype.type(-np.inf), x.dtype.type(np.nan)))


def _log32(x):
    """log of float32."""
    s, n = _split32(x)
    z = s * s
    z2 = z * z
    # fpminimax(2 * atanh(sqrt(x)) / sqrt(x), [|1, ..., 6|], [|D...|], [2^-60; 0.02945], relative, 2), times a number:
    # error 2^-52.2
    p = (
        ((4.207091672936483 + z * 1.4023638909771576) + z2 * (0.8414183356864601 + z * 0.6010128554750023))
        + (z2 * z2) * ((0.4674788115329597 + z * 0.38123897414519664) + z2 * 0.3538155933698919)
    )
    return _defined32(x, (n * 1.4580668657265732 + s * p) * 0.47538778697542194)


def _log2_32(x):
    """log2 of float32."""
    s, n = _split32(x)
    z = s * s
    z2 = z * z
    # fpminimax(2 * atanh(sqrt(x)) / sqrt(x) / log(2), [|0, ..., 6|], [|D...|], [2^-60; 0.02945]): error 2^-52.3
    p = (
        ((2.885390081777927 + z * 0.9617966939244109) + z2 * (0.5770780172276061 + z * 0.4121984040241667))
        + (z2 * z2) * ((0.320616286594985 + z * 0.2614467529135934) + z2 * 0.2428923951664451)
    )
    return _defined32(x, n + s * p)


def _log10_32(x):
    """log10 of float32."""
    s, n = _split32(x)
    z = s * s
    z2 = z * z
    # as for log, times another number
    p = (
        ((4.482445851744012 + z * 1.494148617246225) + z2 * (0.8964891715199064 + z * 0.640349150982102))
        + (z2 * z2) * ((0.49807530294949504 + z * 0.40619106761405716) + z2 * 0.3769728263791894)
    )
    return _defined32(x, (n * 1.5534973520744924 + s * p) * 0.1937756734905245)


def _log1p_32(x):
    """log(1 + x) of float32."""
    y = np.float64(x)
    m, e = np.frexp(1.0 + y)
    scale = np.where(m < 0.7071067811865476, 2.0, 1.0)
    f = m * scale - 1.0
    s = f / (2.0 + f)
    z = s * s
    z2 = z * z
    # as for log, times another number
    p = (
        ((2.9592260364104974 + z * 0.9864086788023246) + z2 * (0.5918452080552401 + z * 0.4227464073531012))
        + (z2 * z2) * ((0.3288199017524609 + z * 0.2681596661280852) + z2 * 0.24887033546797188)
    )
    n = np.float64(e) - (scale - 1.0)
    large = (n * 1.0255895918887592 + (s * p + 9.722072720890146e-22)) * 0.6758523936299148
    small = y - (y * y) * (0.4999999998835847 - y * 0.3333333333333333)
    z = x.dtype.type(np.where(np.abs(y) < 9.5367431640625e-07, small, large))
    z = np.where(x < x.dtype.type(np.inf), z, x)
    minus_one = x.dtype.type(-1.0)
    pole = np.where(x == minus_one, x.dtype.type(-np.inf), x.dtype.type(np.nan))
    return np.where(x > minus_one, np.copysign(z, x), pole)
