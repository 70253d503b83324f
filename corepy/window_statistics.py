"""Extremes and variances of moving windows: each result is of the last elements up to its place, and of no other."""

from collections.abc import Callable

import numpy as np

from corepy import errors
from corepy._arguments import REFUSED, contiguous, deliver, integer, one_axis, operand, public
from corepy.backend.dispatch import operator

__all__ = [
    "move_argmax",
    "move_argmin",
    "move_max",
    "move_min",
    "move_std",
    "move_var",
]

_FLOAT32, _FLOAT64 = np.dtype(np.float32), np.dtype(np.float64)

_DOC = """{summary}

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
_DDOF = """
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


def _moved_last(array: np.ndarray, axis: int, copy: bool = True) -> np.ndarray:
    """The array as float64 in C order, an axis of it last: a copy where kernels read an element again when it leaves a
    window, and would go astray if another thread wrote to it in between.
    """
    # a signaling NaN of float32 would warn
    with np.errstate(invalid="ignore"):
        return contiguous(array.swapaxes(axis, -1)).astype(_FLOAT64, copy=copy)


def _moved(name: str, function: Callable, x, window, min_count, axis, *parameters, copy: bool = True) -> np.ndarray:
    """Any array_like, axis and layout: computed in float64, rounded once."""
    array = operand(name, x)
    axis = one_axis(name, axis, array.ndim)
    size, least = _sizes(name, window, min_count, array.shape[axis])
    moved = _moved_last(array, axis, copy)
    values = np.empty(moved.shape, _FLOAT64)
    n = moved.shape[-1]
    function(moved.reshape(-1), moved.size // n, n, size, least, *parameters, values.reshape(-1))
    if array.dtype == _FLOAT32:
        with np.errstate(over="ignore", under="ignore"):
            values = values.astype(_FLOAT32)
    return deliver(name, values.swapaxes(axis, -1), None)


def _extremes(name: str, sign: float, places: bool, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        function = backend.function("window_extreme", "window_extremes")

        def move(x, window, min_count=None, axis=-1):
            if axis == -1 and min_count is None:
                try:
                    if x.ndim == 1 and x.dtype == _FLOAT64 and type(window) is int and 0 < window <= x.size:
                        values = np.empty(x.size, _FLOAT64)
                        function(x, 1, x.size, window, window, sign, places, values)
                        return values
                except REFUSED:
                    pass
            return _moved(name, function, x, window, min_count, axis, sign, places)

        return public(move, name, _DOC.format(summary=summary, more="", notes=notes, example=example))

    return operator(name, "window_extreme", "windows", build)


def _spread(name: str, root: bool, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        function = backend.function("window_spread", "window_spread")

        def move(x, window, min_count=None, axis=-1, ddof=0):
            try:
                shift = float(ddof + 0.0)
            except (OverflowError, TypeError, ValueError):
                raise errors.DTypeError(f"corepy.{name}: ddof is {ddof!r}; it must be a number.") from None
            if axis == -1 and min_count is None:
                try:
                    if x.ndim == 1 and x.dtype == _FLOAT64 and type(window) is int and 0 < window <= x.size:
                        values = np.empty(x.size, _FLOAT64)
                        function(x.copy(), 1, x.size, window, window, shift, root, values)
                        return values
                except REFUSED:
                    pass
            return _moved(name, function, x, window, min_count, axis, shift, root)

        return public(move, name, _DOC.format(summary=summary, more=_DDOF, notes=notes, example=example))

    return operator(name, "window_spread", "windows", build)


_VALUE = "A zero of either sign is 0.0."
_PLACE = "How many elements before the end of the window; of equal elements (0.0 and -0.0) the last one is taken."
_VARIANCE = """The result is {}, never negative, and 0.0
    for equal numbers. NaN where a window holds infinities; inf or NaN where n - ddof is not above 0."""

move_min = _extremes(
    "move_min",
    1.0,
    False,
    "Least of the last `window` elements.",
    _VALUE,
    ">>> cp.move_min([3.0, 1.0, 2.0, 4.0], 2)\n    array([nan,  1.,  1.,  2.])",
)
move_max = _extremes(
    "move_max",
    -1.0,
    False,
    "Greatest of the last `window` elements.",
    _VALUE,
    ">>> cp.move_max([3.0, 1.0, 2.0, 4.0], 2)\n    array([nan,  3.,  2.,  4.])",
)
move_argmin = _extremes(
    "move_argmin",
    1.0,
    True,
    "How many elements ago the least of the last `window` elements was.",
    _PLACE,
    ">>> cp.move_argmin([3.0, 1.0, 2.0, 4.0], 2)\n    array([nan,  0.,  1.,  1.])",
)
move_argmax = _extremes(
    "move_argmax",
    -1.0,
    True,
    "How many elements ago the greatest of the last `window` elements was.",
    _PLACE,
    ">>> cp.move_argmax([3.0, 1.0, 2.0, 4.0], 2)\n    array([nan,  1.,  0.,  0.])",
)
move_var = _spread(
    "move_var",
    False,
    "Variances of the last `window` elements.",
    _VARIANCE.format("within (2 * log2(window) + 24) * 2**-53 times itself of the exact one"),
    ">>> cp.move_var([1.0, 3.0, 3.0, 7.0], 2)\n    array([nan,  1.,  0.,  4.])",
)
move_std = _spread(
    "move_std",
    True,
    "Standard deviations of the last `window` elements.",
    _VARIANCE.format("the square root of the variance of `move_var`"),
    ">>> cp.move_std([1.0, 3.0, 3.0, 7.0], 2)\n    array([nan,  1.,  0.,  2.])",
)
