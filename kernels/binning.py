"""Positions in sorted arrays and in bins, by comparisons alone."""

import numpy as np


def _numbers(a):
    """How many elements of the sorted a are not NaN, which stand behind all others, as np.sort has them."""
    n = a.shape[0]
    while n > 0 and a[n - 1] != a[n - 1]:
        n -= 1
    return n


def _before(right, element, value):
    """All bits if an element, no NaN, stands before the place of a value, else none: by one comparison, which NaN fails."""
    if right > 0:
        return np.int64(element > value) - 1
    return np.int64(element >= value) - 1


def _search(right, a, numbers, v, out):
    """Places of v in the sorted a, by halves of its numbers. Each half is taken for all values before the next, so that no step
    waits for the one before it; and it is masked, since gcc would branch on data.
    """
    length = numbers
    for i in range(v.shape[0]):
        out[i] = 0
    while length > 1:
        half = length >> 1
        for i in range(v.shape[0]):
            at = out[i]
            out[i] = at + (half & _before(right, a[at + half - 1], v[i]))
        length -= half
    if length > 0:
        for i in range(v.shape[0]):
            at = out[i]
            out[i] = at - _before(right, a[at], v[i])
    if right > 0 and numbers < a.shape[0]:
        for i in range(v.shape[0]):
            out[i] = np.where(v[i] == v[i], out[i], a.shape[0])


#pythran export searchsorted(float64[], float64[], int64, int64[]),
#               searchsorted(int64[], int64[], int64, int64[])
def searchsorted(a, v, right, out):
    """Where each value belongs in the sorted a."""
    n = v.shape[0]
    numbers = _numbers(a)
    for begin in range(0, n, 64):
        end = min(begin + 64, n)
        if right > 0:
            _search(1, a, numbers, v[begin:end], out[begin:end])
        else:
            _search(0, a, numbers, v[begin:end], out[begin:end])


#pythran export direction(float64[]), direction(int64[])
def direction(x):
    """1 if the elements ascend, -1 if they descend, 0 if they do neither, as where one is NaN."""
    up = True
    down = True
    for i in range(1, x.shape[0]):
        up = up and x[i] >= x[i - 1]
        down = down and x[i] <= x[i - 1]
        if not up and not down:
            return 0
    return 1 if up else -1


def _tally(numbers, begin, end, weights, counts, totals):
    if weights.shape[0] > 0:
        for i in range(begin, end):
            totals[numbers[i - begin]] += weights[i]
    else:
        for i in range(begin, end):
            counts[numbers[i - begin]] += 1


#pythran export histogram_of_edges(float64[], float64[], float64[], int64[], float64[]),
#               histogram_of_edges(int64[], int64[], float64[], int64[], float64[])
def histogram_of_edges(x, edges, weights, counts, totals):
    """Count the values in each bin between ascending edges, the last closed on both sides, or add up their weights if there
    are any: of what lies beyond in place 0, of bin i in place i + 1.
    """
    n = x.shape[0]
    last = edges.shape[0] - 1
    numbers = np.empty(64, dtype=np.int64)
    for begin in range(0, n, 64):
        end = min(begin + 64, n)
        _search(1, edges, last + 1, x[begin:end], numbers[0:end - begin])
        for i in range(begin, end):
            value = x[i]
            # Also where another thread has written to x since the search, no number is beyond the last.
            number = min(numbers[i - begin], last)
            numbers[i - begin] = np.where(value <= edges[last], number, 0)
        _tally(numbers, begin, end, weights, counts, totals)


#pythran export histogram_of_widths(float32[], float32[], float64, float64[], int64[], float64[]),
#               histogram_of_widths(float64[], float64[], float64, float64[], int64[], float64[])
def histogram_of_widths(x, edges, scale, weights, counts, totals):
    """The same for bins of equal width: an estimate of one off at most, put right by comparing with the edges themselves."""
    n = x.shape[0]
    last = edges.shape[0] - 1
    numbers = np.empty(64, dtype=np.int64)
    for begin in range(0, n, 64):
        end = min(begin + 64, n)
        for i in range(begin, end):
            value = x[i]
            number = 0
            if value >= edges[0] and value <= edges[last]:
                number = min(max(np.int64((np.float64(value) - np.float64(edges[0])) * scale) + 1, 1), last)
                while number > 1 and value < edges[number - 1]:
                    number -= 1
                while number < last and value >= edges[number]:
                    number += 1
            numbers[i - begin] = number
        _tally(numbers, begin, end, weights, counts, totals)
