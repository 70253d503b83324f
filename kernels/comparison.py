"""Comparisons: a bool for each pair of elements."""

import numpy as np


#pythran export ufunc equal(bool, bool), equal(int8, int8), equal(int16, int16), equal(int32, int32),
#                     equal(int64, int64), equal(uint8, uint8), equal(uint16, uint16), equal(uint32, uint32),
#                     equal(uint64, uint64), equal(float32, float32), equal(float64, float64)
def equal(x, y):
    """Truth of x1 == x2, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        bool, an integer type, float32 or float64. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        bool.

    Notes
    -----
    NaN compares unequal to everything. int64 and uint64 compare by value.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.equal([1, 2], [1, 3])
    array([ True, False])
    """
    return x == y


#pythran export ufunc equal__signed_unsigned(int64, uint64)
def equal__signed_unsigned(x, y):
    return np.where(x < 0, False, np.uint64(x) == y)


#pythran export ufunc equal__unsigned_signed(uint64, int64)
def equal__unsigned_signed(x, y):
    return np.where(y < 0, False, x == np.uint64(y))


#pythran export ufunc not_equal(bool, bool), not_equal(int8, int8), not_equal(int16, int16), not_equal(int32, int32),
#                     not_equal(int64, int64), not_equal(uint8, uint8), not_equal(uint16, uint16),
#                     not_equal(uint32, uint32), not_equal(uint64, uint64), not_equal(float32, float32),
#                     not_equal(float64, float64)
def not_equal(x, y):
    """Truth of x1 != x2, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        bool, an integer type, float32 or float64. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        bool.

    Notes
    -----
    NaN compares unequal to everything. int64 and uint64 compare by value.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.not_equal([1, 2], [1, 3])
    array([False,  True])
    """
    return x != y


#pythran export ufunc not_equal__signed_unsigned(int64, uint64)
def not_equal__signed_unsigned(x, y):
    return np.where(x < 0, True, np.uint64(x) != y)


#pythran export ufunc not_equal__unsigned_signed(uint64, int64)
def not_equal__unsigned_signed(x, y):
    return np.where(y < 0, True, x != np.uint64(y))


#pythran export ufunc less(bool, bool), less(int8, int8), less(int16, int16), less(int32, int32), less(int64, int64),
#                     less(uint8, uint8), less(uint16, uint16), less(uint32, uint32), less(uint64, uint64),
#                     less(float32, float32), less(float64, float64)
def less(x, y):
    """Truth of x1 < x2, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        bool, an integer type, float32 or float64. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        bool.

    Notes
    -----
    NaN compares unequal to everything. int64 and uint64 compare by value.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.less([1, 2], [1, 3])
    array([False,  True])
    """
    return x < y


#pythran export ufunc less__signed_unsigned(int64, uint64)
def less__signed_unsigned(x, y):
    return np.where(x < 0, True, np.uint64(x) < y)


#pythran export ufunc less__unsigned_signed(uint64, int64)
def less__unsigned_signed(x, y):
    return np.where(y < 0, False, x < np.uint64(y))


#pythran export ufunc less_equal(bool, bool), less_equal(int8, int8), less_equal(int16, int16),
#                     less_equal(int32, int32), less_equal(int64, int64), less_equal(uint8, uint8),
#                     less_equal(uint16, uint16), less_equal(uint32, uint32), less_equal(uint64, uint64),
#                     less_equal(float32, float32), less_equal(float64, float64)
def less_equal(x, y):
    """Truth of x1 <= x2, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        bool, an integer type, float32 or float64. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        bool.

    Notes
    -----
    NaN compares unequal to everything. int64 and uint64 compare by value.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.less_equal([1, 2], [1, 3])
    array([ True,  True])
    """
    return x <= y


#pythran export ufunc less_equal__signed_unsigned(int64, uint64)
def less_equal__signed_unsigned(x, y):
    return np.where(x < 0, True, np.uint64(x) <= y)


#pythran export ufunc less_equal__unsigned_signed(uint64, int64)
def less_equal__unsigned_signed(x, y):
    return np.where(y < 0, False, x <= np.uint64(y))


#pythran export ufunc greater(bool, bool), greater(int8, int8), greater(int16, int16), greater(int32, int32),
#                     greater(int64, int64), greater(uint8, uint8), greater(uint16, uint16), greater(uint32, uint32),
#                     greater(uint64, uint64), greater(float32, float32), greater(float64, float64)
def greater(x, y):
    """Truth of x1 > x2, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        bool, an integer type, float32 or float64. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        bool.

    Notes
    -----
    NaN compares unequal to everything. int64 and uint64 compare by value.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.greater([4, 2], [1, 3])
    array([ True, False])
    """
    return x > y


#pythran export ufunc greater__signed_unsigned(int64, uint64)
def greater__signed_unsigned(x, y):
    return np.where(x < 0, False, np.uint64(x) > y)


#pythran export ufunc greater__unsigned_signed(uint64, int64)
def greater__unsigned_signed(x, y):
    return np.where(y < 0, True, x > np.uint64(y))


#pythran export ufunc greater_equal(bool, bool), greater_equal(int8, int8), greater_equal(int16, int16),
#                     greater_equal(int32, int32), greater_equal(int64, int64), greater_equal(uint8, uint8),
#                     greater_equal(uint16, uint16), greater_equal(uint32, uint32), greater_equal(uint64, uint64),
#                     greater_equal(float32, float32), greater_equal(float64, float64)
def greater_equal(x, y):
    """Truth of x1 >= x2, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        bool, an integer type, float32 or float64. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        bool.

    Notes
    -----
    NaN compares unequal to everything. int64 and uint64 compare by value.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.greater_equal([4, 2], [1, 3])
    array([ True, False])
    """
    return x >= y


#pythran export ufunc greater_equal__signed_unsigned(int64, uint64)
def greater_equal__signed_unsigned(x, y):
    return np.where(x < 0, False, np.uint64(x) >= y)


#pythran export ufunc greater_equal__unsigned_signed(uint64, int64)
def greater_equal__unsigned_signed(x, y):
    return np.where(y < 0, True, x >= np.uint64(y))
