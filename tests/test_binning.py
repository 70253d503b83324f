"""searchsorted, digitize, histogram and bincount: NumPy's results, in any layout, and NumPy's exceptions in other words."""

import arrays
import numpy as np
import pytest
from backends import NATIVE, REFERENCE
from compare import assert_same
from hypothesis import given
from hypothesis import strategies as st

import corepy as cp
from corepy import errors

NUMBERS = ("float64", "float32", "int64", "int8", "uint64", "uint8", "bool")


@pytest.mark.parametrize("dtype", NUMBERS)
@pytest.mark.parametrize("side", ["left", "right"])
@given(data=st.data())
def test_searchsorted_equals_numpy(dtype, side, data):
    """For any sorted array, NaN and equals included, and any values, NumPy's places; the reference agrees."""
    n, m = data.draw(st.integers(0, 70)), data.draw(st.integers(0, 30))
    a = np.sort(arrays.from_bytes(dtype, data.draw(st.binary(min_size=8 * n, max_size=8 * n))))
    v = arrays.from_bytes(dtype, data.draw(st.binary(min_size=8 * m, max_size=8 * m)))
    v = np.concatenate([v, a])
    expected = np.searchsorted(a, v, side)

    for operators in (*NATIVE.values(), REFERENCE):
        assert_same(expected, operators["searchsorted"](a, v, side))
        assert_same(expected[::-1], operators["searchsorted"](arrays.LAYOUTS["misaligned"](a), v[::-1], side=side))


def test_searchsorted_of_other_kinds():
    """sorter, shapes, scalars and dtypes that differ are taken as in NumPy."""
    a, v = np.array([3, 1, 2, 2]), np.array([[2, 0], [9, 3]])
    order = np.argsort(a)
    assert_same(np.searchsorted(a, v, sorter=order), cp.searchsorted(a, v, sorter=order))
    assert_same(np.searchsorted([1.0, 2.5], 2), cp.searchsorted([1.0, 2.5], 2))
    for b in NUMBERS:
        for c in NUMBERS:
            x, y = np.sort(np.arange(7).astype(b)), np.array([0, 1, 3, 9]).astype(c)
            assert_same(np.searchsorted(x, y), cp.searchsorted(x, y))


@pytest.mark.parametrize("dtype", ["float64", "float32", "int16"])
def test_digitize_equals_numpy(dtype):
    """Ascending and descending bins, open on either side."""
    x = arrays.mixed(dtype, 500).reshape(50, 10)
    for bins in ([0], [-5, 0, 0, 3, 100], [100, 3, 3, -1], [2, 2]):
        for right in (False, True):
            expected = np.digitize(x, np.array(bins, dtype), right)
            for operators in (*NATIVE.values(), REFERENCE):
                for move in arrays.LAYOUTS.values():
                    assert_same(expected, operators["digitize"](move(x), np.array(bins, dtype), right))


def test_bincount_equals_numpy():
    """Counts and sums of weights have NumPy's bits."""
    x = np.random.default_rng(0).integers(0, 40, 3000)
    weights = np.random.default_rng(1).normal(size=3000)
    for operators in (*NATIVE.values(), REFERENCE):
        for n in (0, 1, 30, 3000):
            for dtype in (np.int64, np.uint8, np.int32):
                assert_same(np.bincount(x[:n]), operators["bincount"](x[:n].astype(dtype)))
                # Of nothing, NumPy gives integers whatever the weights are.
                n = max(n, 1)
                assert_same(np.bincount(x[:n], weights[:n], 50), operators["bincount"](x[:n], weights[:n], 50))
        assert_same(np.bincount(x, x), operators["bincount"](x[::-1], x[::-1]))


@pytest.mark.parametrize("dtype", ["float64", "int64", "int8", "uint8"])
def test_histogram_equals_numpy(dtype):
    """Counts, sums of weights and edges, of bins by number, range or edges, are NumPy's."""
    rng = np.random.default_rng(3)
    x = (rng.normal(size=(40, 50)) * 30).astype(dtype)
    weights = rng.integers(0, 9, x.shape)
    for bins in (1, 10, 33, [-50, -1, 0, 0.5, 60], [-10, -10, 5, 5]):
        for keywords in (
            {},
            {"range": (-20, 30)},
            {"weights": weights},
            {"weights": weights * 0.25},
            {"density": True},
        ):
            with np.errstate(all="ignore"):
                expected = np.histogram(x, bins, **keywords)
            for operators in (*NATIVE.values(), REFERENCE):
                found = operators["histogram"](x, bins, **keywords)
                assert np.allclose(expected[0], found[0], rtol=1e-13, equal_nan=True)
                assert expected[0].dtype == found[0].dtype
                assert np.array_equal(expected[1], found[1])


