"""Sums and means over moving windows, of whatever elements: see window_exact.py for those that are not too far apart.

Sums of 2, 4, 8, ... neighbors are made of each other, and a window's of those whose sizes add up to it: log2(window) additions
for each window, side by side, and nothing that is outside a window ever enters its sum. float64 are added in two parts,
which are rounded together.
"""

import numpy as np

from .double_double import _fast_two_sum, _two_sum


def _load(row, begin, window, size, values):
    """Elements row[begin - window + 1], ... with zeros for NaN, before the slice and behind the last; how many are numbers,
    and the largest finite one.
    """
    absent = min(max(window - 1 - begin, 0), size)
    for k in range(absent):
        values[k] = 0.0
    for k in range(size, values.shape[0]):
        values[k] = 0.0
    seen = row[begin - (window - 1) + absent:begin - (window - 1) + size]
    present = values[absent:size]
    numbers = 0
    for k in range(size - absent):
        value = seen[k]
        present[k] = np.where(value == value, value, 0.0)
        numbers += np.where(value == value, 1, 0)
    lanes = np.zeros(8)
    for k in range(0, values.shape[0] - 7, 8):
        for j in range(8):
            value = np.abs(values[k + j])
            value = np.where(value < np.inf, value, 0.0)
            lanes[j] = np.where(value > lanes[j], value, lanes[j])
    largest = 0.0
    for j in range(8):
        largest = np.where(lanes[j] > largest, lanes[j], largest)
    return numbers, largest


def _are_multiples(values, limit):
    """Whether all are multiples of one power of two so large that sums below `limit` are exact: integers, for one."""
    _, exponent = np.frexp(limit)
    shift = np.ldexp(1.5, exponent + 1)
    others = 0
    for k in range(values.shape[0]):
        # what is larger has no bits below that power
        others += np.where((values[k] + shift) - shift == values[k], 0, np.where(np.abs(values[k]) < shift, 1, 0))
    return others == 0


def _double(sums, lows, m, size, more, more_low):
    """Sums of 2 * m neighbors out of sums of m."""
    a = sums[0:size - m]
    b = sums[m:size]
    a_low = lows[0:size - m]
    b_low = lows[m:size]
    for k in range(size - m):
        s, e = _two_sum(a[k], b[k])
        more[k] = s
        more_low[k] = (a_low[k] + b_low[k]) + e


def _double_plainly(sums, m, size, more):
    a = sums[0:size - m]
    b = sums[m:size]
    for k in range(size - m):
        more[k] = a[k] + b[k]


def _take(sums, lows, offset, total, total_low):
    a = sums[offset:offset + total.shape[0]]
    a_low = lows[offset:offset + total.shape[0]]
    for k in range(total.shape[0]):
        s, e = _two_sum(total[k], a[k])
        total[k] = s
        total_low[k] = (total_low[k] + a_low[k]) + e


def _take_plainly(sums, offset, total):
    a = sums[offset:offset + total.shape[0]]
    for k in range(total.shape[0]):
        total[k] = total[k] + a[k]


def _sums(work, plainly, window, total, low):
    """Of windows of work[0], into total; rows 0 and 1 of work hold sums by turns, 2 and 3 what they lack."""
    size = total.shape[0] + window - 1
    for k in range(total.shape[0]):
        total[k] = 0.0
        low[k] = 0.0
    if not plainly:
        for k in range(size):
            work[2, k] = 0.0
    m = 1
    turn = 0
    offset = 0
    while True:
        if window & m:
            if plainly:
                _take_plainly(work[turn], offset, total)
            else:
                _take(work[turn], work[turn + 2], offset, total, low)
            offset += m
        if offset == window:
            break
        if plainly:
            _double_plainly(work[turn], m, size, work[1 - turn])
        else:
            _double(work[turn], work[turn + 2], m, size, work[1 - turn], work[3 - turn])
        size -= m
        m *= 2
        turn = 1 - turn


