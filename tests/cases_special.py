"""Cases of the error function and its complement, gamma and its logarithm."""

import numpy as np
from functions import Cases, everywhere

NAN, INF = np.nan, np.inf

# The ends of the range, where the method changes, where results turn subnormal, roots, poles and their neighbors.
HARD = {
    "erf": [
        *(0.6, 0.5999999999999999, 5.9, 5.92, 6.0, 27.3, 1e-290, 1e-291, 5e-324, 2.0**-1022, 2.0**-28, -(2.0**-28)),
        *(0.005, 0.47693627620446987, -0.47693627620446987, 0.3, 1.0, 2.0, 3.9, 4.0),
    ],
    "erfc": [
        *(0.6, 0.5999999999999999, -0.6, 26.543, 26.544, 27.22, 27.226, 27.23, 27.3, 28.0, -5.8, -5.9, -6.0, 10.05),
        *(2.0**-54, -(2.0**-54), 2.0**-25, 9.19, 10.0, 15.0, 20.0, 25.0),
    ],
    "gamma": [
        *(170.0, 171.0, 171.6, 171.62, 171.63, -170.5, -171.5, -177.5, -178.5, -182.5, -184.5, 35.04, 35.05, -38.5),
        *(0.9999999999999999, 1.0000000000000002, 1.4616321449683622, 2.5, 1e-18, -1e-18, 1e-17, 1e-300, 5.6e-309),
        *(-0.9999999999999999, -1.0000000000000002, -1.9999999999999998, -20.000000000000004, -0.5, -1.5, 22.0, 23.0),
    ],
    "lgamma": [
        *(0.9999999999999999, 1.0000000000000002, 1.9999999999999998, 2.0000000000000004, 2.4999999999999996, 2.5, 1.5),
        *(0.5, 1e-300, 5e-324, 2.0**-60, 3.0, 100.0, 1e15, 2.0**53, 1e20, 1e100, 1.1e100, 1e200, 2.5e305, 1e306),
        *(1.4616321449683622, 1.0 + 2.0**-26, 2.0 - 2.0**-26, 7.999999999999999, 12.0),
    ],
}
# Where results are neither 0 nor inf: half of all points are drawn from there.
RANGE = {"erf": (-6.0, 6.0), "erfc": (-6.0, 27.3), "gamma": (-184.0, 172.0), "lgamma": (0.0, 10.0)}
# Where the truth has a value and the error a bound that is relative to it.
DOMAIN = {
    "gamma": lambda x: (np.abs(x) < 200.0) & ((x > 0) | (x != np.floor(x))) & (np.abs(x) > 1e-307),
    "lgamma": lambda x: (x > 0) & (x.astype(np.float64) < 1e307),
}
SPECIAL = [
    ("erf", [(0.0, 0.0), (-0.0, -0.0), (INF, 1.0), (-INF, -1.0), (NAN, NAN), (1e30, 1.0), (-1e30, -1.0), (7.0, 1.0)]),
    ("erfc", [(0.0, 1.0), (-0.0, 1.0), (INF, 0.0), (-INF, 2.0), (NAN, NAN), (1e30, 0.0), (-1e30, 2.0), (28.0, 0.0)]),
    (
        "gamma",
        [
            *((0.0, INF), (-0.0, -INF), (INF, INF), (-INF, NAN), (NAN, NAN), (-1.0, NAN), (-2.0, NAN), (-1e30, NAN)),
            *(
                (1.0, 1.0),
                (2.0, 1.0),
                (3.0, 2.0),
                (4.0, 6.0),
                (5.0, 24.0),
                (11.0, 3628800.0),
                (1e30, INF),
                (200.0, INF),
            ),
            *((-200.5, -0.0), (-201.5, 0.0), (-1000.5, -0.0), (-999.5, 0.0)),
        ],
    ),
    (
        "lgamma",
        [
            *((0.0, INF), (-0.0, INF), (INF, INF), (-INF, INF), (NAN, NAN), (1.0, 0.0), (2.0, 0.0), (-1.0, INF)),
            *((-2.0, INF), (-1e30, INF)),
        ],
    ),
]

CASES = [Cases(name, (RANGE[name],), HARD[name], special, DOMAIN.get(name, everywhere)) for name, special in SPECIAL]
