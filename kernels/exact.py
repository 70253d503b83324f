"""Sums without rounding: a fixed-point number of 70 limbs of 32 bits, in int64, that holds any sum of float64.

Bit 0 stands for 2**-1074. A float64 touches three limbs; carries are passed on after every block of 2**28 elements, and each
limb but the highest is then in [0, 2**32). Elements 70, 71 and 72 of a state count NaN, inf and -inf. Floats come as bits.
"""

import numpy as np


def _carry(state):
    for i in range(69):
        state[i + 1] += state[i] >> 32
        state[i] = state[i] & 0xFFFFFFFF


def _add(bits, start, n, inner, state):
    for begin in range(0, n, 1 << 28):
        for i in range(begin, min(begin + (1 << 28), n)):
            b = bits[start + i * inner]
            exponent = (b >> 52) & 2047
            fraction = b & 0xFFFFFFFFFFFFF
            sign = 1 - 2 * ((b >> 63) & 1)
            if exponent == 2047:
                if fraction != 0:
                    state[70] += 1
                elif sign > 0:
                    state[71] += 1
                else:
                    state[72] += 1
            else:
                if exponent > 0:
                    fraction += 1 << 52
                    exponent -= 1
                shift = exponent & 31
                limb = exponent >> 5
                low = (fraction & 0xFFFFFFFF) << shift
                high = (fraction >> 32) << shift
                state[limb] += sign * (low & 0xFFFFFFFF)
                state[limb + 1] += sign * ((low >> 32) + (high & 0xFFFFFFFF))
                state[limb + 2] += sign * (high >> 32)
        _carry(state)


def _bit(limbs, i):
    return (limbs[i >> 5] >> (i & 31)) & 1


def _value(state, digits, limbs):
    """The sum, rounded once, to the nearest and ties to even, to a float of so many binary digits."""
    if state[70] > 0 or (state[71] > 0 and state[72] > 0):
        return np.float64(np.nan)
    if state[71] > 0:
        return np.float64(np.inf)
    if state[72] > 0:
        return np.float64(-np.inf)
    negative = state[69] < 0
    for i in range(70):
        limbs[i] = np.where(negative, -state[i], state[i])
    _carry(limbs)
    top = 69
    while top > 0 and limbs[top] == 0:
        top -= 1
    highest = 32 * top + 31
    while highest > 0 and _bit(limbs, highest) == 0:
        highest -= 1
    lowest = max(highest - digits + 1, 0)
    whole = 0
    for i in range(highest - lowest + 1):
        whole = 2 * whole + _bit(limbs, highest - i)
    if lowest > 0 and _bit(limbs, lowest - 1) == 1:
        rest = whole & 1
        for i in range(lowest - 1):
            rest = rest | _bit(limbs, i)
        whole += rest
    value = np.ldexp(np.float64(whole), np.int32(lowest - 1074))
    return np.where(negative, -value, value)


#pythran export exact_add(int64[], int64[])
def exact_add(bits, state):
    """Add floats to a state."""
    _add(bits, 0, bits.shape[0], 1, state)


#pythran export exact_merge(int64[], int64[])
def exact_merge(state, other):
    """Add one state to another."""
    for i in range(73):
        state[i] += other[i]
    _carry(state)


#pythran export exact_value(int64[], int64)
def exact_value(state, digits):
    return _value(state, digits, np.empty(70, dtype=np.int64))


#pythran export exact_sum_axis(int64[], int64, int64, int64, int64, float64[])
def exact_sum_axis(bits, digits, outer, n, inner, out):
    """Along the middle axis of floats seen as [outer, n, inner], into out, seen as [outer, inner]."""
    state = np.empty(73, dtype=np.int64)
    limbs = np.empty(70, dtype=np.int64)
    for o in range(outer):
        for j in range(inner):
            for i in range(73):
                state[i] = 0
            _add(bits, o * n * inner + j, n, inner, state)
            out[o * inner + j] = _value(state, digits, limbs)