def _one_sum(elements, scale, parts):
    """Of one window, correctly rounded: J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic" (1997), section 2."""
    infinities = 0.0
    used = 0
    for i in range(elements.shape[0]):
        if np.abs(elements[i]) == np.inf:
            infinities += elements[i]
        elif elements[i] == elements[i]:
            value = elements[i] * scale
            kept = 0
            for k in range(used):
                s, e = _two_sum(value, parts[k])
                value = s
                if e != 0.0:
                    parts[kept] = e
                    kept += 1
            parts[kept] = value
            used = kept + 1
    high = infinities
    if infinities == 0.0 and used > 0:
        used -= 1
        high = parts[used]
        low = 0.0
        while used > 0 and low == 0.0:
            used -= 1
            high, low = _fast_two_sum(high, parts[used])
        # half of a unit, and more of the same sign
        if used > 0 and (parts[used - 1] > 0.0) == (low > 0.0) and (high + 2.0 * low) - high == 2.0 * low:
            high += 2.0 * low
    return high / scale + 0.0


def _round(row, begin, window, error, total, low, parts):
    """Sums and what they lack, rounded together; where that depends on the error of the latter, they are made anew."""
    fine = 0
    for k in range(total.shape[0]):
        sure = np.where(np.abs(total[k]) < np.inf, low[k] - error, np.nan)
        fine += np.where(total[k] + sure == total[k] + (low[k] + error), 1, 0)
    for k in range(total.shape[0]):
        high = total[k]
        total[k] = high + low[k]
        if fine < total.shape[0] and high + (low[k] - error) != high + (low[k] + error):
            i = begin + k
            # a scale for sums that overflow on the way
            scale = np.where(np.abs(high) < np.inf, 1.0, 5.421010862427522e-20)
            total[k] = _one_sum(row[max(i - window + 1, 0):i + 1], scale, parts)


def _finish(row, begin, window, min_count, mean, clean, total, target):
    """Sums, or means, of windows with enough numbers."""
    if clean:
        divisor = np.where(mean, np.float64(window), 1.0)
        for k in range(total.shape[0]):
            target[k] = total[k] / divisor
    else:
        count = 0
        for i in range(max(begin - window + 1, 0), begin):
            count += np.where(row[i] == row[i], 1, 0)
        for k in range(total.shape[0]):
            i = begin + k
            count += np.where(row[i] == row[i], 1, 0)
            value = total[k] / np.where(mean, np.float64(count), 1.0)
            target[k] = np.where(count < min_count, np.nan, value)
            if i + 1 >= window:
                count -= np.where(row[i + 1 - window] == row[i + 1 - window], 1, 0)


#pythran export window_sums(float64[], int64, int64, int64, int64, bool, float64[])
def window_sums(x, outer, n, window, min_count, mean, out):
    """Sums, or means, of the last `window` elements up to each one, for slices of n elements."""
    step = min(max(512, 4 * window), n)
    work = np.empty((4, step + window + 7))
    totals = np.empty((2, step))
    # Parts do not overlap: of numbers from 2**-1074 to 2**1024 there are at most 2098, of a bit each.
    parts = np.empty(2112)
    for o in range(outer):
        row = x[o * n:(o + 1) * n]
        for begin in range(0, n, step):
            length = min(step, n - begin)
            size = length + window - 1
            total = totals[0, 0:length]
            seen = work[0, 0:size + 7 - (size + 7) % 8]
            numbers, largest = _load(row, begin, window, size, seen)
            limit = largest * np.float64(window)
            plainly = limit < 1e300 and _are_multiples(seen, limit)
            # lows are below 128 levels * 2**-53 * limit, and have errors of 2 * (levels * 2**-53)**2 * limit, if any
            error = 0.0
            # Before the elements give way to sums. Pythran would move a plain assignment to where its variable is used.
            if not plainly and not _are_multiples(seen, limit * 1.4210854715202004e-14):
                error = limit * 8.077935669463161e-28
            _sums(work, plainly, window, total, totals[1, 0:length])
            if not plainly:
                _round(row, begin, window, error, total, totals[1, 0:length], parts)
            _finish(row, begin, window, min_count, mean, numbers == size, total, out[o * n + begin:o * n + begin + length])
