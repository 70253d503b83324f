"""Reductions that leave NaN out: sum, mean, product, variance and how many numbers there are.

A NaN counts as 0 (in a product as 1) in the lane that it falls into, so that a slice without NaN has the bits of the plain
reduction. What differs between operators is a parameter, not another kernel.
"""

import numpy as np

from .folds import _fold, _fold_axis, _fold_columns, _plus, _times


def _or_zero(value, center):
    return np.where(value == value, np.float64(value), 0.0)


def _or_one(value, center):
    return np.where(value == value, np.float64(value), 1.0)


def _squared_deviation_or_zero(value, center):
    deviation = np.float64(value) - center
    return np.where(value == value, deviation * deviation, 0.0)


def _numbers(x):
    """How many elements of one slice are not NaN."""
    total = 0
    for i in range(x.shape[0]):
        total += np.where(x[i] == x[i], 1, 0)
    return total


def _numbers_of_columns(counts, x, start, n, inner, width):
    for j in range(width):
        counts[j] = 0
    for i in range(n):
        row = x[start + i * inner:start + i * inner + width]
        for j in range(width):
            counts[j] += np.where(row[j] == row[j], 1, 0)


def _sum(x):
    return _fold(np.float64(0.0), _plus, _or_zero, 0.0, x)


def _finished(total, left, root):
    """A sum of squares over what is left of their number; NaN where nothing is."""
    variance = total / np.where(left > 0.0, left, np.nan)
    return np.where(root > 0, np.sqrt(variance), variance)


def _spread(root, x, ddof):
    count = np.float64(_numbers(x))
    squares = _fold(np.float64(0.0), _plus, _squared_deviation_or_zero, _sum(x) / count, x)
    return _finished(squares, count - ddof, root)


#pythran export nan_mean(int64, float32[]), nan_mean(int64, float64[])
def nan_mean(divided, x):
    """Sum of one slice, divided by the number of its numbers if `divided` is 1."""
    total = _sum(x[0:x.shape[0]])
    if divided > 0:
        total /= np.float64(_numbers(x))
    return x.dtype.type(total)


#pythran export nan_product(float32[]), nan_product(float64[])
def nan_product(x):
    return x.dtype.type(_fold(np.float64(1.0), _times, _or_one, 0.0, x[0:x.shape[0]]))


#pythran export nan_product_axis(float32[], int64, int64, int64, float32[]),
#               nan_product_axis(float64[], int64, int64, int64, float64[])
def nan_product_axis(x, outer, n, inner, out):
    _fold_axis(np.float64(1.0), _times, _or_one, x, outer, n, inner, out)


#pythran export nan_spread(int64, float32[], float64), nan_spread(int64, float64[], float64)
def nan_spread(root, x, ddof):
    """Variance of one slice, or its square root if `root` is 1: the mean first, then the squared deviations from it."""
    return x.dtype.type(_spread(root, x[0:x.shape[0]], ddof))


def _moments_of_columns(kind, lanes, center, counts, x, start, n, inner, width, out, ddof):
    """Sums (kind 0), means (1), variances (2) or standard deviations (3) of neighboring slices."""
    for j in range(width):
        center[j] = 0.0
    _fold_columns(lanes, _plus, _or_zero, center, x, start, n, inner, width)
    total = lanes[0]
    if kind > 0:
        _numbers_of_columns(counts, x, start, n, inner, width)
        for j in range(width):
            center[j] = total[j] / np.float64(counts[j])
            total[j] = center[j]
    if kind > 1:
        _fold_columns(lanes, _plus, _squared_deviation_or_zero, center, x, start, n, inner, width)
        for j in range(width):
            total[j] = _finished(total[j], np.float64(counts[j]) - ddof, kind - 2)
    for j in range(width):
        out[j] = total[j]


def _moment(kind, x, ddof):
    if kind > 1:
        return _spread(kind - 2, x, ddof)
    total = _sum(x)
    return np.where(kind > 0, total / np.float64(_numbers(x)), total)


#pythran export nan_moment_axis(int64, float32[], int64, int64, int64, float32[], float64),
#               nan_moment_axis(int64, float64[], int64, int64, int64, float64[], float64)
def nan_moment_axis(kind, x, outer, n, inner, out, ddof):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [outer, inner]."""
    lanes = np.empty((32, min(inner, 1024)))
    center = np.empty(min(inner, 1024))
    counts = np.empty(min(inner, 1024), dtype=np.int64)
    for o in range(outer):
        if inner == 1 or n == 0:
            for j in range(inner):
                out[o * inner + j] = _moment(kind, x[o * n:(o + 1) * n], ddof)
        else:
            for begin in range(0, inner, 1024):
                width = min(1024, inner - begin)
                part = out[o * inner + begin:o * inner + begin + width]
                start = o * n * inner + begin
                _moments_of_columns(kind, lanes, center, counts, x, start, n, inner, width, part, ddof)


#pythran export count(float32[]), count(float64[])
def count(x):
    return _numbers(x[0:x.shape[0]])


#pythran export count_axis(float32[], int64, int64, int64, int64[]),
#               count_axis(float64[], int64, int64, int64, int64[])
def count_axis(x, outer, n, inner, out):
    for o in range(outer):
        if inner == 1:
            out[o] = _numbers(x[o * n:(o + 1) * n])
        else:
            _numbers_of_columns(out[o * inner:(o + 1) * inner], x, o * n * inner, n, inner, inner)


def _nan_test(every, x):
    n = x.shape[0]
    begin = 0
    end = min(n, 16)
    while begin < n:
        numbers = _numbers(x[begin:end])
        if every > 0 and numbers > 0:
            return False
        if every == 0 and numbers < end - begin:
            return True
        begin = end
        end = min(begin + 256, n)
    return every > 0


#pythran export nan_test(int64, float32[]), nan_test(int64, float64[])
def nan_test(every, x):
    """Whether one slice holds a NaN (`every` is 0) or nothing else (1); it is read no further than needed."""
    return _nan_test(every, x[0:x.shape[0]])


def _nan_test_of_columns(every, decided, x, start, n, inner, width, out):
    """Neighboring slices, 16 elements of each at a time, until all have the number or the NaN that decides."""
    for j in range(width):
        decided[j] = 0
    left = width
    i = 0
    while i < n and left > 0:
        for k in range(i, min(i + 16, n)):
            row = x[start + k * inner:start + k * inner + width]
            for j in range(width):
                decided[j] |= np.where(row[j] == row[j], every, 1 - every)
        i += 16
        left = width
        for j in range(width):
            left -= decided[j]
    for j in range(width):
        out[j] = decided[j] != every


#pythran export nan_test_axis(int64, float32[], int64, int64, int64, bool[]),
#               nan_test_axis(int64, float64[], int64, int64, int64, bool[])
def nan_test_axis(every, x, outer, n, inner, out):
    decided = np.empty(min(inner, 1024), dtype=np.int64)
    for o in range(outer):
        if inner == 1:
            out[o] = _nan_test(every, x[o * n:(o + 1) * n])
        else:
            for begin in range(0, inner, 1024):
                width = min(1024, inner - begin)
                part = out[o * inner + begin:o * inner + begin + width]
                _nan_test_of_columns(every, decided, x, o * n * inner + begin, n, inner, width, part)
