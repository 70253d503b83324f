"""Cases of trigonometric and hyperbolic functions and their inverses. Special values as C23 (Annex F) has them."""

import numpy as np
from functions import Cases, finite

INF, NAN = np.inf, np.nan
PI = 3.141592653589793
LN2 = 0.6931471805599453
LARGEST = 1.7976931348623157e308
TINY = [sign * 2.0**-k for k in (10, 12, 13, 20, 26, 27, 30, 54, 60) for sign in (1, -1)] + [1e-300, -1e-300, 5e-324]

# Arguments next to multiples of pi / 2: 53 bits times a power of two that come nearest in their binade, the nearest of all
# among them; pi itself as float64 and float32; then the ends of methods, and float32 results next to midpoints.
ANGLES = [
    *(6381956970095103 * 2.0**797, 0x1.6C6CBC45DC8DEp5, 0x1.6C6CBC45DC8DEp12, 0x1.F9CBE7C9F6F8Fp22, 1e22, -(2.0**1023)),
    *(LARGEST, -LARGEST, 2.0**120, 2.0**500, 1e300, 2.0**-1022, 3.4028234663852886e38, 1.2676506002282294e30),
    *(PI * k / 4 for k in (1, 2, 3, 4, 5, 6, 8, 100, 1001, 1234567)),
    *(3.1415927410125732, 1.5707963705062866, 9830.3984375, 11.0, 22.0, 33.0, 355.0, 103993.0, 1146408.0),
    *(4194303.9999999995, 4194304.0, 4194304.000000001, -4194304.0, 4194303.75, 1e7, 1.1004678e19, 1.7269983e20),
    *TINY,
]
QUARTERS = [0.25, 0.25000000000000006, 0.24999999999999997, 0.5, 0.49999999999999994, 0.75, 1.25, 1.5, 2.25, 123456.75]
HALF_TURNS = [*QUARTERS, 2.0**-31, 2.0**-29, 2.0**51 + 0.25, 2.0**51 + 0.5, 2.0**22 + 0.25, 0.3333333333333333, *TINY]
ODD = [(0.0, 0.0), (-0.0, -0.0), (NAN, NAN)]
UP_TO_ONE = [
    *(0.5, 0.5000000000000001, 0.49999999999999994, 1 - 2.0**-53, 1 - 2.0**-24, 0.9999, 0.75, 0.5321365594863892, *TINY),
    *(-0.5, -1 + 2.0**-53, -1 + 2.0**-24, -0.75, 1.5893254712295857e-08, 0.00024868646869435906, -0.011744690127670765),
]
BRANCHES = [0.41421356237309503, 0.4142135623730951, 2.414213562373095, 2.4142135623730954, 0.06905200332403183]
STEPS = [k * LN2 / 2 for k in (1, 2, 3, 4, 5, 10, 53, 54, 55, 106, 107, 255)]
STEPS += [np.nextafter(x, INF) for x in STEPS]
HYPERBOLIC = [*STEPS, *(-x for x in STEPS[:6]), 0.0005589424981735647, 88.72, 89.4, 89.41598, 89.416, 89.5, 90.0, *TINY]
OVERFLOW = [710.4758600739439, 710.475860073944, -710.4758600739439, 711.0]


def _up_to_one(x):
    return np.abs(x) <= 1


def _below_one(x):
    return np.abs(x) < 1


def _from_one(x):
    return (x >= 1) & (x < INF)


def _off_axis(y, x):
    """Of zeros, mpmath does not know the sign."""
    return finite(y, x) & (y != 0)


def _signs(y, x, angle, beyond):
    """The angle of (x, y), and those of its mirror images; `beyond` is the one for -x."""
    return [(y, x, angle), (-y, x, -angle), (y, -x, beyond), (-y, -x, -beyond)]


