"""Reductions that leave NaN out, with the names of NumPy and bottleneck: nansum to nanargmax, count, anynan, allnan."""

from math import prod

import numpy as np

from corepy._arguments import axes, deliver, operand, public, reduced_shape
from corepy._reduce import (
    ACCUMULATE,
    COUNT,
    LOCATE,
    MEAN,
    NAN_MEAN,
    NAN_STD,
    NAN_VAR,
    SELECT,
    TEST,
    Kernels,
    Masking,
    Plan,
    Rule,
    described,
    highest,
    lowest,
    reduction,
    shortcut,
    spread,
)
from corepy.backend.dispatch import operator

__all__ = [
    *("allnan", "anynan", "count", "nanargmax", "nanargmin", "nanmax", "nanmean", "nanmin", "nanprod", "nanstd"),
    *("nansum", "nanvar"),
]

_FILE = "nan_reduction"
_FLOAT = "ndarray or scalar\n        float32 for float32, float64 for everything else."
_ACCUMULATED = """ndarray or scalar
        int64 or uint64 for bool and integers (they wrap around), float32 or float64 for floats."""
_EMPTY = "    ValueError\n        If a slice is empty.\n"
_WITHOUT = "A slice without NaN gives the bits of `{}`, and integers are given to it."
_DDOF = """    ddof : float, default 0
        The sum of squares is divided by the number of numbers minus ddof; also accepted as `correction`.
"""

nansum = reduction(
    "nansum",
    Kernels(_FILE, "nan_mean", ACCUMULATE, "nan_moment_axis", first=(0,), last=(0.0,)),
    Kernels("reduction", "sum_", ACCUMULATE),
    masking=Masking(lambda _: 0),
    doc=described(
        "Sum of the elements that are not NaN.",
        _ACCUMULATED,
        _WITHOUT.format("sum") + " NaN counts as 0.0: a slice of nothing else\n    gives 0.0.",
        ">>> cp.nansum([1.0, float('nan'), 2.0])\n    np.float64(3.0)",
    ),
)
nanprod = reduction(
    "nanprod",
    Kernels(_FILE, "nan_product", ACCUMULATE),
    Kernels("reduction", "prod", ACCUMULATE),
    masking=Masking(lambda _: 1),
    doc=described(
        "Product of the elements that are not NaN.",
        _ACCUMULATED,
        _WITHOUT.format("prod") + " NaN counts as 1.0: a slice of nothing else\n    gives 1.0.",
        ">>> cp.nanprod([2.0, float('nan'), 3.0])\n    np.float64(6.0)",
    ),
)
nanmean = reduction(
    "nanmean",
    NAN_MEAN,
    MEAN,
    masking=Masking(averages=NAN_MEAN),
    doc=described(
        "Arithmetic mean of the elements that are not NaN.",
        _FLOAT,
        _WITHOUT.format("mean") + " NaN, without a warning, where there is no number.",
        ">>> cp.nanmean([1.0, float('nan'), 2.0])\n    np.float64(1.5)",
    ),
)
_SPREAD_NOTES = (
    _WITHOUT
    + """
    Two passes: the mean first, then the squared deviations from it, so that a large mean does no harm and the result is
    never negative. NaN, without a warning, where there are no more numbers than ddof."""
)
nanvar = spread(
    "nanvar",
    NAN_VAR,
    Masking(averages=NAN_VAR),
    doc=described(
        "Variance of the elements that are not NaN.",
        _FLOAT,
        _SPREAD_NOTES.format("var"),
        ">>> cp.nanvar([1.0, float('nan'), 3.0])\n    np.float64(1.0)",
        parameters=_DDOF,
    ),
)
nanstd = spread(
    "nanstd",
    NAN_STD,
    Masking(averages=NAN_STD),
    doc=described(
        "Standard deviation of the elements that are not NaN.",
        _FLOAT,
        _SPREAD_NOTES.format("std"),
        ">>> cp.nanstd([1.0, float('nan'), 3.0])\n    np.float64(1.0)",
        parameters=_DDOF,
    ),
)


