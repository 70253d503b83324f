"""What every array operator does with its arguments, once: dtype, axis, layout, out."""

import operator
import re
import sys
from collections.abc import Callable
from math import prod

import numpy as np

from corepy import errors

__all__ = [
    "DTYPES",
    "REFUSED",
    "along",
    "around_axis",
    "axes",
    "contiguous",
    "deliver",
    "integer",
    "one_axis",
    "operand",
    "public",
    "reduced_shape",
    "refuse_masked",
    "require_shape",
    "slices",
]

# Every supported dtype, and the one of its equals (on Linux int64 and longlong) that kernels are compiled for.
DTYPES = {
    np.dtype(t): np.dtype(t)
    for t in (
        np.bool_,
        *(np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64),
        *(np.float32, np.float64),
    )
}

# What a fast path meets where an argument is not of the common case; the general path knows what to say.
REFUSED = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)


def public(function: Callable, name: str, doc: str) -> Callable:
    """Give a front function the name and the documentation of its operator."""
    function.__name__ = function.__qualname__ = name
    function.__module__ = "corepy"
    # Pythran writes the compiled signatures behind the first paragraph of a kernel's docstring.
    before, _, after = doc.partition("    Supported prototypes:\n\n")
    function.__doc__ = before + re.sub(r"^(    - .*\n)+\n", "", after)
    return function


def refuse_masked(name: str, x) -> None:
    if "numpy.ma" in sys.modules and isinstance(x, np.ma.MaskedArray):
        raise errors.DTypeError(
            f"corepy.{name}: masked arrays are not supported, the mask would be ignored. "
            "Pass x.filled(value) or x.compressed()."
        )


def operand(name: str, x, argument: str = "x") -> np.ndarray:
    """x as an array of a supported dtype in native byte order; lists and other array_likes are converted."""
    if type(x) is np.ndarray and (canonical := DTYPES.get(x.dtype)) is not None:
        return x if x.dtype is canonical else x.view(canonical)
    refuse_masked(name, x)
    array = np.asarray(x)
    # Not all of NumPy's dtypes have a byte order.
    native = array.dtype if array.dtype.isnative else array.dtype.newbyteorder("=")
    if native not in DTYPES:
        raise errors.DTypeError(
            f"corepy.{name}: {argument} has dtype {array.dtype}. Accepted are bool, int8 to int64, uint8 to uint64, float32 "
            f"and float64. Convert first, for example with {argument}.astype(numpy.float64)."
        )
    return array.astype(native, copy=False).view(DTYPES[native])


def axes(name: str, axis, ndim: int) -> tuple[int, ...]:
    """The axes meant by an int, a tuple of ints or None (all), as non-negative ints in ascending order."""
    if axis is None:
        return tuple(range(ndim))
    if type(axis) is int and -ndim <= axis < ndim:
        return (axis % ndim,)
    given = axis if isinstance(axis, (tuple, list)) else (axis,)
    try:
        if any(isinstance(a, (bool, np.bool_)) for a in given):
            raise TypeError
        indices = [operator.index(a) for a in given]
    except TypeError:
        raise errors.DTypeError(
            f"corepy.{name}: axis is {axis!r}; it must be an int, a tuple of ints or None."
        ) from None
    for a in indices:
        if not -ndim <= a < ndim:
            raise errors.AxisError(f"corepy.{name}: axis {a} is out of bounds for array of dimension {ndim}")
    found = sorted(a % ndim for a in indices)
    if len(set(found)) < len(found):
        raise errors.AxisError(f"corepy.{name}: axis {axis!r} names an axis twice (the array has {ndim})")
    return tuple(found)


def integer(name: str, what: str, value) -> int:
    """The value of an integer argument other than an axis."""
    try:
        if isinstance(value, (bool, np.bool_)):
            raise TypeError
        return operator.index(value)
    except TypeError:
        raise errors.DTypeError(f"corepy.{name}: {what} is {value!r}; it must be an integer.") from None


