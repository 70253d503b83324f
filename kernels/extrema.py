"""Minimum, maximum and clip. Of two equal arguments (0.0 and -0.0) the second is taken, on every CPU."""

import numpy as np


# A NaN of x fails the first comparison; whether y is NaN is asked once only where y is a broadcast scalar.
def _minimum(x, y):
    return np.where(x >= y, y, np.where(y == y, x, y))


def _maximum(x, y):
    return np.where(x <= y, y, np.where(y == y, x, y))


#pythran export ufunc minimum(bool, bool), minimum(int8, int8), minimum(int16, int16), minimum(int32, int32),
#                     minimum(int64, int64), minimum(uint8, uint8), minimum(uint16, uint16), minimum(uint32, uint32),
#                     minimum(uint64, uint64), minimum(float32, float32), minimum(float64, float64)
def minimum(x, y):
    """Smaller of two arguments, element by element; NaN wins.

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
    If one argument is NaN, so is the result.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.minimum([1, 5], [3, 2])
    array([1, 2])
    """
    return x.dtype.type(_minimum(x, y))


#pythran export ufunc maximum(bool, bool), maximum(int8, int8), maximum(int16, int16), maximum(int32, int32),
#                     maximum(int64, int64), maximum(uint8, uint8), maximum(uint16, uint16), maximum(uint32, uint32),
#                     maximum(uint64, uint64), maximum(float32, float32), maximum(float64, float64)
def maximum(x, y):
    """Larger of two arguments, element by element; NaN wins.

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
    If one argument is NaN, so is the result.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.maximum([1, 5], [3, 2])
    array([3, 5])
    """
    return x.dtype.type(_maximum(x, y))


#pythran export ufunc fmin_(bool, bool), fmin_(int8, int8), fmin_(int16, int16), fmin_(int32, int32),
#                     fmin_(int64, int64), fmin_(uint8, uint8), fmin_(uint16, uint16), fmin_(uint32, uint32),
#                     fmin_(uint64, uint64), fmin_(float32, float32), fmin_(float64, float64)
def fmin_(x, y):
    """Smaller of two arguments, element by element; NaN loses.

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
    If one argument is NaN, the other is taken.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.fmin([1.0, float('nan')], [3.0, 2.0])
    array([1., 2.])
    """
    return x.dtype.type(np.where(y != y, x, np.where(x < y, x, y)))


#pythran export ufunc fmax_(bool, bool), fmax_(int8, int8), fmax_(int16, int16), fmax_(int32, int32),
#                     fmax_(int64, int64), fmax_(uint8, uint8), fmax_(uint16, uint16), fmax_(uint32, uint32),
#                     fmax_(uint64, uint64), fmax_(float32, float32), fmax_(float64, float64)
def fmax_(x, y):
    """Larger of two arguments, element by element; NaN loses.

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
    If one argument is NaN, the other is taken.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.fmax([1.0, float('nan')], [3.0, 2.0])
    array([3., 2.])
    """
    return x.dtype.type(np.where(y != y, x, np.where(x > y, x, y)))


#pythran export ufunc clip(bool, bool, bool), clip(int8, int8, int8), clip(int16, int16, int16),
#                     clip(int32, int32, int32), clip(int64, int64, int64), clip(uint8, uint8, uint8),
#                     clip(uint16, uint16, uint16), clip(uint32, uint32, uint32), clip(uint64, uint64, uint64),
#                     clip(float32, float32, float32), clip(float64, float64, float64)
def clip(x, low, high):
    """Argument limited to the interval [min, max], element by element.

    Parameters
    ----------
    x, min, max : array_like
        bool, an integer type, float32 or float64. Broadcast against each other.

    Returns
    -------
    ndarray or scalar
        The result; its dtype is NumPy's for the same arguments.

    Notes
    -----
    minimum(maximum(x, min), max): where min > max the result is max, and NaN in any argument gives NaN.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.clip([1, 5, 9], 2, 7)
    array([2, 5, 7])
    """
    return x.dtype.type(_minimum(_maximum(x, low), high))
