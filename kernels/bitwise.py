"""Operations on the bits of integers."""

import numpy as np


#pythran export ufunc bitwise_and(bool, bool), bitwise_and(int8, int8), bitwise_and(int16, int16),
#                     bitwise_and(int32, int32), bitwise_and(int64, int64), bitwise_and(uint8, uint8),
#                     bitwise_and(uint16, uint16), bitwise_and(uint32, uint32), bitwise_and(uint64, uint64)
def bitwise_and(x, y):
    """Bits set in both arguments, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        bool or an integer type. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.bitwise_and([12, 10], 6)
    array([4, 2])
    """
    return x.dtype.type(x & y)


#pythran export ufunc bitwise_or(bool, bool), bitwise_or(int8, int8), bitwise_or(int16, int16),
#                     bitwise_or(int32, int32), bitwise_or(int64, int64), bitwise_or(uint8, uint8),
#                     bitwise_or(uint16, uint16), bitwise_or(uint32, uint32), bitwise_or(uint64, uint64)
def bitwise_or(x, y):
    """Bits set in one argument or both, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        bool or an integer type. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.bitwise_or([12, 10], 6)
    array([14, 14])
    """
    return x.dtype.type(x | y)


#pythran export ufunc bitwise_xor(bool, bool), bitwise_xor(int8, int8), bitwise_xor(int16, int16),
#                     bitwise_xor(int32, int32), bitwise_xor(int64, int64), bitwise_xor(uint8, uint8),
#                     bitwise_xor(uint16, uint16), bitwise_xor(uint32, uint32), bitwise_xor(uint64, uint64)
def bitwise_xor(x, y):
    """Bits set in exactly one argument, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        bool or an integer type. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.bitwise_xor([12, 10], 6)
    array([10, 12])
    """
    return x.dtype.type(x ^ y)


#pythran export ufunc invert(int32), invert(int64), invert(uint32), invert(uint64)
def invert(x):
    """Complement of every bit, element by element; logical not for bool.

    Parameters
    ----------
    x : array_like
        bool or an integer type.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.invert([0, 5])
    array([-1, -6])
    """
    return x.dtype.type(~x)


# gcc widens ~x of short integers to 16 and 32 bits in its vectors, and takes 1.5 times as long; this stays narrow.
#pythran export ufunc invert__byte(int8), invert__byte(uint8)
def invert__byte(x):
    return x.dtype.type(np.uint8(x) ^ np.uint8(255))


#pythran export ufunc invert__short(int16), invert__short(uint16)
def invert__short(x):
    return x.dtype.type(np.uint16(x) ^ np.uint16(65535))


#pythran export ufunc invert__bool(bool)
def invert__bool(x):
    return x == 0


#pythran export ufunc left_shift(int8, int8), left_shift(uint8, uint8), left_shift(int16, int16),
#                     left_shift(uint16, uint16), left_shift(int32, int32), left_shift(uint32, uint32)
def left_shift(x, y):
    """Bits of x1 moved x2 places to the left, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        An integer type. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Notes
    -----
    A count that is negative or not below the number of bits shifts everything out:
    the result is 0.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.left_shift([1, 3], [4, 1])
    array([16,  6])
    """
    bits = np.uint32(y)
    limit = np.uint32(31)
    return x.dtype.type(np.where(bits > limit, np.uint32(0), np.uint32(x) << (bits & limit)))


#pythran export ufunc left_shift__large(int64, int64), left_shift__large(uint64, uint64)
def left_shift__large(x, y):
    bits = np.uint64(y)
    limit = np.uint64(63)
    return x.dtype.type(np.where(bits > limit, np.uint64(0), np.uint64(x) << (bits & limit)))


#pythran export ufunc right_shift(int16, int16), right_shift(int32, int32)
def right_shift(x, y):
    """Bits of x1 moved x2 places to the right, element by element, keeping the sign.

    Parameters
    ----------
    x1, x2 : array_like
        An integer type. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Notes
    -----
    A count that is negative or not below the number of bits shifts everything out:
    the result is 0, or -1 where x1 < 0.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.right_shift([16, -16], 2)
    array([ 4, -4])
    """
    bits = np.uint32(y)
    limit = np.uint32(31)
    return x.dtype.type(np.int32(x) >> np.int32(np.where(bits > limit, limit, bits)))


#pythran export ufunc right_shift__large(int64, int64)
def right_shift__large(x, y):
    bits = np.uint64(y)
    limit = np.uint64(63)
    return x.dtype.type(np.int64(x) >> np.int64(np.where(bits > limit, limit, bits)))


