"""Folds and selections by group of slices whose elements are neighbors, in order of occurrence.

Values are seen as [outer, n] and labels as [n]; what is gathered, as [outer, k] for k groups, one more than the largest label
if k is below 0. A label that is not from 0 to k - 1 is no group. See grouped.py for slices side by side.

Labels become places in an array that no other thread writes to: whatever happens to labels meanwhile, these lie in the
totals. Places behind those of the groups take what is of no group, NaN too: nothing is left to look at where it is added.
"""

import numpy as np

# A block's places stay in the first-level cache, beside the totals.
BLOCK = 512
# Additions to one place wait for each other: so many take what is of no group.
SPARE = 8

SUM = 0
PRODUCT = 1
MEAN = 0
VARIANCE = 1
COUNT = 0
NONZERO = 1
ZERO = 2
LEAST = 0
GREATEST = 1
FIRST = 2


def _groups(labels, least):
    """One more than the largest label, and not below `least`."""
    most = np.int64(least) - 1
    for i in range(labels.shape[0]):
        most = max(most, labels[i])
    # Places are uint32; so many groups take 32 GB.
    if most > 4294967280:
        raise ValueError("too many groups")
    return most + 1


def _places(kind, labels, part, k):
    """Where to add an element that is a number (COUNT), and not zero (NONZERO), or zero (ZERO)."""
    n = labels.shape[0]
    # No index without a sign is looked at for being negative.
    at = np.empty(n, dtype=np.uint32)
    null = part.dtype.type(0)
    for i in range(n):
        label = labels[i]
        spare = k + (i & 7)
        place = np.where(label < 0, spare, np.where(label < k, label, spare))
        at[i] = np.uint32(np.where(part[i] == part[i], place, spare))
    if kind == NONZERO:
        for i in range(n):
            at[i] = np.where(part[i] == null, np.uint32(k), at[i])
    elif kind == ZERO:
        for i in range(n):
            at[i] = np.where(part[i] == null, at[i], np.uint32(k))
    return at


def _totals(kind, zero, x, labels, k):
    """Sums, products or sums of squares of one slice."""
    n = x.shape[0]
    total = np.empty(k + SPARE, dtype=zero.dtype)
    neutral = zero.dtype.type(1 if kind == PRODUCT else 0)
    for g in range(k + SPARE):
        total[g] = neutral
    for b in range(0, n, BLOCK):
        part = x[b:min(b + BLOCK, n)]
        at = _places(COUNT, labels[b:min(b + BLOCK, n)], part, k)
        if kind == SUM:
            for i in range(part.shape[0]):
                total[at[i]] += zero.dtype.type(part[i])
        elif kind == PRODUCT:
            for i in range(part.shape[0]):
                total[at[i]] *= zero.dtype.type(part[i])
        else:
            for i in range(part.shape[0]):
                value = zero.dtype.type(part[i])
                total[at[i]] += value * value
    return total


def _moments(kind, ddof, x, labels, k):
    """Means, variances or their roots of one slice."""
    n = x.shape[0]
    # Sum and count side by side, then squares and mean: one line of the cache.
    pairs = np.zeros(2 * k + 2 * SPARE)
    for b in range(0, n, BLOCK):
        part = x[b:min(b + BLOCK, n)]
        at = _places(COUNT, labels[b:min(b + BLOCK, n)], part, k)
        for i in range(part.shape[0]):
            g = 2 * np.int64(at[i])
            total = pairs[g] + np.float64(part[i])
            count = pairs[g + 1] + 1.0
            pairs[g] = total
            pairs[g + 1] = count
    found = np.empty(k)
    if kind == MEAN:
        for g in range(k):
            found[g] = pairs[2 * g] / pairs[2 * g + 1]
        return found
    for g in range(k):
        found[g] = pairs[2 * g + 1]
        pairs[2 * g + 1] = pairs[2 * g] / found[g]
        pairs[2 * g] = 0.0
    for b in range(0, n, BLOCK):
        part = x[b:min(b + BLOCK, n)]
        at = _places(COUNT, labels[b:min(b + BLOCK, n)], part, k)
        for i in range(part.shape[0]):
            g = 2 * np.int64(at[i])
            away = np.float64(part[i]) - pairs[g + 1]
            pairs[g] += away * away
    for g in range(k):
        left = found[g] - ddof
        variance = pairs[2 * g] / np.where(left > 0.0, left, np.nan)
        found[g] = variance if kind == VARIANCE else np.sqrt(variance)
    return found


#pythran export fold_slices(int64, float32[], int64[], int64, int64),
#               fold_slices(int64, float64[], int64[], int64, int64)
def fold_slices(kind, x, labels, outer, k):
    """Sums (kind 0), products (1) or sums of squares (2)."""
    groups = _groups(labels, 0) if k < 0 else k
    n = labels.shape[0]
    out = np.empty(outer * groups, dtype=x.dtype)
    for o in range(outer):
        total = _totals(kind, np.float64(0), x[o * n:(o + 1) * n], labels[0:n], groups)
        for g in range(groups):
            out[o * groups + g] = x.dtype.type(total[g])
    return out


#pythran export fold_slices__integer(int64, int64[], int64[], int64, int64)
def fold_slices__integer(kind, x, labels, outer, k):
    """The same; integers wrap around."""
    groups = _groups(labels, 0) if k < 0 else k
    n = labels.shape[0]
    out = np.empty(outer * groups, dtype=np.int64)
    for o in range(outer):
        total = _totals(kind, np.int64(0), x[o * n:(o + 1) * n], labels[0:n], groups)
        for g in range(groups):
            out[o * groups + g] = total[g]
    return out


