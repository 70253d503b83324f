"""Variances of moving windows, of their numbers alone.

Sums and squared deviations of 2, 4, 8, ... neighboring numbers are made of each other, and a window's of those whose sizes add
up to it. Sums are kept in two parts, so that their differences are right where the numbers are far larger than their spread.
"""

import numpy as np

from .double_double import _two_sum


def _levels(sums, lows, squares, size, largest):
    """Of 2**level numbers from each place, by level; squares are those of the deviations from their mean."""
    level = 0
    m = 1
    while 2 * m <= largest:
        a = sums[level, 0:size - m]
        b = sums[level, m:size]
        a_low = lows[level, 0:size - m]
        b_low = lows[level, m:size]
        a_squares = squares[level, 0:size - m]
        b_squares = squares[level, m:size]
        more = sums[level + 1]
        more_low = lows[level + 1]
        more_squares = squares[level + 1]
        scale = 0.5 / np.float64(m)
        for k in range(size - m):
            s, e = _two_sum(a[k], b[k])
            d = (b[k] - a[k]) + (b_low[k] - a_low[k])
            more[k] = s
            more_low[k] = (a_low[k] + b_low[k]) + e
            more_squares[k] = (a_squares[k] + b_squares[k]) + d * d * scale
        size -= m
        m *= 2
        level += 1


def _squares(sums, lows, squares, at, count):
    """Of the deviations of `count` numbers from their mean: pieces in descending size, seen from the first one's mean."""
    level = 0
    m = 1
    while 2 * m <= count:
        m *= 2
        level += 1
    center = sums[level, at] / np.float64(m)
    center_low = lows[level, at] / np.float64(m)
    total = squares[level, at]
    first = 0.0
    second = 0.0
    offset = m
    while offset < count:
        while m > count - offset:
            m >>= 1
            level -= 1
        size = np.float64(m)
        d = (sums[level, at + offset] / size - center) + (lows[level, at + offset] / size - center_low)
        first += size * d
        second += size * d * d
        total += squares[level, at + offset]
        offset += m
    # second is at least twice the other: the first piece is larger than all others together
    return total + (second - first * first / np.float64(count))


#pythran export window_spread(float64[], int64, int64, int64, int64, float64, bool, float64[])
def window_spread(x, outer, n, window, min_count, ddof, root, out):
    step = min(max(1024, 4 * window), n)
    height = 1
    while (1 << height) <= window:
        height += 1
    sums = np.empty((height, step + window))
    lows = np.empty((height, step + window))
    squares = np.empty((height, step + window))
    for o in range(outer):
        row = x[o * n:(o + 1) * n]
        for begin in range(0, n, step):
            end = min(begin + step, n)
            size = 0
            count = 0
            for i in range(max(begin - window + 1, 0), end):
                if row[i] == row[i]:
                    sums[0, size] = row[i]
                    lows[0, size] = 0.0
                    squares[0, size] = 0.0
                    size += 1
                    count += np.where(i < begin, 1, 0)
            _levels(sums, lows, squares, size, window)
            at = 0
            for i in range(begin, end):
                count += np.where(row[i] == row[i], 1, 0)
                spread = np.nan
                if count >= min_count:
                    spread = _squares(sums, lows, squares, at, count) / max(np.float64(count) - ddof, 0.0)
                out[o * n + i] = np.where(root, np.sqrt(spread), spread)
                if i + 1 >= window:
                    old = row[i + 1 - window]
                    gone = np.where(old == old, 1, 0)
                    count -= gone
                    at += gone
