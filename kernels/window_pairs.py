"""Covariances and correlations of moving windows, of their pairs of numbers alone.

Products of deviations are made as squares in window_spread.py: pieces of 2, 4, 8, ... neighboring pairs of each other, and
windows of the pieces whose sizes add up to theirs. A piece is two sums, less the first number times its size, and the
products: of both, and for correlations of each with itself. Arrays of pieces have one row a level.
"""

import numpy as np

from .window_extreme import _pitch
from .window_spread import _has_infinity


def _distance(first, total, size, later, later_total, later_size):
    """Of the means of two neighboring pieces."""
    return (later_total * (1.0 / later_size) - total * (1.0 / size)) + (later - first)


def _sum(first, total, later, later_total, later_size):
    return (total + later_total) + later_size * (later - first)


def _product(product, later_product, distance, distance2, weight):
    return (product + later_product) + distance * distance2 * weight


def _join_sums(numbers, size, sums, later_size, others, length, joined, distances):
    """Of pieces of `size` numbers and those of later_size behind them, from each of `length` places."""
    a = np.float64(size)
    b = np.float64(later_size)
    later = numbers[size:size + length]
    later_sums = others[size:size + length]
    for k in range(length):
        distances[k] = _distance(numbers[k], sums[k], a, later[k], later_sums[k], b)
        joined[k] = _sum(numbers[k], sums[k], later[k], later_sums[k], b)


def _join_products(products, size, others, distances, distances2, weight, length, joined):
    later = others[size:size + length]
    for k in range(length):
        joined[k] = _product(products[k], later[k], distances[k], distances2[k], weight)


def _join(pairs, size, sums, products, row, later_size, later_row, length, joined_row, distances):
    """Pieces out of those in a row and, behind them, those in another."""
    for j in range(2):
        _join_sums(pairs[j], size, sums[j, row], later_size, sums[j, later_row], length, sums[j, joined_row], distances[j])
    weight = np.float64(size) * np.float64(later_size) / np.float64(size + later_size)
    for c in range(products.shape[0]):
        first = c // 2
        second = 0 if c == 1 else 1
        _join_products(products[c, row], size, products[c, later_row], distances[first], distances[second], weight, length,
                       products[c, joined_row])


def _steps(numbers, length, total):
    for k in range(length):
        total[k] = (numbers[k + 1] - numbers[k]) + 0.0


def _halves(total, total2, length, product):
    for k in range(length):
        product[k] = total[k] * total2[k] * 0.5 + 0.0


def _two(pairs, length, sums, products, row):
    """Pieces of two pairs: those of pieces that have no sums and no products, and so no -0.0.

    Rows are arguments, not variables: where a variable gets another row, Pythran 0.19 copies that into the one before.
    """
    for j in range(2):
        _steps(pairs[j], length, sums[j, row])
    for c in range(products.shape[0]):
        first = c // 2
        second = 0 if c == 1 else 1
        _halves(sums[first, row], sums[second, row], length, products[c, row])


def _clear(sums, products, length):
    """Pieces of one pair."""
    for j in range(2):
        for k in range(length):
            sums[j, 0, k] = 0.0
    for c in range(products.shape[0]):
        for k in range(length):
            products[c, 0, k] = 0.0


def _side_by_side(pairs, window, sums, products, distances, length):
    """The row of products that has those of windows that have no NaN; pieces are in the other two by turns."""
    size = 1
    turn = 0
    found = 0
    done = window & 1
    if done == 1:
        _clear(sums, products, length)
    while done < window:
        last = turn
        turn = (last + 1) % 3 if done == 0 or last == found else 3 - last - found
        if size == 1:
            _two(pairs, length + window - 2, sums, products, turn)
        else:
            _join(pairs, size, sums, products, last, size, last, length + window - 2 * size, turn, distances)
        size *= 2
        if window & size:
            if done == 0:
                found = turn
            else:
                free = 3 - found - turn
                _join(pairs, done, sums, products, found, size, turn, length, free, distances)
                found = free
            done += size
    return found


def _alone(pairs, sums, products, c, at, count):
    """A product of one window of `count` pairs."""
    first = c // 2
    second = 0 if c == 1 else 1
    size = 1
    level = 0
    done = 0
    sum1 = 0.0
    sum2 = 0.0
    product = 0.0
    while done < count:
        if count & size:
            i = at + done
            if done == 0:
                sum1 = sums[first, level, at]
                sum2 = sums[second, level, at]
                product = products[c, level, at]
            else:
                a = np.float64(done)
                b = np.float64(size)
                d = _distance(pairs[first, at], sum1, a, pairs[first, i], sums[first, level, i], b)
                d2 = _distance(pairs[second, at], sum2, a, pairs[second, i], sums[second, level, i], b)
                product = _product(product, products[c, level, i], d, d2, a * b / (a + b))
                sum1 = _sum(pairs[first, at], sum1, pairs[first, i], sums[first, level, i], b)
                sum2 = _sum(pairs[second, at], sum2, pairs[second, i], sums[second, level, i], b)
            done += size
        size *= 2
        level += 1
    return product


