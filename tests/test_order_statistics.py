"""median, quantile, percentile and their nan forms: NumPy's values, whatever the order, equals and NaN of the elements."""

import warnings

import arrays
import numpy as np
import pytest
from backends import NATIVE, REFERENCE
from compare import assert_same
from hypothesis import given
from hypothesis import strategies as st

import corepy as cp
from corepy import errors
from corepy.order_statistics import METHODS

FLOATS = ("float32", "float64")
LENGTHS = (1, 2, 3, 40, 41, 42, 43, 100, 401, 402, 1000, 3001)


def _orders(n):
    """Orders of n elements that have made selections slow or wrong."""
    rng = np.random.default_rng(n)
    yield "random", rng.normal(size=n)
    yield "ascending", np.arange(n) * 1.0
    yield "descending", -np.arange(n) * 1.0
    yield "equal", np.full(n, 3.0)
    yield "two values", rng.integers(0, 2, n) * 1.0
    yield "few values", rng.integers(0, 9, n) * 1.0
    yield "organ pipe", np.minimum(np.arange(n), np.arange(n)[::-1]) * 1.0
    yield "saw", np.arange(n) % 17 * 1.0
    yield "infinities", np.where(rng.random(n) < 0.3, np.inf, -rng.random(n))


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("n", LENGTHS)
def test_selection_of_any_order(n, dtype):
    """The median and every quantile of any order are the elements of the sorted slice."""
    for label, x in _orders(n):
        x = x.astype(dtype)
        ordered = np.sort(x)
        low, high = ordered[(n - 1) // 2], ordered[n // 2]
        median = np.dtype(dtype).type(low if low == high else (np.float64(low) + np.float64(high)) / 2)
        ranks = np.unique(np.linspace(0, n - 1, 7).astype(int))
        q = ranks / max(n - 1, 1)
        for operators in NATIVE.values():
            assert_same(median + dtype_zero(dtype), operators["median"](x), f"{label}, {n}")
            assert_same(
                operators["median"](x), operators["nanmedian"](np.concatenate([[np.nan], x, [np.nan]]).astype(dtype))
            )
            assert_same(
                ordered[ranks] + dtype_zero(dtype), operators["quantile"](x, q, method="nearest"), f"{label}, {n}"
            )


def dtype_zero(dtype):
    """Added to a zero of either sign, 0.0."""
    return np.dtype(dtype).type(0)


@pytest.mark.parametrize("name", ["median", "nanmedian"])
@given(data=st.data())
def test_median_equals_reference(name, data):
    """Any values: native and reference agree, and a NaN decides for median alone."""
    dtype = data.draw(st.sampled_from(FLOATS))
    n = data.draw(st.integers(0, 120))
    x = arrays.from_bytes(dtype, data.draw(st.binary(min_size=8 * n, max_size=8 * n)))
    expected = REFERENCE[name](x)
    for operators in NATIVE.values():
        assert_same(expected, operators[name](x))
        assert_same(expected, operators[name](arrays.LAYOUTS["reversed"](x)))
    if name == "median" and np.any(x != x):
        assert expected != expected


@pytest.mark.parametrize("method", METHODS)
def test_methods_are_those_of_numpy(method):
    """Every method gives NumPy's quantiles, for all lengths and along all axes."""
    rng = np.random.default_rng(8)
    q = np.array([[0.0, 0.1, 0.25], [1 / 3, 0.5, 1.0]])
    for n in (1, 2, 3, 4, 5, 8, 10, 20, 41, 60):
        x = rng.normal(size=n)
        for operators in (*NATIVE.values(), REFERENCE):
            assert np.allclose(np.quantile(x, q, method=method), operators["quantile"](x, q, method=method), rtol=1e-13)
    x = rng.normal(size=(6, 50, 4))
    x[rng.random(x.shape) < 0.2] = np.nan
    x[0, :, 0] = np.nan
    x[1:3] = 1.0
    for axis in (0, 1, 2, (0, 1), (2, 0), None):
        for keepdims in (False, True):
            keywords = {"axis": axis, "method": method, "keepdims": keepdims}
            with warnings.catch_warnings(action="ignore"):
                expected = np.nanpercentile(x, [3, 50, 97], **keywords)
            strict = np.quantile(x, 0.4, **keywords)
            for operators in NATIVE.values():
                found = operators["nanpercentile"](x, [3, 50, 97], **keywords)
                assert np.allclose(expected, found, equal_nan=True, rtol=1e-13, atol=1e-14)
                assert_same(found, operators["nanquantile"](x, np.array([3, 50, 97]) / 100, **keywords))
                assert np.allclose(strict, operators["quantile"](x, 0.4, **keywords), equal_nan=True, rtol=1e-13)


@pytest.mark.parametrize("name", ["quantile", "nanquantile"])
@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "uint8", "bool"])
def test_any_layout_gives_the_bits_of_each_slice(name, dtype):
    """Along any axis of any layout, the bits of each slice alone; the reference agrees."""
    x = arrays.mixed(dtype, 7 * 45 * 3).reshape(7, 45, 3)
    q = [0.5, 0.05, 0.8]
    for axis in (0, 1, 2):
        rows = np.moveaxis(x, axis, -1)
        for operators in NATIVE.values():
            alone = np.array([operators[name](rows[i].copy(), q) for i in np.ndindex(rows.shape[:-1])])
            expected = np.moveaxis(alone.reshape(*rows.shape[:-1], 3), -1, 0)
            for move in arrays.LAYOUTS.values():
                assert_same(expected, operators[name](move(x), q, axis=axis))
        assert_same(expected, REFERENCE[name](x, q, axis=axis))


