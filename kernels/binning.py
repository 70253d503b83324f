"""Positions in sorted arrays and in bins, by comparisons alone."""

import numpy as np


def _before(right, element, value):
    """Whether an element stands before the place of a value: NaN is behind everything, as np.sort has it."""
    if right > 0:
        return np.where(value == value, element <= value, True)
    return np.where(value == value, element < value, element == element)


#pythran export searchsorted(float64[], float64[], int64, int64[]),
#               searchsorted(int64[], int64[], int64, int64[])
def searchsorted(a, v, right, out):
    """Where each value belongs in the sorted a: halves of a, without branches that depend on data."""
    n = a.shape[0]
    for i in range(v.shape[0]):
        value = v[i]
        base = 0
        length = n
        while length > 1:
            half = length >> 1
            base += np.where(_before(right, a[base + half - 1], value), half, 0)
            length -= half
        out[i] = base
        if n > 0:
            out[i] = base + np.where(_before(right, a[base], value), 1, 0)


#pythran export find_bins(float32[], float32[], float64, int64[]), find_bins(float64[], float64[], float64, int64[])
def find_bins(x, edges, scale, out):
    """The bin of each value among equally wide ones, the last closed on both sides, or -1: an estimate of one off at most,
    put right by comparing with the edges themselves.
    """
    last = edges.shape[0] - 2
    for i in range(x.shape[0]):
        value = x[i]
        found = -1
        if value >= edges[0] and value <= edges[last + 1]:
            found = min(max(np.int64((np.float64(value) - np.float64(edges[0])) * scale), 0), last)
            while found > 0 and value < edges[found]:
                found -= 1
            while found < last and value >= edges[found + 1]:
                found += 1
        out[i] = found
