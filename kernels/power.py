"""Powers of floats and of integers."""
import numpy as np

from .constants import LN2, LN2_HI, LN2_LO, LOG2_E
from .double_double import _two_product
from .exponential import _exp_sum, _scaled
from .extended import _log_extended
from .floating import _times_power
from .logarithm import _split_off_exponent
from .single import _split32


def _at_the_ends(magnitude, x, y, p):
    """p = y * log(magnitude), or what does instead where the magnitude is 0, inf or nan; y is finite or nan."""
    limit = np.copysign(2000.0, y) + 0.0 * y
    return np.where(
        magnitude < np.inf, np.where(magnitude > 0.0, p, -limit), np.where(magnitude == np.inf, limit, x)
    )


def _with_sign(x, y, result, one, infinity):
    """x**y from abs(x)**y; one and infinity are of the type of all."""
    half = y * x.dtype.type(0.5)
    zero = x.dtype.type(0.0)
    to_integer = np.where(np.trunc(half) == half, result, np.copysign(result, x))
    to_fraction = np.where(x < zero, np.where(x == -infinity, result, x.dtype.type(np.nan)), result)
    result = np.where(np.trunc(y) == y, to_integer, to_fraction)
    return np.where(x == one, one, np.where(y == zero, one, result))


def _power(x, y):
    """x**y of float64: below 0.8 ulp, below 1.1 ulp where the result is subnormal and so rounded twice."""
    magnitude = np.abs(x)
    f, n = _split_off_exponent(magnitude)
    high, low = _log_extended(f, n)
    # beyond 2**80 all powers but those of 1 over- or underflow
    z = np.where(np.abs(y) > 1.2089258196146292e24, np.copysign(1.2089258196146292e24, y), y)
    p, rest = _two_product(z, high)
    rest = rest + z * low
    p = _at_the_ends(magnitude, x, z, p)
    k = np.rint(p * LOG2_E)
    h, l = _exp_sum(p - k * LN2_HI, k * LN2_LO - rest)
    return _with_sign(x, y, _scaled(h + l, k), 1.0, np.inf)


#pythran export ufunc power(float64, float64)
def power(x, y):
    """Power x1**x2, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        An integer type, float32 or float64; bool is computed as int8. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Raises
    ------
    ValueError
        If an integer is raised to a negative integer.

    Notes
    -----
    Integers: the exact power, modulo 2**bits. Floats:
    float32 is within 0.501 ulp, float64 within 0.8 ulp, and within 1.1 ulp where the result is subnormal. As in C, x**0 and
    1**y are 1 even for nan; a negative x has powers to integers only, others are nan; the sign of a zero or an infinity is
    that of x if y is an odd integer, else positive. Method: y * log(x) in two parts, the logarithm to 65 bits, then as `exp`.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.power([2.0, 10.0, 4.0], [0.5, 2.0, -1.0])
    array([  1.41421356, 100.        ,   0.25      ])
    >>> cp.power(3, [0, 1, 5])
    array([  1,   3, 243])
    """
    return _power(x, y)


#pythran export ufunc power__single(float32, float32)
def power__single(x, y):
    magnitude = np.abs(x)
    s, n = _split32(magnitude)
    z = s * s
    # fpminimax(2 * atanh(sqrt(x)) / sqrt(x), [|0, ..., 5|], [|D...|], [2^-60; 0.02945]): error 2^-45.1
    logarithm = n * LN2 + s * (
        (1.9999999999999467 + z * 0.6666666667967422)
        + (z * z) * ((0.3999999486422787 + z * 0.2857216891557214) + (z * z) * (0.22174137144222889 + z * 0.19609696822139774))
    )
    # beyond 2**40 all powers but those of 1 over- or underflow
    large = x.dtype.type(1099511627776.0)
    p = np.float64(np.where(np.abs(y) > large, np.copysign(large, y), y)) * logarithm
    p = np.where(np.abs(p) > 200.0, np.copysign(200.0, p), p)
    k = np.rint(p * LOG2_E)
    t = p - k * LN2
    t2 = t * t
    # fpminimax(exp(x), [|2, ..., 8|], [|D...|], [-0.3466; 0.3466], relative, 1 + x): error 2^-39.7
    q = (
        (0.500000000042707 + t * 0.16666666784495465)
        + t2 * ((0.04166666440404253 + t * 0.00833328179242798)
                + t2 * ((0.0013889197224915952 + t * 0.0001990894923261797) + t2 * 2.4708274080383963e-05))
    )
    result = x.dtype.type(_times_power((1.0 + t) + t2 * q, k))
    zero = x.dtype.type(0.0)
    infinity = x.dtype.type(np.inf)
    result = np.where(magnitude == zero, np.where(y < zero, infinity, zero), result)
    result = np.where(magnitude == infinity, np.where(y > zero, infinity, zero), result)
    return _with_sign(x, y, np.where(y == y, result, y), x.dtype.type(1.0), infinity)