def test_slices_without_numbers():
    """Empty and all-NaN slices are NaN without a warning; of equal infinities the quantile is that infinity."""
    nan = np.nan
    for operators in NATIVE.values():
        for name in ("quantile", "nanquantile"):
            assert np.isnan(operators[name]([], 0.5))
            assert operators[name](np.ones((0, 2)), [0.1, 0.2], axis=0).shape == (2, 2)
            assert operators[name](np.ones((2, 0)), 0.5, axis=0).shape == (0,)
            assert operators[name]([np.inf, np.inf, 1.0], 0.9) == np.inf
        assert np.isnan(operators["quantile"]([1.0, nan], 0.5))
        assert operators["nanquantile"]([1.0, nan], 0.5) == 1.0
        assert np.isnan(operators["nanmedian"]([nan, nan]))
    assert cp.median([1.7e308, 1.7e308]) == 1.7e308
    assert cp.median([1.6e308, 1.7e308]) == pytest.approx(1.65e308)


def test_out():
    """out= gets the result and is returned."""
    out = np.zeros((2, 3))
    assert out is cp.quantile(np.arange(12.0).reshape(4, 3), [0.0, 1.0], axis=0, out=out)
    assert out.tolist() == [[0, 1, 2], [9, 10, 11]]


REFUSED = {
    "q": (lambda: cp.quantile([1.0], 1.5), ValueError, "quantile: q holds a number that is not from 0 to 1"),
    "percentile": (lambda: cp.percentile([1.0], [50, 101]), ValueError, "percentile: q holds .*from 0 to 100"),
    "q nan": (lambda: cp.nanquantile([1.0], np.nan), ValueError, "nanquantile: q holds"),
    "q dtype": (lambda: cp.quantile([1.0], "a"), errors.DTypeError, "quantile: q has dtype"),
    "q bool": (lambda: cp.quantile([1.0], True), errors.DTypeError, "q has dtype bool"),
    "method": (
        lambda: cp.quantile([1.0], 0.5, method="best"),
        ValueError,
        "method is 'best'; it must be one of inverted_cdf",
    ),
    "axis": (lambda: cp.quantile([1.0], 0.5, axis=3), errors.AxisError, "quantile: axis 3 is out of bounds"),
}


@pytest.mark.parametrize("label", REFUSED)
def test_refused_with_words(label):
    """A call that cannot work is an exception that names the argument and what it may be."""
    call, error, words = REFUSED[label]
    with pytest.raises(error, match=words):
        call()
