"""Inverse trigonometric functions."""

import numpy as np

from .double_double import _high_half

PIO4 = 0.7853981633974483
PIO2 = 1.5707963267948966
PI = 3.141592653589793
# what each of these leaves of its number, relative to it
PI_REST = 3.8981718325193755e-17
TAN_PI_8 = 0.41421356237309503
COT_PI_8 = 2.414213562373095


def _arcsin_remainder(z):
    """(arcsin(x) - x) / x**3 of z = x**2, |x| <= 1/2."""
    z2 = z * z
    z4 = z2 * z2
    # fpminimax(asin(x), [|3, 5, ..., 27|], [|D...|], [2^-30; 0.50001], relative, x): error 2^-59.9
    return ((0.1666666666666676 + z * 0.07499999999970863) + z2 * (0.04464285717456603 + z * 0.030381942709521863)) + z4 * (
        ((0.022372214947981812 + z * 0.017351612598478904) + z2 * (0.013980814761072298 + z * 0.01139895125002125))
        + z4 * (((0.010780073870488389 + z * 0.0037069535743544914) + z2 * (0.02170640305083014 + z * -0.020997941529426915))
                + z4 * 0.032628124338650345)
    )


def _arcsin_two(a):
    """s, w with arcsin(a) = s + w where a < 1/2, and pi / 2 - 2 * (s + w) where 1/2 <= a <= 1; w is small."""
    z = np.where(a < 0.5, a * a, 0.5 - 0.5 * a)
    s = np.where(a < 0.5, a, np.sqrt(z))
    # what the square root leaves
    high = _high_half(s)
    e = 0.5 * ((z - high * high) - (s - high) * (s + high)) / (s + 1e-300)
    return s, np.where(a < 0.5, 0.0, e) + (s * z) * _arcsin_remainder(z)


def _arcsin_32(a):
    """arcsin(a) where a < 1/2, and pi / 4 - arcsin(a) / 2 where 1/2 <= a <= 1, to 2**-47."""
    z = np.where(a < 0.5, a * a, 0.5 - 0.5 * a)
    s = np.where(a < 0.5, a, np.sqrt(z))
    z2 = z * z
    z4 = z2 * z2
    # fpminimax(asin(x), [|3, 5, ..., 23|], [|D...|], [2^-30; 0.50001], relative, x): error 2^-51.9; then the first three
    # were moved by some 2^-47 until float32 results next to midpoints came out right
    p = ((0.16666666666683552 + z * 0.07499999996168337) + z2 * (0.044642860172060206 + z * 0.03038182530608562)) + z4 * (
        ((0.022374871637742107 + z * 0.017314138406963015) + z2 * (0.014322233724148958 + z * 0.009381368370473498))
        + z4 * ((0.018252995247474674 + z * -0.011703323522158035) + z2 * 0.03152124803183494)
    )
    return s + (s * z) * p


#pythran export ufunc arcsin(float64)
def arcsin(x):
    """Inverse sine, in radians: from -pi / 2 to pi / 2.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.7 ulp. arcsin(-0.0) = -0.0; beyond 1 and -1 the
    result is nan.
    Method: a polynomial of degree 27; from 1/2 on, that of sqrt((1 - x) / 2), the square root in two parts.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.arcsin([0.0, 0.5, 1.0])
    array([0.        , 0.52359878, 1.57079633])
    """
    a = np.abs(x)
    s, w = _arcsin_two(a)
    f = np.where(a < 0.5, 1.0, -2.0)
    b = np.where(a < 0.5, 0.0, PIO2)
    m = f * s
    y = b + m
    return np.copysign(y + (((b - y) + m) + (f * w + PI_REST * b)), x)


#pythran export ufunc arcsin__single(float32)
def arcsin__single(x):
    a = np.float64(np.abs(x))
    y = _arcsin_32(a)
    return np.copysign(np.float32(np.where(a < 0.5, y, PIO2 - 2.0 * y)), x)


#pythran export ufunc arccos(float64)
def arccos(x):
    """Inverse cosine, in radians: from 0 to pi.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.7 ulp. arccos(1) = 0; beyond 1 and -1 the result
    is nan. Method: as `arcsin`.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.arccos([-1.0, 0.5, 1.0])
    array([3.14159265, 1.04719755, 0.        ])
    """
    a = np.abs(x)
    s, w = _arcsin_two(a)
    f = np.where(a < 0.5, -1.0, 2.0)
    f = np.where(x < 0.0, -f, f)
    b = np.where(a < 0.5, PIO2, np.where(x < 0.0, PI, 0.0))
    m = f * s
    y = b + m
    return y + (((b - y) + m) + (f * w + PI_REST * b))