def _one_by_one(pairs, have, window, places, counts, sums, products, distances, length, row):
    """The same, into a row, of windows with NaN, or of fewer pairs than the others; NaN where those are too few."""
    size = 1
    level = 0
    _clear(sums, products, have)
    while 2 * size <= min(window, have):
        if size == 1:
            _two(pairs, have - 1, sums, products, 1)
        else:
            _join(pairs, size, sums, products, level, size, level, have - 2 * size + 1, level + 1, distances)
        size *= 2
        level += 1
    for c in range(products.shape[0]):
        for k in range(length):
            products[c, row, k] = np.nan
            if counts[k] > 0:
                products[c, row, k] = _alone(pairs, sums, products, c, places[k], counts[k])


def _mend(pairs, places, counts, found):
    """An infinite product is NaN if there is an infinity among the pairs."""
    infinite = 0
    for k in range(found.shape[0]):
        infinite += np.where(np.abs(found[k]) == np.inf, 1, 0)
    if infinite > 0:
        for k in range(found.shape[0]):
            i = places[k]
            end = i + counts[k]
            if np.abs(found[k]) == np.inf and (_has_infinity(pairs[0, i:end]) or _has_infinity(pairs[1, i:end])):
                found[k] = np.nan


def _paired(a, b):
    return np.where(a == a, 1, 0) * np.where(b == b, 1, 0)


def _windows(x, y, before, window, min_count, places, counts, pairs):
    """Where windows begin among the pairs of numbers, and how many each has; how many there are, and if none is missing."""
    have = 0
    for k in range(x.shape[0]):
        have += _paired(x[k], y[k])
    length = x.shape[0] - before
    if have == x.shape[0] and before == window - 1:
        for k in range(have):
            pairs[0, k] = np.float64(x[k])
        for k in range(have):
            pairs[1, k] = np.float64(y[k])
        for k in range(length):
            places[k] = k
            counts[k] = window
        return have, True
    have = 0
    at = 0
    count = 0
    for i in range(x.shape[0]):
        pairs[0, have] = np.float64(x[i])
        pairs[1, have] = np.float64(y[i])
        found = _paired(x[i], y[i])
        have += found
        # not more, should another thread write to them
        count = min(count + found, window)
        if i >= before:
            places[i - before] = at
            counts[i - before] = np.where(count >= min_count, count, 0)
        if i + 1 >= window:
            gone = _paired(x[i + 1 - window], y[i + 1 - window])
            count -= gone
            at += gone
    return have, False


def _correlate(both, squares, squares2, target):
    for k in range(target.shape[0]):
        value = both[k] / (np.sqrt(squares[k]) * np.sqrt(squares2[k]))
        target[k] = np.where(np.abs(value) > 1.0, np.copysign(1.0, value), value)


def _divide(both, counts, ddof, target):
    for k in range(target.shape[0]):
        divisor = np.float64(counts[k]) - ddof
        target[k] = both[k] / np.where(divisor > 0.0, divisor, 0.0)


#pythran export window_pairs(float64, bool, float64[], float64[], int64, int64, int64, int64, float64[]),
#               window_pairs(float64, bool, float32[], float32[], int64, int64, int64, int64, float32[])
def window_pairs(ddof, correlate, x, y, outer, n, window, min_count, out):
    """Covariances, or correlations, of the last `window` pairs up to each one, for slices of n."""
    step = min(max(256, min(4 * window, 8192), 2 * window), n)
    height = 3
    while (1 << height) <= window:
        height += 1
    several = 3 if correlate else 1
    pitch = _pitch(step + window)
    pairs = np.empty((2, pitch))
    sums = np.empty((2, height, pitch))
    products = np.empty((several, height + 1, pitch))
    distances = np.empty((2, pitch))
    places = np.empty(step, np.int64)
    counts = np.empty(step, np.int64)
    for o in range(outer):
        # no window has enough before these
        begin = min(min_count - 1, n)
        for i in range(begin):
            out[o * n + i] = np.nan
        while begin < n:
            # windows that the slice has just begun for are apart from the others
            end = min(window - 1 if begin < window - 1 else begin + step, n)
            first = max(begin - window + 1, 0)
            length = end - begin
            have, regular = _windows(x[o * n + first:o * n + end], y[o * n + first:o * n + end], begin - first, window,
                                     min_count, places, counts, pairs)
            found = height
            if regular:
                found = _side_by_side(pairs, window, sums, products, distances, length)
            else:
                _one_by_one(pairs, have, window, places, counts, sums, products, distances, length, height)
            target = out[o * n + begin:o * n + end]
            for c in range(several):
                _mend(pairs, places, counts, products[c, found, 0:length])
            if correlate:
                _correlate(products[0, found], products[1, found], products[2, found], target)
            else:
                _divide(products[0, found], counts, ddof, target)
            begin = end
