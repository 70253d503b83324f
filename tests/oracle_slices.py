"""The oracle table of the operators that keep the axis they go along: one row each, judging a single slice."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import oracle_exponential
from oracle import UNIT, _root
from ulps import exact


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


def _windows(x, window, min_count):
    """The numbers of each window, and how many elements ago each was; None where they are too few."""
    for i in range(x.size):
        places = [k for k in range(max(i - window + 1, 0), i + 1) if x[k] == x[k]]
        yield [(x[k], i - k) for k in places] if len(places) >= (min_count or window) else None


def _moving_extreme(sign: int, place: bool) -> Callable:
    def truth(x, window, min_count=None):
        wide = x.astype(x.dtype if x.dtype.kind == "f" else np.float64)
        found = []
        for numbers in _windows(wide, window, min_count):
            if numbers is None:
                found.append(np.nan)
            else:
                value, ago = min(numbers, key=lambda n: (sign * n[0], n[1]))
                found.append(ago if place else value + 0.0)
        return np.array(found, wide.dtype)

    return truth


def _moving_variance(x, window, min_count=None, ddof=0):
    found = []
    for numbers in _windows(x, window, min_count):
        if numbers is None or len(numbers) <= ddof:
            found.append(math.nan)
        else:
            values = [Fraction(float(v)) for v, _ in numbers]
            mean = sum(values) / len(values)
            found.append(sum((v - mean) ** 2 for v in values) / (len(values) - ddof))
    return found


def _moving_variance_error(x, window, min_count=None, ddof=0):
    found = _moving_variance(x, window, min_count, ddof)
    return [math.nan if isinstance(v, float) else 40 * UNIT * v + Fraction(1, 2**1074) for v in found]


def _moving_deviation(x, window, min_count=None, ddof=0):
    return [v if isinstance(v, float) else _root(v) for v in _moving_variance(x, window, min_count, ddof)]


def _moving_deviation_error(x, window, min_count=None, ddof=0):
    found = _moving_deviation(x, window, min_count, ddof)
    return [math.nan if isinstance(v, float) else 21 * UNIT * exact(v) + Fraction(1, 2**1074) for v in found]


def _moving_sum(mean: bool) -> Callable:
    def truth(x, window, min_count=None):
        found = []
        for numbers in _windows(x, window, min_count):
            values = None if numbers is None else [Fraction(float(v)) for v, _ in numbers]
            found.append(math.nan if values is None else sum(values) / (len(values) if mean else 1))
        return found

    return truth


def _moving_sum_error(x, window, min_count=None):
    """None for float64 and integers; float32 is added in float64."""
    found = []
    for numbers in _windows(x, window, min_count):
        sizes = [abs(Fraction(float(v))) for v, _ in numbers or []]
        found.append(len(sizes) * UNIT * sum(sizes) if x.dtype == np.float32 else 0)
    return found


def _moving_mean_error(x, window, min_count=None):
    errors = _moving_sum_error(x, window, min_count)
    means = _moving_sum(True)(x, window, min_count)
    return [e + (0 if m != m else 2 * UNIT * abs(m)) for e, m in zip(errors, means, strict=True)]


def _moving_median(x, window, min_count=None):
    wide = x.astype(x.dtype if x.dtype.kind == "f" else np.float64)
    found = []
    for numbers in _windows(wide, window, min_count):
        values = sorted(float(v) for v, _ in numbers or [])
        if not values:
            found.append(math.nan)
            continue
        a, b = values[(len(values) - 1) // 2], values[len(values) // 2]
        middle = a + b if math.isinf(a) or math.isinf(b) else float((Fraction(a) + Fraction(b)) / 2)
        found.append(middle + 0.0)
    return np.array(found, wide.dtype)


def _moving_rank(x, window, min_count=None):
    wide = x.astype(x.dtype if x.dtype.kind == "f" else np.float64)
    found = []
    for newest, numbers in zip(wide, _windows(wide, window, min_count), strict=True):
        if numbers is None or newest != newest:
            found.append(math.nan)
            continue
        below = sum(2 if v < newest else v == newest for v, _ in numbers) - 1
        others = len(numbers) - 1
        found.append((below - others) / others if others else 0.0)
    return np.array(found, wide.dtype)


def _moving_products(x, y, window, min_count):
    """How many pairs each window has, and the sums of products of their deviations: xy, xx, yy; None where they are too few."""
    x, y = (a.astype(np.result_type(a, np.float32)) for a in (x, y))
    both = np.where(x == x, y, np.nan)
    for i, numbers in enumerate(_windows(both, window, min_count)):
        if numbers is None:
            yield None
            continue
        pairs = [(Fraction(float(x[i - ago])), Fraction(float(v))) for v, ago in numbers]
        means = [sum(column) / len(pairs) for column in zip(*pairs, strict=True)]
        deviations = [(a - means[0], b - means[1]) for a, b in pairs]
        yield len(pairs), *(sum(d[j] * d[k] for d in deviations) for j, k in ((0, 1), (0, 0), (1, 1)))


def _moving_covariance(x, y, window, min_count=None, ddof=1):
    found = _moving_products(x, y, window, min_count)
    return [math.nan if p is None or p[0] <= ddof else p[1] / (p[0] - ddof) for p in found]


def _moving_covariance_error(x, y, window, min_count=None, ddof=1):
    found = _moving_products(x, y, window, min_count)
    return [0 if p is None or p[0] <= ddof else 40 * UNIT * exact(_root(p[2] * p[3])) / (p[0] - ddof) for p in found]


def _moving_correlation(x, y, window, min_count=None):
    found = _moving_products(x, y, window, min_count)
    return [math.nan if p is None or not p[2] * p[3] else p[1] / exact(_root(p[2] * p[3])) for p in found]


def _moving_correlation_error(x, y, window, min_count=None):
    return [80 * UNIT] * x.size


def _window_calls(n):
    sizes = sorted({1, min(2, n), min(5, n), n})
    return [{"window": w} for w in sizes] + [{"window": w, "min_count": (w + 1) // 2} for w in sizes]


def _pair_calls(n):
    """Two pairs at least, where there are two, for the default ddof of 1."""
    return [c for c in _window_calls(n) if c.get("min_count", c["window"]) > 1] or [{"window": 1}]


def _spread_calls(n):
    calls = _window_calls(n)
    return [*calls, *({**call, "ddof": 1} for call in calls if call.get("min_count", call["window"]) > 1)]


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
    SliceRow("move_min", _moving_extreme(1, False), calls=_window_calls),
    SliceRow("move_max", _moving_extreme(-1, False), calls=_window_calls),
    SliceRow("move_argmin", _moving_extreme(1, True), calls=_window_calls),
    SliceRow("move_argmax", _moving_extreme(-1, True), calls=_window_calls),
    SliceRow("move_var", _moving_variance, _moving_variance_error, calls=_spread_calls),
    SliceRow("move_sum", _moving_sum(False), _moving_sum_error, calls=_window_calls),
    SliceRow("move_mean", _moving_sum(True), _moving_mean_error, calls=_window_calls),
    SliceRow("move_median", _moving_median, calls=_window_calls),
    SliceRow("move_rank", _moving_rank, calls=_window_calls),
    SliceRow("move_cov", _moving_covariance, _moving_covariance_error, calls=_pair_calls, arrays=2),
    SliceRow("move_corr", _moving_correlation, _moving_correlation_error, calls=_pair_calls, arrays=2),
    SliceRow("move_std", _moving_deviation, _moving_deviation_error, calls=_spread_calls),
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
