"""Cumulative sums, products and extremes, and the last value seen: one element after the other along the middle axis.

A float32 is widened to float64, in which the scan goes on; each result is rounded once.
"""

import numpy as np

from .folds import _plus, _times


def _widened(value):
    return np.float64(value)


def _zero_for_nan(value):
    return np.where(value != value, 0.0, np.float64(value))


def _one_for_nan(value):
    return np.where(value != value, 1.0, np.float64(value))


def _itself(value):
    return value


def _less(best, value):
    return np.where(value < best, value, best)


def _greater(best, value):
    return np.where(value > best, value, best)


def _less_or_nan(best, value):
    return np.where(value < best, value, np.where(value != value, value, best))


def _greater_or_nan(best, value):
    return np.where(value > best, value, np.where(value != value, value, best))


def _less_but_nan(best, value):
    return np.where(value < best, value, np.where(best != best, value, best))


def _greater_but_nan(best, value):
    return np.where(value > best, value, np.where(best != best, value, best))


def _columns(neutral, step, load, x, outer, n, inner, out):
    """Neighboring slices side by side; what each has come to stands in `kept`."""
    kept = np.empty(inner, dtype=neutral.dtype)
    for o in range(outer):
        for i in range(n):
            row = x[(o * n + i) * inner:(o * n + i + 1) * inner]
            target = out[(o * n + i) * inner:(o * n + i + 1) * inner]
            if i == 0:
                for j in range(inner):
                    kept[j] = load(row[j])
                    target[j] = kept[j]
            else:
                for j in range(inner):
                    kept[j] = step(kept[j], load(row[j]))
                    target[j] = kept[j]


def _slice(step, load, row, target, begin):
    total = load(row[begin])
    target[begin] = total
    for i in range(begin + 1, row.shape[0]):
        total = step(total, load(row[i]))
        target[i] = total


def _scan(neutral, step, load, x, outer, n, inner, out):
    if inner > 1:
        _columns(neutral, step, load, x, outer, n, inner, out)
    else:
        for o in range(outer if n > 0 else 0):
            _slice(step, load, x[o * n:(o + 1) * n], out[o * n:(o + 1) * n], 0)


def _scan_extremes(step, step_of_columns, skip, x, outer, n, inner, out):
    """`step` passes NaN over, which takes one instruction; what it takes to see NaN is done beside it."""
    if inner > 1:
        _columns(x.dtype.type(0.0), step_of_columns, _itself, x, outer, n, inner, out)
    else:
        for o in range(outer if n > 0 else 0):
            row = x[o * n:(o + 1) * n]
            target = out[o * n:(o + 1) * n]
            begin = 0
            if skip:
                while begin < n - 1 and row[begin] != row[begin]:
                    target[begin] = row[begin]
                    begin += 1
            _slice(step, _itself, row, target, begin)
            if not skip:
                numbers = 0
                for i in range(n):
                    numbers += np.int64(row[i] == row[i])
                if numbers < n:
                    i = 0
                    # another thread may have written a number over the NaN
                    while i < n and row[i] == row[i]:
                        i += 1
                    for k in range(i, n):
                        target[k] = np.nan


#pythran export sums(float32[], int64, int64, int64, float32[], int64),
#               sums(float64[], int64, int64, int64, float64[], int64)
def sums(x, outer, n, inner, out, kind):
    """0: sum, 1: product; 2 and 3: the same of what is not NaN."""
    if kind == 0:
        _scan(np.float64(0.0), _plus, _widened, x, outer, n, inner, out)
    elif kind == 1:
        _scan(np.float64(0.0), _times, _widened, x, outer, n, inner, out)
    elif kind == 2:
        _scan(np.float64(0.0), _plus, _zero_for_nan, x, outer, n, inner, out)
    else:
        _scan(np.float64(0.0), _times, _one_for_nan, x, outer, n, inner, out)


#pythran export sums__integer(int64[], int64, int64, int64, int64[], int64)
def sums__integer(x, outer, n, inner, out, kind):
    """0 or 2: sum, 1 or 3: product; they wrap around."""
    if kind % 2 == 0:
        _scan(np.int64(0), _plus, _itself, x, outer, n, inner, out)
    else:
        _scan(np.int64(0), _times, _itself, x, outer, n, inner, out)


#pythran export extremes(float32[], int64, int64, int64, float32[], int64),
#               extremes(float64[], int64, int64, int64, float64[], int64)
def extremes(x, outer, n, inner, out, kind):
    """0: least, 1: greatest; 2 and 3: the same of what is not NaN."""
    if kind == 0:
        _scan_extremes(_less, _less_or_nan, False, x, outer, n, inner, out)
    elif kind == 1:
        _scan_extremes(_greater, _greater_or_nan, False, x, outer, n, inner, out)
    elif kind == 2:
        _scan_extremes(_less, _less_but_nan, True, x, outer, n, inner, out)
    else:
        _scan_extremes(_greater, _greater_but_nan, True, x, outer, n, inner, out)


#pythran export extremes__integer(int64[], int64, int64, int64, int64[], int64),
#               extremes__integer(uint64[], int64, int64, int64, uint64[], int64)
def extremes__integer(x, outer, n, inner, out, kind):
    """0 or 2: least, 1 or 3: greatest."""
    if kind % 2 == 0:
        _scan(x.dtype.type(0), _less, _itself, x, outer, n, inner, out)
    else:
        _scan(x.dtype.type(0), _greater, _itself, x, outer, n, inner, out)
