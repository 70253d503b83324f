"""Order within slices: ranks, and elements gathered around the k-th.

Elements come as integers that are ordered as they are: see _key for floats. Sorting is stable, so that every result is
determined by the values and positions alone.
"""

import numpy as np

from .order_statistics import _select

BITS_OF_INFINITY = 0x7FF0000000000000
NAN_KEY = 0x7FF0000000000001
WITHOUT_SIGN = 0x7FFFFFFFFFFFFFFF
LOW_BYTE = 255
TOP_BIT = 128
# below this many elements insertion is faster than counting digits
SMALL = 40


def _key(bits, floats):
    """The bits of a float64 as an integer in the order of floats: -0.0 as 0.0, any NaN above all others."""
    size = bits & WITHOUT_SIGN
    signed = np.where(bits < 0, -size, size)
    return np.where(floats, np.where(size > BITS_OF_INFINITY, np.int64(NAN_KEY), signed), bits)


def _insert(keys, order, n):
    for i in range(1, n):
        key = keys[i]
        place = order[i]
        j = i
        while j > 0 and keys[j - 1] > key:
            keys[j] = keys[j - 1]
            order[j] = order[j - 1]
            j -= 1
        keys[j] = key
        order[j] = place


def _count(keys, n, counts):
    """How often each value of each of the eight digits stands in the keys; the sign makes the last digit descend."""
    for d in range(counts.shape[0]):
        counts[d] = 0
    for i in range(n):
        key = keys[i]
        for d in range(8):
            counts[256 * d + ((key >> (8 * d)) & LOW_BYTE)] += 1


def _by_digit(keys, order, n, starts, d, flip, sorted_keys, sorted_order):
    for i in range(n):
        key = keys[i]
        digit = ((key >> (8 * d)) & LOW_BYTE) ^ flip
        at = starts[digit]
        starts[digit] = at + 1
        sorted_keys[at] = key
        sorted_order[at] = order[i]


def _sort(keys, order, n, counts, starts, other_keys, other_order):
    """Stable; True if the result stands in the other arrays. Digits that are the same in all keys are passed over."""
    if n < SMALL:
        _insert(keys, order, n)
        return False
    _count(keys, n, counts)
    swapped = False
    for d in range(8):
        flip = TOP_BIT if d == 7 else 0
        if counts[256 * d + ((keys[0] >> (8 * d)) & LOW_BYTE)] < n:
            total = np.int64(0)
            for v in range(256):
                starts[v] = total
                total += counts[256 * d + (v ^ flip)]
            if swapped:
                _by_digit(other_keys, other_order, n, starts, d, flip, keys, order)
            else:
                _by_digit(keys, order, n, starts, d, flip, other_keys, other_order)
            swapped = not swapped
    return swapped


def _ranks(keys, order, n, floats, skip, inner, out, begin):
    i = 0
    while i < n:
        key = keys[i]
        end = i + 1
        nan = floats and key == NAN_KEY
        if not nan:
            while end < n and keys[end] == key:
                end += 1
        rank = np.nan if nan and skip else 0.5 * np.float64(i + 1 + end)
        for k in range(i, end):
            out[begin + order[k] * inner] = rank
        i = end


#pythran export rank(int64[], int64, int64, int64, float64[], bool, bool)
def rank(x, outer, n, inner, out, floats, skip):
    """Ranks from 1, equal elements sharing the mean of theirs; `skip` gives NaN the rank NaN."""
    keys = np.empty(n, dtype=np.int64)
    order = np.empty(n, dtype=np.int64)
    more = n if n >= SMALL else 0
    other_keys = np.empty(more, dtype=np.int64)
    other_order = np.empty(more, dtype=np.int64)
    counts = np.empty(2048 if more > 0 else 0, dtype=np.int64)
    starts = np.empty(256 if more > 0 else 0, dtype=np.int64)
    for o in range(outer):
        for j in range(inner):
            begin = o * n * inner + j
            for i in range(n):
                keys[i] = _key(x[begin + i * inner], floats)
                order[i] = i
            if _sort(keys, order, n, counts, starts, other_keys, other_order):
                _ranks(other_keys, other_order, n, floats, skip, inner, out, begin)
            else:
                _ranks(keys, order, n, floats, skip, inner, out, begin)


def _split(x, begin, n, inner, k, pivot, smaller, out, floats, positions):
    """What sorts before the k-th (stably) in order, then the k-th, then the others in order. No branch depends on data:
    an element is written to both sides, where the next one of the other side replaces it; the last place is written at the end.
    """
    left = np.int64(0)
    right = k + 1
    equals = k - smaller
    kth = np.int64(0)
    last = np.int64(0)
    for i in range(n):
        bits = x[begin + i * inner]
        key = _key(bits, floats)
        equal = np.where(key == pivot, 1, 0)
        before = np.where(key < pivot, 1, np.where(equals > 0, equal, 0))
        found = np.where(equals == 0, equal, 0)
        behind = 1 - before - found
        value = i if positions else bits
        kth = np.where(found > 0, value, kth)
        last = np.where(behind > 0, value, last)
        out[begin + left * inner] = value
        out[begin + min(right, n - 1) * inner] = value
        left += before
        right += behind
        equals -= equal
    out[begin + (n - 1) * inner] = last
    out[begin + k * inner] = kth


def _partition(x, outer, n, inner, k, out, floats, positions):
    keys = np.empty(n, dtype=np.int64)
    sample = np.empty(160, dtype=np.int64)
    for o in range(outer):
        for j in range(inner):
            begin = o * n * inner + j
            for i in range(n):
                keys[i] = _key(x[begin + i * inner], floats)
            _select(keys, 0, n - 1, k, sample)
            # None behind the k-th is smaller.
            smaller = np.int64(0)
            for i in range(k):
                smaller += np.int64(keys[i] < keys[k])
            _split(x, begin, n, inner, k, keys[k], smaller, out, floats, positions)


#pythran export partition(int64[], int64, int64, int64, int64, int64[], bool, bool)
def partition(x, outer, n, inner, k, out, floats, positions):
    """Elements, or their positions, with the k-th smallest in its place: stable on either side of it."""
    if floats and inner == 1:
        # With constants that gcc knows, in 0.85 to 0.9 of the time.
        if positions:
            _partition(x, outer, n, 1, k, out, True, True)
        else:
            _partition(x, outer, n, 1, k, out, True, False)
    else:
        _partition(x, outer, n, inner, k, out, floats, positions)
