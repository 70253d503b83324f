"""Medians of short moving windows that hold no NaN, for neighboring windows side by side.

Sorted pieces of 2, 4, 8, ... neighbors are merged of each other (K. E. Batcher, 1968), each once for all windows that it is in.
Of a window, the largest of them that fits and the sorted rest give the middle. Row k of a piece has its k-th least number, for
pieces that begin at each place.
"""

import numpy as np


def _mean(a, b):
    """Also of numbers whose sum overflows; 0.0 for zeros of either sign."""
    return np.where(np.abs(a + b) < np.inf, (a + b) * 0.5, a * 0.5 + b * 0.5) + 0.0


def _exchange(a, b, low, high):
    for k in range(low.shape[0]):
        first = a[k]
        second = b[k]
        low[k] = np.where(second < first, second, first)
        high[k] = np.where(first < second, second, first)


def _exchange_in_place(low, high):
    for k in range(low.shape[0]):
        first = low[k]
        second = high[k]
        low[k] = np.where(second < first, second, first)
        high[k] = np.where(first < second, second, first)


def _merge(first, second, behind, size, length, merged):
    """Of `size` sorted numbers from each of `length` places on, and as many that begin `behind` them."""
    for k in range(size):
        _exchange(first[k], second[k, behind:], merged[k, 0:length], merged[size + k, 0:length])
    step = size // 2
    while step > 0:
        for j in range(step, 2 * size - step, 2 * step):
            for k in range(j, j + step):
                _exchange_in_place(merged[k, 0:length], merged[k + step, 0:length])
        step //= 2


def _take(found, candidate):
    for k in range(found.shape[0]):
        found[k] = np.where(candidate[k] < found[k], candidate[k], found[k])


def _take_greater(found, a, b):
    for k in range(found.shape[0]):
        greater = np.where(a[k] < b[k], b[k], a[k])
        found[k] = np.where(greater < found[k], greater, found[k])


def _select(piece, size, rest, rest_size, behind, rank, found):
    """The rank-th least, from 1 on, of pieces and of the sorted rests, which begin `behind` them: if i of these are of the
    rest, it is the greater of the rest's i-th and the piece's (rank - i)-th; of all i, the least."""
    for k in range(found.shape[0]):
        found[k] = np.inf
    if rank <= size:
        _take(found, piece[rank - 1])
    if rank <= rest_size:
        _take(found, rest[rank - 1, behind:])
    for i in range(max(rank - size, 1), min(rank - 1, rest_size) + 1):
        _take_greater(found, piece[rank - i - 1], rest[i - 1, behind:])


def _medians(window, pieces, rests, middle, target):
    """Of windows that begin at each of the elements, which are in row 0 of pieces[0]."""
    length = target.shape[0]
    size = 1
    turn = 0
    rest_size = 0
    other = 0
    while 2 * size <= window:
        places = length + window - rest_size - size
        if window & size and rest_size == 0:
            for k in range(size):
                for i in range(places):
                    rests[other, k, i] = pieces[turn, k, i]
            rest_size = size
        elif window & size:
            # as if there were as many
            for k in range(rest_size, size):
                for i in range(places + size):
                    rests[other, k, i] = np.inf
            _merge(pieces[turn], rests[other], size, size, places, rests[1 - other])
            rest_size += size
            other = 1 - other
        _merge(pieces[turn], pieces[turn], size, size, length + window - 2 * size, pieces[1 - turn])
        size *= 2
        turn = 1 - turn
    _select(pieces[turn], size, rests[other], rest_size, size, (window + 1) // 2, middle[0, 0:length])
    _select(pieces[turn], size, rests[other], rest_size, size, window // 2 + 1, middle[1, 0:length])
    low = middle[0]
    high = middle[1]
    for k in range(length):
        target[k] = _mean(low[k], high[k])
