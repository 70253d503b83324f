"""Folds and selections by group, in order of occurrence.

Values are seen as [outer, n, inner] and labels as [n]; what is gathered, as [outer, k, inner] for k groups. A label below 0
is no group, nor is one from k on, which another thread may write after labels were looked at. Sums are in float64 (of
integers, in int64), plain: the error is at most m * 2**-53 * sum(abs(x)) for m numbers.
"""

import numpy as np

# What is added for NaN changes no bit of a total. It is chosen before: a choice between totals would be what the next element
# of the group waits for.


def _add(total, value, other):
    return total + np.where(value == value, value, -0.0)


def _multiply(total, value, other):
    return total * np.where(value == value, value, 1.0)


def _add_square(total, value, other):
    return total + np.where(value == value, value * value, -0.0)


def _add_squared_deviation(total, value, center):
    return total + np.where(value == value, (value - center) * (value - center), -0.0)


def _add_anything(total, value, other):
    return total + value


def _multiply_anything(total, value, other):
    return total * value


def _add_any_square(total, value, other):
    return total + value * value


def _add_one(total, value, other):
    return total + np.float64(value == value)


def _add_zero(total, value, other):
    return total + np.float64(value == 0.0)


def _add_other_than_zero(total, value, other):
    return total + np.where(value == value, np.float64(value != 0.0), 0.0)


def _scatter(step, x, labels, outer, n, inner, k, total, other):
    if inner == 1:
        for o in range(outer):
            for i in range(n):
                label = labels[i]
                if label >= 0 and label < k:
                    at = o * k + label
                    total[at] = step(total[at], total.dtype.type(x[o * n + i]), other[at])
    else:
        for o in range(outer):
            for i in range(n):
                label = labels[i]
                if label >= 0 and label < k:
                    at = (o * k + label) * inner
                    into = total[at:at + inner]
                    beside = other[at:at + inner]
                    row = x[(o * n + i) * inner:(o * n + i + 1) * inner]
                    for j in range(inner):
                        into[j] = step(into[j], total.dtype.type(row[j]), beside[j])


def _scatter_with_count(x, labels, outer, n, inner, k, total, count):
    for o in range(outer):
        for i in range(n):
            label = labels[i]
            if label >= 0 and label < k:
                at = (o * k + label) * inner
                for j in range(inner):
                    value = np.float64(x[(o * n + i) * inner + j])
                    total[at + j] = _add(total[at + j], value, value)
                    count[at + j] = _add_one(count[at + j], value, value)


#pythran export group_fold(int64, float32[], int64[], int64, int64, int64, int64, float64[], float64[]),
#               group_fold(int64, float64[], int64[], int64, int64, int64, int64, float64[], float64[])
def group_fold(kind, x, labels, outer, n, inner, k, total, other):
    """Into `total`, which holds the initial values: sums (kind 0), products (1), sums of squares (2) or of squared
    deviations from `other` (3), numbers (4), sums with NaN (5), zeros (6), numbers that are not zero (7); or sums, and how
    many numbers into `other` (8).
    """
    if kind == 0:
        _scatter(_add, x, labels, outer, n, inner, k, total, other)
    elif kind == 1:
        _scatter(_multiply, x, labels, outer, n, inner, k, total, other)
    elif kind == 2:
        _scatter(_add_square, x, labels, outer, n, inner, k, total, other)
    elif kind == 3:
        _scatter(_add_squared_deviation, x, labels, outer, n, inner, k, total, other)
    elif kind == 4:
        _scatter(_add_one, x, labels, outer, n, inner, k, total, other)
    elif kind == 5:
        _scatter(_add_anything, x, labels, outer, n, inner, k, total, other)
    elif kind == 6:
        _scatter(_add_zero, x, labels, outer, n, inner, k, total, other)
    elif kind == 7:
        _scatter(_add_other_than_zero, x, labels, outer, n, inner, k, total, other)
    elif inner == 1:
        # With a length that gcc knows there is no inner loop left.
        _scatter_with_count(x, labels, outer, n, 1, k, total, other)
    else:
        _scatter_with_count(x, labels, outer, n, inner, k, total, other)


#pythran export group_fold__integer(int64, int64[], int64[], int64, int64, int64, int64, int64[], int64[])
def group_fold__integer(kind, x, labels, outer, n, inner, k, total, other):
    """As group_fold, kinds 0 to 2: integers wrap around."""
    if kind == 0:
        _scatter(_add_anything, x, labels, outer, n, inner, k, total, other)
    elif kind == 1:
        _scatter(_multiply_anything, x, labels, outer, n, inner, k, total, other)
    else:
        _scatter(_add_any_square, x, labels, outer, n, inner, k, total, other)


def _is_less(value, best):
    return value < best


def _is_greater(value, best):
    return value > best


def _never(value, best):
    return False


def _always(value, best):
    return True


def _place(is_better, x, labels, outer, n, inner, k, best, place):
    for o in range(outer):
        for i in range(n):
            label = labels[i]
            if label >= 0 and label < k:
                at = (o * k + label) * inner
                if inner == 1:
                    value = x[o * n + i]
                    if value == value and (place[at] < 0 or is_better(value, best[at])):
                        best[at] = value
                        place[at] = i
                else:
                    for j in range(inner):
                        value = x[(o * n + i) * inner + j]
                        if value == value and (place[at + j] < 0 or is_better(value, best[at + j])):
                            best[at + j] = value
                            place[at + j] = i


#pythran export group_place(int64, float32[], int64[], int64, int64, int64, int64, float32[], int64[]),
#               group_place(int64, float64[], int64[], int64, int64, int64, int64, float64[], int64[]),
#               group_place(int64, int64[], int64[], int64, int64, int64, int64, int64[], int64[])
def group_place(kind, x, labels, outer, n, inner, k, best, place):
    """The first smallest (kind 0), first largest (1), first (2) or last (3) number of each group, into `best`, and its index
    along the middle axis into `place`, which holds -1.
    """
    if kind == 0:
        _place(_is_less, x, labels, outer, n, inner, k, best, place)
    elif kind == 1:
        _place(_is_greater, x, labels, outer, n, inner, k, best, place)
    elif kind == 2:
        _place(_never, x, labels, outer, n, inner, k, best, place)
    else:
        _place(_always, x, labels, outer, n, inner, k, best, place)


#pythran export bincount(int64[], int64[])
def bincount(labels, counts):
    k = counts.shape[0]
    for i in range(labels.shape[0]):
        label = labels[i]
        if label >= 0 and label < k:
            counts[label] += 1
