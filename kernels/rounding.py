"""Rounding to integers."""

import numpy as np


#pythran export ufunc floor_(float32), floor_(float64)
def floor_(x):
    """Largest integer not above the argument, element by element.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments. Integers are copied.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.floor([1.5, -1.5])
    array([ 1., -2.])
    """
    return x.dtype.type(np.floor(x))


#pythran export ufunc floor__exact(bool), floor__exact(int8), floor__exact(int16), floor__exact(int32),
#                     floor__exact(int64), floor__exact(uint8), floor__exact(uint16), floor__exact(uint32),
#                     floor__exact(uint64)
def floor__exact(x):
    return x.dtype.type(x)


#pythran export ufunc ceil_(float32), ceil_(float64)
def ceil_(x):
    """Smallest integer not below the argument, element by element.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments. Integers are copied.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.ceil([1.5, -1.5])
    array([ 2., -1.])
    """
    return x.dtype.type(np.ceil(x))


#pythran export ufunc ceil__exact(bool), ceil__exact(int8), ceil__exact(int16), ceil__exact(int32),
#                     ceil__exact(int64), ceil__exact(uint8), ceil__exact(uint16), ceil__exact(uint32),
#                     ceil__exact(uint64)
def ceil__exact(x):
    return x.dtype.type(x)


#pythran export ufunc trunc_(float32), trunc_(float64)
def trunc_(x):
    """Integer part of the argument, rounded towards zero, element by element.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments. Integers are copied.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.trunc([1.5, -1.5])
    array([ 1., -1.])
    """
    return x.dtype.type(np.trunc(x))


#pythran export ufunc trunc__exact(bool), trunc__exact(int8), trunc__exact(int16), trunc__exact(int32),
#                     trunc__exact(int64), trunc__exact(uint8), trunc__exact(uint16), trunc__exact(uint32),
#                     trunc__exact(uint64)
def trunc__exact(x):
    return x.dtype.type(x)


#pythran export ufunc rint_(float32), rint_(float64)
def rint_(x):
    """Nearest integer, ties to even, element by element.

    Parameters
    ----------
    x : array_like
        float32 or float64; other dtypes are cast to the smallest of them that holds every value.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.rint([0.5, 1.5, -1.2])
    array([ 0.,  2., -1.])
    """
    return x.dtype.type(np.rint(x))
