"""Arrays of random words, and of numbers that each position of a stream has: uniform, integer, normal, exponential; and orders.

`stream` is key, number and the two multipliers, `start` the position of the first element of `out`.
"""

import numpy as np

from .normal import _exponential, _normals
from .philox import MASK, _draw, _fill, _fraction, _fraction24, _pair, _scaled, _word


def _to_words(words, values, pairs):
    for j in range(2 * pairs):
        values[j] = _word(words[j])


def _to_fractions(words, values, pairs):
    for j in range(2 * pairs):
        values[j] = _fraction(words[j])


def _to_fractions24(words, values, pairs):
    for j in range(2 * pairs):
        values[j] = _fraction24(words[j])


def _to_normals(words, values, pairs):
    for j in range(pairs):
        a, b = _normals(words[2 * j], words[2 * j + 1])
        values[2 * j] = a
        values[2 * j + 1] = b


def _to_exponentials(words, values, pairs):
    for j in range(2 * pairs):
        values[j] = _exponential(words[j])


#pythran export words(uint64[], uint64, uint64[])
def words(stream, start, out):
    """Words of a stream from position `start` on."""
    _draw(_to_words, stream, start, np.empty(128, dtype=np.uint64), out)


#pythran export random_(uint64[], uint64, float64[])
def random_(stream, start, out):
    """Uniform numbers in [0, 1), of 53 bits."""
    _draw(_to_fractions, stream, start, np.empty(128), out)


#pythran export random_single(uint64[], uint64, float32[])
def random_single(stream, start, out):
    """Uniform numbers in [0, 1), of 24 bits."""
    _draw(_to_fractions24, stream, start, np.empty(128), out)


#pythran export attempts(uint64[], uint64, uint64[], uint64[], uint64[])
def attempts(stream, attempt, positions, first, second):
    """The two words that elements have for an attempt of their own, the first one being 1."""
    key = stream[0]
    number = stream[1]
    m0 = stream[2]
    m1 = stream[3]
    for j in range(positions.shape[0]):
        a, b = _pair(positions[j], attempt, key, number, m0, m1)
        first[j] = a
        second[j] = b


#pythran export integers(uint64[], uint64, uint64, int64, int64[])
def integers(stream, start, width, lowest, out):
    """Integers from lowest to lowest + width - 1, for 0 < width <= 2**32, without bias (Lemire 2019)."""
    n = out.shape[0]
    found = np.empty(128, dtype=np.uint64)
    first = start >> np.uint64(1)
    skip = np.int64(start & np.uint64(1))
    # 2**64 modulo width: products whose lower 64 bits are below are drawn again
    surplus = (np.uint64(0) - width) % width
    done = 0
    while done < n:
        pairs = min(64, (n - done + skip + 1) >> 1)
        _fill(stream, first, pairs, found)
        taken = min(n - done, 2 * pairs - skip)
        part = out[done:done + taken]
        source = found[skip:skip + taken]
        suspects = 0
        for j in range(taken):
            upper, lower = _scaled(source[j], width)
            part[j] = lowest + np.int64(upper >> np.uint64(32))
            suspects |= np.int64(np.where(upper & np.uint64(MASK) == np.uint64(0), 1, 0))
        if suspects > 0:
            for j in range(taken):
                upper, lower = _scaled(source[j], width)
                attempt = np.uint64(0)
                while upper & np.uint64(MASK) == np.uint64(0) and lower < surplus:
                    attempt = attempt + np.uint64(1)
                    position = start + np.uint64(done + j)
                    word, _ = _pair(position, attempt, stream[0], stream[1], stream[2], stream[3])
                    upper, lower = _scaled(word, width)
                part[j] = lowest + np.int64(upper >> np.uint64(32))
        done += taken
        first = first + np.uint64(pairs)
        skip = 0


#pythran export standard_normal(uint64[], uint64, float64[])
def standard_normal(stream, start, out):
    """Normal numbers of mean 0 and variance 1."""
    _draw(_to_normals, stream, start, np.empty(128), out)


#pythran export standard_exponential(uint64[], uint64, float64[])
def standard_exponential(stream, start, out):
    """Exponential numbers of mean 1."""
    _draw(_to_exponentials, stream, start, np.empty(128), out)


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
