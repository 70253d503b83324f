"""Extremes of moving windows, for neighboring windows side by side.

The best of 4, 16, 64, ... neighbors is that of their quarters, and that of a window is that of four such pieces, which may
overlap: 0.7 ns an element for windows of 10, 2 ns for 5000. Steps grow with the logarithm of the window, so long windows go
element by element, 3 to 12 ns whatever the window, as branches are foreseen: each is the end of one block of its length and the
beginning of the next (M. van Herk, 1992).
"""

import numpy as np


def _pitch(length):
    """Distance of rows: a fifth of 4096 bytes and more. A load waits for a store whose address differs in higher bits alone."""
    return (length + 511) // 512 * 512 + 104


def _numbers(elements, sign, low):
    """sign * elements, inf for NaN; how many are numbers."""
    have = 0
    for k in range(elements.shape[0]):
        value = sign * np.float64(elements[k])
        low[k] = np.where(value == value, value, np.inf)
        have += np.where(value == value, 1, 0)
    return have


def _place(low, place, later, later_place):
    """Of the last one of equals. What is as low and ends later has it at a later place: the greater of two needs no element
    that is loaded or not depending on another (15 ns an element at SSE4.2)."""
    candidate = np.where(later <= low, 1.0, 0.0) * later_place
    return np.where(candidate > place, candidate, place)


def _lower_place(low, place, later, later_place, behind, length, low2, place2):
    """The same, and their places, in pieces of which the later one begins `behind` the other."""
    for k in range(length):
        a = low[k]
        b = later[k]
        place2[k] = _place(a, place[k], b, later_place[k] + behind)
        low2[k] = np.where(b < a, b, a)


def _four(low, size, length, low2):
    """Least of 4 * size numbers out of those of size."""
    second = low[size:]
    third = low[2 * size:]
    fourth = low[3 * size:]
    for k in range(length):
        best = np.where(second[k] < low[k], second[k], low[k])
        later = np.where(fourth[k] < third[k], fourth[k], third[k])
        low2[k] = np.where(later < best, later, best)


def _short(low, size, window, sign, target):
    """Least of windows of 4 * size numbers at most."""
    last = window - size
    second = low[min(size, last):]
    third = low[min(2 * size, last):]
    fourth = low[last:]
    for k in range(target.shape[0]):
        best = np.where(second[k] < low[k], second[k], low[k])
        later = np.where(fourth[k] < third[k], fourth[k], third[k])
        target[k] = sign * np.where(later < best, later, best) + 0.0


def _four_places(low, length, low2, place2):
    """Of four numbers, and their places in them."""
    second = low[1:]
    third = low[2:]
    fourth = low[3:]
    for k in range(length):
        place = np.where(second[k] <= low[k], 1.0, 0.0)
        later_place = np.where(fourth[k] <= third[k], 3.0, 2.0)
        best = np.where(second[k] < low[k], second[k], low[k])
        later = np.where(fourth[k] < third[k], fourth[k], third[k])
        low2[k] = np.where(later < best, later, best)
        place2[k] = np.where(later <= best, later_place, place)


def _short_place(low, place, size, window, target):
    last = window - size
    behind2 = min(size, last)
    behind3 = min(2 * size, last)
    second = low[behind2:]
    second_place = place[behind2:]
    third = low[behind3:]
    third_place = place[behind3:]
    fourth = low[last:]
    fourth_place = place[last:]
    begin2 = np.float64(behind2)
    begin3 = np.float64(behind3)
    begin4 = np.float64(last)
    end = np.float64(window - 1)
    for k in range(target.shape[0]):
        found = _place(low[k], place[k], second[k], second_place[k] + begin2)
        best = np.where(second[k] < low[k], second[k], low[k])
        later = _place(third[k], third_place[k] + begin3, fourth[k], fourth_place[k] + begin4)
        later_best = np.where(fourth[k] < third[k], fourth[k], third[k])
        target[k] = end - _place(best, found, later_best, later)


def _values(low, window, sign, target):
    """Least of each window, of numbers in row 0; pieces are in rows 0 and 1 by turns."""
    length = target.shape[0]
    size = 1
    turn = 0
    while 4 * size <= window:
        _four(low[turn], size, length + window - 4 * size, low[1 - turn])
        size *= 4
        turn = 1 - turn
    _short(low[turn], size, window, sign, target)


