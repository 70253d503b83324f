"""What every moving window does with its arguments, once."""

from collections.abc import Callable

import numpy as np

from corepy import errors
from corepy._arguments import REFUSED, contiguous, deliver, integer, one_axis, operand, require_shape
from corepy._conversion import Conversion

__all__ = ["DDOF", "DOC", "freedom", "over_pairs", "over_windows"]

_FLOAT32, _FLOAT64 = np.dtype(np.float32), np.dtype(np.float64)

DOC = """{summary}

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    window : int
        How many elements a window has: 1 to the length of the axis.
    min_count : int, optional
        How many numbers (not NaN) a window must have for a result other than NaN: 1 to window, which is the default.
    axis : int, default -1
        Axis along which windows move.{more}

    Returns
    -------
    ndarray
        Of the shape of x; float32 for float32, float64 for all others.

    Raises
    ------
    AxisError
        If the axis is out of range.
    DTypeError
        If a dtype is none of the above, or another argument is no number of its kind.
    ValueError
        If window or min_count is out of range.

    Notes
    -----
    A window ends at the element of its result; before the first element there are none. NaN is passed over. What is
    outside a window never enters its result. Integers are taken as float64.

    {notes}

    Examples
    --------
    >>> import corepy as cp
    {example}
    """
DDOF = """
    ddof : float, default 0
        The sum of squares is divided by n - ddof, n being how many numbers a window has."""


def _sizes(name: str, window, min_count, n: int) -> tuple[int, int]:
    """window and min_count as ints in their ranges, for an axis of n elements."""
    size = integer(name, "window", window)
    if not 1 <= size <= n:
        raise ValueError(f"corepy.{name}: window is {size}; it may be 1 to {n}, the length of the axis.")
    if min_count is None:
        return size, size
    least = integer(name, "min_count", min_count)
    if not 1 <= least <= size:
        raise ValueError(f"corepy.{name}: min_count is {least}; it may be 1 to {size}, the window.")
    return size, least


def freedom(name: str, ddof) -> float:
    """ddof as a float."""
    try:
        return float(ddof + 0.0)
    except (OverflowError, TypeError, ValueError):
        raise errors.DTypeError(f"corepy.{name}: ddof is {ddof!r}; it must be a number.") from None


def over_windows(backend, name: str) -> Callable:
    """A function of x, window, min_count, axis and a kernel of slices, which has its own parameters.

    Kernels take float32 as it is: conversions cost 1.3 us a call. They must not go astray if another thread writes to an
    element that they read again when it leaves a window.
    """
    conversion = Conversion(backend)

    def move(x, window, min_count, axis, kernel):
        # The common case, written out, for a call costs 0.1 us: one dimension.
        if (
            type(x) is np.ndarray
            and x.ndim == 1
            and ((dtype := x.dtype) == _FLOAT64 or dtype == _FLOAT32)
            and type(window) is int
            and type(least := window if min_count is None else min_count) is int
            and 0 < least <= window <= (n := x.size)
            and type(axis) is int
            and -1 <= axis <= 0
        ):
            try:
                values = np.empty(n, dtype)
                kernel(x, 1, n, window, least, values)
                return values
            except REFUSED:
                pass
        array = operand(name, x)
        shape = array.shape
        axis = one_axis(name, axis, len(shape))
        size, least = _sizes(name, window, min_count, shape[axis])
        require_shape(name, shape, array)
        moved = contiguous(array.swapaxes(axis, -1))
        n = moved.shape[-1]
        single = array.dtype == _FLOAT32
        values = np.empty(moved.shape, _FLOAT32 if single else _FLOAT64)
        elements = moved.reshape(-1) if single else conversion.to_float64(moved)
        kernel(elements, moved.size // n, n, size, least, values.reshape(-1))
        return deliver(name, values.swapaxes(axis, -1), None)

    return move


def over_pairs(backend, name: str) -> Callable:
    """The same of two arrays of one shape; kernels take float32 as it is."""
    conversion = Conversion(backend)

    def move(x, y, window, min_count, axis, kernel):
        if (
            type(x) is type(y) is np.ndarray
            and x.ndim == 1
            and x.shape == y.shape
            and ((dtype := x.dtype) == _FLOAT64 or dtype == _FLOAT32)
            and y.dtype == dtype
            and type(window) is int
            and type(least := window if min_count is None else min_count) is int
            and 0 < least <= window <= (n := x.size)
            and type(axis) is int
            and -1 <= axis <= 0
        ):
            try:
                values = np.empty(n, dtype)
                kernel(x, y, 1, n, window, least, values)
                return values
            except REFUSED:
                pass
        arrays = [operand(name, x), operand(name, y, "y")]
        shape = arrays[0].shape
        if arrays[1].shape != shape:
            raise errors.ShapeError(f"corepy.{name}: y has shape {arrays[1].shape}; it must have that of x, {shape}.")
        axis = one_axis(name, axis, len(shape))
        size, least = _sizes(name, window, min_count, shape[axis])
        require_shape(name, shape, *arrays)
        moved = [contiguous(a.swapaxes(axis, -1)) for a in arrays]
        n = shape[axis]
        single = all(a.dtype == _FLOAT32 for a in arrays)
        values = np.empty(moved[0].shape, _FLOAT32 if single else _FLOAT64)
        elements = (m.reshape(-1) if single else conversion.to_float64(m) for m in moved)
        kernel(*elements, values.size // n, n, size, least, values.reshape(-1))
        return deliver(name, values.swapaxes(axis, -1), None)

    return move
