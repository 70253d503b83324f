"""Reductions that leave NaN out: against the plain reduction of what remains, exact arithmetic, NumPy and bottleneck."""

from contextlib import nullcontext
from fractions import Fraction

import arrays
import numpy as np
import pytest
from backends import NATIVE, REFERENCE
from compare import assert_same
from hypothesis import given
from hypothesis import strategies as st
from oracle import ROWS
from ulps import exact, half_ulp

import corepy as cp

FLOATS = ("float32", "float64")
BOUNDED = ("nansum", "nanmean", "nanvar", "nanstd")
PLAIN = ("sum", "prod", "mean", "var", "std", "min", "max", "argmin", "argmax")


def _with_nans(x, share, seed=0):
    x = x.copy()
    x[np.random.default_rng(seed).random(x.shape) < share] = np.nan
    return x


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("n", [1, 31, 33, 100, 1500])
@pytest.mark.parametrize("name", PLAIN)
def test_without_nan_the_bits_are_the_plain_ones(name, n, dtype):
    """A slice without NaN gives the plain reduction's bits, flat and along either axis."""
    x = np.random.default_rng(n).normal(size=(n, 3)).astype(dtype)
    for operators in NATIVE.values():
        plain, leaving = operators[name], operators[f"nan{name}"]
        assert_same(plain(x[:, 0]), leaving(x[:, 0]))
        for axis in (0, 1, None):
            assert_same(plain(x, axis=axis), leaving(x, axis=axis), f"{name}, {axis}")


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize(("name", "neutral"), [("sum", 0.0), ("prod", 1.0)])
def test_nan_counts_as_the_neutral_element(name, neutral, dtype):
    """nansum and nanprod have the bits of the plain fold over 0 or 1 in place of NaN."""
    for n in (1, 32, 33, 130, 1025):
        x = _with_nans(np.random.default_rng(n).normal(size=n).astype(dtype), 0.3)
        for operators in NATIVE.values():
            expected = operators[name](np.where(x == x, x, np.dtype(dtype).type(neutral)))
            assert_same(expected, operators[f"nan{name}"](x))
            assert_same(np.full(3, expected), operators[f"nan{name}"](np.repeat(x[:, None], 3, axis=1), axis=0))


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", BOUNDED)
def test_ill_conditioned_data_against_fractions(name, dtype):
    """Data of mean 1e9 and spread 1, with NaN, are within the bound of the method, in exact arithmetic."""
    rng = np.random.default_rng(3)
    for x in (1e9 + rng.normal(size=700), rng.normal(size=700) * 10.0 ** rng.integers(-9, 9, 700)):
        x = _with_nans(x.astype(dtype), 0.2)
        truth = ROWS[name].truth(x)
        # NaN keep their place in the lanes: the depth is that of the whole slice.
        allowed = 2 * exact(ROWS[name].error(x, truth)) + 2 * half_ulp(truth, dtype)

        for operators in NATIVE.values():
            assert abs(Fraction(float(operators[name](x))) - exact(truth)) <= allowed


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", [f"nan{name}" for name in PLAIN] + ["count", "anynan", "allnan"])
@given(data=st.data())
def test_equals_reference_with_any_nans(name, dtype, data):
    """With NaN anywhere, alone, in whole rows and in whole columns, native and reference agree in value or exception."""
    shape = data.draw(st.sampled_from([(33,), (70,), (5, 9), (40, 3), (3, 40)]))
    size = int(np.prod(shape))
    x = arrays.from_bytes(dtype, data.draw(st.binary(min_size=8 * size, max_size=8 * size))).reshape(shape)
    x = _with_nans(x, data.draw(st.sampled_from([0.0, 0.3, 0.9, 1.0])))
    x[..., data.draw(st.integers(0, shape[-1] - 1))] = np.nan
    axis = data.draw(st.sampled_from([None, 0, -1]))

    def outcome(operator):
        try:
            return operator(x, axis=axis)
        except ValueError as error:
            return str(error)

    expected = outcome(REFERENCE[name])
    for operators in NATIVE.values():
        actual = outcome(operators[name])
        if isinstance(expected, str):
            assert expected == actual
        else:
            assert_same(expected, actual)


@pytest.mark.parametrize("dtype", FLOATS)
def test_one_number_among_nan_is_found_wherever_it_stands(dtype):
    """A single number, or a single NaN, decides at the head, at the tail and around each boundary of SIMD registers."""
    number, nan = np.dtype(dtype).type(3), np.dtype(dtype).type(np.nan)
    for n in (1, 2, 31, 33, 65, 100):
        for x in arrays.placed(number, nan, n):
            place = int(np.flatnonzero(x == x)[0])
            for operators in NATIVE.values():
                found = [operators[f](x) for f in ("nansum", "nanmin", "nanmax", "nanmean", "nanprod")]
                assert found == [3.0] * 5
                assert operators["nanargmin"](x) == operators["nanargmax"](x) == place
                assert (operators["count"](x), operators["nanvar"](x)) == (1, 0.0)
                assert not operators["allnan"](x)
        for x in arrays.placed(nan, number, n):
            for operators in NATIVE.values():
                assert operators["anynan"](x)
                assert operators["count"](x) == n - 1