#pythran export moments_of_slices(int64, float64, float32[], int64[], int64, int64),
#               moments_of_slices(int64, float64, float64[], int64[], int64, int64)
def moments_of_slices(kind, ddof, x, labels, outer, k):
    """Means (kind 0), variances (1) or their roots (2)."""
    groups = _groups(labels, 0) if k < 0 else k
    n = labels.shape[0]
    out = np.empty(outer * groups, dtype=x.dtype)
    for o in range(outer):
        found = _moments(kind, ddof, x[o * n:(o + 1) * n], labels[0:n], groups)
        for g in range(groups):
            out[o * groups + g] = x.dtype.type(found[g])
    return out


def _counts(kind, x, labels, k):
    total = np.zeros(k + SPARE, dtype=np.int64)
    n = labels.shape[0]
    for b in range(0, n, BLOCK):
        at = _places(kind, labels[b:min(b + BLOCK, n)], x[b:min(b + BLOCK, n)], k)
        for i in range(at.shape[0]):
            total[at[i]] += 1
    return total


#pythran export count_in_slices(int64, float32[], int64[], int64, int64),
#               count_in_slices(int64, float64[], int64[], int64, int64),
#               count_in_slices(int64, int64[], int64[], int64, int64)
def count_in_slices(kind, x, labels, outer, k):
    """How many numbers (kind 0), numbers that are not zero (1) or zeros (2)."""
    groups = _groups(labels, 0) if k < 0 else k
    n = labels.shape[0]
    out = np.empty(outer * groups, dtype=np.int64)
    for o in range(outer):
        total = _counts(kind, x[o * n:(o + 1) * n], labels[0:n], groups)
        for g in range(groups):
            out[o * groups + g] = total[g]
    return out


def _found(kind, worst, x, labels, k):
    """Backwards but for the last: of equal ones the first is met last, and no place has to be looked at for being empty."""
    n = x.shape[0]
    best = np.empty(k + SPARE, dtype=x.dtype)
    place = np.empty(k + SPARE, dtype=np.int64)
    for g in range(k + SPARE):
        best[g] = worst
        place[g] = -1
    for done in range(0, n, BLOCK):
        m = min(BLOCK, n - done)
        b = done if kind > FIRST else n - done - m
        part = x[b:b + m]
        at = _places(COUNT, labels[b:b + m], part, k)
        if kind == LEAST:
            for i in range(m - 1, -1, -1):
                if part[i] <= best[at[i]]:
                    best[at[i]] = part[i]
                    place[at[i]] = b + i
        elif kind == GREATEST:
            for i in range(m - 1, -1, -1):
                if part[i] >= best[at[i]]:
                    best[at[i]] = part[i]
                    place[at[i]] = b + i
        elif kind == FIRST:
            for i in range(m - 1, -1, -1):
                place[at[i]] = b + i
        else:
            for i in range(m):
                place[at[i]] = b + i
    return place


#pythran export places_in_slices(int64, float32, float32[], int64[], int64, int64),
#               places_in_slices(int64, float64, float64[], int64[], int64, int64),
#               places_in_slices(int64, int64, int64[], int64[], int64, int64)
def places_in_slices(kind, worst, x, labels, outer, k):
    """Index of the first least number (kind 0), the first greatest (1), the first (2) or the last (3) of each group, -1 where
    there is none. No number is worse than `worst`.
    """
    groups = _groups(labels, 0) if k < 0 else k
    n = labels.shape[0]
    out = np.empty(outer * groups, dtype=np.int64)
    for o in range(outer):
        place = _found(kind, worst, x[o * n:(o + 1) * n], labels[0:n], groups)
        for g in range(groups):
            out[o * groups + g] = place[g]
    return out


#pythran export chosen_of_slices(int64, float32, float32[], int64[], int64, int64),
#               chosen_of_slices(int64, float64, float64[], int64[], int64, int64)
def chosen_of_slices(kind, worst, x, labels, outer, k):
    """These elements themselves; NaN where there is none."""
    groups = _groups(labels, 0) if k < 0 else k
    n = labels.shape[0]
    out = np.empty(outer * groups, dtype=x.dtype)
    for o in range(outer):
        place = _found(kind, worst, x[o * n:(o + 1) * n], labels[0:n], groups)
        for g in range(groups):
            if place[g] < 0:
                out[o * groups + g] = np.nan
            else:
                out[o * groups + g] = x[o * n + place[g]]
    return out


def _signs(labels):
    """Below 0 if a label is."""
    signs = np.int64(0)
    for i in range(labels.shape[0]):
        signs |= labels[i]
    return signs


#pythran export bincount(int64[], int64)
def bincount(labels, k):
    """At least k counts."""
    if _signs(labels) < 0:
        raise ValueError("a label is negative")
    groups = _groups(labels, k)
    total = _counts(COUNT, labels[0:labels.shape[0]], labels[0:labels.shape[0]], groups)
    out = np.empty(groups, dtype=np.int64)
    for g in range(groups):
        out[g] = total[g]
    return out


#pythran export bincount__weights(int64[], float64[], int64)
def bincount__weights(labels, weights, k):
    """At least k sums of weights."""
    if _signs(labels) < 0:
        raise ValueError("a label is negative")
    groups = _groups(labels, k)
    n = labels.shape[0]
    total = np.zeros(groups + SPARE)
    for b in range(0, n, BLOCK):
        at = _places(COUNT, labels[b:min(b + BLOCK, n)], labels[b:min(b + BLOCK, n)], groups)
        for i in range(at.shape[0]):
            total[at[i]] += weights[b + i]
    out = np.empty(groups)
    for g in range(groups):
        out[g] = total[g]
    return out
