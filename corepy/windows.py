"""Sums, medians and ranks of moving windows: of the last elements up to each place, and of no other."""

from collections.abc import Callable

import numpy as np

from corepy._arguments import REFUSED, public
from corepy.backend.dispatch import operator
from corepy.window_statistics import _DOC, _FLOAT32, _FLOAT64, _moved

__all__ = [
    "move_mean",
    "move_median",
    "move_rank",
    "move_sum",
]


def _sums(name: str, mean: bool, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        function = backend.function("window_sum", "window_sums")

        def move(x, window, min_count=None, axis=-1):
            if axis == -1 and min_count is None:
                try:
                    if x.ndim == 1 and x.dtype == _FLOAT64 and type(window) is int and 0 < window <= x.size:
                        values = np.empty(x.size)
                        function(x, 1, x.size, window, window, mean, False, values)
                        return values
                except REFUSED:
                    pass
            single = getattr(x, "dtype", None) == _FLOAT32
            return _moved(name, function, x, window, min_count, axis, mean, single)

        return public(move, name, _DOC.format(summary=summary, more="", notes=notes, example=example))

    return operator(name, "window_sum", "windows", build)


def _orders(name: str, rank: bool, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        function = backend.function("window_order", "window_orders")

        def move(x, window, min_count=None, axis=-1):
            if axis == -1 and min_count is None:
                try:
                    if x.ndim == 1 and x.dtype == _FLOAT64 and type(window) is int and 0 < window <= x.size:
                        values = np.empty(x.size)
                        function(x, 1, x.size, window, window, rank, values)
                        return values
                except REFUSED:
                    pass
            return _moved(name, function, x, window, min_count, axis, rank)

        return public(move, name, _DOC.format(summary=summary, more="", notes=notes, example=example))

    return operator(name, "window_order", "windows", build)


_SUM = """The sum of float64 is the exact one, correctly rounded, whatever the window holds (within 2**-1010 where
    partial sums overflow). float32 is added in float64, and each result is rounded once."""

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
    False,
    "Medians of the last `window` elements.",
    "The mean of the two middle numbers of an even count is correctly rounded. A zero of either sign is 0.0.",
    ">>> cp.move_median([1.0, 9.0, 4.0, 5.0], 3)\n    array([nan, nan,  4.,  5.])",
)
move_rank = _orders(
    "move_rank",
    True,
    "Ranks of each element among the last `window` elements.",
    """From -1.0 for the least to 1.0 for the greatest; equal numbers (0.0 and -0.0) have the mean of their ranks, and a
    number alone has rank 0.0. NaN where the element is NaN.""",
    ">>> cp.move_rank([1.0, 9.0, 4.0, 5.0], 3)\n    array([nan, nan,  0.,  0.])",
)
