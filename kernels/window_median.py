"""Medians of moving windows, from two heaps: of the lesser half of a window, and of the rest; short ones by sorted_pieces.py.

O(log window) an element. Both heaps keep the least key at their tops; those of the lesser half are negated. They lie in one
array, from 1 and from window + 1 on, beside the slots their values have in the window: an element's index modulo the window.
"""

import numpy as np

from .conversion import _in_float64
from .moments import _has_nan
from .sorted_pieces import _mean, _medians

# Of 1000 numbers, longer windows take as long with heaps, which know the way by then.
_SHORT = 24


def _median(keys, window, lesser, greater):
    a = -keys[1]
    return _mean(a, np.where(lesser > greater, a, keys[window + 1]))


def _slice(row, window, min_count, target):
    # In one function, and with branches where an expression could choose: the types that Pythran derives for arrays handed on
    # to be written to, and for variables made of each other, double with each assignment (12 GB to compile, and 0.35 this way).
    keys = np.zeros(2 * window + 1)
    slots = np.zeros(2 * window + 1, dtype=np.int64)
    places = np.zeros(window, dtype=np.int64)
    lesser = 0
    greater = 0
    for i in range(row.shape[0]):
        new = row[i]
        slot = i % window
        place = places[slot]
        steps = 3
        above = False
        if place > window:
            above = True
        hole = place
        if above:
            hole = place - window
        if new == new:
            if place == 0:
                # The lesser half has one more, or as many.
                if lesser > greater:
                    above = True
                    greater += 1
                    hole = greater
                else:
                    lesser += 1
                    hole = lesser
            if above:
                keys[window + hole] = new
                slots[window + hole] = slot
            else:
                keys[hole] = -new
                slots[hole] = slot
        elif place > 0:
            # The last one of the heap takes the place of the one that goes.
            last = lesser
            if above:
                last = window + greater
                greater -= 1
            else:
                lesser -= 1
            keys[place] = keys[last]
            slots[place] = slots[last]
            places[slot] = 0
        else:
            steps = 0
        for step in range(steps):
            if step == 1:
                hole = 1
                if lesser < greater:
                    # The top of the heap that has too many goes to the end of the other; its last one takes its place.
                    above = False
                    lesser += 1
                    hole = lesser
                    keys[lesser] = -keys[window + 1]
                    slots[lesser] = slots[window + 1]
                    keys[window + 1] = keys[window + greater]
                    slots[window + 1] = slots[window + greater]
                    greater -= 1
                elif lesser > greater + 1:
                    above = True
                    greater += 1
                    hole = greater
                    keys[window + greater] = -keys[1]
                    slots[window + greater] = slots[1]
                    keys[1] = keys[lesser]
                    slots[1] = slots[lesser]
                    lesser -= 1
                elif greater > 0 and -keys[1] > keys[window + 1]:
                    # The element before the first heap is not in use.
                    above = False
                    keys[0] = -keys[1]
                    slots[0] = slots[1]
                    keys[1] = -keys[window + 1]
                    slots[1] = slots[window + 1]
                    keys[window + 1] = keys[0]
                    slots[window + 1] = slots[0]
                else:
                    break
            elif step == 2:
                hole = 1
                above = not above
            base = 0
            count = lesser
            if above:
                base = window
                count = greater
            # Else it was the last one that went.
            if hole <= count:
                key = keys[base + hole]
                moved = slots[base + hole]
                up = 0
                while (hole >> (up + 1)) > 0 and key < keys[base + (hole >> (up + 1))]:
                    at = base + (hole >> up)
                    keys[at] = keys[base + (hole >> (up + 1))]
                    slots[at] = slots[base + (hole >> (up + 1))]
                    places[slots[at]] = at
                    up += 1
                k = hole >> up
                while 2 * k <= count:
                    right = 0
                    if 2 * k < count and keys[base + 2 * k + 1] < keys[base + 2 * k]:
                        right = 1
                    if not keys[base + 2 * k + right] < key:
                        break
                    at = base + k
                    k = 2 * k + right
                    keys[at] = keys[base + k]
                    slots[at] = slots[base + k]
                    places[slots[at]] = at
                at = base + k
                keys[at] = key
                slots[at] = moved
                places[moved] = at
        if lesser + greater < min_count:
            target[i] = np.nan
        else:
            target[i] = _median(keys, window, lesser, greater)


def _side_by_side(row, window, pieces, rests, middle, target):
    """Of windows that are whole; the first of them ends at row[window - 1]."""
    step = middle.shape[1]
    for begin in range(0, target.shape[0], step):
        length = min(step, target.shape[0] - begin)
        for k in range(length + window - 1):
            pieces[0, 0, k] = np.float64(row[begin + k])
        _medians(window, pieces, rests, middle, target[begin:begin + length])


#pythran export window_medians(float64[], int64, int64, int64, int64, float64[]),
#               window_medians(float32[], int64, int64, int64, int64, float32[])
def window_medians(x, outer, n, window, min_count, out):
    """Medians of the last `window` elements up to each one, for slices of n elements."""
    height = 1
    while 2 * height <= window:
        height *= 2
    short = window <= _SHORT
    step = 64
    pieces = np.empty((2, height if short else 0, step + window))
    rests = np.empty((2, height if short else 0, step + window))
    middle = np.empty((2, step))
    for o in range(outer):
        row = x[o * n:(o + 1) * n]
        target = out[o * n:(o + 1) * n]
        # Windows that have begun before the slice are not whole.
        end = n if not short or _has_nan(row) else window - 1
        _in_float64(_slice, row[0:end], window, min_count, target[0:end])
        if end < n:
            _side_by_side(row, window, pieces, rests, middle, target[window - 1:])
