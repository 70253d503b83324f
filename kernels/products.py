"""Sums of products, without an array of the products: each is rounded to float64 and added in the lanes of folds.py."""

import numpy as np

from .folds import _fold, _plus, _squared_deviation


def _fold_products(zero, x, y):
    """Of two slices of equal length; `zero` has the dtype that is summed in."""
    n = x.shape[0]
    lanes = np.empty(32, dtype=zero.dtype)
    used = min(n, 32)
    for j in range(used):
        lanes[j] = zero.dtype.type(x[j]) * zero.dtype.type(y[j])
    for i in range(32, n - 31, 32):
        for j in range(32):
            lanes[j] = lanes[j] + zero.dtype.type(x[i + j]) * zero.dtype.type(y[i + j])
    for i in range(max(n - n % 32, 32), n):
        lanes[i % 32] = lanes[i % 32] + zero.dtype.type(x[i]) * zero.dtype.type(y[i])
    width = 16
    while width > 0:
        for j in range(min(width, used - width)):
            lanes[j] = lanes[j] + lanes[j + width]
        width >>= 1
    return lanes[0] if n > 0 else zero


def _fold_product_columns(lanes, zero, x, y, start, n, inner, width):
    """Fold `width` neighboring pairs of slices into lanes[0], each as `_fold_products` does; n is not 0."""
    for k in range(min(32, n)):
        lane = lanes[k]
        for i in range(k, n, 32):
            at = start + i * inner
            first = x[at:at + width]
            second = y[at:at + width]
            if i < 32:
                for j in range(width):
                    lane[j] = zero.dtype.type(first[j]) * zero.dtype.type(second[j])
            else:
                for j in range(width):
                    lane[j] = lane[j] + zero.dtype.type(first[j]) * zero.dtype.type(second[j])
    half = 16
    while half > 0:
        for k in range(min(half, n - half)):
            lane = lanes[k]
            other = lanes[k + half]
            for j in range(width):
                lane[j] = lane[j] + other[j]
        half >>= 1


def _fold_products_axis(zero, x, y, outer, n, inner, out):
    """Along the middle axis of x and y, seen as [outer, n, inner], into out, seen as [outer, inner]."""
    lanes = np.empty((32, min(inner, 1024)), dtype=zero.dtype)
    for o in range(outer):
        if inner == 1 or n == 0:
            for j in range(inner):
                out[o * inner + j] = _fold_products(zero, x[o * n:(o + 1) * n], y[o * n:(o + 1) * n])
        else:
            for begin in range(0, inner, 1024):
                width = min(1024, inner - begin)
                _fold_product_columns(lanes, zero, x, y, o * n * inner + begin, n, inner, width)
                for j in range(width):
                    out[o * inner + begin + j] = lanes[0, j]


#pythran export sumprod(float32[], float32[]), sumprod(float64[], float64[])
def sumprod(x, y):
    return x.dtype.type(_fold_products(np.float64(0.0), x[0:x.shape[0]], y[0:y.shape[0]]))


#pythran export norm(float32[]), norm(float64[])
def norm(x):
    """Of order 2, with the bits of `sumprod` of x and x: as deviations from 0 float32 are converted once each, not twice."""
    return x.dtype.type(np.sqrt(_fold(np.float64(0.0), _plus, _squared_deviation, 0.0, x[0:x.shape[0]])))


#pythran export sumprod_axis(float32[], float32[], int64, int64, int64, float32[]),
#               sumprod_axis(float32[], float32[], int64, int64, int64, float64[]),
#               sumprod_axis(float64[], float64[], int64, int64, int64, float64[])
def sumprod_axis(x, y, outer, n, inner, out):
    _fold_products_axis(np.float64(0.0), x, y, outer, n, inner, out)


#pythran export sumprod__integer(int64[], int64[])
def sumprod__integer(x, y):
    total = np.int64(0)
    for i in range(x.shape[0]):
        total += x[i] * y[i]
    return total


#pythran export sumprod__integer_axis(int64[], int64[], int64, int64, int64, int64[])
def sumprod__integer_axis(x, y, outer, n, inner, out):
    """Integers wrap around, so that any order gives the same bits."""
    for o in range(outer):
        for j in range(inner):
            out[o * inner + j] = 0
        for i in range(n):
            at = (o * n + i) * inner
            for j in range(inner):
                out[o * inner + j] += x[at + j] * y[at + j]


#pythran export products_of_rows(float64[], float64[], int64, int64, float64[])
def products_of_rows(x, y, k, n, out):
    """Sum of products of each of k rows of n elements of x with each up to its own of y, and mirrored: out as [k, k]."""
    for a in range(k):
        for b in range(a + 1):
            total = _fold_products(np.float64(0.0), x[a * n:(a + 1) * n], y[b * n:(b + 1) * n])
            out[a * k + b] = total
            out[b * k + a] = total
