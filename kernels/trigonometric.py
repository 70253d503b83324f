"""Trigonometric functions of angles in radians."""

import numpy as np

from .double_double import _fast_two_sum, _high_half, _round_to
from .payne_hanek import _reduced_large
from .sine_cosine import _quadrant, _sin_cos_two, _sin_pi

# from here on, arguments are reduced by kernels named __rare
LARGE = 4194304.0
# pi / 2 in parts of 31 bits, whose products with integers below 2**22 are exact, and a last one of 53 bits
PIO2_1 = 1.5707963267341256
PIO2_2 = 6.07710050359346e-11
PIO2_3 = 2.9127320548227e-20
PIO2_4 = 1.2706558760139879e-29
TWO_OVER_PI = 0.6366197723675814
# 1 / pi and 2 / pi in two parts: the first has 29 bits, so that its product with a float32 is exact
INV_PI_HI = 0.3183098854497075
INV_PI_LO = 7.340831634506093e-10
TWO_OVER_PI_HI = 0.636619770899415
TWO_OVER_PI_LO = 1.4681663269012186e-09
# adding and subtracting it rounds to an integer, which is 0.0 for -0.0
ROUND_1 = 6755399441055744.0


def _reduced(x):
    """h, l, k with x = h + l + k * pi / 2 and |h| < 0.7855, for |x| <= LARGE."""
    k = np.rint(x * TWO_OVER_PI)
    r = x - k * PIO2_1
    w = k * PIO2_2
    s = r - w
    e = (r - s) - w
    w = k * PIO2_3
    h = s - w
    return h, (e + ((s - h) - w)) - k * PIO2_4, k


def _tan_two(h, l, k):
    """y, l: tan(h + l + k * pi / 2) as the sum of two parts, for integers k."""
    s, s_low, c, c_low = _sin_cos_two(h, l)
    s, s_low = _fast_two_sum(s, s_low)
    c, c_low = _fast_two_sum(c, c_low)
    half = 0.5 * k
    f = np.floor(half)
    n = np.where(half == f, s, c)
    n_low = np.where(half == f, s_low, c_low)
    d = np.where(half == f, c, s)
    d_low = np.where(half == f, c_low, s_low)
    # y has few enough bits that y * d_high is exact
    r = 1.0 / d
    y = _high_half(n * r)
    d_high = _high_half(d)
    l = (((n - y * d_high) - y * (d - d_high)) + (n_low - y * d_low)) * r
    return np.where(half == f, y, -y), np.where(half == f, l, -l)


#pythran export ufunc sin_(float64)
def sin_(x):
    """Sine, of an angle in radians.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp for every input, however large.
    sin(-0.0) = -0.0; of inf and nan the result is nan.
    Method: reduction by multiples of pi / 2 in four parts, then polynomials for sine and cosine; from 2**22 on, reduction
    by the bits of 2 / pi that matter (Payne and Hanek), which takes 5 to 7 times as long.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.sin([0.0, 1.0, 1e22])
    array([ 0.        ,  0.84147098, -0.85220085])
    """
    h, l, k = _reduced(x)
    y, l = _quadrant(h, l, k)
    return np.where(np.abs(x) < LARGE, np.where(x == 0.0, x, y + l), np.nan)


#pythran export ufunc sin__single(float32)
def sin__single(x):
    y = np.float64(x)
    t = y * INV_PI_HI
    k = (t + ROUND_1) - ROUND_1
    y = np.float32(_sin_pi((t - k) + y * INV_PI_LO))
    y = np.where((np.int32(k) & 1) == 0, y, -y)
    return np.where(np.abs(x) < np.float32(LARGE), y, np.float32(np.nan))


#pythran export ufunc sin__rare(float32), sin__rare(float64)
def sin__rare(x):
    h, l, k = _reduced_large(np.float64(x))
    h, l = _quadrant(h, l, k)
    y = h + l
    return _round_to(x, y, (h - y) + l)


#pythran export ufunc cos_(float64)
def cos_(x):
    """Cosine, of an angle in radians.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.6 ulp for every input, however large.
    Of inf and nan the result is nan. Method: as `sin`.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.cos([0.0, 1.0])
    array([1.        , 0.54030231])
    """
    h, l, k = _reduced(x)
    y, l = _quadrant(h, l, k + 1.0)
    return np.where(np.abs(x) < LARGE, y + l, np.nan)


#pythran export ufunc cos__single(float32)
def cos__single(x):
    y = np.float64(x)
    t = y * INV_PI_HI
    k = ((t + 0.5) + ROUND_1) - ROUND_1
    y = np.float32(_sin_pi((t - (k - 0.5)) + y * INV_PI_LO))
    y = np.where((np.int32(k) & 1) == 0, y, -y)
    return np.where(np.abs(x) < np.float32(LARGE), y, np.float32(np.nan))


#pythran export ufunc cos__rare(float32), cos__rare(float64)
def cos__rare(x):
    h, l, k = _reduced_large(np.float64(x))
    h, l = _quadrant(h, l, k + 1.0)
    y = h + l
    return _round_to(x, y, (h - y) + l)


#pythran export ufunc tan_(float64)
def tan_(x):
    """Tangent, of an angle in radians.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.7 ulp for every input, however large.
    tan(-0.0) = -0.0; of inf and nan the result is nan. Method: as `sin`, then the quotient of sine and cosine, all in two
    parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.tan([0.0, 1.0])
    array([0.        , 1.55740772])
    """
    h, l, k = _reduced(x)
    y, l = _tan_two(h, l, k)
    return np.where(np.abs(x) < LARGE, np.where(x == 0.0, x, y + l), np.nan)


#pythran export ufunc tan__single(float32)
def tan__single(x):
    y = np.float64(x)
    t = y * TWO_OVER_PI_HI
    k = (t + ROUND_1) - ROUND_1
    y = (t - k) + y * TWO_OVER_PI_LO
    z = y * y
    # tan(pi / 2 * y) = n / d: rational minimax of degree 3 by degree 3 in z, |y| <= 0.5001 (own Remez, mpmath): error 2^-55.5
    n = y * (
        (1.5707963267948966 + z * -0.49719921755590313) + (z * z) * (0.02683335233782303 + z * -0.00017658494580929498)
    )
    d = (1.0 + z * -1.1389938861258848) + (z * z) * (0.14212513998354476 + z * -0.0031312527278120764)
    h = 0.5 * k
    f = np.floor(h)
    y = np.float32(np.where(f == h, n, -d) / np.where(f == h, d, n))
    return np.where(np.abs(x) < np.float32(LARGE), y, np.float32(np.nan))


#pythran export ufunc tan__rare(float32), tan__rare(float64)
def tan__rare(x):
    h, l, k = _reduced_large(np.float64(x))
    h, l = _tan_two(h, l, k)
    y = h + l
    return _round_to(x, y, (h - y) + l)