# x**(2**n) of an odd x is 1 + u, u a multiple of 2**(n + 2). From some n on, of the binomial series of (1 + u)**m a few terms
# are no multiples of 2**bits: so many squarings are enough, and the rest m of the exponent goes into that series.


def _take_bit(product, x, y, bit):
    """product, times x if y has that bit; and the square of x."""
    one = x.dtype.type(1)
    return x.dtype.type(product * np.where(y & bit == 0, one, x)), x.dtype.type(x * x)


def _take_four_bits(product, x, y, bit):
    """The same for four bits, and x**16."""
    product, x = _take_bit(product, x, y, bit)
    product, x = _take_bit(product, x, y, 2 * bit)
    product, x = _take_bit(product, x, y, 4 * bit)
    return _take_bit(product, x, y, 8 * bit)


def _series(u, m):
    """(1 + u)**m for even u, without multiples of u**3."""
    one = u.dtype.type(1)
    return u.dtype.type(one + u.dtype.type(m * u) * u.dtype.type(one + u.dtype.type(m - one) * (u >> 1)))


def _joined(product, x, u, m):
    """product times the series of an odd x; for an even one (1 + u) is a high power of 2, and so 0."""
    one = x.dtype.type(1)
    zero = x.dtype.type(0)
    even = np.where(m == zero, one, zero)
    return x.dtype.type(product * np.where(x & one == zero, even, u))


#pythran export ufunc power__8(int8, int8), power__8(uint8, uint8)
def power__8(x, y):
    one = x.dtype.type(1)
    p, s = _take_four_bits(one, x, y, 1)
    return _joined(p, x, _series(x.dtype.type(s - one), y >> 4), y >> 4)


#pythran export ufunc power__16(int16, int16), power__16(uint16, uint16)
def power__16(x, y):
    one = x.dtype.type(1)
    p, s = _take_four_bits(one, x, y, 1)
    return _joined(p, x, _series(x.dtype.type(s - one), y >> 4), y >> 4)


#pythran export ufunc power__32(int32, int32), power__32(uint32, uint32)
def power__32(x, y):
    one = x.dtype.type(1)
    p, s = _take_four_bits(one, x, y, 1)
    p, s = _take_four_bits(p, s, y, 16)
    p, s = _take_bit(p, s, y, 256)
    return _joined(p, x, _series(x.dtype.type(s - one), y >> 9), y >> 9)


#pythran export ufunc power__64(int64, int64), power__64(uint64, uint64)
def power__64(x, y):
    one = x.dtype.type(1)
    p, s = _take_four_bits(one, x, y, 1)
    p, s = _take_four_bits(p, s, y, 16)
    p, s = _take_bit(p, s, y, 256)
    p, s = _take_bit(p, s, y, 512)
    p, s = _take_bit(p, s, y, 1024)
    # without multiples of u**5; u / 3 is -u * 0x5555555555555555
    u = s - one
    m = y >> 11
    third = x.dtype.type(0) - u * x.dtype.type(6148914691236517205)
    v = one + (m - x.dtype.type(3)) * (u >> 2)
    v = one + (m - x.dtype.type(2)) * third * v
    v = one + (m - one) * (u >> 1) * v
    return _joined(p, x, one + m * u * v, m)


#pythran export ufunc float_power(float64, float64)
def float_power(x, y):
    """Power x1**x2, element by element, in float64 whatever the type of the arguments.

    Parameters
    ----------
    x1, x2 : array_like
        bool, an integer type, float32 or float64: converted to float64. Broadcast against each other.

    Returns
    -------
    ndarray or scalar of float64

    Notes
    -----
    As `power` of float64; integers have negative powers too.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.float_power([2, 10], -1)
    array([0.5, 0.1])
    """
    return _power(x, y)
