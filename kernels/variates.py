"""Gamma, Poisson and binomial numbers: candidates made of random words until one is accepted, or inverted distributions.

Element i has position start + i * step and attempts of its own, whoever else is drawn. A parameter has one element for all,
or one for each.
"""

import numpy as np

from .exponential import _exp
from .logarithm import _log, _log1p
from .normal import _exponential, _normals
from .philox import _attempt, _fraction

# So many elements at once stay in the first cache.
PART = 256


def _gamma_candidate(first, second, third, fourth, shape):
    """g, t with g * exp(-t) of the gamma distribution; g is NaN if rejected (Marsaglia and Tsang 2000).

    For shape < 1, g has shape + 1 and exp(-t) is the power 1 / shape of a uniform number; else t is 0.
    """
    d = np.where(shape < 1.0, shape + 1.0, shape) - 0.3333333333333333
    x, _ = _normals(first, second)
    v = 1.0 + x / np.sqrt(9.0 * d)
    log_v = 3.0 * _log(v)
    v = v * v * v
    margin = (0.5 * (x * x) + d * ((1.0 - v) + log_v)) + _exponential(third)
    g = np.where(margin > 0.0, d * v, np.nan)
    return g, np.where(shape < 1.0, _exponential(fourth) / shape, 0.0)


def _stirling_rest(x):
    """log(gamma(x)) - (x - 0.5) * log(x) + x - log(2 * pi) / 2 for x >= 1."""
    w = 1.0 / (x + 0.5)
    w2 = w * w
    w4 = w2 * w2
    # Chebyshev interpolation of this / w at 13 points of w in [0, 2/3]: error 1.3e-14
    return w * (
        ((0.08333333333331606 + w * 0.041666666675542) + w2 * (0.018055554758168862 + w * 0.006250029509868381))
        + w4 * ((0.0018347268944659272 + w * 0.0011233380189563354)
                + w2 * (0.0010200145795207104 + w * 0.0005416139119441711))
        + (w4 * w4) * (((-0.001968075846980649 + w * 0.003101702437634992)
                        + w2 * (-0.002414062138201824 + w * 0.0010704263684196938)) + w4 * -0.00018914872866360432)
    )


def _poisson_candidate(first, second, rate, _one):
    """A number of the Poisson distribution for rate >= 10, or NaN if rejected (Hoermann 1993: PTRS)."""
    # constants of the paper
    b = 0.931 + 2.53 * np.sqrt(rate)
    a = -0.059 + 0.02483 * b
    u = _fraction(first) - 0.5
    s = 0.5 - np.abs(u)
    k = np.floor((2.0 * a / s + b) * u + rate + 0.43)
    # rate**k * exp(-rate) / k! by way of x = k + 1
    x = np.where(k >= 0.0, k + 1.0, 1.0)
    x = np.where(x < 1e300, x, 1.0)
    rest = x - rate
    target = (((x - 1.0) * _log1p(-rest / x) + rest) - 0.5 * _log(x)) - 0.9189385332046727 - _stirling_rest(x)
    hat = _log((1.1239 + 1.1328 / (b - 3.4)) / (a / (s * s) + b)) - _exponential(second)
    return np.where(hat <= target, np.where(k >= 0.0, k, np.nan), np.nan)


def _binomial_candidate(first, second, n, p):
    """A number of the binomial distribution for p <= 0.5 and n * p >= 10, or NaN if rejected (Hoermann 1993: BTRS)."""
    # constants of the paper
    q = 1.0 - p
    spread = np.sqrt(n * p * q)
    b = 1.15 + 2.53 * spread
    a = (-0.0873 + 0.0248 * b) + 0.01 * p
    u = _fraction(first) - 0.5
    s = 0.5 - np.abs(u)
    k = np.floor((2.0 * a / s + b) * u + (n * p + 0.5))
    inside = np.where(k >= 0.0, k, 0.0)
    inside = np.where(inside <= n, inside, 0.0)
    mode = np.floor((n + 1.0) * p)
    ratio = p / q
    # the logarithm of the probability of k, less that of the mode
    left = n - mode + 1.0
    kept = n - inside + 1.0
    target = (
        ((mode + 0.5) * _log((mode + 1.0) / (ratio * left)) + (n + 1.0) * _log1p((inside - mode) / kept))
        + (inside + 0.5) * _log(ratio * kept / (inside + 1.0))
        + ((_stirling_rest(mode + 1.0) + _stirling_rest(left))
           - (_stirling_rest(inside + 1.0) + _stirling_rest(kept)))
    )
    hat = _log((2.83 + 5.1 / b) * spread / (a / (s * s) + b)) - _exponential(second)
    accepted = np.where(hat <= target, k, np.nan)
    return np.where(k >= 0.0, np.where(k <= n, accepted, np.nan), np.nan)


def _poisson_inverse(word, rate, _one):
    """A number of the Poisson distribution for rate < 10, found one element at a time: as many steps as it is large."""
    u = _fraction(word)
    k = 0.0
    probability = _exp(-rate)
    while u >= probability and k < 150.0:
        u = u - probability
        k = k + 1.0
        probability = probability * (rate / k)
    return k


def _binomial_inverse(word, n, p):
    """A number of the binomial distribution for n * p < 10, found one element at a time: as many steps as it is large."""
    u = _fraction(word)
    k = 0.0
    ratio = p / (1.0 - p)
    probability = _exp(n * _log1p(-p))
    while u >= probability and k < n and k < 150.0:
        u = u - probability
        k = k + 1.0
        probability = probability * (ratio * ((n - k + 1.0) / k))
    return k


