"""Sums of moving windows as differences of sums up to each place, which are exact, so that it does not matter what was before.

Elements are split in two parts, each a multiple of one power of two: J. Demmel and H. D. Nguyen, "Fast Reproducible
Floating-Point Summation" (2013). 19 operations an element, whatever the window; the difference is rounded once.
"""

import numpy as np


def _greatest(row):
    """The greatest absolute value."""
    n = row.shape[0]
    used = min(n, 32)
    lanes = np.empty(32)
    for j in range(used):
        lanes[j] = np.abs(row[j])
    for k in range(32, n - 31, 32):
        for j in range(32):
            value = np.abs(row[k + j])
            lanes[j] = np.where(value > lanes[j], value, lanes[j])
    for k in range(max(n - n % 32, 32), n):
        value = np.abs(row[k])
        lanes[k % 32] = np.where(value > lanes[k % 32], value, lanes[k % 32])
    greatest = 0.0
    for j in range(used):
        greatest = np.where(lanes[j] > greatest, lanes[j], greatest)
    return greatest


def _reach(row, least):
    """Whether no element but zeros is less."""
    others = 0
    for k in range(row.shape[0]):
        others += np.where(np.abs(row[k]) < least, np.where(row[k] == 0.0, 0, 1), 0)
    return others == 0


def _parts(x, shift, shift_low):
    high = (x + shift) - shift
    # What is added and taken off again changes nothing. Without it gcc 12 does not vectorize the loop that adds them up.
    return high, ((x - high) + shift_low) - shift_low


def _every_fourth(row, shift, shift_low, high, low):
    """Sums of the parts of every fourth element up to each one; written out, or the totals stay in memory (twice the time)."""
    a0 = 0.0
    a1 = 0.0
    a2 = 0.0
    a3 = 0.0
    b0 = 0.0
    b1 = 0.0
    b2 = 0.0
    b3 = 0.0
    n = row.shape[0]
    for k in range(0, n - 3, 4):
        h0, l0 = _parts(row[k], shift, shift_low)
        h1, l1 = _parts(row[k + 1], shift, shift_low)
        h2, l2 = _parts(row[k + 2], shift, shift_low)
        h3, l3 = _parts(row[k + 3], shift, shift_low)
        a0 += h0
        a1 += h1
        a2 += h2
        a3 += h3
        b0 += l0
        b1 += l1
        b2 += l2
        b3 += l3
        high[k + 4] = a0
        high[k + 5] = a1
        high[k + 6] = a2
        high[k + 7] = a3
        low[k + 4] = b0
        low[k + 5] = b1
        low[k + 6] = b2
        low[k + 7] = b3
    for k in range(n - n % 4, n):
        h, l = _parts(row[k], shift, shift_low)
        high[k + 4] = high[k] + h
        low[k + 4] = low[k] + l


def _up_to(fourth, sums):
    """Sums of all elements up to each one, from those of every fourth."""
    before = fourth[3:]
    second = fourth[2:]
    third = fourth[1:]
    last = fourth[4:]
    for k in range(sums.shape[0]):
        sums[k] = (last[k] + before[k]) + (second[k] + third[k])


def _differences(high, high_before, low, low_before, divisor, target):
    if divisor == 1.0:
        for k in range(target.shape[0]):
            target[k] = (high[k] - high_before[k]) + (low[k] - low_before[k])
    else:
        for k in range(target.shape[0]):
            target[k] = ((high[k] - high_before[k]) + (low[k] - low_before[k])) / divisor


def _chunk(row, absent, window, min_count, mean, target):
    """Sums, or means, of windows whose first one lacks `absent` elements; or False where the elements do not allow for it."""
    size = row.shape[0]
    length = target.shape[0]
    greatest = _greatest(row)
    _, exponent = np.frexp(greatest * np.float64(size + 1))
    _, exponent_low = np.frexp(np.ldexp(np.float64(size + 1), exponent - 53))
    # Highs are multiples of 2**(exponent - 52) that sum up to 2**exponent at most. Lows are half of that at most and sum up to
    # 2**exponent_low: elements from there on are multiples of 2**(exponent_low - 52), and so are lows.
    if not (greatest < 1e270 and _reach(row, max(np.ldexp(1.0, exponent_low), 1e-270))):
        return False
    fourth = np.empty(size + 4)
    fourth_low = np.empty(size + 4)
    for k in range(4):
        fourth[k] = 0.0
        fourth_low[k] = 0.0
    _every_fourth(row, np.ldexp(1.5, exponent), np.ldexp(1.5, exponent_low), fourth, fourth_low)
    high = np.empty(length + window)
    low = np.empty(length + window)
    for k in range(absent + 1):
        high[k] = 0.0
        low[k] = 0.0
    _up_to(fourth, high[absent + 1:])
    _up_to(fourth_low, low[absent + 1:])
    # NaN and infinities
    if high[length + window - 1] != high[length + window - 1]:
        return False
    divisor = np.where(mean, np.float64(window), 1.0)
    _differences(high[window:], high, low[window:], low, divisor, target)
    for k in range(min(absent, length)):
        count = window - absent + k
        value = (high[window + k] + low[window + k]) / np.where(mean, np.float64(count), 1.0)
        target[k] = np.where(count < min_count, np.nan, value)
    return True


#pythran export window_exact_sums(float64[], int64, int64, int64, int64, bool, float64[])
def window_exact_sums(x, outer, n, window, min_count, mean, out):
    """Sums, or means, of the last `window` elements up to each one, for slices of n elements; or False where
    these are NaN, infinite or too far apart.
    """
    step = min(max(512, 4 * window), n)
    for o in range(outer):
        for begin in range(o * n, o * n + n, step):
            length = min(step, o * n + n - begin)
            absent = max(window - 1 - (begin - o * n), 0)
            row = x[begin - (window - 1) + absent:begin + length]
            if not _chunk(row, absent, window, min_count, mean, out[begin:begin + length]):
                return False
    return True
