"""Extremes of what is not NaN, where they stand, and both extremes in one pass.

The largest element is the smallest of the negated ones: `sign` is 1.0 or -1.0. An extreme that is zero is 0.0, never -0.0.
"""

import numpy as np

from .nan_reduction import _numbers


def _lowest(sign, x):
    """Smallest of sign * x[i] that is not NaN, inf if there is none; the last block may overlap the one before."""
    n = x.shape[0]
    none = x.dtype.type(np.inf)
    if n < 32:
        best = none
        for i in range(n):
            best = np.where(sign * x[i] < best, sign * x[i], best)
        return best
    lanes = np.empty(32, dtype=x.dtype)
    for j in range(32):
        lanes[j] = np.where(sign * x[j] < none, sign * x[j], none)
    for i in range(32, n - 31, 32):
        for j in range(32):
            value = sign * x[i + j]
            lanes[j] = np.where(value < lanes[j], value, lanes[j])
    end = x[n - 32:n]
    for j in range(32):
        lanes[j] = np.where(sign * end[j] < lanes[j], sign * end[j], lanes[j])
    for j in range(16):
        lanes[j] = np.where(lanes[j + 16] < lanes[j], lanes[j + 16], lanes[j])
    for j in range(8):
        lanes[j] = np.where(lanes[j + 8] < lanes[j], lanes[j + 8], lanes[j])
    for j in range(4):
        lanes[j] = np.where(lanes[j + 4] < lanes[j], lanes[j + 4], lanes[j])
    best = lanes[0]
    for j in range(1, 4):
        best = np.where(lanes[j] < best, lanes[j], best)
    return best


def _extreme(sign, x):
    """Of one slice; NaN if there is nothing but NaN, which looks like nothing but inf."""
    low = _lowest(sign, x)
    none = x.dtype.type(np.inf)
    if low == none and _numbers(x) == 0:
        return x.dtype.type(np.nan)
    return sign * low + x.dtype.type(0)


def _first(sign, x, value):
    """First index at which sign * x[i] is the value, or -1."""
    n = x.shape[0]
    for begin in range(0, n, 64):
        part = x[begin:min(begin + 64, n)]
        found = 0
        for j in range(part.shape[0]):
            found += np.where(sign * part[j] == value, 1, 0)
        if found > 0:
            for j in range(part.shape[0]):
                if sign * part[j] == value:
                    return begin + j
    return -1


def _place(sign, x):
    """First index of the extreme of one slice, or -1: of a long one, only the best block is searched."""
    n = x.shape[0]
    best = x.dtype.type(np.inf)
    begin = 0
    for block in range(0, n, 2048):
        found = _lowest(sign, x[block:min(block + 2048, n)])
        if found < best:
            best = found
            begin = block
    place = _first(sign, x[begin:n], best)
    return np.where(place < 0, -1, begin + place)


def _lower(value, best):
    """The lower of two; a NaN gives way to a number."""
    return np.where(value >= best, best, np.where(value == value, value, best))


#pythran export nan_extreme(float32, float32[]), nan_extreme(float64, float64[])
def nan_extreme(sign, x):
    if x.shape[0] == 0:
        raise ValueError("an empty slice has no extreme")
    return _extreme(sign, x[0:x.shape[0]])


#pythran export nan_extreme_axis(float32, float32[], int64, int64, int64, float32[]),
#               nan_extreme_axis(float64, float64[], int64, int64, int64, float64[])
def nan_extreme_axis(sign, x, outer, n, inner, out):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [outer, inner]; n is not 0."""
    zero = x.dtype.type(0)
    for o in range(outer):
        if inner == 1:
            out[o] = _extreme(sign, x[o * n:(o + 1) * n])
        else:
            # four rows at a time, as in extreme.py
            for begin in range(0, inner, 4096):
                width = min(4096, inner - begin)
                at = o * n * inner + begin
                best = out[o * inner + begin:o * inner + begin + width]
                first = x[at:at + width]
                for j in range(width):
                    best[j] = sign * first[j]
                i = 1
                while i + 3 < n:
                    row = x[at + i * inner:at + i * inner + width]
                    row1 = x[at + (i + 1) * inner:at + (i + 1) * inner + width]
                    row2 = x[at + (i + 2) * inner:at + (i + 2) * inner + width]
                    row3 = x[at + (i + 3) * inner:at + (i + 3) * inner + width]
                    for j in range(width):
                        kept = _lower(sign * row[j], best[j])
                        kept = _lower(sign * row1[j], kept)
                        kept = _lower(sign * row2[j], kept)
                        best[j] = _lower(sign * row3[j], kept)
                    i += 4
                while i < n:
                    row = x[at + i * inner:at + i * inner + width]
                    for j in range(width):
                        best[j] = _lower(sign * row[j], best[j])
                    i += 1
                for j in range(width):
                    best[j] = sign * best[j] + zero


#pythran export nan_place(float32, float32[]), nan_place(float64, float64[])
def nan_place(sign, x):
    return _place(sign, x[0:x.shape[0]])


#pythran export nan_place_axis(float32, float32[], int64, int64, int64, int64[]),
#               nan_place_axis(float64, float64[], int64, int64, int64, int64[])
def nan_place_axis(sign, x, outer, n, inner, out):
    """As nan_extreme_axis; -1 for a slice of nothing but NaN."""
    kept = np.empty(inner, dtype=x.dtype)
    for o in range(outer):
        if inner == 1:
            out[o] = _place(sign, x[o * n:(o + 1) * n])
        else:
            best = kept[0:inner]
            place = out[o * inner:(o + 1) * inner]
            for j in range(inner):
                best[j] = x.dtype.type(np.nan)
                place[j] = -1
            for i in range(n):
                row = x[(o * n + i) * inner:(o * n + i + 1) * inner]
                for j in range(inner):
                    value = sign * row[j]
                    place[j] = np.where(value >= best[j], place[j], np.where(value == value, i, place[j]))
                    best[j] = np.where(value >= best[j], best[j], np.where(value == value, value, best[j]))
