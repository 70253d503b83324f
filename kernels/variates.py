"""Variates of distributions, made of random words and of other variates."""

import numpy as np

MASK = 0xFFFFFFFF


#pythran export ufunc bounded(uint64, uint64)
def bounded(word, width):
    """The integer floor(word * width / 2**64), and 1 if it is to be drawn again; a width of 0 stands for 2**64."""
    low = word & np.uint64(MASK)
    high = word >> np.uint64(32)
    width_low = width & np.uint64(MASK)
    width_high = width >> np.uint64(32)
    cross = high * width_low
    other = low * width_high
    bottom = low * width_low
    middle = (bottom >> np.uint64(32)) + (cross & np.uint64(MASK)) + (other & np.uint64(MASK))
    upper = high * width_high + (cross >> np.uint64(32)) + (other >> np.uint64(32)) + (middle >> np.uint64(32))
    lower = (middle << np.uint64(32)) | (bottom & np.uint64(MASK))
    # 2**64 modulo width
    surplus = (np.uint64(0) - width) % np.where(width == np.uint64(0), np.uint64(1), width)
    value = np.where(width == np.uint64(0), word, upper)
    return value, np.where(lower < surplus, np.uint64(1), np.uint64(0))
