"""Covariances and correlations of moving windows, of their pairs of numbers alone.

As variances in window_spread.py: sums and products of deviations of 2, 4, 8, ... neighbors are made of each other, and a
window's of those whose sizes add up to it. Sums are kept in two parts.
"""

import numpy as np

from .double_double import _two_sum


def _top(size):
    """The largest level of which 2**level is not above a size, and that power."""
    level = 0
    m = 1
    while 2 * m <= size:
        level += 1
        m *= 2
    return level, m


def _is_pair(a, b):
    return a == a and b == b


def _numbers(x, y):
    """Those of x that are numbers and have one beside them."""
    found = np.empty(x.shape[0])
    size = 0
    for i in range(x.shape[0]):
        if _is_pair(x[i], y[i]):
            found[size] = x[i]
            size += 1
    return found[:size]


def _sums(values, top):
    """Sums of 2**level numbers from each place, by level, and what they lack."""
    sums = np.empty((top + 1, values.shape[0]))
    lows = np.empty((top + 1, values.shape[0]))
    for k in range(values.shape[0]):
        sums[0, k] = values[k]
        lows[0, k] = 0.0
    m = 1
    for level in range(top):
        for k in range(values.shape[0] - 2 * m + 1):
            s, e = _two_sum(sums[level, k], sums[level, k + m])
            sums[level + 1, k] = s
            lows[level + 1, k] = (lows[level, k] + lows[level, k + m]) + e
        m *= 2
    return sums, lows


def _products(sums, lows, sums2, lows2):
    """Products of the deviations of 2**level pairs from their means."""
    height, size = sums.shape
    products = np.empty((height, size))
    for k in range(size):
        products[0, k] = 0.0
    m = 1
    for level in range(height - 1):
        a = sums[level]
        a_low = lows[level]
        b = sums2[level]
        b_low = lows2[level]
        scale = 0.5 / np.float64(m)
        for k in range(size - 2 * m + 1):
            d = (a[m + k] - a[k]) + (a_low[m + k] - a_low[k])
            d2 = (b[m + k] - b[k]) + (b_low[m + k] - b_low[k])
            products[level + 1, k] = (products[level, k] + products[level, k + m]) + d * d2 * scale
        m *= 2
    return products


def _product(sums, lows, sums2, lows2, products, at, count):
    """Of the deviations of `count` pairs from their means: pieces in descending size, seen from the first one's means."""
    level, m = _top(count)
    largest = np.float64(m)
    center = sums[level, at] / largest
    center_low = lows[level, at] / largest
    center2 = sums2[level, at] / largest
    center2_low = lows2[level, at] / largest
    total = products[level, at]
    first = 0.0
    first2 = 0.0
    second = 0.0
    i = at + m
    while m > 1:
        m >>= 1
        level -= 1
        if count & m:
            size = np.float64(m)
            d = (sums[level, i] / size - center) + (lows[level, i] / size - center_low)
            d2 = (sums2[level, i] / size - center2) + (lows2[level, i] / size - center2_low)
            first += size * d
            first2 += size * d2
            second += size * d * d2
            total += products[level, i]
            i += m
    return total + (second - first * first2 / np.float64(count))


def _correlation(both, one, other):
    value = both / (np.sqrt(one) * np.sqrt(other))
    return np.where(np.abs(value) > 1.0, np.copysign(1.0, value), value)


def _block(x, y, begin, window, min_count, ddof, correlate, out):
    """Results of windows that end at element `begin` of x and y or behind it."""
    top, _ = _top(window)
    sums, lows = _sums(_numbers(x, y), top)
    sums2, lows2 = _sums(_numbers(y, x), top)
    products = _products(sums, lows, sums2, lows2)
    squares = _products(sums, lows, sums, lows) if correlate else products
    squares2 = _products(sums2, lows2, sums2, lows2) if correlate else products
    at = 0
    count = 0
    for i in range(begin):
        count += np.where(_is_pair(x[i], y[i]), 1, 0)
    for i in range(begin, x.shape[0]):
        count += np.where(_is_pair(x[i], y[i]), 1, 0)
        if count < min_count:
            out[i - begin] = np.nan
        else:
            product = _product(sums, lows, sums2, lows2, products, at, count)
            if correlate:
                square = _product(sums, lows, sums, lows, squares, at, count)
                square2 = _product(sums2, lows2, sums2, lows2, squares2, at, count)
                out[i - begin] = _correlation(product, square, square2)
            else:
                out[i - begin] = product / max(np.float64(count) - ddof, 0.0)
        if i + 1 >= window and _is_pair(x[i + 1 - window], y[i + 1 - window]):
            count -= 1
            at += 1


#pythran export window_pairs(float64[], float64[], int64, int64, int64, int64, float64, bool, float64[])
def window_pairs(x, y, outer, n, window, min_count, ddof, correlate, out):
    """Covariances, or correlations, of the last `window` pairs up to each one, for slices of n."""
    step = min(max(512, 4 * window), n)
    for o in range(outer):
        for start in range(0, n, step):
            before = min(window - 1, start)
            low = o * n + start - before
            high = o * n + min(start + step, n)
            target = out[o * n + start:high]
            _block(x[low:high], y[low:high], before, window, min_count, ddof, correlate, target)
