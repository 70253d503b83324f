"""Addition, multiplication, signs and roots: each result is the exact one, rounded once."""

import numpy as np


#pythran export ufunc add(bool, bool), add(int8, int8), add(int16, int16), add(int32, int32), add(int64, int64),
#                     add(uint8, uint8), add(uint16, uint16), add(uint32, uint32), add(uint64, uint64),
#                     add(float32, float32), add(float64, float64)
def add(x, y):
    """Sum of two arguments, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        bool, an integer type, float32 or float64. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Notes
    -----
    Integers wrap around on overflow; on bool it is logical or.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.add([1, 2, 3], 10)
    array([11, 12, 13])
    """
    return x.dtype.type(x + y)


#pythran export ufunc subtract(int8, int8), subtract(int16, int16), subtract(int32, int32), subtract(int64, int64),
#                     subtract(uint8, uint8), subtract(uint16, uint16), subtract(uint32, uint32),
#                     subtract(uint64, uint64), subtract(float32, float32), subtract(float64, float64)
def subtract(x, y):
    """Difference x1 - x2, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        An integer type, float32 or float64. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Raises
    ------
    TypeError
        If every argument is bool.

    Notes
    -----
    Integers wrap around on overflow.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.subtract([5, 7], [1, 2])
    array([4, 5])
    """
    return x.dtype.type(x - y)


#pythran export ufunc multiply(bool, bool), multiply(int8, int8), multiply(int16, int16), multiply(int32, int32),
#                     multiply(int64, int64), multiply(uint8, uint8), multiply(uint16, uint16),
#                     multiply(uint32, uint32), multiply(uint64, uint64), multiply(float32, float32),
#                     multiply(float64, float64)
def multiply(x, y):
    """Product of two arguments, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        bool, an integer type, float32 or float64. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Notes
    -----
    Integers wrap around on overflow; on bool it is logical and.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.multiply([1.5, 2.0], 2)
    array([3., 4.])
    """
    return x.dtype.type(x * y)


#pythran export ufunc square(int8), square(int16), square(int32), square(int64), square(uint8), square(uint16),
#                     square(uint32), square(uint64), square(float32), square(float64)
def square(x):
    """Square of the argument, element by element.

    Parameters
    ----------
    x : array_like
        An integer type, float32 or float64.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Notes
    -----
    Integers wrap around on overflow; bool is taken as int8.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.square([-2, 3])
    array([4, 9])
    """
    return x.dtype.type(x * x)


#pythran export ufunc sqrt_(float32), sqrt_(float64)
def sqrt_(x):
    """Square root, element by element, correctly rounded.

    Parameters
    ----------
    x : array_like
        float32 or float64; other dtypes are cast to the smallest of them that holds every value.

    Returns
    -------
    ndarray or scalar
        NaN where x < 0; -0.0 stays -0.0.

    Notes
    -----
    Error bound: 0.5 ulp (IEEE 754).

    Examples
    --------
    >>> import corepy as cp
    >>> cp.sqrt([4.0, 2.25])
    array([2. , 1.5])
    """
    return x.dtype.type(np.sqrt(x))


#pythran export ufunc negative(float32), negative(float64)
def negative(x):
    """Numerical negative, element by element.

    Parameters
    ----------
    x : array_like
        An integer type, float32 or float64.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Raises
    ------
    TypeError
        If every argument is bool.

    Notes
    -----
    Unsigned integers and the most negative integer wrap around.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.negative([1, -2])
    array([-1,  2])
    """
    return x.dtype.type(-x)


#pythran export ufunc negative__integer(int8), negative__integer(int16), negative__integer(int32),
#                     negative__integer(int64), negative__integer(uint8), negative__integer(uint16),
#                     negative__integer(uint32), negative__integer(uint64)
def negative__integer(x):
    # gcc takes -x of 8 bits in 16, and four times as long.
    return x.dtype.type(x.dtype.type(0) - x)


#pythran export ufunc positive(int8), positive(int16), positive(int32), positive(int64), positive(uint8),
#                     positive(uint16), positive(uint32), positive(uint64), positive(float32), positive(float64)
def positive(x):
    """Numerical positive: a copy of the argument.

    Parameters
    ----------
    x : array_like
        An integer type, float32 or float64.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Raises
    ------
    TypeError
        If every argument is bool.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.positive([1, -2])
    array([ 1, -2])
    """
    return x.dtype.type(x)


#pythran export ufunc absolute(bool), absolute(int8), absolute(int16), absolute(int32), absolute(int64),
#                     absolute(uint8), absolute(uint16), absolute(uint32), absolute(uint64), absolute(float32),
#                     absolute(float64)
def absolute(x):
    """Absolute value, element by element.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Notes
    -----
    The most negative integer stays what it is, as in NumPy.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.absolute([-1.5, 2.0])
    array([1.5, 2. ])
    """
    return x.dtype.type(np.abs(x))


#pythran export ufunc sign(int8), sign(int16), sign(int32), sign(int64), sign(uint8), sign(uint16), sign(uint32),
#                     sign(uint64), sign(float32), sign(float64)
def sign(x):
    """Sign of the argument: -1, 0 or 1, element by element.

    Parameters
    ----------
    x : array_like
        An integer type, float32 or float64.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments. NaN stays NaN.

    Raises
    ------
    TypeError
        If every argument is bool.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.sign([-3.0, 0.0, 2.0])
    array([-1.,  0.,  1.])
    """
    one = x.dtype.type(1)
    zero = x.dtype.type(0)
    return x.dtype.type(np.where(x > zero, one, np.where(x < zero, -one, np.where(x == zero, zero, x))))


#pythran export ufunc copysign_(float32, float32), copysign_(float64, float64)
def copysign_(x, y):
    """Magnitude of x1 with the sign of x2, element by element.

    Parameters
    ----------
    x1, x2 : array_like
        float32 or float64; other dtypes are cast to the smallest of them that holds every value. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.copysign([1.0, 2.0], -0.0)
    array([-1., -2.])
    """
    return x.dtype.type(np.copysign(x, y))