#pythran export ufunc arccos__single(float32)
def arccos__single(x):
    a = np.float64(np.abs(x))
    y = np.copysign(_arcsin_32(a), np.float64(x))
    b = np.where(a < 0.5, PIO2, np.where(np.float64(x) < 0.0, PI, 0.0))
    # 1.2e-16 instead of PI_REST: results next to midpoints come out right
    return np.float32(b + (np.where(a < 0.5, -1.0, 2.0) * y + 1.2e-16 * b))


def _arctan_remainder(z):
    """(arctan(x) - x) / x**3 of z = x**2, |x| <= 0.41422."""
    z2 = z * z
    z4 = z2 * z2
    # fpminimax(atan(x), [|3, 5, ..., 23|], [|D...|], [2^-30; 0.41422], relative, x): error 2^-59.4
    return ((-0.333333333333332 + z * 0.1999999999995369) + z2 * (-0.14285714280202147 + z * 0.11111110783640755)) + z4 * (
        ((-0.09090897762034506 + z * 0.07692060292843655) + z2 * (-0.06663105046707299 + z * 0.05847897710337758))
        + z4 * ((-0.05039348496787303 + z * 0.03806583360922101) + z2 * -0.017908783426176453)
    )


def _arctan_remainder_32(z):
    """The same for float32."""
    z2 = z * z
    z4 = z2 * z2
    # fpminimax(atan(x), [|3, 5, ..., 19|], [|D...|], [2^-30; 0.41422], relative, x): error 2^-49.9. With it, results next
    # to midpoints come out right, which with higher degrees they do not.
    return ((-0.3333333333326007 + z * 0.1999999998268004) + z2 * (-0.142857128726493 + z * 0.11111054400927442)) + z4 * (
        ((-0.09089614902675379 + z * 0.07674316978294733) + z2 * (-0.06510237804684947 + z * 0.05037388225836234))
        + z4 * -0.025473833591857613
    )


def _arctan_two(na, nb, d, d_low):
    """q, w with arctan((na + nb) / (d + d_low)) = q + w, for quotients up to 0.41422, nb = 0 or |nb| >= na, tiny d_low; q has
    26 bits, w is small.
    """
    n = nb + na
    r = 1.0 / d
    q = _high_half(n * r)
    high = _high_half(d)
    q_low = (((n - q * high) + (na - (n - nb))) - q * ((d - high) + d_low)) * r
    t = q + q_low
    z = t * t
    return q, q_low + (t * z) * _arctan_remainder(z)


#pythran export ufunc arctan(float64)
def arctan(x):
    """Inverse tangent, in radians: from -pi / 2 to pi / 2.

    Parameters
    ----------
    x : array_like of float32 or float64

    Returns
    -------
    ndarray or scalar of the type of `x`

    Notes
    -----
    float32 is correctly rounded for every input. float64 is within 0.8 ulp. arctan(-0.0) = -0.0; arctan(inf) = pi / 2.
    Method: x, (x - 1) / (x + 1) or -1 / x, the quotient in two parts, then a polynomial of degree 23.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.arctan([0.0, 1.0])
    array([0.        , 0.78539816])
    """
    a = np.abs(x)
    # from here on the result is pi / 2, rounded
    a = np.where(a > 1e17, 1e17, a)
    na = np.where(a < COT_PI_8, a, 0.0)
    nb = np.where(a < TAN_PI_8, 0.0, -1.0)
    da = np.where(a < TAN_PI_8, 0.0, a)
    db = np.where(a < COT_PI_8, 1.0, 0.0)
    d = da + db
    b = np.where(a < TAN_PI_8, 0.0, PIO4) + np.where(a < COT_PI_8, 0.0, PIO4)
    q, w = _arctan_two(na, nb, d, da - (d - db))
    y = b + q
    return np.copysign(y + (((b - y) + q) + (w + PI_REST * b)), x)


#pythran export ufunc arctan__single(float32)
def arctan__single(x):
    a = np.float64(np.abs(x))
    n = np.where(a < COT_PI_8, a, 0.0) + np.where(a < TAN_PI_8, 0.0, -1.0)
    d = np.where(a < TAN_PI_8, 0.0, a) + np.where(a < COT_PI_8, 1.0, 0.0)
    b = np.where(a < TAN_PI_8, 0.0, PIO4) + np.where(a < COT_PI_8, 0.0, PIO4)
    t = n / d
    z = t * t
    return np.copysign(np.float32(b + (t + (t * z) * _arctan_remainder_32(z))), x)
