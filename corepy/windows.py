"""Sums, medians, ranks and covariances of moving windows: of the last elements up to each place, and of no other."""

from collections.abc import Callable

import numpy as np

from corepy import errors
from corepy._arguments import REFUSED, deliver, one_axis, operand, public
from corepy.backend.dispatch import operator
from corepy.window_statistics import _DDOF, _DOC, _FLOAT32, _FLOAT64, _moved, _moved_last, _sizes

__all__ = [
    "move_corr",
    "move_cov",
    "move_mean",
    "move_median",
    "move_rank",
    "move_sum",
]


def _sums(name: str, mean: bool, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        # The second one takes any elements, with the same results, and more time. It would go astray if another thread wrote to
        # them.
        exact = backend.function("window_exact", "window_exact_sums")
        general = backend.function("window_sum", "window_sums")

        def function(*arguments):
            return exact(*arguments) or general(arguments[0].copy(), *arguments[1:])

        def move(x, window, min_count=None, axis=-1):
            if axis == -1 and min_count is None:
                try:
                    if x.ndim == 1 and x.dtype == _FLOAT64 and type(window) is int and 0 < window <= x.size:
                        values = np.empty(x.size, _FLOAT64)
                        function(x, 1, x.size, window, window, mean, values)
                        return values
                except REFUSED:
                    pass
            return _moved(name, function, x, window, min_count, axis, mean, copy=False)

        return public(move, name, _DOC.format(summary=summary, more="", notes=notes, example=example))

    return operator(name, "window_sum", "windows", build)


def _orders(name: str, kernel: str, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        function = backend.function(kernel, f"{kernel}s")

        def move(x, window, min_count=None, axis=-1):
            if axis == -1 and min_count is None:
                try:
                    if x.ndim == 1 and x.dtype == _FLOAT64 and type(window) is int and 0 < window <= x.size:
                        values = np.empty(x.size, _FLOAT64)
                        function(x.copy(), 1, x.size, window, window, values)
                        return values
                except REFUSED:
                    pass
            return _moved(name, function, x, window, min_count, axis)

        return public(move, name, _DOC.format(summary=summary, more="", notes=notes, example=example))

    return operator(name, kernel, "windows", build)


def _moved_pairs(name: str, function: Callable, x, y, window, min_count, axis, *parameters) -> np.ndarray:
    """Any two array_likes of one shape: computed in float64, rounded once."""
    arrays = [operand(name, x), operand(name, y, "y")]
    shape = arrays[0].shape
    if arrays[1].shape != shape:
        raise errors.ShapeError(f"corepy.{name}: y has shape {arrays[1].shape}; it must have that of x, {shape}.")
    axis = one_axis(name, axis, len(shape))
    size, least = _sizes(name, window, min_count, shape[axis])
    moved = [_moved_last(a, axis) for a in arrays]
    values = np.empty(moved[0].shape, _FLOAT64)
    n = shape[axis]
    function(*(m.reshape(-1) for m in moved), values.size // n, n, size, least, *parameters, values.reshape(-1))
    if all(a.dtype == _FLOAT32 for a in arrays):
        with np.errstate(over="ignore", under="ignore"):
            values = values.astype(_FLOAT32)
    return deliver(name, values.swapaxes(axis, -1), None)


def _pairs_doc(summary: str, more: str, notes: str, example: str) -> str:
    doc = _DOC.format(summary=summary, more=more, notes=notes, example=example)
    doc = doc.replace("    x : array_like\n", "    x, y : array_like\n        Of one shape; ")
    doc = doc.replace("Of one shape;         bool", "Of one shape; bool")
    doc = doc.replace("float32 for float32,", "float32 where both are,")
    doc = doc.replace("    ValueError\n", "    ShapeError\n        If x and y have different shapes.\n    ValueError\n")
    return doc.replace("NaN is passed over.", "A pair of which one is NaN is passed over.").replace(
        "numbers (not NaN)", "pairs of numbers (not NaN)"
    )


def _build_cov(backend):
    function = backend.function("window_pairs", "window_pairs")

    def move(x, y, window, min_count=None, axis=-1, ddof=1):
        try:
            shift = float(ddof + 0.0)
        except (OverflowError, TypeError, ValueError):
            raise errors.DTypeError(f"corepy.move_cov: ddof is {ddof!r}; it must be a number.") from None
        return _moved_pairs("move_cov", function, x, y, window, min_count, axis, shift, False)

    doc = _pairs_doc(
        "Covariances of the last `window` pairs of elements.",
        _DDOF.replace("default 0", "default 1").replace("of squares", "of products"),
        """The result is within (2 * log2(window) + 24) * 2**-53 times the geometric mean of both variances of the exact
    one. NaN where a window holds infinities; infinite or NaN where n - ddof is not above 0.""",
        ">>> cp.move_cov([1.0, 3.0, 3.0, 7.0], [2.0, 4.0, 1.0, 3.0], 2)\n    array([nan,  2.,  0.,  4.])",
    )
    return public(move, "move_cov", doc)


def _build_corr(backend):
    function = backend.function("window_pairs", "window_pairs")

    def move(x, y, window, min_count=None, axis=-1):
        return _moved_pairs("move_corr", function, x, y, window, min_count, axis, 0.0, True)

    doc = _pairs_doc(
        "Pearson's correlations of the last `window` pairs of elements.",
        "",
        """The result is within (4 * log2(window) + 50) * 2**-53 of the exact one, and -1 to 1. NaN where a window holds
    infinities or equal numbers alone.""",
        ">>> cp.move_corr([1.0, 3.0, 3.0, 7.0], [2.0, 4.0, 1.0, 3.0], 2)\n    array([nan,  1., nan,  1.])",
    )
    return public(move, "move_corr", doc)


_SUM = """The sum is the exact one, correctly rounded to float64, whatever the window holds (within 2**-1010 where
    partial sums overflow). Of float32 that is rounded once more."""

move_sum = _sums(
    "move_sum",
    False,
    "Sums of the last `window` elements.",
    _SUM,
    ">>> cp.move_sum([1.0, 2.0, 4.0, 8.0], 2)\n    array([nan,  3.,  6., 12.])",
)
move_mean = _sums(
    "move_mean",
    True,
    "Means of the last `window` elements.",
    _SUM + " It is\n    divided by how many numbers there are; a mean whose sum overflows is infinite.",
    ">>> cp.move_mean([1.0, 2.0, 4.0, 8.0], 2, min_count=1)\n    array([1. , 1.5, 3. , 6. ])",
)
move_median = _orders(
    "move_median",
    "window_median",
    "Medians of the last `window` elements.",
    "The mean of the two middle numbers of an even count is correctly rounded. A zero of either sign is 0.0.",
    ">>> cp.move_median([1.0, 9.0, 4.0, 5.0], 3)\n    array([nan, nan,  4.,  5.])",
)
move_rank = _orders(
    "move_rank",
    "window_rank",
    "Ranks of each element among the last `window` elements.",
    """From -1.0 for the least to 1.0 for the greatest; equal numbers (0.0 and -0.0) have the mean of their ranks, and a
    number alone has rank 0.0. NaN where the element is NaN.""",
    ">>> cp.move_rank([1.0, 9.0, 4.0, 5.0], 3)\n    array([nan, nan,  0.,  0.])",
)
move_cov = operator("move_cov", "window_pairs", "windows", _build_cov)
move_corr = operator("move_corr", "window_pairs", "windows", _build_corr)
