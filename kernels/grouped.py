"""Folds and selections by group, in order of occurrence.

Values are seen as [outer, n, inner] and labels as [n]; what is gathered, as [outer, k, inner] for k groups, with one element
more at its end, for what belongs to no group. A label below 0 is no group, nor is one from k on, which another thread may
write after labels were looked at. Sums are in float64 (of integers, in int64), plain: the error is at most
m * 2**-53 * sum(abs(x)) for m numbers.
"""

import numpy as np

from .group_labels import (
    _FROM_THE_BEGINNING,
    _anything,
    _are_all,
    _find,
    _number,
    _other_than_zero,
    _own_or_last,
    _zero,
)


def _add(total, value, other):
    return total + value


def _multiply(total, value, other):
    return total * value


def _add_square(total, value, other):
    return total + total.dtype.type(value) * total.dtype.type(value)


def _add_squared_deviation(total, value, center):
    return total + (value - center) * (value - center)


def _add_one(total, value, other):
    return total + np.int64(1)


def _add_to(step, counts, value, total, other, to):
    total[to] = step(total[to], value, other[to])
    if counts:
        other[to] += 1.0


def _scatter_short_rows(chosen, step, counts, x, labels, outer, n, inner, k, total, other):
    for o in range(outer):
        for i in range(n):
            label = labels[i]
            if label >= 0 and label < k:
                for j in range(inner):
                    value = x[(o * n + i) * inner + j]
                    to = (o * k + label) * inner + j if chosen(value) else outer * k * inner
                    _add_to(step, counts, value, total, other, to & _FROM_THE_BEGINNING)


def _scatter_blocks(chosen, step, counts, x, labels, outer, n, k, total, other):
    at = np.empty(256, dtype=np.int64)
    for o in range(outer):
        for begin in range(0, n, 256):
            size = min(n - begin, 256)
            values = x[o * n + begin:o * n + begin + size]
            names = labels[begin:begin + size]
            if outer == 1 and _are_all(chosen, values):
                for i in range(size):
                    to = _own_or_last(names[i], k)
                    _add_to(step, counts, values[i], total, other, to & _FROM_THE_BEGINNING)
            else:
                _find(chosen, values, names, o * k, k, outer * k, at)
                for i in range(size):
                    _add_to(step, counts, values[i], total, other, at[i] & _FROM_THE_BEGINNING)


def _scatter_rows(chosen, step, counts, x, labels, outer, n, inner, k, total, other):
    for o in range(outer):
        for i in range(n):
            label = labels[i]
            if label >= 0 and label < k:
                to = (o * k + label) * inner
                into = total[to:to + inner]
                beside = other[to:to + inner]
                row = x[(o * n + i) * inner:(o * n + i + 1) * inner]
                for j in range(inner):
                    into[j] = np.where(chosen(row[j]), step(into[j], row[j], beside[j]), into[j])
                    if counts:
                        beside[j] += np.float64(chosen(row[j]))


def _scatter(chosen, step, counts, x, labels, outer, n, inner, k, total, other):
    if inner == 1:
        _scatter_blocks(chosen, step, counts, x, labels, outer, n, k, total, other)
    elif inner < 8:
        _scatter_short_rows(chosen, step, counts, x, labels, outer, n, inner, k, total, other)
    else:
        _scatter_rows(chosen, step, counts, x, labels, outer, n, inner, k, total, other)


#pythran export group_fold(int64, float32[], int64[], int64, int64, int64, int64, float64[], float64[]),
#               group_fold(int64, float64[], int64[], int64, int64, int64, int64, float64[], float64[])
def group_fold(kind, x, labels, outer, n, inner, k, total, other):
    """Into `total`, which holds the initial values: sums (kind 0), products (1), sums of squares (2) or of squared
    deviations from `other` (3), sums with NaN (4); or sums, and how many numbers into `other` (5).
    """
    if kind == 0:
        _scatter(_number, _add, False, x, labels, outer, n, inner, k, total, other)
    elif kind == 1:
        _scatter(_number, _multiply, False, x, labels, outer, n, inner, k, total, other)
    elif kind == 2:
        _scatter(_number, _add_square, False, x, labels, outer, n, inner, k, total, other)
    elif kind == 3:
        _scatter(_number, _add_squared_deviation, False, x, labels, outer, n, inner, k, total, other)
    elif kind == 4:
        _scatter(_anything, _add, False, x, labels, outer, n, inner, k, total, other)
    else:
        _scatter(_number, _add, True, x, labels, outer, n, inner, k, total, other)


#pythran export group_fold__integer(int64, int64[], int64[], int64, int64, int64, int64, int64[], int64[])
def group_fold__integer(kind, x, labels, outer, n, inner, k, total, other):
    """As group_fold, kinds 0 to 2: integers wrap around."""
    if kind == 0:
        _scatter(_anything, _add, False, x, labels, outer, n, inner, k, total, other)
    elif kind == 1:
        _scatter(_anything, _multiply, False, x, labels, outer, n, inner, k, total, other)
    else:
        _scatter(_anything, _add_square, False, x, labels, outer, n, inner, k, total, other)


def _is_less(value, best):
    return value < best


