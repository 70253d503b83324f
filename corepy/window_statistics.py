"""Extremes and variances of moving windows: each result is of the last elements up to its place, and of no other."""

from collections.abc import Callable
from functools import partial

from corepy._arguments import public
from corepy._windows import DDOF, DOC, freedom, over_windows
from corepy.backend.dispatch import operator

__all__ = [
    "move_argmax",
    "move_argmin",
    "move_max",
    "move_min",
    "move_std",
    "move_var",
]


def _extremes(name: str, sign: float, places: bool, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        kernel = partial(backend.function("window_extreme", "window_extremes"), sign, places)
        moved = over_windows(backend, name)

        def move(x, window, min_count=None, axis=-1):
            return moved(x, window, min_count, axis, kernel)

        return public(move, name, DOC.format(summary=summary, more="", notes=notes, example=example))

    return operator(name, "window_extreme", "windows", build)


def _spread(name: str, root: bool, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        kernel = backend.function("window_spread", "window_spread")
        moved = over_windows(backend, name)

        def move(x, window, min_count=None, axis=-1, ddof=0):
            return moved(x, window, min_count, axis, partial(kernel, freedom(name, ddof), root))

        return public(move, name, DOC.format(summary=summary, more=DDOF, notes=notes, example=example))

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
    _VARIANCE.format(
        """within (16 * sqrt(window) + 24) * 2**-53 times itself of the exact one (met: 5 * 2**-53, the
    worst case is a first number far from all others)"""
    ),
    ">>> cp.move_var([1.0, 3.0, 3.0, 7.0], 2)\n    array([nan,  1.,  0.,  4.])",
)
move_std = _spread(
    "move_std",
    True,
    "Standard deviations of the last `window` elements.",
    _VARIANCE.format("the square root of the variance of `move_var`"),
    ">>> cp.move_std([1.0, 3.0, 3.0, 7.0], 2)\n    array([nan,  1.,  0.,  2.])",
)
