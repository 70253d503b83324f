"""Sums, medians, ranks and covariances of moving windows: of the last elements up to each place, and of no other."""

from collections.abc import Callable
from functools import partial

import numpy as np

from corepy._arguments import public
from corepy._conversion import Conversion
from corepy._windows import DDOF, DOC, freedom, over_pairs, over_windows
from corepy.backend.dispatch import operator

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
        exact = backend.function("window_exact", "window_exact_sums")
        general = backend.function("window_sum", "window_sums")
        conversion = Conversion(backend, copy=True)

        def kernel(x, outer, n, window, least, out):
            if exact(x, outer, n, window, least, mean, out):
                return
            # This one takes any elements, with the same results, and more time. It would go astray if another thread wrote to
            # them.
            values = np.empty(x.size)
            general(conversion.to_float64(x), outer, n, window, least, mean, values)
            out[...] = conversion.to_float32(values) if out.dtype == np.float32 else values

        moved = over_windows(backend, name)

        def move(x, window, min_count=None, axis=-1):
            return moved(x, window, min_count, axis, kernel)

        return public(move, name, DOC.format(summary=summary, more="", notes=notes, example=example))

    return operator(name, "window_sum", "windows", build)


def _orders(name: str, file: str, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        kernel = backend.function(file, f"{file}s")
        moved = over_windows(backend, name)

        def move(x, window, min_count=None, axis=-1):
            return moved(x, window, min_count, axis, kernel)

        return public(move, name, DOC.format(summary=summary, more="", notes=notes, example=example))

    return operator(name, file, "windows", build)


def _pairs_doc(summary: str, more: str, notes: str, example: str) -> str:
    doc = DOC.format(summary=summary, more=more, notes=notes, example=example)
    doc = doc.replace("    x : array_like\n", "    x, y : array_like\n        Of one shape; ")
    doc = doc.replace("Of one shape;         bool", "Of one shape; bool")
    doc = doc.replace("float32 for float32,", "float32 where both are,")
    doc = doc.replace("    ValueError\n", "    ShapeError\n        If x and y have different shapes.\n    ValueError\n")
    return doc.replace("NaN is passed over.", "A pair of which one is NaN is passed over.").replace(
        "numbers (not NaN)", "pairs of numbers (not NaN)"
    )


def _build_cov(backend):
    kernel = backend.function("window_pairs", "window_pairs")
    moved = over_pairs(backend, "move_cov")

    def move(x, y, window, min_count=None, axis=-1, ddof=1):
        return moved(x, y, window, min_count, axis, partial(kernel, freedom("move_cov", ddof), False))

    doc = _pairs_doc(
        "Covariances of the last `window` pairs of elements.",
        DDOF.replace("default 0", "default 1").replace("of squares", "of products"),
        """The result is within (16 * sqrt(window) + 24) * 2**-53 times the geometric mean of both variances of the exact
    one. NaN where a window holds infinities; infinite or NaN where n - ddof is not above 0.""",
        ">>> cp.move_cov([1.0, 3.0, 3.0, 7.0], [2.0, 4.0, 1.0, 3.0], 2)\n    array([nan,  2.,  0.,  4.])",
    )
    return public(move, "move_cov", doc)


def _build_corr(backend):
    kernel = partial(backend.function("window_pairs", "window_pairs"), 0.0, True)
    moved = over_pairs(backend, "move_corr")

    def move(x, y, window, min_count=None, axis=-1):
        return moved(x, y, window, min_count, axis, kernel)

    doc = _pairs_doc(
        "Pearson's correlations of the last `window` pairs of elements.",
        "",
        """The result is within (32 * sqrt(window) + 50) * 2**-53 of the exact one, and -1 to 1. NaN where a window holds
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
