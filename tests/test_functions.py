"""Elementwise functions that round: against mpmath within their bounds, and at special values, from cases_*.py."""

import numpy as np
import pytest
from backends import NATIVE, UFUNCS
from compare import assert_same
from functions import TABLE, points
from oracle import MP, ROWS
from ulps import exact, half_ulp, ulp_error

FUNCTIONS = [name for name in UFUNCS if ROWS[name].ulp]
LOOPS = [(name, dtype) for name in FUNCTIONS for dtype in ROWS[name].ulp]


@pytest.mark.parametrize(("name", "dtype"), LOOPS)
def test_function_is_within_its_bound(name, dtype):
    """A function is as near to mpmath's value as its row says, over its range, at its ends and at hard cases."""
    args = points(TABLE[name], dtype)
    row = ROWS[name]
    normal, subnormal = row.ulp[dtype]
    truths = [row.truth(*(MP.mpf(float(v)) for v in values)) for values in zip(*args, strict=True)]
    limits = [subnormal if abs(t) < np.finfo(dtype).smallest_normal else normal for t in truths]
    # how many ulp of a small truth the absolute bound allows
    limits = [
        max(limit, float(exact(row.absolute) / (2 * half_ulp(t, dtype)))) if row.absolute else limit
        for limit, t in zip(limits, truths, strict=True)
    ]

    for level, operators in NATIVE.items():
        y = operators[name](*args)
        errors = [ulp_error(t, v) for t, v in zip(truths, y, strict=True)]
        worst = max(range(y.size), key=lambda i: errors[i] - limits[i])
        at = ", ".join(float(x[worst]).hex() for x in args)
        assert errors[worst] <= limits[worst], f"{name}({at}) at {level}: {errors[worst]} ulp"


@pytest.mark.parametrize(("name", "dtype"), LOOPS)
def test_function_of_special_values(name, dtype):
    """A function of zeros, infinities, NaN and values beyond its domain gives the values of its documentation."""
    *args, expected = np.array(TABLE[name].special, dtype).T

    for level, operators in NATIVE.items():
        assert_same(expected, operators[name](*args), f"{name}, {level}")


def test_every_function_has_cases():
    """A function that is added needs its own row in a table of cases."""
    assert sorted(FUNCTIONS) == sorted(TABLE)