def _places(low, window, place, target):
    """How many elements before the end of each window it is."""
    length = target.shape[0]
    size = 1
    turn = 0
    if window < 4:
        for k in range(length + window - 1):
            place[0, k] = 0.0
    else:
        _four_places(low[0], length + window - 4, low[1], place[1])
        size = 4
        turn = 1
    while 4 * size < window:
        size *= 2
        _lower_place(low[turn], place[turn], low[turn, size // 2:], place[turn, size // 2:], np.float64(size // 2),
                     length + window - size, low[1 - turn], place[1 - turn])
        turn = 1 - turn
    _short_place(low[turn], place[turn], size, window, target)


def _mend(row, begin, window, min_count, sign, places, target):
    """What windows with NaN have too few numbers, and the place where all numbers are inf, as which NaN were taken."""
    count = 0
    last = -1
    finite = -window
    for i in range(max(begin - window + 1, 0), begin + target.shape[0]):
        if row[i] == row[i]:
            count += 1
            last = i
            if sign * row[i] < np.inf:
                finite = i
        if i >= begin:
            if count < min_count:
                target[i - begin] = np.nan
            elif places and finite <= i - window:
                target[i - begin] = np.float64(i - last)
            if i + 1 >= window and row[i + 1 - window] == row[i + 1 - window]:
                count -= 1


def _side_by_side(row, begin, window, min_count, sign, places, low, place, target):
    """Of the windows that end at `begin` and after it."""
    absent = max(window - 1 - begin, 0)
    for k in range(absent):
        low[0, k] = np.inf
    elements = row[begin - window + 1 + absent:begin + target.shape[0]]
    have = _numbers(elements, sign, low[0, absent:])
    if places:
        _places(low, window, place, target)
    else:
        _values(low, window, sign, target)
    if have < elements.shape[0]:
        _mend(row, begin, window, min_count, sign, places, target)


def _one_by_one(row, window, min_count, sign, places, ends, end_places, target):
    """The best of every end of a block is kept from one block to the next, that of the beginning is carried along."""
    n = row.shape[0]
    count = 0
    for begin in range(0, n, window):
        best = np.nan
        place = 0.0
        for i in range(begin, min(begin + window, n)):
            value = sign * np.float64(row[i])
            count += np.where(value == value, 1, 0)
            if value <= best or (best != best and value == value):
                best = value
                place = np.float64(i)
            found = best
            found_place = place
            k = i - begin + 1
            if begin > 0 and k < window and (ends[k] < best or best != best):
                found = ends[k]
                found_place = end_places[k]
            if count < min_count:
                target[i] = np.nan
            elif places:
                target[i] = np.float64(i) - found_place
            else:
                target[i] = sign * found + 0.0
            if i + 1 >= window:
                old = row[i + 1 - window]
                count -= np.where(old == old, 1, 0)
        if begin + window <= n:
            best = np.nan
            place = 0.0
            for k in range(window - 1, -1, -1):
                value = sign * np.float64(row[begin + k])
                if value < best or (best != best and value == value):
                    best = value
                    place = np.float64(begin + k)
                ends[k] = best
                end_places[k] = place


#pythran export window_extremes(float64, bool, float64[], int64, int64, int64, int64, float64[]),
#               window_extremes(float64, bool, float32[], int64, int64, int64, int64, float32[])
def window_extremes(sign, places, x, outer, n, window, min_count, out):
    """Least (sign 1.0) or greatest (-1.0) numbers; or how many elements ago they were, the last one of equals."""
    # Beyond that, both take as long for 100 000 random numbers.
    side_by_side = window <= (1024 if places else 8192)
    step = min(max(512 if places else 1024, 4 * window), n)
    pitch = _pitch(step + window) if side_by_side else window
    low = np.empty((2, pitch))
    place = np.empty((2, pitch if places or not side_by_side else 0))
    for o in range(outer):
        row = x[o * n:(o + 1) * n]
        target = out[o * n:(o + 1) * n]
        if side_by_side:
            for i in range(min_count - 1):
                target[i] = np.nan
            for begin in range(min_count - 1, n, step):
                _side_by_side(row, begin, window, min_count, sign, places, low, place, target[begin:min(begin + step, n)])
        else:
            _one_by_one(row, window, min_count, sign, places, low[0], place[0], target)