def test_histogram_compares_with_the_edges():
    """A value belongs to the bin whose edges are around it, however the width rounds; NaN and what is beyond are left out."""
    for dtype in ("float64", "float32"):
        edges = cp.histogram(np.zeros(1, dtype), 37, range=(0.1, 0.7))[1]
        x = np.concatenate([edges, np.nextafter(edges, -1), np.nextafter(edges, 1)]).astype(dtype)
        x = np.concatenate([x, np.array([np.nan, np.inf, -np.inf, 5], dtype)])
        for operators in (*NATIVE.values(), REFERENCE):
            uniform = operators["histogram"](x, 37, range=(0.1, 0.7))
            assert_same(edges, uniform[1])
            assert_same(uniform, operators["histogram"](x, edges))
            inside = x[(x >= edges[0]) & (x <= edges[-1])]
            assert uniform[0].sum() == inside.size
    assert cp.histogram([])[0].tolist() == [0] * 10
    assert np.array_equal(np.histogram([5.0, 5.0])[1], cp.histogram([5.0, 5.0])[1])


REFUSED = {
    "a of two dimensions": (lambda: cp.searchsorted([[1]], 1), errors.ShapeError, "searchsorted: a has 2 dimensions"),
    "side": (lambda: cp.searchsorted([1], 1, "middle"), ValueError, "side is 'middle'; it must be 'left' or 'right'"),
    "sides": (lambda: cp.searchsorted([1.0], [1.0], np.array([1, 2])), ValueError, "it must be 'left' or 'right'"),
    "sorter": (lambda: cp.searchsorted([1], 1, sorter=[3]), ValueError, "sorter must hold the indices"),
    "sorter dtype": (lambda: cp.searchsorted([1], 1, sorter=[0.0]), errors.DTypeError, "sorter has dtype float64"),
    "v dtype": (lambda: cp.searchsorted([1], 1j), errors.DTypeError, "searchsorted: v has dtype complex128"),
    "bins' order": (lambda: cp.digitize([1], [1, 3, 2]), ValueError, "digitize: bins must ascend or descend"),
    "bins' shape": (lambda: cp.digitize([1], [[1]]), errors.ShapeError, "digitize: bins has 2 dimensions"),
    "negative": (lambda: cp.bincount([1, -2]), ValueError, "bincount: x holds -2"),
    "no integers": (
        lambda: cp.bincount([1.0]),
        errors.DTypeError,
        "bincount: x has dtype float64; it must hold integers",
    ),
    "largest label": (lambda: cp.bincount([2**63 - 1, 3]), ValueError, "9223372036854775808 counts are asked for"),
    "label of uint64": (lambda: cp.bincount(np.array([2**63], np.uint64)), ValueError, "holds 9223372036854775808; no"),
    "minlength": (lambda: cp.bincount([1], minlength=-1), ValueError, "minlength is -1"),
    "weights": (lambda: cp.bincount([1], [1.0, 2.0]), errors.ShapeError, r"weights has shape \(2,\)"),
    "no bins": (lambda: cp.histogram([1.0], 0), ValueError, "bins is 0; it must be positive"),
    "half a bin": (lambda: cp.histogram([1.0], 1.5), errors.DTypeError, "bins is 1.5; it must be an integer or edges"),
    "edges": (lambda: cp.histogram([1.0], [3, 2]), ValueError, "histogram: bins must ascend"),
    "one edge": (lambda: cp.histogram([1.0], [3]), errors.ShapeError, "at least two edges"),
    "range": (lambda: cp.histogram([1.0], range=(2, 1)), ValueError, "range is .*must be finite and ascend"),
    "no range": (lambda: cp.histogram([1.0], range="ab"), errors.DTypeError, "range is 'ab'; it must be a pair"),
    "inf": (lambda: cp.histogram([1.0, np.inf]), ValueError, "x reaches from 1.0 to inf; name a finite range"),
    "one place": (lambda: cp.histogram([2**60, 2**60]), ValueError, "bins is 10; .* too many to differ"),
    "overflow": (lambda: cp.histogram([-1.7e308, 1.7e308]), ValueError, "too many to differ"),
    "weights' shape": (lambda: cp.histogram([1.0], weights=[1, 2]), errors.ShapeError, "weights has shape"),
}


@pytest.mark.parametrize("label", REFUSED)
def test_refused_with_words(label):
    """A call that cannot work is an exception that names the argument and what it may be."""
    call, error, words = REFUSED[label]
    with pytest.raises(error, match=words):
        call()
