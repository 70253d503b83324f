"""Two results in one call: the smallest and the largest element, and the mean and the variance."""

import numpy as np

from .extreme import _above, _below, _better
from .folds import _fold, _fold_columns, _plus, _squared_deviation, _widened


def _has_nan(x):
    found = 0
    for i in range(x.shape[0]):
        found += np.where(x[i] != x[i], 1, 0)
    return found > 0


def _bounds(x, out, low_at, high_at):
    """Smallest and largest element of one slice that is not empty, both NaN if one is: into two places of out."""
    n = x.shape[0]
    zero = x.dtype.type(0)
    if n < 32:
        low = x[0]
        high = x[0]
        for i in range(1, n):
            low = _better(_below, x[i], low)
            high = _better(_above, x[i], high)
        out[low_at] = low + zero
        out[high_at] = high + zero
    else:
        # A comparison alone is one instruction and overlooks NaN; a sum does not, and infinities that make it NaN are few.
        lanes = np.empty(48, dtype=x.dtype)
        for j in range(16):
            lanes[j] = x[j]
            lanes[j + 16] = x[j]
            lanes[j + 32] = x[j]
        # Sixty-four at a time, so that the lanes' sums do not wait for each other: 0.26x of NumPy's ptp of float32 without.
        for i in range(0, n - 63, 64):
            part = x[i:i + 64]
            for j in range(16):
                low = np.where(part[j] < part[j + 16], part[j], part[j + 16])
                other = np.where(part[j + 32] < part[j + 48], part[j + 32], part[j + 48])
                low = np.where(other < low, other, low)
                high = np.where(part[j] > part[j + 16], part[j], part[j + 16])
                other = np.where(part[j + 32] > part[j + 48], part[j + 32], part[j + 48])
                high = np.where(other > high, other, high)
                lanes[j] = np.where(low < lanes[j], low, lanes[j])
                lanes[j + 16] = np.where(high > lanes[j + 16], high, lanes[j + 16])
                lanes[j + 32] = lanes[j + 32] + ((part[j] + part[j + 16]) + (part[j + 32] + part[j + 48]))
        for i in range(n // 64 * 64, n - 15, 16):
            for j in range(16):
                value = x[i + j]
                lanes[j] = np.where(value < lanes[j], value, lanes[j])
                lanes[j + 16] = np.where(value > lanes[j + 16], value, lanes[j + 16])
                lanes[j + 32] = lanes[j + 32] + value
        end = x[n - 16:n]
        for j in range(16):
            lanes[j] = np.where(end[j] < lanes[j], end[j], lanes[j])
            lanes[j + 16] = np.where(end[j] > lanes[j + 16], end[j], lanes[j + 16])
            lanes[j + 32] = lanes[j + 32] + end[j]
        low = lanes[0]
        high = lanes[16]
        total = lanes[32]
        for j in range(1, 16):
            low = np.where(lanes[j] < low, lanes[j], low)
            high = np.where(lanes[j + 16] > high, lanes[j + 16], high)
            total += lanes[j + 32]
        if total != total and _has_nan(x):
            low = x.dtype.type(np.nan)
            high = x.dtype.type(np.nan)
        out[low_at] = low + zero
        out[high_at] = high + zero


#pythran export minmax_axis(float32[], int64, int64, int64, float32[]),
#               minmax_axis(float64[], int64, int64, int64, float64[])
def minmax_axis(x, outer, n, inner, out):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [2, outer, inner]; n is not 0."""
    zero = x.dtype.type(0)
    for o in range(outer):
        if inner == 1:
            _bounds(x[o * n:(o + 1) * n], out, o, outer + o)
        else:
            # four rows at a time, as in extreme.py
            for begin in range(0, inner, 2048):
                width = min(2048, inner - begin)
                at = o * n * inner + begin
                low = out[o * inner + begin:o * inner + begin + width]
                high = out[(outer + o) * inner + begin:(outer + o) * inner + begin + width]
                first = x[at:at + width]
                for j in range(width):
                    low[j] = first[j]
                    high[j] = first[j]
                i = 1
                while i + 3 < n:
                    row = x[at + i * inner:at + i * inner + width]
                    row1 = x[at + (i + 1) * inner:at + (i + 1) * inner + width]
                    row2 = x[at + (i + 2) * inner:at + (i + 2) * inner + width]
                    row3 = x[at + (i + 3) * inner:at + (i + 3) * inner + width]
                    for j in range(width):
                        kept = _better(_below, row[j], low[j])
                        kept = _better(_below, row1[j], kept)
                        kept = _better(_below, row2[j], kept)
                        low[j] = _better(_below, row3[j], kept)
                        kept = _better(_above, row[j], high[j])
                        kept = _better(_above, row1[j], kept)
                        kept = _better(_above, row2[j], kept)
                        high[j] = _better(_above, row3[j], kept)
                    i += 4
                while i < n:
                    row = x[at + i * inner:at + i * inner + width]
                    for j in range(width):
                        low[j] = _better(_below, row[j], low[j])
                        high[j] = _better(_above, row[j], high[j])
                    i += 1
                for j in range(width):
                    low[j] = low[j] + zero
                    high[j] = high[j] + zero


def _mean_var(x, left, out, mean_at, var_at):
    mean = _fold(np.float64(0.0), _plus, _widened, 0.0, x) / np.float64(x.shape[0])
    out[mean_at] = mean
    out[var_at] = _fold(np.float64(0.0), _plus, _squared_deviation, mean, x) / left


#pythran export mean_var_axis(float32[], int64, int64, int64, float32[], float64),
#               mean_var_axis(float64[], int64, int64, int64, float64[], float64)
def mean_var_axis(x, outer, n, inner, out, ddof):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [2, outer, inner]."""
    left = np.float64(n) - ddof
    left = np.where(left > 0.0, left, 0.0)
    lanes = np.empty((32, min(inner, 1024)))
    center = np.empty(min(inner, 1024))
    for o in range(outer):
        if inner == 1 or n == 0:
            for j in range(inner):
                _mean_var(x[o * n:(o + 1) * n], left, out, o * inner + j, (outer + o) * inner + j)
        else:
            for begin in range(0, inner, 1024):
                width = min(1024, inner - begin)
                start = o * n * inner + begin
                _fold_columns(lanes, _plus, _widened, center, x, start, n, inner, width)
                for j in range(width):
                    center[j] = lanes[0, j] / np.float64(n)
                    out[o * inner + begin + j] = center[j]
                _fold_columns(lanes, _plus, _squared_deviation, center, x, start, n, inner, width)
                for j in range(width):
                    out[(outer + o) * inner + begin + j] = lanes[0, j] / left