def _extreme(name: str, sign: float, word: str, of_others: str, example: str):
    return reduction(
        name,
        Kernels("nan_extreme", "nan_extreme", SELECT, first=(sign,)),
        Kernels("extreme", of_others, SELECT),
        masking=Masking(lambda dtype: np.nan if dtype.kind == "f" else (highest if sign > 0 else lowest)(dtype)),
        doc=described(
            f"{word} element that is not NaN.",
            "ndarray or scalar\n        The dtype of x.",
            "NaN, without a warning, where a slice holds nothing else. A zero is 0.0, never -0.0.",
            example,
            raises=_EMPTY,
        ),
    )


nanmin = _extreme("nanmin", 1.0, "Smallest", "min_", ">>> cp.nanmin([3.0, float('nan'), 1.0])\n    np.float64(1.0)")
nanmax = _extreme("nanmax", -1.0, "Largest", "max_", ">>> cp.nanmax([3.0, float('nan'), 1.0])\n    np.float64(3.0)")


def _found(name: str, places):
    if np.any(np.less(places, 0)):
        raise ValueError(f"corepy.{name}: All-NaN slice encountered: it has no element to point at.")
    return places


def _place(name: str, sign: float, word: str, of_others: str, example: str):
    return reduction(
        name,
        Kernels("nan_extreme", "nan_place", LOCATE, first=(sign,)),
        Kernels("search", of_others, LOCATE),
        described(
            f"Index of the {word} element that is not NaN, the first of equals.",
            "ndarray or scalar\n        int64.",
            "-0.0 is equal to 0.0.",
            example,
            raises="    ValueError\n        If a slice is empty, or holds nothing but NaN.\n",
        ),
        _found,
    )


nanargmin = _place("nanargmin", 1.0, "smallest", "argmin", ">>> cp.nanargmin([3, float('nan'), 1])\n    np.int64(2)")
nanargmax = _place("nanargmax", -1.0, "largest", "argmax", ">>> cp.nanargmax([3, float('nan'), 1])\n    np.int64(0)")


def _of_numbers(name: str, kernel: str, rule: Rule, first: tuple, of_integers, doc: str):
    """An operator that asks which elements are numbers; `of_integers` answers for a slice of n of them."""
    kernels = Kernels(_FILE, kernel, rule, first=first)

    def build(backend):
        plans = {dtype: Plan(backend, kernels, dtype) for dtype in map(np.dtype, (np.float32, np.float64))}

        def full(x, axis=None, *, keepdims=False, out=None):
            array = operand(name, x)
            chosen = axes(name, axis, array.ndim)
            shape = reduced_shape(array.shape, chosen, keepdims)
            if array.dtype in plans:
                values = plans[array.dtype].along_axes(array, chosen, ())
            else:
                n = prod(array.shape[a] for a in chosen)
                values = np.full(prod(shape), of_integers(n), rule.result(array.dtype))
            return deliver(name, values.reshape(shape), out)

        flat = {dtype: plan.flat for dtype, plan in plans.items()}
        along = {dtype: plan.along_axis for dtype, plan in plans.items()}

        short = public(shortcut(flat, along, full), name, doc)
        # What inspect.signature shows.
        short.__wrapped__ = public(full, name, doc)
        return short

    return operator(name, _FILE, "reductions", build)


_BOOL = "ndarray or scalar\n        bool."

count = _of_numbers(
    "count",
    "count",
    COUNT,
    (),
    lambda n: n,
    described(
        "Number of elements that are not NaN.",
        "ndarray or scalar\n        int64.",
        "Integers are never NaN. numbagg calls this nancount.",
        ">>> cp.count([1.0, float('nan'), 2.0])\n    np.int64(2)",
    ),
)
anynan = _of_numbers(
    "anynan",
    "nan_test",
    TEST,
    (0,),
    lambda n: False,
    described(
        "Whether any element is NaN.",
        _BOOL,
        "False for an empty slice, and for integers. A slice is read up to its first NaN, in blocks.",
        ">>> cp.anynan([1.0, float('nan')])\n    np.True_",
    ),
)
allnan = _of_numbers(
    "allnan",
    "nan_test",
    TEST,
    (1,),
    lambda n: n == 0,
    described(
        "Whether all elements are NaN.",
        _BOOL,
        "True for an empty slice, as in bottleneck. A slice is read up to its first number, in blocks.",
        ">>> cp.allnan([1.0, float('nan')])\n    np.False_",
    ),
)
