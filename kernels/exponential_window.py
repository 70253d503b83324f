"""Moving sums, means and moments with weights that decay exponentially, along the middle axis; NaN only decays.

Everything goes on in float64, and each result is rounded once. `alpha` is one number (step 0) or one an element (step 1).
The functions named _block take up to WIDTH neighboring slices side by side and do to each what the others do to one.
"""

import numpy as np

WIDTH = 128


def _sums_result(kind, least, total, count, weight, seen):
    """0: count, 1: sum, NaN before the first number, 2: mean."""
    value = np.where(kind == 0, count, np.where(kind == 1, np.where(seen > 0.0, total, np.nan), total / count))
    return np.where(weight >= least, value, np.nan)


def _sums_slice(x, alpha, step, least, out, kind):
    total = 0.0
    count = 0.0
    weight = 0.0
    seen = 0.0
    for i in range(x.shape[0]):
        a = alpha[i * step]
        decay = 1.0 - a
        v = np.float64(x[i])
        total = total * decay + np.where(v == v, v, 0.0)
        count = count * decay + np.where(v == v, 1.0, 0.0)
        weight = weight * decay + np.where(v == v, a, 0.0)
        seen = np.where(v == v, 1.0, seen)
        out[i] = _sums_result(kind, least, total, count, weight, seen)


def _sums_block(x, alpha, step, n, inner, begin, width, least, out, kind):
    total = np.zeros(width, dtype=np.float64)
    count = np.zeros(width, dtype=np.float64)
    weight = np.zeros(width, dtype=np.float64)
    seen = np.zeros(width, dtype=np.float64)
    for i in range(n):
        a = alpha[i * step]
        decay = 1.0 - a
        row = x[begin + i * inner:begin + i * inner + width]
        target = out[begin + i * inner:begin + i * inner + width]
        for j in range(width):
            v = np.float64(row[j])
            total[j] = total[j] * decay + np.where(v == v, v, 0.0)
            count[j] = count[j] * decay + np.where(v == v, 1.0, 0.0)
            weight[j] = weight[j] * decay + np.where(v == v, a, 0.0)
            seen[j] = np.where(v == v, 1.0, seen[j])
            target[j] = _sums_result(kind, least, total[j], count[j], weight[j], seen[j])


#pythran export exponential_sums(float32[], float64[], int64, int64, int64, int64, float64, float32[], int64),
#               exponential_sums(float64[], float64[], int64, int64, int64, int64, float64, float64[], int64)
def exponential_sums(x, alpha, step, outer, n, inner, least, out, kind):
    """0: count, 1: sum, 2: mean."""
    size = n * inner
    for o in range(outer):
        if inner == 1:
            _sums_slice(x[o * size:(o + 1) * size], alpha, step, least, out[o * size:(o + 1) * size], kind)
        else:
            for j in range(0, inner, WIDTH):
                width = min(WIDTH, inner - j)
                _sums_block(x, alpha, step, n, inner, o * size + j, width, least, out, kind)


def _variance(root, least, square, count, pairs, weight):
    """square / count over 1 - (sum of squared weights) / count**2, which is pairs / count**2."""
    value = square * (count / pairs)
    value = np.where(root, np.sqrt(value), value)
    return np.where(pairs > 0.0, np.where(weight >= least, value, np.nan), np.nan)


def _variance_slice(x, alpha, step, least, out, root):
    """Of the numbers less the first: mean, sum of squared deviations; sum of weights; of products of two of them, twice."""
    first = np.nan
    mean = 0.0
    square = 0.0
    count = 0.0
    pairs = 0.0
    weight = 0.0
    for i in range(x.shape[0]):
        a = alpha[i * step]
        decay = 1.0 - a
        v = np.float64(x[i])
        first = np.where(first == first, first, v)
        count *= decay
        share = 1.0 / (count + 1.0)
        d = np.where(v == v, (v - first) - mean, 0.0)
        mean += d * share
        square = square * decay + (d * d) * (count * share)
        pairs = pairs * (decay * decay) + np.where(v == v, 2.0 * count, 0.0)
        count += np.where(v == v, 1.0, 0.0)
        weight = weight * decay + np.where(v == v, a, 0.0)
        out[i] = _variance(root, least, square, count, pairs, weight)


