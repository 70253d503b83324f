"""Normal and exponential numbers: each pair of words gives two normal numbers, each word an exponential one."""

import numpy as np

from .constants import LN2_HI, LN2_LO
from .logarithm import _log_near_one, _split_off_exponent
from .philox import MASK


def _exponential(word):
    """-log(u) for u = (word + 0.5) / 2**64, rounded: 0 to 45.05."""
    upper = np.float64(np.int32(word >> np.uint64(32) ^ np.uint64(0x80000000))) + 2147483648.0
    # 0.5 + 2**-33: the half, and what makes the lower numbers positive
    lower = np.float64(np.int32((word & np.uint64(MASK)) ^ np.uint64(0x80000000))) * 2.3283064365386963e-10
    f, n = _split_off_exponent((upper + (lower + 0.5000000001164153)) * 2.3283064365386963e-10)
    high, low = _log_near_one(f)
    return 0.0 - ((n * LN2_HI + high) + (n * LN2_LO + low))


def _normals(first, second):
    """Two independent normal numbers: a radius made of the first word, an angle made of the second one (Box and Muller 1958).

    At most 9.5 from 0, as 64 bits of the radius are enough for.
    """
    radius = np.sqrt(2.0 * _exponential(first))
    # [-1, 1]: its sign is that of the cosine, its upper bit chooses which of the two is the cosine
    upper = np.float64(np.int32(second >> np.uint64(32) ^ np.uint64(0x80000000)))
    lower = np.float64(np.int32((second & np.uint64(MASK)) ^ np.uint64(0x80000000))) * 2.3283064365386963e-10
    turn = (upper + (lower + 0.5000000001164153)) * 4.656612873077393e-10
    part = np.abs(turn)
    v = part - np.where(part < 0.5, 0.25, 0.75)
    z = v * v
    z2 = z * z
    # fpminimax(sin(pi * sqrt(x)) / sqrt(x), 6, [|D...|], [1e-30; 0.0625], relative): error 2^-54.5
    sine = v * (
        ((3.141592653589793 + z * -5.1677127800499045) + z2 * (2.5501640398670129 + z * -0.599264528592020173))
        + (z2 * z2) * ((0.08214585993962993 + z * -0.007369903612924926) + z2 * 0.00046095228173815817)
    )
    # fpminimax(cos(pi * sqrt(x)), [|1, ..., 7|], [|D...|], [1e-30; 0.0625], absolute, 1): error 2^-61.2
    cosine = np.copysign(
        ((1.0 + z * -4.934802200544679) + z2 * (4.058712126416684 + z * -1.3352627688462638))
        + (z2 * z2) * ((0.23533062994893964 + z * -0.025806880288457642)
                       + z2 * (0.0019294061332156109 + z * -0.00010330548083268197)), turn)
    return radius * np.where(part < 0.5, sine, cosine), radius * np.where(part < 0.5, cosine, sine)