_QUADRANTS = [
    *(*_signs(0.0, 0.0, 0.0, PI), *_signs(0.0, 1.0, 0.0, PI), *_signs(0.0, INF, 0.0, PI), *_signs(0.0, 1e30, 0.0, PI)),
    *(*_signs(1.0, 0.0, PI / 2, PI / 2), *_signs(INF, 0.0, PI / 2, PI / 2), *_signs(1e-30, 0.0, PI / 2, PI / 2)),
    *(*_signs(1.0, INF, 0.0, PI), *_signs(INF, 1.0, PI / 2, PI / 2), *_signs(INF, INF, PI / 4, 3 * PI / 4)),
    *(*_signs(1e-38, 1e38, 0.0, PI)[2:], *_signs(1e38, 1e-38, PI / 2, PI / 2), *_signs(1e-45, 1e-45, PI / 4, 3 * PI / 4)),
    *((NAN, 1.0, NAN), (1.0, NAN, NAN), (NAN, NAN, NAN), (NAN, 0.0, NAN), (0.0, NAN, NAN), (NAN, INF, NAN)),
    *((INF, NAN, NAN), (-INF, NAN, NAN), (NAN, -INF, NAN)),
]
_RATIOS = [
    *((3.0, 4.0), (1.0, 1.0 + 2.0**-52), (1.0, 1.0 - 2.0**-53), (1.0, 2.414213562373095), (2.0, 4.828427124746191)),
    *((5e-324, 5e-324), (5e-324, -1e-323), (5e-324, 1.5), (2.0**-1022, 3.0), (1e-310, 7e-5), (LARGEST, LARGEST)),
    *((LARGEST, -5e-324), (5e-324, -LARGEST), (1e300, 1e-300), (1e-300, 1e300), (2.0**-450, 2.0), (2.0**-451, -2.0)),
    *((2.0**450, 1.0), (1.0, 2.0**451), (3e-200, 7e200), (1.0, -1e-17), (-1.0, 2.0**30), (1e-8, -1e8), (1e-45, 1e38)),
]