def _variance_block(x, alpha, step, n, inner, begin, width, least, out, root):
    first = np.empty(width, dtype=np.float64)
    for j in range(width):
        first[j] = np.nan
    mean = np.zeros(width, dtype=np.float64)
    square = np.zeros(width, dtype=np.float64)
    count = np.zeros(width, dtype=np.float64)
    pairs = np.zeros(width, dtype=np.float64)
    weight = np.zeros(width, dtype=np.float64)
    for i in range(n):
        a = alpha[i * step]
        decay = 1.0 - a
        row = x[begin + i * inner:begin + i * inner + width]
        target = out[begin + i * inner:begin + i * inner + width]
        for j in range(width):
            v = np.float64(row[j])
            first[j] = np.where(first[j] == first[j], first[j], v)
            before = count[j] * decay
            share = 1.0 / (before + 1.0)
            d = np.where(v == v, (v - first[j]) - mean[j], 0.0)
            mean[j] += d * share
            square[j] = square[j] * decay + (d * d) * (before * share)
            pairs[j] = pairs[j] * (decay * decay) + np.where(v == v, 2.0 * before, 0.0)
            count[j] = before + np.where(v == v, 1.0, 0.0)
            weight[j] = weight[j] * decay + np.where(v == v, a, 0.0)
            target[j] = _variance(root, least, square[j], count[j], pairs[j], weight[j])


#pythran export exponential_variance(float32[], float64[], int64, int64, int64, int64, float64, float32[], bool),
#               exponential_variance(float64[], float64[], int64, int64, int64, int64, float64, float64[], bool)
def exponential_variance(x, alpha, step, outer, n, inner, least, out, root):
    """Or its square root."""
    size = n * inner
    for o in range(outer):
        if inner == 1:
            _variance_slice(x[o * size:(o + 1) * size], alpha, step, least, out[o * size:(o + 1) * size], root)
        else:
            for j in range(0, inner, WIDTH):
                width = min(WIDTH, inner - j)
                _variance_block(x, alpha, step, n, inner, o * size + j, width, least, out, root)


def _pair_slice(x, y, alpha, step, stride, least, out, begin, n, correlation):
    """As _variance_slice, of elements that are numbers in both."""
    first_x = 0.0
    first_y = 0.0
    seen = False
    mean_x = 0.0
    mean_y = 0.0
    product = 0.0
    square_x = 0.0
    square_y = 0.0
    count = 0.0
    pairs = 0.0
    weight = 0.0
    for i in range(n):
        a = alpha[i * step]
        decay = 1.0 - a
        v = np.float64(x[begin + i * stride])
        w = np.float64(y[begin + i * stride])
        count *= decay
        product *= decay
        square_x *= decay
        square_y *= decay
        pairs *= decay * decay
        weight *= decay
        if v == v and w == w:
            if not seen:
                first_x = v
                first_y = w
                seen = True
            share = 1.0 / (count + 1.0)
            d = (v - first_x) - mean_x
            e = (w - first_y) - mean_y
            mean_x += d * share
            mean_y += e * share
            common = count * share
            product += (d * e) * common
            square_x += (d * d) * common
            square_y += (e * e) * common
            pairs += 2.0 * count
            count += 1.0
            weight += a
        value = np.nan
        if pairs > 0.0 and weight >= least:
            if correlation:
                value = product / (np.sqrt(square_x) * np.sqrt(square_y))
                value = np.where(value > 1.0, 1.0, np.where(value < -1.0, -1.0, value))
                value = np.where(np.abs(value) <= 1.0, value, np.nan)
            else:
                value = product * (count / pairs)
        out[begin + i * stride] = value


#pythran export exponential_pairs(float32[], float32[], float64[], int64, int64, int64, int64, float64, float32[], bool),
#               exponential_pairs(float64[], float64[], float64[], int64, int64, int64, int64, float64, float64[], bool)
def exponential_pairs(x, y, alpha, step, outer, n, inner, least, out, correlation):
    """Covariance, or correlation."""
    for o in range(outer):
        for j in range(inner):
            _pair_slice(x, y, alpha, step, inner, least, out, o * n * inner + j, n, correlation)