def _is_greater(value, best):
    return value > best


def _keep_better(is_better, value, i, best, place, to):
    if is_better(value, best[to]) or place[to] < 0:
        best[to] = value
        place[to] = i


def _place(is_better, x, labels, outer, n, inner, k, best, place):
    """A new best one is rare in data in no order: here the branches are foreseen. The loops are those of `_scatter`; one for
    both, with what it does as a function, took sums and these 1.6 to 1.9 times as long at AVX2.
    """
    at = np.empty(256, dtype=np.int64)
    for o in range(outer):
        if inner == 1:
            for begin in range(0, n, 256):
                size = min(n - begin, 256)
                values = x[o * n + begin:o * n + begin + size]
                names = labels[begin:begin + size]
                if outer == 1 and _are_all(_number, values):
                    for i in range(size):
                        to = _own_or_last(names[i], k)
                        _keep_better(is_better, values[i], begin + i, best, place, to & _FROM_THE_BEGINNING)
                else:
                    _find(_number, values, names, o * k, k, outer * k, at)
                    for i in range(size):
                        _keep_better(is_better, values[i], begin + i, best, place, at[i] & _FROM_THE_BEGINNING)
        else:
            for i in range(n):
                label = labels[i]
                if label >= 0 and label < k:
                    for j in range(inner):
                        to = (o * k + label) * inner + j
                        value = x[(o * n + i) * inner + j]
                        if value == value and (place[to] < 0 or is_better(value, best[to])):
                            best[to] = value
                            place[to] = i


def _first_in_rows(chosen, backward, x, labels, outer, n, inner, k, place):
    for o in range(outer):
        seen = 0
        for c in range(n):
            i = n - 1 - c if backward else c
            label = labels[i]
            if label >= 0 and label < k:
                for j in range(inner):
                    to = (o * k + label) * inner + j
                    if place[to] < 0 and chosen(x[(o * n + i) * inner + j]):
                        place[to] = i
                        seen += 1
                if seen >= k * inner:
                    break


def _first_in_blocks(chosen, backward, x, labels, outer, n, k, place):
    at = np.empty(256, dtype=np.int64)
    for o in range(outer):
        seen = 0
        for done in range(0, n, 256):
            size = min(n - done, 256)
            begin = n - done - size if backward else done
            values = x[o * n + begin:o * n + begin + size]
            if _find(chosen, values, labels[begin:begin + size], o * k, k, outer * k, at) > 0:
                for c in range(size):
                    i = size - 1 - c if backward else c
                    to = at[i] & _FROM_THE_BEGINNING
                    if place[to] < 0:
                        place[to] = begin + i
                        seen += 1
                if seen >= k:
                    break


def _first_place(chosen, backward, x, labels, outer, n, inner, k, place):
    """In random data each group has been seen soon, and what comes then is not looked at."""
    if inner == 1:
        _first_in_blocks(chosen, backward, x, labels, outer, n, k, place)
    else:
        _first_in_rows(chosen, backward, x, labels, outer, n, inner, k, place)


#pythran export group_place(int64, float32[], int64[], int64, int64, int64, int64, float32[], int64[]),
#               group_place(int64, float64[], int64[], int64, int64, int64, int64, float64[], int64[]),
#               group_place(int64, int64[], int64[], int64, int64, int64, int64, int64[], int64[])
def group_place(kind, x, labels, outer, n, inner, k, best, place):
    """The first smallest (kind 0), first largest (1), first (2) or last (3) number of each group, into `best`, and its index
    along the middle axis into `place`, which holds -1; but at the end 0, and in `best` what nothing is better than. Or only
    into `place`: the index of the first zero (4), of the first number that is not (5), how many numbers (6).
    """
    if kind == 0:
        _place(_is_less, x, labels, outer, n, inner, k, best, place)
    elif kind == 1:
        _place(_is_greater, x, labels, outer, n, inner, k, best, place)
    elif kind == 4:
        _first_place(_zero, False, x, labels, outer, n, inner, k, place)
    elif kind == 5:
        _first_place(_other_than_zero, False, x, labels, outer, n, inner, k, place)
    elif kind == 6:
        _scatter(_number, _add_one, False, x, labels, outer, n, inner, k, place, place)
    else:
        if kind == 2:
            _first_place(_number, False, x, labels, outer, n, inner, k, place)
        else:
            _first_place(_number, True, x, labels, outer, n, inner, k, place)
        if n > 0:
            for o in range(outer):
                for group in range(o * k, (o + 1) * k):
                    for j in range(inner):
                        best[group * inner + j] = x[(o * n + max(place[group * inner + j], 0)) * inner + j]


#pythran export largest_label(int64[])
def largest_label(labels):
    """-1 if there is none, and something below 0 if one of them is."""
    largest = np.int64(-1)
    signs = np.int64(0)
    for i in range(labels.shape[0]):
        largest = max(largest, labels[i])
        signs |= labels[i]
    return signs if signs < 0 else largest


#pythran export bincount(int64[], int64[])
def bincount(labels, counts):
    k = counts.shape[0]
    for i in range(labels.shape[0]):
        label = labels[i]
        if label >= 0 and label < k:
            counts[label] += 1
