"""Arrays of random words, and of numbers that each position of a stream has: uniform, integer, normal, exponential; and orders.

`stream` is key and number, `start` the position of the first element of `out`.
"""

import numpy as np

from .normal import _exponential, _normals
from .philox import MASK, _attempt, _draw, _fraction, _fraction24, _pairs, _scaled, _step, _step_scaled, _steps, _word


def _to_words(even, odd, values, pairs):
    for j in range(pairs):
        values[2 * j] = _word(even[j])
        values[2 * j + 1] = _word(odd[j])


def _to_fractions(even, odd, values, pairs):
    for j in range(pairs):
        values[2 * j] = _fraction(even[j])
        values[2 * j + 1] = _fraction(odd[j])


def _to_fractions24(even, odd, values, pairs):
    for j in range(pairs):
        values[2 * j] = _fraction24(even[j])
        values[2 * j + 1] = _fraction24(odd[j])


def _to_normals(even, odd, values, pairs):
    for j in range(pairs):
        a, b = _normals(even[j], odd[j])
        values[2 * j] = a
        values[2 * j + 1] = b


def _to_exponentials(even, odd, values, pairs):
    for j in range(pairs):
        values[2 * j] = _exponential(even[j])
        values[2 * j + 1] = _exponential(odd[j])


#pythran export words(uint64[], uint64, uint64[])
def words(stream, start, out):
    """Words of a stream from position `start` on."""
    _draw(_to_words, stream, start, np.empty(256, dtype=np.uint64), out)


#pythran export random_(uint64[], uint64, float64[])
def random_(stream, start, out):
    """Uniform numbers in [0, 1), of 53 bits."""
    _draw(_to_fractions, stream, start, np.empty(256), out)


#pythran export random_single(uint64[], uint64, float32[])
def random_single(stream, start, out):
    """Uniform numbers in [0, 1), of 24 bits."""
    _draw(_to_fractions24, stream, start, np.empty(256), out)


#pythran export attempts(uint64[], uint64, uint64[], uint64[], uint64[])
def attempts(stream, attempt, positions, first, second):
    """The two words that elements have for an attempt of their own, the first one being 1."""
    a, b = np.vectorize(_attempt)(positions, np.uint32(attempt), np.uint32(stream[1]), stream[0])
    for j in range(positions.shape[0]):
        first[j] = a[j]
        second[j] = b[j]


#pythran export integers(uint64[], uint64, uint64, int64, int64[])
def integers(stream, start, width, lowest, out):
    """Integers from lowest to lowest + width - 1, for 0 < width <= 2**32, without bias (Lemire 2019)."""
    n = out.shape[0]
    number = np.uint32(stream[1])
    first = start >> np.uint64(1)
    skip = np.int64(start & np.uint64(1))
    steps = _steps(n)
    scratch = np.empty(256, dtype=np.uint64)
    # 2**64 modulo width: products whose lower 64 bits are below are drawn again
    surplus = (np.uint64(0) - width) % width
    done = 0
    while done < n:
        even, odd = np.vectorize(_step_scaled)(steps, first, number, stream[0], width)
        pairs = _pairs(first, n - done + skip, steps.shape[0])
        _to_words(even, odd, scratch, pairs)
        taken = min(n - done, 2 * pairs - skip)
        part = out[done:done + taken]
        source = scratch[skip:skip + taken]
        suspects = 0
        for j in range(taken):
            part[j] = lowest + np.int64(source[j] >> np.uint64(32))
            suspects |= np.int64(np.where(source[j] & np.uint64(MASK) == np.uint64(0), 1, 0))
        if suspects > 0:
            for j in range(taken):
                position = start + np.uint64(done + j)
                word, other = _step(np.uint64(0), position >> np.uint64(1), number, stream[0])
                if position & np.uint64(1) == np.uint64(1):
                    word = other
                upper, lower = _scaled(word, width)
                attempt = np.uint32(0)
                while upper & np.uint64(MASK) == np.uint64(0) and lower < surplus:
                    attempt = attempt + np.uint32(1)
                    word, _ = _attempt(position, attempt, number, stream[0])
                    upper, lower = _scaled(word, width)
                part[j] = lowest + np.int64(upper >> np.uint64(32))
        done += taken
        first = first + np.uint64(pairs)
        skip = 0


#pythran export standard_normal(uint64[], uint64, float64[])
def standard_normal(stream, start, out):
    """Normal numbers of mean 0 and variance 1."""
    _draw(_to_normals, stream, start, np.empty(256), out)


#pythran export standard_exponential(uint64[], uint64, float64[])
def standard_exponential(stream, start, out):
    """Exponential numbers of mean 1."""
    _draw(_to_exponentials, stream, start, np.empty(256), out)


#pythran export exchange(int64[], int64, int64[])
def exchange(partners, n, out):
    """Permutations of 0 to n - 1, one after the other in out: element i changes places with the one `partners[i]` after it."""
    for row in range(0, out.shape[0], max(n, 1)):
        for i in range(row, row + n):
            out[i] = i - row
        for i in range(row, row + n):
            j = i + partners[i]
            kept = out[i]
            out[i] = out[j]
            out[j] = kept