def one_axis(name: str, axis, ndim: int) -> int:
    """The axis meant by an int, not negative."""
    if axis is None or isinstance(axis, (tuple, list)):
        raise errors.DTypeError(f"corepy.{name}: axis is {axis!r}; it must be an int.")
    return axes(name, axis, ndim)[0]


def require_shape(name: str, shape: tuple[int, ...], *arrays: np.ndarray) -> None:
    """That arrays still have their shape: an object that is asked for its value may have resized them."""
    for array in arrays:
        if array.shape != shape:
            raise errors.ShapeError(
                f"corepy.{name}: an argument was resized during the call, from {shape} to {array.shape}."
            )


def contiguous(array: np.ndarray) -> np.ndarray:
    """The array in C order, aligned; a copy only where it must be."""
    return array if array.flags.carray else np.require(array, requirements=["C", "A"])


def along(array: np.ndarray, axis: int) -> tuple[np.ndarray, int, int, int]:
    """The elements in C order, as one dimension, and the sizes of [outer, n, inner], whose middle is the axis."""
    shape = array.shape
    if not array.size:
        # No slice has to be computed, and a kernel that takes an inner of at most 1 for 1 would write one.
        return contiguous(array).reshape(-1), 0, shape[axis], 1
    return contiguous(array).reshape(-1), prod(shape[:axis]), shape[axis], prod(shape[axis + 1 :])


def around_axis(array: np.ndarray, axis) -> tuple[tuple[int, ...], int, int, int] | None:
    """Of a C-contiguous array with elements and further axes: its shape without one axis, and the sizes of [outer, n, inner];
    None in any other case, and for any other axis.
    """
    if type(axis) is not int or type(array) is not np.ndarray or not array.flags.c_contiguous:
        return None
    shape, size = array.shape, array.size
    if axis < 0:
        axis += len(shape)
    if not (0 <= axis < len(shape) > 1 and size):
        return None
    n, inner = shape[axis], prod(shape[axis + 1 :])
    return shape[:axis] + shape[axis + 1 :], size // (n * inner), n, inner


def slices(array: np.ndarray, chosen: tuple[int, ...]) -> np.ndarray:
    """C-contiguous array[outer, n, inner] whose middle axis runs over the chosen ones; a copy only where it must be."""
    shape = array.shape
    n = prod(shape[a] for a in chosen)
    if n and not array.size:
        # No slice has to be computed: loops over 2**40 of nothing would take hours.
        return array.reshape(0, 1, 0)
    first, last = (chosen[0], chosen[-1] + 1) if chosen else (0, 0)
    flags = array.flags
    if last - first != len(chosen) or not (flags.c_contiguous and flags.aligned):
        kept = [a for a in range(array.ndim) if a not in chosen]
        array = contiguous(array.transpose(*kept, *chosen))
        return array.reshape(prod(shape[a] for a in kept), n, 1)
    return array.reshape(prod(shape[:first]), n, prod(shape[last:]))


def reduced_shape(shape: tuple[int, ...], chosen: tuple[int, ...], keepdims: bool) -> tuple[int, ...]:
    if keepdims:
        return tuple(1 if a in chosen else n for a, n in enumerate(shape))
    return tuple(n for a, n in enumerate(shape) if a not in chosen)


def deliver(name: str, result: np.ndarray, out):
    """The result as NumPy would return it: into out where given, a scalar where it has no dimensions."""
    if out is None:
        return result[()]
    if not isinstance(out, np.ndarray):
        raise errors.DTypeError(f"corepy.{name}: out is a {type(out).__name__}; it must be a numpy.ndarray.")
    if out.shape != result.shape:
        raise errors.ShapeError(f"corepy.{name}: out has shape {out.shape}, the result has {result.shape}.")
    if not np.can_cast(result.dtype, out.dtype, "same_kind"):
        raise errors.DTypeError(
            f"corepy.{name}: out has dtype {out.dtype}, which cannot hold the result's {result.dtype} (same_kind)."
        )
    if not out.flags.writeable:
        raise ValueError(f"corepy.{name}: out is read-only.")
    np.copyto(out, result, casting="same_kind")
    return out