def _factor(count):
    """256 >> count for count <= 7, 0 for 8, in 16 bits: AVX2 has no instruction that shifts those by counts of their own."""
    by_one = np.int16(2) - (count & np.int16(1))
    by_two = np.int16(4) - np.int16(3) * ((count >> np.int16(1)) & np.int16(1))
    by_four = np.int16(np.int16(32) - np.int16(30) * (count >> np.int16(2)))
    return np.int16(np.int16(by_one * by_two) * np.where(by_four > np.int16(0), by_four, np.int16(0)))


#pythran export ufunc right_shift__byte(int8, int8)
def right_shift__byte(x, y):
    # A product of 16 bits takes half the register that a shift of 32 bits does; its upper byte is the result.
    count = np.uint8(y)
    limit = np.uint8(7)
    factor = _factor(np.int16(np.where(count > limit, limit, count)))
    return x.dtype.type(np.int16(np.int16(x) * factor) >> np.int16(8))


#pythran export ufunc right_shift__unsigned_byte(uint8, uint8)
def right_shift__unsigned_byte(x, y):
    limit = np.uint8(8)
    factor = np.uint16(_factor(np.int16(np.where(y > limit, limit, y))))
    return x.dtype.type(np.uint16(np.uint16(x) * factor) >> np.uint16(8))


#pythran export ufunc right_shift__unsigned(uint16, uint16), right_shift__unsigned(uint32, uint32)
def right_shift__unsigned(x, y):
    bits = np.uint32(y)
    limit = np.uint32(31)
    return x.dtype.type(np.where(bits > limit, np.uint32(0), np.uint32(x) >> (bits & limit)))


#pythran export ufunc right_shift__unsigned_large(uint64, uint64)
def right_shift__unsigned_large(x, y):
    bits = np.uint64(y)
    limit = np.uint64(63)
    return x.dtype.type(np.where(bits > limit, np.uint64(0), np.uint64(x) >> (bits & limit)))


#pythran export ufunc bitwise_count(int8), bitwise_count(uint8)
def bitwise_count(x):
    """Number of bits set in the absolute value, element by element.

    Parameters
    ----------
    x : array_like
        An integer type.

    Returns
    -------
    ndarray or scalar
        uint8.

    Notes
    -----
    Pairs, nibbles and bytes are summed in parallel (Warren, Hacker's Delight, section 5-1).

    Examples
    --------
    >>> import corepy as cp
    >>> cp.bitwise_count([7, -8])
    array([3, 1], dtype=uint8)
    """
    # Not np.abs: that of the most negative integer is undefined in C++, and clang counts one bit of it too many.
    bits = np.uint8(x)
    bits = np.uint8(np.where(x < 0, np.uint8(0) - bits, bits))
    bits = np.uint8(bits - ((bits >> np.uint8(1)) & np.uint8(0x55)))
    bits = np.uint8((bits & np.uint8(0x33)) + ((bits >> np.uint8(2)) & np.uint8(0x33)))
    return np.uint8((bits + (bits >> np.uint8(4))) & np.uint8(0xF))


def _count_bits(bits):
    bits = np.uint32(bits - ((bits >> np.uint32(1)) & np.uint32(0x55555555)))
    bits = np.uint32((bits & np.uint32(0x33333333)) + ((bits >> np.uint32(2)) & np.uint32(0x33333333)))
    bits = np.uint32((bits + (bits >> np.uint32(4))) & np.uint32(0xF0F0F0F))
    return np.uint8((bits * np.uint32(0x1010101)) >> np.uint32(24))


#pythran export ufunc bitwise_count__short(int16), bitwise_count__short(uint16)
def bitwise_count__short(x):
    # By way of uint16: the sign must not come into 32 bits.
    bits = np.uint16(x)
    return _count_bits(np.uint32(np.uint16(np.where(x < 0, np.uint16(0) - bits, bits))))


#pythran export ufunc bitwise_count__medium(int32), bitwise_count__medium(uint32)
def bitwise_count__medium(x):
    bits = np.uint32(x)
    return _count_bits(np.uint32(np.where(x < 0, np.uint32(0) - bits, bits)))


#pythran export ufunc bitwise_count__large(int64), bitwise_count__large(uint64)
def bitwise_count__large(x):
    bits = np.uint64(x)
    bits = np.uint64(np.where(x < 0, np.uint64(0) - bits, bits))
    bits = np.uint64(bits - ((bits >> np.uint64(1)) & np.uint64(0x5555555555555555)))
    bits = np.uint64((bits & np.uint64(0x3333333333333333)) + ((bits >> np.uint64(2)) & np.uint64(0x3333333333333333)))
    bits = np.uint64((bits + (bits >> np.uint64(4))) & np.uint64(0xF0F0F0F0F0F0F0F))
    return np.uint8((bits * np.uint64(0x101010101010101)) >> np.uint64(56))
