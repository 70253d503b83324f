"""The oracle table of the operators that keep the axis they go along: one row each, judging a single slice."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import oracle_exponential
from oracle import UNIT


@dataclass(frozen=True)
class SliceRow:
    """`truth` takes the slices and the keywords of a call and gives the result, exactly where `error` is None.

    With `error`, the truth of floats is a list of fractions (a float is to be met exactly: NaN) and the error a list of how
    far off each may be, before it is rounded to the dtype of the result; integers are exact all the same.
    """

    name: str
    truth: Callable[..., Any]
    error: Callable[..., Any] | None = None
    # Keyword arguments of the calls that are tried, for slices of n elements.
    calls: Callable[[int], list[dict]] = lambda n: [{}]
    aliases: tuple[str, ...] = ()
    arrays: int = 1


def _running(x, neutral, step) -> list:
    found = []
    total = neutral
    for value in x:
        total = step(total, value)
        found.append(total)
    return found


def _without_nan(x: np.ndarray, instead: int) -> np.ndarray:
    return np.where(x == x, x, x.dtype.type(instead))


def _cumulative(numpy: Callable, neutral: int, step: Callable, skip: bool) -> Callable:
    def truth(x):
        if x.dtype.kind != "f":
            return numpy(x)
        values = _without_nan(x, neutral).tolist() if skip else x.tolist()
        return _running(map(Fraction, values), Fraction(neutral), step)

    return truth


def _sum_error(x):
    sizes = _running((abs(Fraction(v)) for v in _without_nan(x, 0).tolist()), Fraction(0), lambda a, b: a + b)
    return [k * UNIT * size for k, size in enumerate(sizes)]


def _product_error(x):
    values = map(Fraction, _without_nan(x, 1).tolist())
    return [k * UNIT * abs(p) * 2 for k, p in enumerate(_running(values, Fraction(1), lambda a, b: a * b))]


def _extreme(better: Callable, skip: bool) -> Callable:
    def truth(x):
        found = []
        for value in x:
            if not found or (skip and found[-1] != found[-1]) or better(value, found[-1]):
                found.append(value)
            else:
                found.append(value if value != value and not skip else found[-1])
        return np.array(found, x.dtype)

    return truth


def _less(a, b):
    return a < b


def _greater(a, b):
    return a > b


def _plus(a, b):
    return a + b


def _times(a, b):
    return a * b


def _filled(x, limit=None, n=None, backward=False):
    """By hand: each NaN looks for the nearest number on one side, no farther than the limit."""
    most = limit if n is None else n
    found = x[::-1].copy() if backward else x.copy()
    seen = None
    for i, value in enumerate(found.tolist()):
        if value == value:
            seen = i
        elif seen is not None and (most is None or i - seen <= most):
            found[i] = found[seen]
    return found[::-1].copy() if backward else found


def _rank(x, skip=False):
    """By counting: how many are less, and half of how many are equal."""
    numbers = x[x == x]
    less = np.array([np.count_nonzero(numbers < v) for v in x], np.float64)
    ranks = less + 0.5 * (np.array([np.count_nonzero(numbers == v) for v in x]) + 1)
    missing = numbers.size + np.cumsum(x != x)
    return np.where(x == x, ranks, np.nan if skip else missing)


def _argpartition(x, kth):
    order = np.argsort(np.where(x == 0, x.dtype.type(0), x), kind="stable")
    k = kth % x.size
    return np.concatenate([np.sort(order[:k]), order[k : k + 1], np.sort(order[k + 1 :])])


def _partition(x, kth):
    return x[_argpartition(x, kth)]


def _kths(n):
    return [{"kth": kth} for kth in (n // 2, 0, -1, n // 3)]


_TABLE = [
    SliceRow("cumulative_sum", _cumulative(np.cumsum, 0, _plus, False), _sum_error, aliases=("cumsum",)),
    SliceRow("cumulative_prod", _cumulative(np.cumprod, 1, _times, False), _product_error, aliases=("cumprod",)),
    SliceRow("nancumsum", _cumulative(np.nancumsum, 0, _plus, True), _sum_error),
    SliceRow("nancumprod", _cumulative(np.nancumprod, 1, _times, True), _product_error),
    SliceRow("cummin", _extreme(_less, False)),
    SliceRow("cummax", _extreme(_greater, False)),
    SliceRow("nancummin", _extreme(_less, True)),
    SliceRow("nancummax", _extreme(_greater, True)),
    SliceRow("diff", np.diff, calls=lambda n: [{}, {"n": min(2, n), "append": 1}]),
    SliceRow("ffill", _filled, calls=lambda n: [{}, {"limit": 0}, {"limit": 2 * n}, {"limit": 2}]),
    SliceRow("bfill", partial(_filled, backward=True), calls=lambda n: [{}, {"limit": 0}, {"limit": n}, {"limit": 1}]),
    SliceRow("push", _filled, calls=lambda n: [{}, {"n": 3 * n}, {"n": 1}]),
    SliceRow("rankdata", _rank),
    SliceRow("nanrankdata", partial(_rank, skip=True)),
    SliceRow("partition", _partition, calls=_kths),
    SliceRow("argpartition", _argpartition, calls=_kths),
    *(
        SliceRow(
            f"move_exp_nan{kind}",
            oracle_exponential.truth(kind),
            oracle_exponential.error(kind),
            oracle_exponential.calls,
            arrays=2 if kind in ("cov", "corr") else 1,
        )
        for kind in ("count", "sum", "mean", "var", "std", "cov", "corr")
    ),
]

SLICE_ROWS: dict[str, SliceRow] = {row.name: row for row in _TABLE}
SLICE_ALIASES: dict[str, str] = {alias: row.name for row in _TABLE for alias in row.aliases}
