"""What gamma and lgamma promise beyond a bound in ulp: exact factorials, and nearness to lgamma's roots below zero."""

import math

import numpy as np
from backends import NATIVE
from compare import assert_same
from oracle import MP
from ulps import exact, half_ulp


def test_gamma_of_integers():
    """gamma(n + 1) is n!, exactly as long as float64 holds it."""
    n = np.arange(23.0)
    factorials = np.array([math.factorial(int(i)) for i in n], float)

    for operators in NATIVE.values():
        assert_same(factorials, operators["gamma"](n + 1))


def _negative_roots():
    """Next to each root of lgamma below -2 that float64 can tell from a pole, and further off."""
    points = [-2.457024738220801, -2.7476826467274127, -3.1435808883499798, -3.955294284858598, -4.039361839740537]
    points += [-4.991544640560048, -5.008218168440759, -6.998, -7.0001, -9.0000025, -12.5, -30.3]
    x = np.array([p + s * 2.0**-e for p in points for e in range(2, 52) for s in (-1, 1)])
    return x[x != np.floor(x)]


def test_lgamma_of_negative_numbers():
    """Below zero, lgamma is within 0.6 ulp and 2**-56 of mpmath's value: a bound near its roots, where it is tiny, too."""
    x = _negative_roots()
    truths = [MP.re(MP.loggamma(MP.mpf(v))) for v in x.tolist()]

    for level, operators in NATIVE.items():
        for v, truth, y in zip(x, truths, operators["lgamma"](x), strict=True):
            allowed = exact(0.6) * 2 * half_ulp(truth, np.float64) + exact(2.0**-56)
            assert abs(exact(y) - exact(truth)) <= allowed, f"lgamma({v!r}) at {level}"
