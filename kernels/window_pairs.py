"""Covariances and correlations of moving windows, of their pairs of numbers alone.

As variances in window_spread.py: sums and products of deviations of 2, 4, 8, ... neighbors are made of each other, and a
window's of those whose sizes add up to it. Sums are kept in two parts.
"""

import numpy as np

from .double_double import _two_sum


def _levels(sums, lows, size, largest):
    """Sums of 2**level numbers from each place, by level."""
    level = 0
    m = 1
    while 2 * m <= largest:
        a = sums[level]
        a_low = lows[level]
        more = sums[level + 1]
        more_low = lows[level + 1]
        for k in range(size - m):
            s, e = _two_sum(a[k], a[m + k])
            more[k] = s
            more_low[k] = (a_low[k] + a_low[m + k]) + e
        size -= m
        m *= 2
        level += 1


def _product_levels(sums, lows, sums2, lows2, products, size, largest):
    """Products of the deviations of 2**level pairs from their means."""
    level = 0
    m = 1
    while 2 * m <= largest:
        a = sums[level]
        a_low = lows[level]
        b = sums2[level]
        b_low = lows2[level]
        whole = products[level]
        more = products[level + 1]
        scale = 0.5 / np.float64(m)
        for k in range(size - m):
            d = (a[m + k] - a[k]) + (a_low[m + k] - a_low[k])
            d2 = (b[m + k] - b[k]) + (b_low[m + k] - b_low[k])
            more[k] = (whole[k] + whole[m + k]) + d * d2 * scale
        size -= m
        m *= 2
        level += 1


def _products(sums, lows, sums2, lows2, products, at, count):
    """Of the deviations of `count` pairs from their means: pieces in descending size, seen from the first one's means."""
    level = 0
    m = 1
    while 2 * m <= count:
        m *= 2
        level += 1
    center = sums[level, at] / np.float64(m)
    center_low = lows[level, at] / np.float64(m)
    center2 = sums2[level, at] / np.float64(m)
    center2_low = lows2[level, at] / np.float64(m)
    total = products[level, at]
    first = 0.0
    first2 = 0.0
    second = 0.0
    offset = m
    while offset < count:
        while m > count - offset:
            m >>= 1
            level -= 1
        i = at + offset
        size = np.float64(m)
        d = (sums[level, i] / size - center) + (lows[level, i] / size - center_low)
        d2 = (sums2[level, i] / size - center2) + (lows2[level, i] / size - center2_low)
        first += size * d
        first2 += size * d2
        second += size * d * d2
        total += products[level, i]
        offset += m
    return total + (second - first * first2 / np.float64(count))


#pythran export window_pairs(float64[], float64[], int64, int64, int64, int64, float64, bool, float64[])
def window_pairs(x, y, outer, n, window, min_count, ddof, correlate, out):
    """Covariances, or correlations, of the last `window` pairs up to each one, for slices of n."""
    step = min(max(512, 4 * window), n)
    height = 1
    while (1 << height) <= window:
        height += 1
    sums = np.empty((2, height, step + window))
    lows = np.empty((2, height, step + window))
    # of both, of x alone, of y alone
    products = np.empty((3, height, step + window))
    found = np.zeros(3)
    kinds = 3 if correlate else 1
    for o in range(outer):
        for begin in range(0, n, step):
            end = min(begin + step, n)
            size = 0
            count = 0
            for i in range(max(begin - window + 1, 0), end):
                value = x[o * n + i]
                other = y[o * n + i]
                if value == value and other == other:
                    sums[0, 0, size] = value
                    sums[1, 0, size] = other
                    for j in range(2):
                        lows[j, 0, size] = 0.0
                    for j in range(3):
                        products[j, 0, size] = 0.0
                    size += 1
                    count += np.where(i < begin, 1, 0)
            for j in range(2):
                _levels(sums[j], lows[j], size, window)
            for j in range(kinds):
                a = j >> 1
                b = 0 if j == 1 else 1
                _product_levels(sums[a], lows[a], sums[b], lows[b], products[j], size, window)
            at = 0
            for i in range(begin, end):
                if x[o * n + i] == x[o * n + i] and y[o * n + i] == y[o * n + i]:
                    count += 1
                value = np.nan
                if count >= min_count:
                    for j in range(kinds):
                        a = j >> 1
                        b = 0 if j == 1 else 1
                        found[j] = _products(sums[a], lows[a], sums[b], lows[b], products[j], at, count)
                    if correlate:
                        value = found[0] / (np.sqrt(found[1]) * np.sqrt(found[2]))
                        value = np.where(np.abs(value) > 1.0, np.copysign(1.0, value), value)
                    else:
                        value = found[0] / max(np.float64(count) - ddof, 0.0)
                out[o * n + i] = value
                k = i + 1 - window
                if k >= 0 and x[o * n + k] == x[o * n + k] and y[o * n + k] == y[o * n + k]:
                    count -= 1
                    at += 1
