"""Variances of moving windows, of their numbers alone.

Squared deviations of 2, 4, 8, ... neighboring numbers are made of each other, and a window's of those whose sizes add up to
it, for neighboring windows side by side (T. F. Chan, G. H. Golub and R. J. LeVeque, 1979). Sums are kept less the piece's first
number times its size: nothing is lost where numbers are far larger than their spread, and nothing outside a window is in them.
"""

import numpy as np

from .window_extreme import _pitch


def _join(first, total, spread, size, first2, total2, spread2, size2):
    """Of two neighboring pieces together: the sum as above, and squared deviations from the mean."""
    step = first2 - first
    distance = (total2 * (1.0 / size2) - total * (1.0 / size)) + step
    joined = (spread + spread2) + distance * distance * (size * size2 / (size + size2))
    return (total + total2) + size2 * step, joined


def _pair(numbers, length, total, spread):
    """Pieces of two numbers: `_join` of two that have no spread."""
    later = numbers[1:1 + length]
    for k in range(length):
        step = later[k] - numbers[k]
        total[k] = step
        spread[k] = step * step * 0.5


def _four(numbers, length, total, spread):
    """Pieces of four numbers, of pieces of two that are not kept."""
    for k in range(length):
        step = numbers[k + 1] - numbers[k]
        step2 = numbers[k + 3] - numbers[k + 2]
        t, s = _join(numbers[k], step, step * step * 0.5, 2.0, numbers[k + 2], step2, step2 * step2 * 0.5, 2.0)
        total[k] = t
        spread[k] = s


def _double(numbers, size, length, total, spread, total2, spread2):
    """Pieces of 2 * size numbers out of those of size, from each of `length` places."""
    half = np.float64(size)
    later = numbers[size:size + length]
    later_total = total[size:size + length]
    later_spread = spread[size:size + length]
    for k in range(length):
        t, s = _join(numbers[k], total[k], spread[k], half, later[k], later_total[k], later_spread[k], half)
        total2[k] = t
        spread2[k] = s


def _append(numbers, size, total, spread, size2, total2, spread2, length):
    """To windows of size numbers so far, the pieces of size2 numbers behind them."""
    a = np.float64(size)
    b = np.float64(size2)
    later = numbers[size:size + length]
    later_total = total2[size:size + length]
    later_spread = spread2[size:size + length]
    for k in range(length):
        t, s = _join(numbers[k], total[k], spread[k], a, later[k], later_total[k], later_spread[k], b)
        total[k] = t
        spread[k] = s


def _side_by_side(numbers, window, length, totals, spreads):
    """The row of spreads that has the squared deviations of windows that have no NaN; pieces are in the other two by turns."""
    size = 1
    turn = 0
    found = 0
    done = window & 1
    if done == 1:
        for k in range(length):
            totals[0, k] = 0.0
            spreads[0, k] = 0.0
    while done < window:
        last = turn
        turn = (last + 1) % 3
        if done > 0 and turn == found:
            turn = (last + 2) % 3
        if size == 1 and window >= 4 and window & 2 == 0:
            _four(numbers, length + window - 4, totals[turn], spreads[turn])
            size = 2
        elif size == 1:
            _pair(numbers, length + window - 2, totals[turn], spreads[turn])
        else:
            _double(numbers, size, length + window - 2 * size, totals[last], spreads[last], totals[turn], spreads[turn])
        size *= 2
        if window & size:
            if done == 0:
                found = turn
            else:
                _append(numbers, done, totals[found], spreads[found], size, totals[turn], spreads[turn], length)
            done += size
    return found


def _alone(numbers, totals, spreads, at, count):
    """The same of one window of `count` numbers, of pieces by level."""
    size = 1
    level = 0
    done = count & 1
    total = 0.0
    spread = 0.0
    while done < count:
        size *= 2
        level += 1
        if count & size:
            if done == 0:
                total = totals[level, at]
                spread = spreads[level, at]
            else:
                t, s = _join(numbers[at], total, spread, np.float64(done), numbers[at + done], totals[level, at + done],
                             spreads[level, at + done], np.float64(size))
                total = t
                spread = s
            done += size
    return spread