def _positions(start, step, elements):
    positions = np.empty(elements.shape[0], dtype=np.uint64)
    for j in range(elements.shape[0]):
        positions[j] = start + np.uint64(elements[j]) * step
    return positions


def _words(stream, positions, attempt):
    """Two words for an attempt of the element at each position."""
    return np.vectorize(_attempt)(positions, np.uint32(attempt), np.uint32(stream[1]), stream[0])


def _word_of_each(stream, positions):
    """The word of the stream at each position: half of a block that two positions share."""
    pairs = np.empty(positions.shape[0], dtype=np.uint64)
    for j in range(positions.shape[0]):
        pairs[j] = positions[j] >> np.uint64(1)
    even, odd = _words(stream, pairs, np.uint64(0))
    for j in range(positions.shape[0]):
        pairs[j] = np.where(positions[j] & np.uint64(1) == np.uint64(1), odd[j], even[j])
    return pairs


def _of_each(parameter, n, waiting):
    """The parameter of each element of waiting."""
    found = np.empty(waiting.shape[0])
    each = np.int64(parameter.shape[0] == n)
    for j in range(waiting.shape[0]):
        found[j] = parameter[waiting[j] * each]
    return found


def _rejected(candidates, waiting):
    """The elements of waiting whose candidate is NaN."""
    left = 0
    for j in range(waiting.shape[0]):
        left += np.int64(np.where(candidates[j] == candidates[j], 0, 1))
    rest = np.empty(left, dtype=np.int64)
    k = 0
    for j in range(waiting.shape[0]):
        if candidates[j] != candidates[j]:
            rest[k] = waiting[j]
            k += 1
    return rest


#pythran export gammas(uint64[], uint64, uint64, float64[], float64[], float64[])
def gammas(stream, start, lane, shape, g, t):
    """g and t with g * exp(-t) of the gamma distribution; lanes are separate sequences of attempts."""
    n = g.shape[0]
    for begin in range(0, n, PART):
        waiting = np.empty(min(n - begin, PART), dtype=np.int64)
        for j in range(waiting.shape[0]):
            waiting[j] = begin + j
        attempt = np.uint64(1) + (lane << np.uint64(28))
        while waiting.shape[0] > 0:
            positions = _positions(start, np.uint64(1), waiting)
            first, second = _words(stream, positions, attempt)
            third, fourth = _words(stream, positions, attempt + np.uint64(1))
            shapes = _of_each(shape, n, waiting)
            candidates = np.empty(waiting.shape[0])
            powers = np.empty(waiting.shape[0])
            for j in range(waiting.shape[0]):
                a, b = _gamma_candidate(first[j], second[j], third[j], fourth[j], shapes[j])
                candidates[j] = a
                powers[j] = b
            for j in range(waiting.shape[0]):
                if candidates[j] == candidates[j]:
                    g[waiting[j]] = candidates[j]
                    t[waiting[j]] = powers[j]
            waiting = _rejected(candidates, waiting)
            attempt = attempt + np.uint64(2)


def _counts(inverse, candidate, stream, start, step, a, b, out):
    """Inversion of the element's word where the mean a * b is below 10, candidates elsewhere."""
    n = out.shape[0]
    each_a = np.int64(a.shape[0] == n)
    each_b = np.int64(b.shape[0] == n)
    for begin in range(0, n, PART):
        size = min(n - begin, PART)
        small = 0
        for j in range(begin, begin + size):
            small += np.int64(np.where(a[j * each_a] * b[j * each_b] < 10.0, 1, 0))
        inverted = np.empty(small, dtype=np.int64)
        waiting = np.empty(size - small, dtype=np.int64)
        k = 0
        for j in range(size):
            if a[(begin + j) * each_a] * b[(begin + j) * each_b] < 10.0:
                inverted[k] = begin + j
                k += 1
            else:
                waiting[j - k] = begin + j
        if small > 0:
            words = _word_of_each(stream, _positions(start, step, inverted))
            for j in range(small):
                i = inverted[j]
                out[i] = np.int64(inverse(words[j], a[i * each_a], b[i * each_b]))
        attempt = np.uint64(1)
        while waiting.shape[0] > 0:
            first, second = _words(stream, _positions(start, step, waiting), attempt)
            of_a = _of_each(a, n, waiting)
            of_b = _of_each(b, n, waiting)
            candidates = np.empty(waiting.shape[0])
            for j in range(waiting.shape[0]):
                candidates[j] = candidate(first[j], second[j], of_a[j], of_b[j])
            for j in range(waiting.shape[0]):
                if candidates[j] == candidates[j]:
                    out[waiting[j]] = np.int64(candidates[j])
            waiting = _rejected(candidates, waiting)
            attempt = attempt + np.uint64(1)


#pythran export poissons(uint64[], uint64, float64[], int64[])
def poissons(stream, start, rate, out):
    """Numbers of the Poisson distribution."""
    one = np.empty(1)
    one[0] = 1.0
    _counts(_poisson_inverse, _poisson_candidate, stream, start, np.uint64(1), rate, one, out)


#pythran export binomials(uint64[], uint64, uint64, float64[], float64[], int64[])
def binomials(stream, start, step, trials, p, out):
    """Numbers of the binomial distribution."""
    rarer = np.empty(p.shape[0])
    for j in range(p.shape[0]):
        rarer[j] = np.where(p[j] > 0.5, 1.0 - p[j], p[j])
    _counts(_binomial_inverse, _binomial_candidate, stream, start, step, trials, rarer, out)
    each_trials = np.int64(trials.shape[0] == out.shape[0])
    each_p = np.int64(p.shape[0] == out.shape[0])
    for j in range(out.shape[0]):
        if p[j * each_p] > 0.5:
            out[j] = np.int64(trials[j * each_trials]) - out[j]
