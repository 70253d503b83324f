"""Greatest common divisor and least common multiple. The number of steps depends on the values: loops over one element."""

import numpy as np


def _magnitude(x):
    """abs(x) of a signed integer as uint64, that of the most negative one included."""
    wide = np.int64(x)
    return np.where(wide < 0, np.uint64(0) - np.uint64(wide), np.uint64(wide))


def _gcd(a, b):
    """Greatest common divisor of unsigned integers, by Euclid's algorithm."""
    while b != 0:
        a, b = b, a - a // b * b
    return a


def _lcm(a, b):
    """Least common multiple of unsigned integers."""
    divisor = _gcd(a, b)
    if divisor == 0:
        return divisor
    return a // divisor * b


#pythran export ufunc gcd_(int64, int64)
def gcd_(x, y):
    """Greatest common divisor, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        Integers. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        That of the absolute values; its dtype is NumPy's for the same arguments. gcd(0, x) = abs(x).

    Raises
    ------
    TypeError
        If every argument is bool.

    Notes
    -----
    The most negative integer stands for its absolute value, which wraps around if it is the result. Euclid's algorithm,
    computed one element at a time.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.gcd([12, 7], 18)
    array([6, 1])
    """
    return np.int64(_gcd(_magnitude(x), _magnitude(y)))


#pythran export ufunc gcd__signed(int8, int8), gcd__signed(int16, int16), gcd__signed(int32, int32)
def gcd__signed(x, y):
    return x.dtype.type(_gcd(np.uint32(_magnitude(x)), np.uint32(_magnitude(y))))


#pythran export ufunc gcd__unsigned(uint8, uint8), gcd__unsigned(uint16, uint16), gcd__unsigned(uint32, uint32),
#                     gcd__unsigned(uint64, uint64)
def gcd__unsigned(x, y):
    return x.dtype.type(_gcd(x, y))


#pythran export ufunc lcm_(int64, int64)
def lcm_(x, y):
    """Least common multiple, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        Integers. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        That of the absolute values; its dtype is NumPy's for the same arguments. lcm(0, x) = 0.

    Raises
    ------
    TypeError
        If every argument is bool.

    Notes
    -----
    Wraps around on overflow. Euclid's algorithm, computed one element at a time.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.lcm([4, 7], 6)
    array([12, 42])
    """
    return np.int64(_lcm(_magnitude(x), _magnitude(y)))


#pythran export ufunc lcm__signed(int8, int8), lcm__signed(int16, int16), lcm__signed(int32, int32)
def lcm__signed(x, y):
    return x.dtype.type(_lcm(np.uint32(_magnitude(x)), np.uint32(_magnitude(y))))


#pythran export ufunc lcm__unsigned(uint8, uint8), lcm__unsigned(uint16, uint16), lcm__unsigned(uint32, uint32),
#                     lcm__unsigned(uint64, uint64)
def lcm__unsigned(x, y):
    return x.dtype.type(_lcm(x, y))