CASES = [
    Cases("sin", ((-20.0, 20.0),), ANGLES, [*ODD, (INF, NAN), (-INF, NAN), (1e-37, 1e-37)], finite),
    Cases("cos", ((-20.0, 20.0),), ANGLES, [(0.0, 1.0), (-0.0, 1.0), (INF, NAN), (-INF, NAN), (NAN, NAN)], finite),
    Cases("tan", ((-20.0, 20.0),), ANGLES, [*ODD, (INF, NAN), (-INF, NAN), (1e-37, 1e-37)], finite),
    Cases(
        "sinpi",
        ((-3.0, 3.0),),
        HALF_TURNS,
        [
            *(*ODD, (INF, NAN), (-INF, NAN), (0.5, 1.0), (-0.5, -1.0), (1.5, -1.0), (2.5, 1.0), (-3.5, 1.0)),
            *((1.0, 0.0), (-1.0, -0.0), (2.0, 0.0), (-2.0, -0.0), (1e30, 0.0), (-1e30, -0.0), (2.0**23 + 1, 0.0)),
        ],
        finite,
    ),
    Cases(
        "cospi",
        ((-3.0, 3.0),),
        HALF_TURNS,
        [
            *((0.0, 1.0), (-0.0, 1.0), (INF, NAN), (-INF, NAN), (NAN, NAN), (1.0, -1.0), (-1.0, -1.0), (2.0, 1.0)),
            *((0.5, 0.0), (-0.5, 0.0), (1.5, 0.0), (-1.5, 0.0), (2.5, 0.0), (1e30, 1.0), (2.0**23 + 1, -1.0)),
        ],
        finite,
    ),
    Cases(
        "deg2rad",
        ((-360.0, 360.0),),
        [90.0, 180.0, 5e-324, 2.0**-1022, LARGEST, 1e-307, 2.0**-126, 2.0**-149, *TINY],
        [*ODD, (INF, INF), (-INF, -INF), (180.0, PI), (-90.0, -PI / 2)],
        finite,
    ),
    Cases(
        "rad2deg",
        ((-7.0, 7.0),),
        [1.0, PI, 5e-324, 2.0**-1022, 3.1375664143845866e306, 3.137566414384587e306, 5.939e36, 5.94e36, *TINY],
        [*ODD, (INF, INF), (-INF, -INF), (1e38, 1e38 * (180 / PI))],
        finite,
    ),
    Cases(
        "arcsin",
        ((-1.0, 1.0),),
        UP_TO_ONE,
        [*ODD, (1.0, PI / 2), (-1.0, -PI / 2), (1.0000001192092896, NAN), (-2.0, NAN), (INF, NAN), (-INF, NAN)],
        _up_to_one,
    ),
    Cases(
        "arccos",
        ((-1.0, 1.0),),
        UP_TO_ONE,
        [
            *((1.0, 0.0), (-1.0, PI), (0.0, PI / 2), (-0.0, PI / 2), (1.0000001192092896, NAN), (-2.0, NAN)),
            *((INF, NAN), (-INF, NAN), (NAN, NAN)),
        ],
        _up_to_one,
    ),
    Cases(
        "arctan",
        ((-5.0, 5.0),),
        [*BRANCHES, *(-x for x in BRANCHES), 0.5, 0.49999999999999994, 1.0, 1e16, 1e17, 1.1e17, 2.0**53, LARGEST, *TINY],
        [*ODD, (INF, PI / 2), (-INF, -PI / 2), (1.0, PI / 4), (-1.0, -PI / 4), (1e30, PI / 2)],
        finite,
    ),
    Cases("arctan2", ((-2.0, 2.0), (-2.0, 2.0)), _RATIOS, _QUADRANTS, _off_axis),
    Cases(
        "sinh",
        ((-90.0, 90.0),),
        [*HYPERBOLIC, *OVERFLOW],
        [*ODD, (INF, INF), (-INF, -INF), (1000.0, INF), (-1e30, -INF), (1e-37, 1e-37)],
    ),
    Cases(
        "cosh",
        ((-90.0, 90.0),),
        [*HYPERBOLIC, *OVERFLOW],
        [(0.0, 1.0), (-0.0, 1.0), (NAN, NAN), (INF, INF), (-INF, INF), (1000.0, INF), (-1e30, INF)],
    ),
    Cases(
        "tanh",
        ((-3.0, 3.0),),
        [*HYPERBOLIC, 9.010913, 9.010914, 9.5, 10.0, 19.061547465398496, 19.0615474653985, 20.0, 22.0],
        [*ODD, (INF, 1.0), (-INF, -1.0), (30.0, 1.0), (-1e30, -1.0), (1e-37, 1e-37)],
    ),
    Cases(
        "arcsinh",
        ((-5.0, 5.0),),
        [
            *(0.3535533905932737, 0.35355339059327384, 0.7071067811865475, 1.0606601717798212, 1.0, 2.0, LARGEST),
            *(1073741824.0, 1073741824.0000002, -1073741825.0, 29018954.0, 6.391891847492497e22, 2.7491530377281646e28),
            *(1.5e-8, 1.4442888356447055e-08, 2.0**500, *TINY),
        ],
        [*ODD, (INF, INF), (-INF, -INF), (1e-37, 1e-37)],
        finite,
    ),
    Cases(
        "arccosh",
        ((1.0, 10.0),),
        [
            *(1 + 2.0**-52, 1 + 2.0**-51, 1 + 2.0**-23, 1 + 2.0**-30, 1.0606601717798212, 1.25, 1.5, 2.0, LARGEST, 1e300),
            *(1073741824.0, 1073741824.0000002, 1073741826.0, 29018954.0, 6.391891847492497e22, 2.7491530377281646e28),
        ],
        [(1.0, 0.0), (INF, INF), (-INF, NAN), (NAN, NAN), (0.0, NAN), (-0.0, NAN), (0.9999999403953552, NAN), (-2.0, NAN)],
        _from_one,
    ),
    Cases(
        "arctanh",
        ((-1.0, 1.0),),
        [
            *(0.17157287525380988, 0.1715728752538099, 0.17, 0.3333333333333333, 0.4776, 0.5, 0.6, 0.75, 1 - 2.0**-24),
            *(1 - 2.0**-53, -1 + 2.0**-53, 0.9999999999, 0.29289321881345254, 0.6464466094067263, *TINY),
        ],
        [*ODD, (1.0, INF), (-1.0, -INF), (1.0000001192092896, NAN), (-2.0, NAN), (INF, NAN), (-INF, NAN), (1e-37, 1e-37)],
        _below_one,
    ),
]
