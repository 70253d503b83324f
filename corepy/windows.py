"""Sums and means of moving windows: each result is of the last elements up to its place, and of no other."""

from collections.abc import Callable

import numpy as np

from corepy._arguments import REFUSED, public
from corepy.backend.dispatch import operator
from corepy.window_statistics import _DOC, _FLOAT32, _FLOAT64, _moved

__all__ = [
    "move_mean",
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
