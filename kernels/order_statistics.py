"""Order statistics by selection: the elements that sorting would put at given places, in about 1.5 n steps.

Pivots are taken from a sorted sample at fixed places, a little beyond what is looked for, so that little is left behind. What
is selected does not depend on the order of steps. Where pivots are bad too often, the rest is sorted.
"""

import numpy as np


def _sort(x, left, right):
    """Shell's method."""
    gap = 1
    while gap < (right - left) // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(left + gap, right + 1):
            value = x[i]
            j = i
            while j >= left + gap and x[j - gap] > value:
                x[j] = x[j - gap]
                j -= gap
            x[j] = value
        gap //= 3


def _pivot(x, left, right, k, sample):
    """An element whose rank is a little above that of k in the lower half, a little below in the upper."""
    length = right - left + 1
    size = 15
    if length > 400:
        size = 48
    if length > 20000:
        size = 160
    step = length // size
    for i in range(size):
        sample[i] = x[left + i * step + step // 2]
    _sort(sample, 0, size - 1)
    at = (k - left) * size // length
    gap = np.int64(0.9 * np.sqrt(np.float64(size)))
    if 2 * (k - left) < length:
        return sample[min(at + gap, size - 1)]
    return sample[max(at - gap, 0)]


def _partition(x, left, right, pivot):
    """Elements below the pivot first; where the others begin. No branch depends on data."""
    store = left
    for i in range(left, right + 1):
        value = x[i]
        x[i] = x[store]
        x[store] = value
        store += np.where(value < pivot, 1, 0)
    return store


def _skip_equal(x, left, right, pivot):
    """As _partition, with elements equal to the pivot first; none is smaller."""
    store = left
    for i in range(left, right + 1):
        value = x[i]
        x[i] = x[store]
        x[store] = value
        store += np.where(value == pivot, 1, 0)
    return store


def _select(x, left, right, k, sample):
    """Reorder x[left:right + 1] until x[k] is what sorting would put there, and none behind it is smaller."""
    rounds = 0
    while right - left > 40 and rounds < 60:
        rounds += 1
        pivot = _pivot(x, left, right, k, sample)
        store = _partition(x, left, right, pivot)
        if k < store:
            right = store - 1
        elif store > left:
            left = store
        else:
            left = _skip_equal(x, left, right, pivot)
            if k < left:
                return
    _sort(x, left, right)


def _least_first(x, left, right):
    """Swap the smallest element of x[left:right + 1] to the front."""
    place = left
    for i in range(left + 1, right + 1):
        place = np.where(x[i] < x[place], i, place)
    value = x[place]
    x[place] = x[left]
    x[left] = value


def _gather(x, start, n, inner, row):
    """Copy a slice, its numbers first and zeros as 0.0; how many numbers there are."""
    zero = row.dtype.type(0)
    count = 0
    for i in range(n):
        value = x[start + i * inner] + zero
        row[count] = value
        count += np.where(value == value, 1, 0)
    return count


def _median(skip, x, start, n, inner, row, sample):
    count = _gather(x, start, n, inner, row)
    if count == 0 or (skip == 0 and count < n):
        return np.float64(np.nan)
    k = (count - 1) // 2
    _select(row, 0, count - 1, k, sample)
    low = np.float64(row[k])
    if count % 2 == 1:
        return low
    _least_first(row, k + 1, count - 1)
    high = np.float64(row[k + 1])
    mean = (low + high) * 0.5
    # The sum of two large numbers may overflow.
    return np.where(np.abs(mean) < np.inf, mean, np.where(low == high, low, low * 0.5 + high * 0.5))


#pythran export median(int64, float32[]), median(int64, float64[])
def median(skip, x):
    """Of one slice; NaN are left out if `skip` is 1, else they make it NaN."""
    n = x.shape[0]
    row = np.empty(n + 1, dtype=x.dtype)
    return x.dtype.type(_median(skip, x, 0, n, 1, row, np.empty(160, dtype=x.dtype)))


#pythran export median_axis(int64, float32[], int64, int64, int64, float32[]),
#               median_axis(int64, float64[], int64, int64, int64, float64[])
def median_axis(skip, x, outer, n, inner, out):
    """Along the middle axis of x, seen as [outer, n, inner], into out, seen as [outer, inner]."""
    row = np.empty(n + 1, dtype=x.dtype)
    sample = np.empty(160, dtype=x.dtype)
    for o in range(outer):
        for j in range(inner):
            out[o * inner + j] = _median(skip, x, o * n * inner + j, n, inner, row, sample)


#pythran export numbers_first(float32[], int64, int64, float32[], int64[]),
#               numbers_first(float64[], int64, int64, float64[], int64[])
def numbers_first(x, rows, n, out, counts):
    """Copy rows, their numbers first, into out, seen as [rows, n + 1], and count these."""
    for r in range(rows):
        counts[r] = _gather(x, r * n, n, 1, out[r * (n + 1):(r + 1) * (n + 1)])


#pythran export select_ranks(float32[], int64, int64, int64[], int64[], int64, float32[]),
#               select_ranks(float64[], int64, int64, int64[], int64[], int64, float64[])
def select_ranks(x, rows, n, counts, ranks, several, out):
    """The elements of ascending ranks of each row's numbers, into out, seen as [rows, several] like ranks; NaN where a rank is
    below 0. Rows of x, as numbers_first gives them, are put in another order.
    """
    sample = np.empty(160, dtype=x.dtype)
    for r in range(rows):
        row = x[r * (n + 1):(r + 1) * (n + 1)]
        last = counts[r] - 1
        done = -1
        for s in range(several):
            k = ranks[r * several + s]
            if k > done:
                if k == done + 1:
                    _least_first(row, k, last)
                else:
                    _select(row, done + 1, last, k, sample)
                done = k
            if k >= 0:
                out[r * several + s] = row[k]
            else:
                out[r * several + s] = x.dtype.type(np.nan)
