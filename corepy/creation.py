"""New arrays: aligned to 64 bytes, never sharing memory with their input, and on the CPU.

An experimental device (see `corepy.device`) is an object with functions of these names; it is called with the same
arguments, device= and experimental= left out.
"""

from math import prod

import numpy as np

from corepy import device as _device
from corepy import errors
from corepy._arguments import DTYPES, refuse_masked

__all__ = ["asarray", "copy", "empty", "full", "ones", "zeros"]

ALIGNMENT = 64


def _sizes(name: str, shape) -> tuple[int, ...]:
    try:
        sizes = tuple(n.__index__() for n in (shape if isinstance(shape, (tuple, list)) else (shape,)))
    except (AttributeError, TypeError):
        raise errors.DTypeError(f"corepy.{name}: shape is {shape!r}; it must be an int or a tuple of ints.") from None
    if sizes and min(sizes) < 0:
        raise errors.ShapeError(f"corepy.{name}: shape is {shape!r}; no length may be negative.")
    return sizes


def _dtype(name: str, dtype) -> np.dtype:
    try:
        found = np.dtype(dtype)
    except TypeError:
        raise errors.DTypeError(f"corepy.{name}: dtype={dtype!r} is no dtype.") from None
    if found not in DTYPES:
        raise errors.DTypeError(
            f"corepy.{name}: dtype={found}; accepted are bool, int8 to int64, uint8 to uint64, float32 and float64."
        )
    # the one that NumPy's own arrays have, which fronts know at sight
    return DTYPES[found]


def _aligned(shape: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    size = prod(shape) * dtype.itemsize
    memory = np.empty(size + ALIGNMENT, np.uint8)
    offset = -memory.ctypes.data % ALIGNMENT
    return memory[offset : offset + size].view(dtype).reshape(shape)


def _filled(name: str, shape, value, dtype) -> np.ndarray:
    result = _aligned(_sizes(name, shape), _dtype(name, dtype))
    result[...] = value
    return result


def _copied(name: str, obj, dtype) -> np.ndarray:
    refuse_masked(name, obj)
    source = np.asarray(obj)
    result = _aligned(source.shape, _dtype(name, source.dtype.newbyteorder("=") if dtype is None else dtype))
    np.copyto(result, source, casting="unsafe")
    return result


def empty(shape, dtype=np.float64, *, device=None, experimental=False):
    """New array of uninitialized memory.

    Parameters
    ----------
    shape : int or tuple of int
        Lengths of the axes.
    dtype : dtype, default float64
        bool, an integer type, float32 or float64.
    device : str, optional
        "cpu"; anything else is a DeviceError.
    experimental : bool, default False
        Whether `device` may name a third-party backend.

    Returns
    -------
    ndarray
        C-contiguous, its data at a multiple of 64 bytes.

    Raises
    ------
    DeviceError, DTypeError, ShapeError
        If an argument is none of the above.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.empty((2, 3)).shape
    (2, 3)
    """
    if (other := _device.check(device, experimental=experimental)) is not None:
        return other.empty(shape, dtype)
    return _aligned(_sizes("empty", shape), _dtype("empty", dtype))


def full(shape, fill_value, dtype=None, *, device=None, experimental=False):
    """New array, every element `fill_value`.

    Parameters
    ----------
    shape : int or tuple of int
        Lengths of the axes.
    fill_value : scalar or array_like
        What to fill it with; an array is broadcast.
    dtype : dtype, optional
        bool, an integer type, float32 or float64; that of `fill_value` by default.
    device : str, optional
        "cpu"; anything else is a DeviceError.
    experimental : bool, default False
        Whether `device` may name a third-party backend.

    Returns
    -------
    ndarray
        C-contiguous, its data at a multiple of 64 bytes.

    Raises
    ------
    DeviceError, DTypeError, ShapeError
        If an argument is none of the above.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.full(3, 7)
    array([7, 7, 7])
    """
    if (other := _device.check(device, experimental=experimental)) is not None:
        return other.full(shape, fill_value, dtype)
    return _filled("full", shape, fill_value, np.asarray(fill_value).dtype if dtype is None else dtype)


def zeros(shape, dtype=np.float64, *, device=None, experimental=False):
    """New array of zeros; parameters, result and errors are those of `empty`.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.zeros(2)
    array([0., 0.])
    """
    if (other := _device.check(device, experimental=experimental)) is not None:
        return other.zeros(shape, dtype)
    return _filled("zeros", shape, 0, dtype)


def ones(shape, dtype=np.float64, *, device=None, experimental=False):
    """New array of ones; parameters, result and errors are those of `empty`.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.ones(2, dtype="int8")
    array([1, 1], dtype=int8)
    """
    if (other := _device.check(device, experimental=experimental)) is not None:
        return other.ones(shape, dtype)
    return _filled("ones", shape, 1, dtype)


def asarray(obj, dtype=None, *, device=None, experimental=False):
    """Copy of an array_like as a new array: unlike NumPy's, never the input itself.

    Parameters
    ----------
    obj : array_like
        An array, a (nested) sequence of numbers or a number.
    dtype : dtype, optional
        bool, an integer type, float32 or float64; that of `obj` by default.
    device : str, optional
        "cpu"; anything else is a DeviceError.
    experimental : bool, default False
        Whether `device` may name a third-party backend.

    Returns
    -------
    ndarray
        C-contiguous, in native byte order, its data at a multiple of 64 bytes.

    Raises
    ------
    DeviceError, DTypeError
        If an argument is none of the above.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.asarray([1, 2, 3], dtype="float32")
    array([1., 2., 3.], dtype=float32)
    """
    if (other := _device.check(device, experimental=experimental)) is not None:
        return other.asarray(obj, dtype)
    return _copied("asarray", obj, dtype)


def copy(x, *, device=None, experimental=False):
    """Copy of x as a new array; parameters, result and errors are those of `asarray`.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.copy([1.0, 2.0])
    array([1., 2.])
    """
    if (other := _device.check(device, experimental=experimental)) is not None:
        return other.copy(x)
    return _copied("copy", x, None)
