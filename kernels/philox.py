"""Philox4x32-10: random words that are a function of their position; uniform floats and bounded integers made of them.

J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011): ten rounds of multiplications
make a block of four uint32 from a counter of four and a key of two. v1_SPEC.md says which block an element takes.

A stream is uint64[2]: key and stream number. np.vectorize calls these functions on vectors: see kernels/pythonic/lanes.hpp.
"""

import numpy as np

MASK = 0xFFFFFFFF


def _round(x, k0, k1):
    a = np.uint64(x[0]) * np.uint64(0xD2511F53)
    b = np.uint64(x[2]) * np.uint64(0xCD9E8D57)
    half = np.uint64(32)
    return np.uint32(b >> half) ^ x[1] ^ k0, np.uint32(b), np.uint32(a >> half) ^ x[3] ^ k1, np.uint32(a)


def _pair(low, high, attempt, number, key):
    """The two words of the block with counter (low, high, attempt, number), the first number of a pair being its lower half.

    All are uint32, but for the key. The rounds are written out: what they have of numbers alone is then computed once.
    """
    half = np.uint64(32)
    k0 = np.uint32(key)
    k1 = np.uint32(key >> half)
    # multiples of the paper's increments
    x1 = _round((low, high, attempt, number), k0, k1)
    x2 = _round(x1, k0 + np.uint32(0x9E3779B9), k1 + np.uint32(0xBB67AE85))
    x3 = _round(x2, k0 + np.uint32(0x3C6EF372), k1 + np.uint32(0x76CF5D0A))
    x4 = _round(x3, k0 + np.uint32(0xDAA66D2B), k1 + np.uint32(0x32370B8F))
    x5 = _round(x4, k0 + np.uint32(0x78DDE6E4), k1 + np.uint32(0xED9EBA14))
    x6 = _round(x5, k0 + np.uint32(0x1715609D), k1 + np.uint32(0xA9066899))
    x7 = _round(x6, k0 + np.uint32(0xB54CDA56), k1 + np.uint32(0x646E171E))
    x8 = _round(x7, k0 + np.uint32(0x5384540F), k1 + np.uint32(0x1FD5C5A3))
    x9 = _round(x8, k0 + np.uint32(0xF1BBCDC8), k1 + np.uint32(0xDB3D7428))
    x10 = _round(x9, k0 + np.uint32(0x8FF34781), k1 + np.uint32(0x96A522AD))
    return np.uint64(x10[0]) | (np.uint64(x10[1]) << half), np.uint64(x10[2]) | (np.uint64(x10[3]) << half)


def _step(step, first, number, key):
    """The words of block first + step, with the upper half of first."""
    return _pair(np.uint32(first) + np.uint32(step), np.uint32(first >> np.uint64(32)), np.uint32(0), number, key)


def _attempt(position, attempt, number, key):
    return _pair(np.uint32(position), np.uint32(position >> np.uint64(32)), attempt, number, key)


def _steps(n):
    """0, 1, ... for the blocks that n elements take, at most 128."""
    steps = np.empty(min(128, (n >> 1) + 1), dtype=np.uint64)
    for j in range(steps.shape[0]):
        steps[j] = np.uint64(j)
    return steps


def _pairs(first, count, steps):
    """How many of the blocks from first on are taken for count words: those of the steps before its lower half wraps around."""
    return min(min(steps, (count + 1) >> 1), 4294967296 - np.int64(first & np.uint64(MASK)))


def _draw(convert, stream, start, scratch, out):
    """An element of out for each word from position start on; convert makes them, 256 at a time at most."""
    n = out.shape[0]
    first = start >> np.uint64(1)
    skip = np.int64(start & np.uint64(1))
    steps = _steps(n)
    done = 0
    while done < n:
        even, odd = np.vectorize(_step)(steps, first, np.uint32(stream[1]), stream[0])
        pairs = _pairs(first, n - done + skip, steps.shape[0])
        convert(even, odd, scratch, pairs)
        taken = min(n - done, 2 * pairs - skip)
        part = out[done:done + taken]
        source = scratch[skip:skip + taken]
        for j in range(taken):
            part[j] = source[j]
        done += taken
        first = first + np.uint64(pairs)
        skip = 0


def _fraction(word):
    """The upper 53 bits of a word, times 2**-53; through int32, which every level converts in vectors."""
    upper = np.float64(np.int32(word >> np.uint64(32) ^ np.uint64(0x80000000))) * 2.3283064365386963e-10
    return upper + (0.5 + np.float64(np.int32((word & np.uint64(MASK)) >> np.uint64(11))) * 1.1102230246251565e-16)


def _fraction24(word):
    """The upper 24 bits of a word, times 2**-24."""
    return np.float64(np.int32(word >> np.uint64(40))) * 5.960464477539063e-08


def _word(word):
    return word


def _upper(word, width):
    """The upper 64 bits of word * width, a number of 96 bits; their upper half is the quotient by 2**64."""
    half = np.uint64(32)
    return np.uint64(np.uint32(word >> half)) * width + (np.uint64(np.uint32(word)) * width >> half)


def _scaled(word, width):
    """The upper 64 and the lower 32 bits of word * width."""
    return _upper(word, width), (word & np.uint64(MASK)) * width & np.uint64(MASK)


def _step_scaled(step, first, number, key, width):
    """The upper bits for both words of _step."""
    words = _step(step, first, number, key)
    return _upper(words[0], width), _upper(words[1], width)