def _one_by_one(row, begin, numbers, have, window, min_count, counts, totals, spreads, out):
    """The same, into out, of windows with NaN, or of fewer numbers than the others."""
    size = 2
    level = 1
    if min(window, have) > 1:
        _pair(numbers, have - 1, totals[1], spreads[1])
    while 2 * size <= min(window, have):
        _double(numbers, size, have - 2 * size + 1, totals[level], spreads[level], totals[level + 1], spreads[level + 1])
        size *= 2
        level += 1
    at = 0
    count = 0
    for i in range(max(begin - window + 1, 0), begin):
        count += np.where(row[i] == row[i], 1, 0)
    for i in range(begin, begin + counts.shape[0]):
        # not more, should another thread write to them
        count = min(count + np.where(row[i] == row[i], 1, 0), window)
        out[i - begin] = np.nan
        counts[i - begin] = 0.0
        if count >= min_count:
            counts[i - begin] = np.float64(count)
            out[i - begin] = _alone(numbers, totals, spreads, at, count)
        if i + 1 >= window and row[i + 1 - window] == row[i + 1 - window]:
            count -= 1
            at += 1


def _has_infinity(elements):
    found = 0
    for i in range(elements.shape[0]):
        found += np.where(np.abs(elements[i]) == np.inf, 1, 0)
    return found > 0


def _mend(row, begin, window, counts, spread, length):
    """What overflowed is inf, unless its window holds an infinity."""
    finite = 0
    for k in range(length):
        finite += np.where(spread[k] < np.inf, 1, 0)
    if finite < length:
        for k in range(length):
            i = begin + k
            if counts[k] > 0.0 and not spread[k] < np.inf:
                spread[k] = np.where(_has_infinity(row[max(i - window + 1, 0):i + 1]), np.nan, np.inf)


def _numbers(elements, numbers):
    """How many elements, which are copied, are numbers."""
    have = 0
    for k in range(elements.shape[0]):
        numbers[k] = np.float64(elements[k])
        have += np.where(elements[k] == elements[k], 1, 0)
    return have


#pythran export window_spread(float64, bool, float64[], int64, int64, int64, int64, float64[]),
#               window_spread(float64, bool, float32[], int64, int64, int64, int64, float32[])
def window_spread(ddof, root, x, outer, n, window, min_count, out):
    """Variances, or their roots, of the last `window` elements up to each one, for slices of n elements."""
    step = min(max(512, min(4 * window, 8192), 2 * window), n)
    height = 3
    while (1 << height) <= window:
        height += 1
    pitch = _pitch(step + window)
    totals = np.empty((height, pitch))
    spreads = np.empty((height, pitch))
    rest = np.empty((2, pitch))
    numbers = rest[0]
    counts = rest[1]
    for o in range(outer):
        row = x[o * n:(o + 1) * n]
        # no window has enough before these
        begin = min(min_count - 1, n)
        for i in range(begin):
            out[o * n + i] = np.nan
        while begin < n:
            # windows that the slice has just begun for are apart from the others
            end = min(window - 1 if begin < window - 1 else begin + step, n)
            target = out[o * n + begin:o * n + end]
            length = end - begin
            seen = row[max(begin - window + 1, 0):end]
            have = _numbers(seen, numbers)
            found = 0
            if have == length + window - 1:
                found = _side_by_side(numbers, window, length, totals, spreads)
                for k in range(length):
                    counts[k] = np.float64(window)
            else:
                have = 0
                for k in range(seen.shape[0]):
                    numbers[have] = numbers[k]
                    have += np.where(numbers[k] == numbers[k], 1, 0)
                _one_by_one(row, begin, numbers, have, window, min_count, counts[:length], totals, spreads, spreads[0])
            spread = spreads[found]
            _mend(row, begin, window, counts, spread, length)
            if root:
                for k in range(length):
                    divisor = counts[k] - ddof
                    target[k] = np.sqrt(spread[k] / np.where(divisor > 0.0, divisor, 0.0))
            else:
                for k in range(length):
                    divisor = counts[k] - ddof
                    target[k] = spread[k] / np.where(divisor > 0.0, divisor, 0.0)
            begin = end
