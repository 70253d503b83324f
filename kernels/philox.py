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
    return (x[1] ^ k0) ^ np.uint32(b >> half), np.uint32(b), (x[3] ^ k1) ^ np.uint32(a >> half), np.uint32(a)


def _block(low, high, attempt, number, key):
    """The four numbers of the block with counter (low, high, attempt, number).

    All are uint32, but for the key. The rounds are written out: what they have of numbers alone is then computed once.
    """
    k0 = np.uint32(key)
    k1 = np.uint32(key >> np.uint64(32))
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
    return _round(x9, k0 + np.uint32(0x8FF34781), k1 + np.uint32(0x96A522AD))


def _joined(low, high):
    return np.uint64(low) | (np.uint64(high) << np.uint64(32))


def _attempt(position, attempt, number, key):
    """The two words of the block that a position has for an attempt; attempt 0 is that of the pair of this number."""
    x = _block(np.uint32(position), np.uint32(position >> np.uint64(32)), attempt, number, key)
    return _joined(x[0], x[1]), _joined(x[2], x[3])


def _step_block(step, first, number, key):
    """Block first + step, with the upper half of first."""
    return _block(np.uint32(first) + np.uint32(step), np.uint32(first >> np.uint64(32)), np.uint32(0), number, key)


def _step(step, first, number, key):
    """The two words of _step_block."""
    x = _step_block(step, first, number, key)
    return _joined(x[0], x[1]), _joined(x[2], x[3])


def _step_fractions(step, first, number, key):
    """What _fraction makes of them."""
    x = _step_block(step, first, number, key)
    return _fraction_of(x[0], x[1]), _fraction_of(x[2], x[3])


def _step_fractions24(step, first, number, key):
    """What _fraction24 makes of them."""
    x = _step_block(step, first, number, key)
    return _fraction24_of(x[1]), _fraction24_of(x[3])


def _steps(n):
    """0, 1, ... for the blocks that n elements take, at most 1024: 10^6 numbers took a tenth longer with 128."""
    steps = np.empty(min(1024, (n >> 1) + 1), dtype=np.uint64)
    for j in range(steps.shape[0]):
        steps[j] = np.uint64(j)
    return steps


def _pairs(first, count, steps):
    """How many of the blocks from first on are taken for count words: those of the steps before its lower half wraps around."""
    return min(min(steps, (count + 1) >> 1), 4294967296 - np.int64(first & np.uint64(MASK)))


def _half(step, convert, stream, block, odd, out):
    """One element of out: that of the first or of the second word of a block."""
    both = np.empty(2, dtype=out.dtype)
    a, b = np.vectorize(step)(_steps(0), block, np.uint32(stream[1]), stream[0])
    convert(a, b, both, 1)
    out[0] = both[odd]


def _draw(step, convert, stream, start, out):
    """An element of out for each word from position start on; step makes something of two words, convert the elements of it."""
    n = out.shape[0]
    first = start >> np.uint64(1)
    done = 0
    if n > 0 and start & np.uint64(1) == np.uint64(1):
        _half(step, convert, stream, first, 1, out)
        first = first + np.uint64(1)
        done = 1
    if done + 1 < n:
        steps = _steps(n)
        while done + 1 < n:
            even, odd = np.vectorize(step)(steps, first, np.uint32(stream[1]), stream[0])
            pairs = _pairs(first, n - done - 1, steps.shape[0])
            convert(even, odd, out[done:done + 2 * pairs], pairs)
            done += 2 * pairs
            first = first + np.uint64(pairs)
    if done < n:
        _half(step, convert, stream, first, 0, out[done:])


def _interleave(even, odd, values, pairs):
    for j in range(pairs):
        values[2 * j] = even[j]
        values[2 * j + 1] = odd[j]


def _fraction_of(low, high):
    """The upper 53 bits of a word, times 2**-53; through int32, which every level converts in vectors."""
    upper = np.float64(np.int32(high ^ np.uint32(0x80000000))) * 2.3283064365386963e-10
    return upper + (0.5 + np.float64(np.int32(low >> np.uint32(11))) * 1.1102230246251565e-16)


def _fraction24_of(high):
    """The upper 24 bits of a word, times 2**-24."""
    return np.float64(np.int32(high >> np.uint32(8))) * 5.960464477539063e-08


def _fraction(word):
    return _fraction_of(np.uint32(word), np.uint32(word >> np.uint64(32)))


def _fraction24(word):
    return _fraction24_of(np.uint32(word >> np.uint64(32)))


def _word(word):
    return word


def _wide(a_low, a_high, b_low, b_high):
    """The upper and the lower 64 bits of a * b, of whose halves each is uint32."""
    half = np.uint64(32)
    bottom = np.uint64(a_low) * np.uint64(b_low)
    cross = np.uint64(a_high) * np.uint64(b_low) + (bottom >> half)
    other = np.uint64(a_low) * np.uint64(b_high) + np.uint64(np.uint32(cross))
    upper = np.uint64(a_high) * np.uint64(b_high) + (cross >> half) + (other >> half)
    return upper, np.uint64(np.uint32(bottom)) | (other << half)


def _wide_product(a, b):
    half = np.uint64(32)
    return _wide(np.uint32(a), np.uint32(a >> half), np.uint32(b), np.uint32(b >> half))


def _step_below(step, first, number, key, width):
    """The products of the two words with width: two upper halves, two lower ones."""
    low = np.uint32(width)
    high = np.uint32(width >> np.uint64(32))
    x = _step_block(step, first, number, key)
    a = _wide(x[0], x[1], low, high)
    b = _wide(x[2], x[3], low, high)
    return a[0], b[0], a[1], b[1]


def _surplus(width):
    """2**64 modulo width."""
    return (np.uint64(0) - width) % max(width, np.uint64(1))


def _redrawn(position, number, key, width, surplus):
    """The upper half of a product of width with words of the attempts of an element, whose lower half is not below surplus."""
    attempt = np.uint32(1)
    word, _ = _attempt(position, attempt, number, key)
    upper, lower = _wide_product(word, width)
    while lower < surplus:
        attempt = attempt + np.uint32(1)
        word, _ = _attempt(position, attempt, number, key)
        upper, lower = _wide_product(word, width)
    return upper
