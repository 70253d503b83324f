"""Arrays of random words, and of numbers that each position of a stream has: uniform, integer, normal, exponential; and orders.

`stream` is key and number, `start` the position of the first element of `out`.
"""

import numpy as np

from .normal import _exponential, _normals
from .philox import (
    _attempt,
    _draw,
    _interleave,
    _pairs,
    _redrawn,
    _step,
    _step_below,
    _step_fractions,
    _step_fractions24,
    _steps,
    _surplus,
    _wide_product,
)


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
    _draw(_step, _interleave, stream, start, out)


#pythran export random_(uint64[], uint64, float64[])
def random_(stream, start, out):
    """Uniform numbers in [0, 1), of 53 bits."""
    _draw(_step_fractions, _interleave, stream, start, out)


#pythran export random_single(uint64[], uint64, float32[])
def random_single(stream, start, out):
    """Uniform numbers in [0, 1), of 24 bits."""
    _draw(_step_fractions24, _interleave, stream, start, out)


#pythran export attempts(uint64[], uint64, uint64[], uint64[], uint64[])
def attempts(stream, attempt, positions, first, second):
    """The two words that elements have for an attempt of their own, the first one being 1."""
    a, b = np.vectorize(_attempt)(positions, np.uint32(attempt), np.uint32(stream[1]), stream[0])
    for j in range(positions.shape[0]):
        first[j] = a[j]
        second[j] = b[j]


def _below(stream, start, width, lowest, out):
    """Integers of one width."""
    n = out.shape[0]
    number = np.uint32(stream[1])
    first = start >> np.uint64(1)
    skip = np.int64(start & np.uint64(1))
    surplus = _surplus(width)
    steps = _steps(n)
    done = 0
    while done < n:
        even, odd, even_rest, odd_rest = np.vectorize(_step_below)(steps, first, number, stream[0], width)
        pairs = _pairs(first, n - done + skip, steps.shape[0])
        taken = min(n - done, 2 * pairs - skip)
        # the elements that are half of their pair
        if skip == 1:
            out[done] = lowest + np.int64(odd[0])
        if skip + taken < 2 * pairs:
            out[done + taken - 1] = lowest + np.int64(even[pairs - 1])
        part = out[done + skip:done + skip + 2 * ((taken - skip) >> 1)]
        for j in range(part.shape[0] >> 1):
            part[2 * j] = lowest + np.int64(even[skip + j])
            part[2 * j + 1] = lowest + np.int64(odd[skip + j])
        rejected = 0
        for j in range(pairs):
            rejected += np.int64(np.where(even_rest[j] < surplus, 1, 0)) + np.int64(np.where(odd_rest[j] < surplus, 1, 0))
        if rejected > 0:
            for j in range(taken):
                rest = even_rest[(skip + j) >> 1]
                if (skip + j) & 1 == 1:
                    rest = odd_rest[(skip + j) >> 1]
                if rest < surplus:
                    position = start + np.uint64(done + j)
                    out[done + j] = lowest + np.int64(_redrawn(position, number, stream[0], width, surplus))
        done += taken
        first = first + np.uint64(pairs)
        skip = 0


def _below_each(stream, start, width, lowest, out):
    """Integers of a width each."""
    n = out.shape[0]
    number = np.uint32(stream[1])
    words = np.empty(max(1, min(n, 256)), dtype=np.uint64)
    widths = np.empty(words.shape[0], dtype=np.uint64)
    for done in range(0, n, words.shape[0]):
        taken = min(n - done, words.shape[0])
        _draw(_step, _interleave, stream, start + np.uint64(done), words[:taken])
        for j in range(taken):
            widths[j] = width[done + j]
        upper, lower = np.vectorize(_wide_product)(words, widths)
        for j in range(taken):
            value = upper[j]
            if widths[j] == np.uint64(0):
                value = words[j]
            # 2**64 modulo width is below width: few need the division
            if lower[j] < widths[j]:
                surplus = _surplus(widths[j])
                if lower[j] < surplus:
                    value = _redrawn(start + np.uint64(done + j), number, stream[0], widths[j], surplus)
            out[done + j] = lowest + np.int64(value)


#pythran export integers(uint64[], uint64, uint64[], int64, int64[])
def integers(stream, start, width, lowest, out):
    """lowest + integers below width, modulo 2**64, without bias (Lemire 2019): floor(word * width / 2**64), drawn again where
    the rest is below 2**64 modulo width. A width of at least 1 for all, or one for each, of which 0 stands for 2**64.
    """
    if width.shape[0] == out.shape[0]:
        _below_each(stream, start, width, lowest, out)
    else:
        _below(stream, start, width[0], lowest, out)


#pythran export standard_normal(uint64[], uint64, float64[])
def standard_normal(stream, start, out):
    """Normal numbers of mean 0 and variance 1."""
    _draw(_step, _to_normals, stream, start, out)


#pythran export standard_exponential(uint64[], uint64, float64[])
def standard_exponential(stream, start, out):
    """Exponential numbers of mean 1."""
    _draw(_step, _to_exponentials, stream, start, out)


def _scale(out, scale, shift):
    for j in range(out.shape[0]):
        out[j] = out[j] * scale + shift


#pythran export uniform(uint64[], uint64, float64, float64, float64[])
def uniform(stream, start, width, low, out):
    random_(stream, start, out)
    _scale(out, width, low)


#pythran export normal(uint64[], uint64, float64, float64, float64[])
def normal(stream, start, scale, loc, out):
    standard_normal(stream, start, out)
    _scale(out, scale, loc)


#pythran export exponential(uint64[], uint64, float64, float64, float64[])
def exponential(stream, start, scale, loc, out):
    standard_exponential(stream, start, out)
    _scale(out, scale, loc)


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
