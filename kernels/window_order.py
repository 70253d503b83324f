"""Medians and ranks of moving windows, from the numbers of a window in order.

The place of what comes and of what goes is found by bisection; what stands between them is moved by one place, as a block.
"""

import numpy as np


def _first(order, count, value, behind):
    """Index of the first of `count` numbers that is not less than a value; or that is greater."""
    at = 0
    length = count
    while length > 1:
        half = length >> 1
        pivot = order[at + half - 1]
        before = np.where(behind, pivot <= value, pivot < value)
        at = np.where(before, at + half, at)
        length -= half
    if length == 1 and (order[at] < value or (behind and order[at] == value)):
        at += 1
    return at


def _median(order, count):
    a = order[(count - 1) >> 1]
    b = order[count >> 1]
    # sums that overflow
    return np.where(np.abs(a + b) < np.inf, (a + b) * 0.5, a * 0.5 + b * 0.5) + 0.0


def _rank(order, count, value):
    """From -1.0 for the least of several numbers to 1.0 for the greatest; the mean rank of equals."""
    less = _first(order, count, value, False)
    others = _first(order, count, value, True) - less - 1
    if count == 1:
        return 0.0
    return np.float64(2 * less + others - (count - 1)) / np.float64(count - 1)


#pythran export window_orders(float64[], int64, int64, int64, int64, bool, float64[])
def window_orders(x, outer, n, window, min_count, rank, out):
    """Medians of the last `window` elements up to each one, or its rank among them, for slices of n elements."""
    order = np.empty(window + 1)
    for o in range(outer):
        row = x[o * n:(o + 1) * n]
        target = out[o * n:(o + 1) * n]
        count = 0
        for i in range(n):
            new = row[i]
            place = 0
            if new == new:
                place = _first(order, count, new, False)
            if i >= window and row[i - window] == row[i - window]:
                gone = _first(order, count, row[i - window], False)
                if new != new:
                    place = count
                if gone < place:
                    place -= 1
                    for k in range(gone, place):
                        order[k] = order[k + 1]
                count -= 1
            else:
                gone = count
            if new == new:
                for k in range(gone, place, -1):
                    order[k] = order[k - 1]
                order[place] = new
                count += 1
            found = np.nan
            if count >= min_count:
                if not rank:
                    found = _median(order, count)
                elif new == new:
                    found = _rank(order, count, new)
            target[i] = found
