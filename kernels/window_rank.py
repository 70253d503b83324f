"""Ranks in moving windows, from the numbers of a window in order.

The place of what comes and of what goes is found by bisection; what stands between them is moved by one place, as a block.
"""

import numpy as np


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
    """From -1.0 for the least of several numbers to 1.0 for the greatest; the mean rank of equals."""
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


def _slice(row, window, min_count, target):
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


#pythran export window_ranks(float64[], int64, int64, int64, int64, float64[])
def window_ranks(x, outer, n, window, min_count, out):
    """Ranks of each element among the last `window` elements up to it, for slices of n elements."""
    for o in range(outer):
        _slice(x[o * n:(o + 1) * n], window, min_count, out[o * n:(o + 1) * n])
