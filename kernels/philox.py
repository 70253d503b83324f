"""Philox4x32-10: random words that are a function of their position; uniform floats and bounded integers made of them.

J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011): ten rounds of multiplications
make a block of four uint32 from a counter of four and a key of two. v1_SPEC.md says which block an element takes.

A stream is uint64[4]: key, stream number and the two multipliers of the paper. These come from outside because gcc would take
a multiplication by a constant apart into shifts and additions, which is slower where it is vectorized.
"""

import numpy as np

MASK = 0xFFFFFFFF


def _pair(counter, attempt, key, number, m0, m1):
    """The two words of the block with counter (counter, attempt, number), the first number of a pair being its lower half.

    All are uint64; upper halves of x0 to x3 and of the keys are not looked at.
    """
    half = np.uint64(32)
    x0 = counter
    x1 = counter >> half
    x2 = attempt
    x3 = number
    k0 = key
    k1 = key >> half
    for _ in range(10):
        a = (x0 & np.uint64(MASK)) * m0
        b = (x2 & np.uint64(MASK)) * m1
        x0 = (b >> half) ^ x1 ^ k0
        x1 = b
        x2 = (a >> half) ^ x3 ^ k1
        x3 = a
        # the paper's increments
        k0 = k0 + np.uint64(0x9E3779B9)
        k1 = k1 + np.uint64(0xBB67AE85)
    return (x0 & np.uint64(MASK)) | (x1 << half), (x2 & np.uint64(MASK)) | (x3 << half)


def _fill(stream, first, n, found):
    """Words 2 * first, 2 * first + 1, ... of a stream, n pairs of them."""
    key = stream[0]
    number = stream[1]
    m0 = stream[2]
    m1 = stream[3]
    for j in range(n):
        a, b = _pair(first + np.uint64(j), np.uint64(0), key, number, m0, m1)
        found[2 * j] = a
        found[2 * j + 1] = b


def _draw(convert, stream, start, scratch, out):
    """An element of out for each word from position start on; convert makes them, 128 at a time at most."""
    n = out.shape[0]
    found = np.empty(128, dtype=np.uint64)
    first = start >> np.uint64(1)
    skip = np.int64(start & np.uint64(1))
    done = 0
    while done < n:
        pairs = min(64, (n - done + skip + 1) >> 1)
        _fill(stream, first, pairs, found)
        convert(found, scratch, pairs)
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


def _scaled(word, width):
    """word * width as a number of 96 bits: its upper 64 (whose upper half is the quotient by 2**64) and its lower 32."""
    low = (word & np.uint64(MASK)) * width
    return (word >> np.uint64(32)) * width + (low >> np.uint64(32)), low & np.uint64(MASK)
