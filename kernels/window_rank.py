"""Ranks in moving windows.

In shorter windows each element is compared with all others, for neighboring windows side by side: that takes a tenth to a
half of the time. Of longer ones the numbers are kept in order: the place of what comes and of what goes is found by bisection;
what stands between them is moved by one place, as a block.
"""

import numpy as np

from .conversion import _in_float64

# Comparisons for each element, from which on keeping the numbers in order takes less time.
_MANY = 512


def _load(row, begin, window, values):
    """The elements up to the last one of the block that begins there, with NaN before the slice; how many are numbers."""
    absent = max(window - 1 - begin, 0)
    for k in range(absent):
        values[k] = np.nan
    seen = row[begin - window + 1 + absent:begin - window + 1 + values.shape[0]]
    into = values[absent:]
    have = 0
    for k in range(seen.shape[0]):
        into[k] = np.float64(seen[k])
        have += np.where(seen[k] == seen[k], 1, 0)
    return have


def _compare(old, new, balance):
    for k in range(balance.shape[0]):
        balance[k] += np.where(old[k] < new[k], 1, 0) - np.where(old[k] > new[k], 1, 0)


def _compare_four(old, new, balance):
    second = old[1:]
    third = old[2:]
    fourth = old[3:]
    for k in range(balance.shape[0]):
        value = new[k]
        less = (np.where(old[k] < value, 1, 0) + np.where(second[k] < value, 1, 0)) + (
            np.where(third[k] < value, 1, 0) + np.where(fourth[k] < value, 1, 0))
        more = (np.where(old[k] > value, 1, 0) + np.where(second[k] > value, 1, 0)) + (
            np.where(third[k] > value, 1, 0) + np.where(fourth[k] > value, 1, 0))
        balance[k] += less - more


def _side_by_side(row, begin, window, min_count, values, balance, target):
    """Of the windows that end at `begin` and after it. `balance`: how many numbers are less, minus how many are greater."""
    have = _load(row, begin, window, values)
    new = values[window - 1:]
    for k in range(balance.shape[0]):
        balance[k] = 0
    for lag in range(0, window - 4, 4):
        _compare_four(values[lag:], new, balance)
    for lag in range((window - 1) // 4 * 4, window - 1):
        _compare(values[lag:], new, balance)
    if have == values.shape[0]:
        divisor = np.float64(max(window - 1, 1))
        for k in range(target.shape[0]):
            target[k] = np.float64(balance[k]) / divisor
    else:
        count = 0
        for k in range(window - 1):
            count += np.where(values[k] == values[k], 1, 0)
        for k in range(target.shape[0]):
            count += np.where(new[k] == new[k], 1, 0)
            value = np.float64(balance[k]) / np.float64(max(count - 1, 1))
            target[k] = np.where(count < min_count, np.nan, np.where(new[k] == new[k], value, np.nan))
            count -= np.where(values[k] == values[k], 1, 0)


def _first(order, count, value, behind):
    """Index of the first of `count` numbers that is not less than a value; or that is greater."""
    low = 0
    high = count
    while low < high:
        middle = (low + high) >> 1
        if order[middle] < value or (behind and order[middle] == value):
            low = middle + 1
        else:
            high = middle
    return low


def _rank(order, count, value):
    """From -1.0 for the least of many numbers to 1.0 for the greatest; the mean rank of equals."""
    less = _first(order, count, value, False)
    others = _first(order, count, value, True) - less - 1
    if count == 1:
        return 0.0
    return np.float64(2 * less + others - (count - 1)) / np.float64(count - 1)


def _slide(order, gone, place):
    """Moves what stands between two places by one, towards the first."""
    for k in range(gone, place):
        order[k] = order[k + 1]
    for k in range(gone, place, -1):
        order[k] = order[k - 1]


def _one_by_one(row, window, min_count, target):
    order = np.empty(window + 1)
    count = 0
    for i in range(row.shape[0]):
        new = row[i]
        old = row[i - window] if i >= window else np.nan
        gone = _first(order, count, old, False) if old == old else count
        below = _first(order, count, new, False) if new == new else count
        place = below - 1 if gone < below else below
        _slide(order, gone, place)
        if new == new:
            order[place] = new
        count += np.where(new == new, 1, 0) - np.where(old == old, 1, 0)
        if count < min_count or new != new:
            target[i] = np.nan
        else:
            target[i] = _rank(order, count, new)


#pythran export window_ranks(float64[], int64, int64, int64, int64, float64[]),
#               window_ranks(float32[], int64, int64, int64, int64, float32[])
def window_ranks(x, outer, n, window, min_count, out):
    """Ranks of each element among the last `window` elements up to it, for slices of n elements."""
    step = min(256, n)
    many = (n - min_count + 1) * window > _MANY * n
    values = np.empty(step + window)
    balance = np.empty(step, dtype=np.int64)
    for o in range(outer):
        row = x[o * n:(o + 1) * n]
        target = out[o * n:(o + 1) * n]
        if many:
            _in_float64(_one_by_one, row, window, min_count, target)
        else:
            for i in range(min_count - 1):
                target[i] = np.nan
            for begin in range(min_count - 1, n, step):
                length = min(step, n - begin)
                _side_by_side(row, begin, window, min_count, values[:length + window - 1], balance[:length],
                              target[begin:begin + length])
