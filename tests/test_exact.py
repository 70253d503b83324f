"""exact_sum and ExactSum: math.fsum and exact fractions, whatever the order, the split and the merging."""

import copy
import math
import pickle
from fractions import Fraction

import arrays
import numpy as np
import pytest
from backends import NATIVE, REFERENCE
from compare import assert_same
from hypothesis import given
from hypothesis import strategies as st

import corepy as cp
from corepy import errors


def _finite(x):
    return x[np.isfinite(x)]


@given(data=st.data())
def test_equals_fsum(data):
    """For any finite float64, in any order, the value of math.fsum, and that of the reference."""
    n = data.draw(st.integers(0, 150))
    x = _finite(arrays.from_bytes(np.float64, data.draw(st.binary(min_size=8 * n, max_size=8 * n))))
    x = np.concatenate([x, -x[::2], x[:3]])
    total = sum(map(Fraction, x.tolist()), Fraction(0))
    try:
        expected = math.fsum(x.tolist())
    except OverflowError:
        # Of the sum, or of one on the way. Python divides whole numbers with one rounding.
        limit = Fraction(2) ** 1024 - Fraction(2) ** 970
        expected = float(total) if abs(total) < limit else math.inf if total > 0 else -math.inf
    for operators in (*NATIVE.values(), REFERENCE):
        for given_x in (x, x[::-1], np.sort(x)):
            assert_same(np.float64(expected) + 0.0, operators["exact_sum"](given_x))


@given(data=st.data())
def test_float32_is_rounded_once(data):
    """A float32 result is the exact sum rounded to float32, not by way of float64."""
    n = data.draw(st.integers(1, 60))
    x = _finite(arrays.from_bytes(np.float32, data.draw(st.binary(min_size=8 * n, max_size=8 * n))))
    total = sum(map(Fraction, x.tolist()), Fraction(0))
    for operators in (*NATIVE.values(), REFERENCE):
        found = operators["exact_sum"](x)
        assert found.dtype == np.float32
        if np.isinf(found):
            assert abs(total) >= Fraction(2) ** 128 - Fraction(2) ** 103
        else:
            with np.errstate(all="ignore"):
                beside = [np.nextafter(found, np.float32(s)) for s in (-np.inf, np.inf)]
            error = abs(Fraction(float(found)) - total)
            assert all(error <= abs(Fraction(float(b)) - total) for b in beside if np.isfinite(b))


def test_ties_go_to_even():
    """An exact sum halfway between two floats is rounded to the even one; a bit beyond it decides."""
    half = 2.0**-53
    for x, expected in (
        ([1.0, half], 1.0),
        ([1.0, half, 5e-324], 1.0 + 2 * half),
        ([1.0, half, -5e-324], 1.0),
        ([1.0 + 2 * half, half], 1.0 + 4 * half),
        ([-1.0, -half], -1.0),
        ([1.7976931348623157e308, 2.0**969], 1.7976931348623157e308),
        ([1.7976931348623157e308, 2.0**970], math.inf),
        ([1.7976931348623157e308, 2.0**970, -5e-324], 1.7976931348623157e308),
        ([1.7976931348623157e308] * 4 + [-1.7976931348623157e308] * 3, 1.7976931348623157e308),
        ([5e-324] * 3, 1.5e-323),
        ([-0.0, -0.0], 0.0),
    ):
        for operators in (*NATIVE.values(), REFERENCE):
            assert_same(np.float64(expected), operators["exact_sum"](x), str(x))
    tie = np.array([1.0, 2.0**-24, 2.0**-60], np.float32)
    assert cp.exact_sum(tie) == np.float32(1 + 2.0**-23)


def test_special_values():
    """NaN and infinities come out as of any sum."""
    for x, expected in (
        ([np.nan, 1.0], np.nan),
        ([np.inf, 1e30], np.inf),
        ([-np.inf, 1e30, 1e30], -np.inf),
        ([np.inf, -np.inf], np.nan),
    ):
        for operators in (*NATIVE.values(), REFERENCE):
            assert_same(np.float64(expected), operators["exact_sum"](x))
            with np.errstate(all="ignore"):
                single = np.array(x, np.float32)
            assert_same(np.float32(expected), operators["exact_sum"](single))


@pytest.mark.filterwarnings("ignore:overflow:RuntimeWarning")
def test_state_can_be_split_and_merged():
    """However the elements are split, added and merged, the value is that of the whole."""
    rng = np.random.default_rng(9)
    x = rng.normal(size=3000) * 10.0 ** rng.integers(-300, 300, 3000)
    x = np.concatenate([x, -x[::-2], [1.0]])
    expected = math.fsum(x.tolist())
    for pieces in (1, 2, 7, 100):
        parts = [cp.ExactSum(part) for part in np.array_split(rng.permutation(x), pieces)]
        total = cp.ExactSum()
        for part in parts[::-1]:
            before = part.value()
            total.merge(part)
            assert before == part.value()
        assert expected == total.value() == cp.exact_sum(x)
    again = pickle.loads(pickle.dumps(total))
    again.add(1.0)
    assert total.value() == copy.deepcopy(total).value() == expected
    again.merge(again)
    assert again.value() == math.fsum([*x.tolist(), 1.0, *x.tolist(), 1.0])
    one_by_one = cp.ExactSum()
    for value in x[:200]:
        one_by_one.add(value)
    assert one_by_one.value() == math.fsum(x[:200].tolist())


def test_many_elements_carry():
    """Sums whose limbs overflow 32 bits many times keep every bit."""
    x = np.full(200_000, 1.7976931348623157e308 / 2**20)
    assert cp.exact_sum(x) == math.fsum(x.tolist())
    x = np.full(200_000, -5e-324)
    assert cp.exact_sum(x) == -5e-324 * 200_000


def test_refused_with_words():
    """What an ExactSum cannot hold exactly is an exception."""
    total = cp.ExactSum([1, 2, 3])
    assert total.value() == 6.0
    with pytest.raises(OverflowError, match=r"corepy\.ExactSum: x holds integers beyond 2\*\*53"):
        total.add([2**60 + 1])
    with pytest.raises(errors.DTypeError, match=r"corepy\.ExactSum: x has dtype complex128"):
        total.add(1j)
    with pytest.raises(TypeError, match=r"corepy\.ExactSum: other is a float; it must be an ExactSum"):
        total.merge(1.0)
    assert total.value() == 6.0