def test_nan_test_reads_over_blocks():
    """anynan and allnan look at all blocks of a long slice."""
    for n in (255, 256, 257, 900):
        for operators in NATIVE.values():
            for at in (0, 255 if n > 255 else 1, n - 1):
                x = np.ones(n)
                assert not operators["anynan"](x)
                x[at] = np.nan
                assert operators["anynan"](x)
                x = np.full(n, np.nan)
                assert operators["allnan"](x)
                x[at] = np.inf
                assert not operators["allnan"](x)


@pytest.mark.parametrize("dtype", FLOATS)
def test_slices_of_nothing_but_nan(dtype):
    """All-NaN slices give what the documentation says, without a warning; positions are a ValueError."""
    x = np.full((4, 3), np.nan, dtype)
    x[:, 1] = 1
    nan = np.nan
    expected = {
        "nansum": [0, 4, 0], "nanprod": [1, 1, 1], "nanmean": [nan, 1, nan], "nanvar": [nan, 0, nan],
        "nanstd": [nan, 0, nan], "nanmin": [nan, 1, nan], "nanmax": [nan, 1, nan],
    }  # fmt: skip
    for operators in NATIVE.values():
        for name, values in expected.items():
            assert_same(np.array(values, dtype), operators[name](x, axis=0), name)
            assert_same(np.dtype(dtype).type(values[0]), operators[name](x[:, 0].copy()), name)
        for name in ("nanargmin", "nanargmax"):
            for call in ((x, 0), (x[:, 0].copy(), None), (x[:1, :1], 1)):
                with pytest.raises(ValueError, match=rf"corepy\.{name}: All-NaN slice"):
                    operators[name](*call)
            assert operators[name](x, 1).tolist() == [1] * 4


def test_infinities_are_numbers():
    """inf among NaN is an extreme and a place like any other."""
    x = np.array([np.nan, np.inf, np.nan, np.inf])
    for operators in NATIVE.values():
        for values in (x, np.resize(x, 100)):
            assert operators["nanmin"](values) == operators["nanmax"](values) == np.inf
            assert operators["nanargmin"](values) == operators["nanargmax"](values) == 1
            assert operators["nanmin"](-values) == -np.inf
        assert operators["nanargmin"](x[:, None], axis=0).tolist() == [1]
        assert np.isnan(operators["nanvar"](x))


@pytest.mark.parametrize("name", ["nanvar", "nanstd"])
@pytest.mark.parametrize("ddof", [1, 2, 3, 0.5, -1])
def test_ddof_is_subtracted_from_the_count(name, ddof):
    """ddof, under either name, reduces the number of numbers; where none is left the result is NaN, as in NumPy."""
    x = np.array([[1.0, np.nan], [2.0, 5.0], [np.nan, np.nan], [4.0, 7.0]])
    with np.errstate(all="ignore"), pytest.warns(RuntimeWarning) if ddof >= 2 else nullcontext():
        expected = getattr(np, name)(x, axis=0, ddof=ddof)
    for operators in NATIVE.values():
        assert np.allclose(expected, operators[name](x, axis=0, ddof=ddof), equal_nan=True, rtol=1e-15)
        assert_same(operators[name](x, axis=0, ddof=ddof), operators[name](x, axis=0, correction=ddof))
        assert_same(operators[name](x, axis=0, ddof=ddof)[0], operators[name](x[:, 0].copy(), ddof=ddof))
    with pytest.raises(cp.errors.DTypeError, match=rf"corepy\.{name}: ddof is 'a'"):
        getattr(cp, name)(x, ddof="a")


def test_bottleneck_users_find_the_same():
    """bottleneck's functions of these names give the same values, on its own signature."""
    bn = pytest.importorskip("bottleneck")
    x = _with_nans(np.random.default_rng(1).normal(size=(40, 30)), 0.3)
    for name in (
        "nansum",
        "nanmean",
        "nanstd",
        "nanvar",
        "nanmin",
        "nanmax",
        "nanargmin",
        "nanargmax",
        "anynan",
        "allnan",
    ):
        for axis in (None, 0, 1):
            assert np.allclose(getattr(bn, name)(x, axis), getattr(cp, name)(x, axis), rtol=1e-13), name
