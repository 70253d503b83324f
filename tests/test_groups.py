"""Reductions by group: against each group alone, exact arithmetic, the reference, and numbagg and pandas where installed."""

import itertools
from fractions import Fraction

import arrays
import numpy as np
import pytest
from backends import NATIVE, REFERENCE
from compare import assert_same
from hypothesis import given
from hypothesis import strategies as st
from oracle import ROWS, UNIT

import corepy as cp
from corepy import errors
from corepy.backend.dispatch import OPERATORS

GROUPS = [name for name, o in OPERATORS.items() if o.family == "groups"]
FLOATS = ("float32", "float64")
PLACES = ("group_nanargmin", "group_nanargmax")


def _labels(n, groups, seed=0):
    """Labels with every group at least once, if there is room, and some of no group."""
    labels = np.random.default_rng(seed).integers(-1, groups, n)
    labels[:groups] = np.arange(groups)[:n]
    return labels


def _values(dtype, shape, seed=0):
    x = arrays.mixed(dtype, int(np.prod(shape)), seed).reshape(shape)
    return np.where(np.abs(x) < 1e6, x, x.dtype.type(np.nan)) if x.dtype.kind == "f" else x


def _expected_place(name, x, labels, groups):
    found = []
    for g in range(groups):
        members = np.flatnonzero((labels == g) & (x == x))
        function = np.argmin if name.endswith("min") else np.argmax
        found.append(members[function(x[members])] if members.size else -1)
    return found


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "int8", "uint64", "bool"])
@pytest.mark.parametrize("name", GROUPS)
def test_each_group_alone(name, dtype):
    """Each group has NumPy's result for its elements."""
    # blocks of 256, of which those without NaN are looked at in another way
    for n, groups, missing in itertools.product((1, 5, 100, 255, 256, 257, 1000), (1, 4, 50), (True, False)):
        x, labels = _values(dtype, (n,)), _labels(n, min(groups, n))
        if not missing:
            x[x != x] = 1
        k = min(groups, n)
        for operators in NATIVE.values():
            found = operators[name](x, labels)
            with np.errstate(all="ignore"):
                wide = x.astype(np.float64) if dtype == "float32" else x
                if name == "group_nansum_of_squares" and wide.dtype.kind in "iub":
                    wide = wide.astype(np.uint64 if wide.dtype.kind == "u" else np.int64)
                expected = np.array(ROWS[name].truth(wide, labels, k))
            if name in PLACES:
                assert found.tolist() == _expected_place(name, x, labels, k)
            elif found.dtype.kind == "f":
                assert np.allclose(expected, found, rtol=1e-4 if dtype == "float32" else 1e-9, equal_nan=True)
            else:
                assert np.array_equal(expected, found)


@pytest.mark.parametrize("name", GROUPS)
@pytest.mark.parametrize("dtype", ["float64", "float32", "int32", "uint64"])
def test_equals_reference_along_any_axis_of_any_layout(name, dtype):
    """Along any axis of any layout, the bits of the reference, and of each slice alone."""
    x = _values(dtype, (7, 12, 5))
    for axis in (0, 1, 2, (1, 2), (2, 0), None):
        shape = x.shape if axis is None else tuple(x.shape[a] for a in np.atleast_1d(axis))
        labels = _labels(int(np.prod(shape)), 3).reshape(shape)
        expected = REFERENCE[name](x, labels, axis=axis, num_labels=3)
        for level, operators in NATIVE.items():
            for layout, move in arrays.LAYOUTS.items():
                found = operators[name](move(x), move(labels), axis=axis, num_labels=3)
                assert_same(expected, found, f"{name}, {level}, {layout}, {axis}")
            if isinstance(axis, int):
                rows = np.moveaxis(x, axis, -1)
                alone = [operators[name](rows[i].copy(), labels) for i in np.ndindex(rows.shape[:-1])]
                assert_same(np.array(alone).reshape(expected.shape), expected, f"{name}, {level}, {axis}")


@pytest.mark.parametrize("name", GROUPS)
@given(data=st.data())
def test_equals_reference(name, data):
    """Any values and labels: native and reference agree in value or exception."""
    dtype = data.draw(st.sampled_from(["float64", "float32", "int64", "int16", "bool"]))
    n, groups = data.draw(st.integers(0, 60)), data.draw(st.integers(1, 6))
    x = arrays.from_bytes(dtype, data.draw(st.binary(min_size=8 * n, max_size=8 * n)))
    labels = np.array(data.draw(st.lists(st.integers(-2, groups - 1), min_size=n, max_size=n)), np.int8)

    def outcome(operator):
        try:
            return operator(x, labels, num_labels=groups)
        except ValueError as error:
            return str(error)

    expected = outcome(REFERENCE[name])
    for operators in NATIVE.values():
        found = outcome(operators[name])
        if isinstance(expected, str):
            assert expected == found
        else:
            assert_same(expected, found)


@pytest.mark.parametrize("dtype", FLOATS)
def test_order_of_sums(dtype):
    """Sums, products and squares are folded in float64, in order of occurrence, and rounded once."""
    x, labels = _values(dtype, (3000,)), _labels(3000, 7)
    wide = x.astype(np.float64).tolist()
    totals, squares, products = [0.0] * 7, [0.0] * 7, [1.0] * 7
    for value, label in zip(wide, labels.tolist(), strict=True):
        if label >= 0 and value == value:
            totals[label] += value
            squares[label] += value * value
            products[label] *= value
    for operators in NATIVE.values():
        assert_same(np.array(totals).astype(dtype), operators["group_nansum"](x, labels))
        with np.errstate(over="ignore"):
            assert_same(np.array(squares).astype(dtype), operators["group_nansum_of_squares"](x, labels))
            assert_same(np.array(products).astype(dtype), operators["group_nanprod"](x, labels))


def test_ill_conditioned_groups_against_fractions():
    """Sums keep their bound and variances of data with mean 1e9 and spread 1 ten digits, in exact arithmetic."""
    rng = np.random.default_rng(2)
    x, labels = 1e9 + rng.normal(size=2000), _labels(2000, 5)
    for g in range(5):
        members = [Fraction(v) for v in x[labels == g].tolist()]
        mean = sum(members) / len(members)
        truth = sum((v - mean) ** 2 for v in members) / (len(members) - 1)
        for operators in NATIVE.values():
            assert abs(Fraction(float(operators["group_nanvar"](x, labels)[g])) - truth) <= truth / 10**10
            bound = len(members) * UNIT * sum(map(abs, members))
            assert abs(Fraction(float(operators["group_nansum"](x, labels)[g])) - sum(members)) <= bound
            error = abs(Fraction(float(operators["group_nanmean"](x, labels)[g])) - mean)
            assert error <= bound / len(members) + UNIT * mean
            assert operators["group_nanvar"](x, labels)[g] >= 0


def test_groups_without_numbers():
    """A group of nothing, or of nothing but NaN, gives what the documentation says."""
    nan = np.nan
    x, labels = np.array([nan, 2.0, nan]), [0, 2, 2]
    expected = {
        "group_nansum": [0, 0, 2], "group_nanprod": [1, 1, 2], "group_nansum_of_squares": [0, 0, 4],
        "group_nancount": [0, 0, 1], "group_nanmean": [nan, nan, 2], "group_nanvar": [nan] * 3, "group_nanstd": [nan] * 3,
        "group_nanmin": [nan, nan, 2], "group_nanmax": [nan, nan, 2], "group_nanfirst": [nan, nan, 2],
        "group_nanlast": [nan, nan, 2], "group_nanargmin": [-1, -1, 1], "group_nanargmax": [-1, -1, 1],
        "group_nanany": [0, 0, 1], "group_nanall": [1, 1, 1],
    }  # fmt: skip
    assert sorted(expected) == sorted(GROUPS)
    for operators in NATIVE.values():
        for name, values in expected.items():
            assert np.array_equal(values, operators[name](x, labels), equal_nan=True), name
            assert operators[name](x, labels, num_labels=5).shape == (5,)
            assert operators[name](x[:0], []).shape == (0,)
            assert operators[name](np.ones((2, 0)), [], axis=1, num_labels=2).shape == (2, 2)
    for name in ("group_nanmin", "group_nanfirst"):
        with pytest.raises(ValueError, match=rf"corepy\.{name}: a group has no element, and int64"):
            getattr(cp, name)([1, 2], [0, 2])


REFUSED = {
    "float labels": (([1.0], [0.0]), {}, errors.DTypeError, "labels has dtype float64; it must hold integers"),
    "bool labels": (([1.0], [True]), {}, errors.DTypeError, "labels has dtype bool"),
    "label too large": (([1.0, 2.0], [0, 3]), {"num_labels": 3}, ValueError, "labels holds 3; with num_labels=3"),
    "num_labels": (([1.0], [0]), {"num_labels": 1.5}, errors.DTypeError, "num_labels is 1.5; it must be an integer"),
    "more groups than int64 counts": (
        (np.ones((2, 0)), np.uint64(2**63)),
        {"axis": ()},
        ValueError,
        f"{2**63 + 1} groups",
    ),
    "negative num_labels": (([1.0], [-1]), {"num_labels": -1}, ValueError, "num_labels is -1"),
    "labels' shape": (([1.0, 2.0], [0]), {}, errors.ShapeError, r"labels has shape \(1,\) and values \(2,\)"),
    "labels' length": ((np.ones((2, 3)), [0, 1]), {"axis": 1}, errors.ShapeError, r"it must be \(3,\)"),
    "axis": ((np.ones((2, 3)), [0, 1]), {"axis": 2}, errors.AxisError, "axis 2 is out of bounds"),
    "values' dtype": (([1j], [0]), {}, errors.DTypeError, "values has dtype complex128"),
}


@pytest.mark.parametrize("label", REFUSED)
@pytest.mark.parametrize("name", GROUPS)
def test_refused_with_words(name, label):
    """A call that cannot work is an exception that names the operator and the argument."""
    args, keywords, error, words = REFUSED[label]
    with pytest.raises(error, match=rf"corepy\.{name}: .*{words}"):
        getattr(cp, name)(*args, **keywords)


def test_ddof():
    """ddof is 1 by default, as in numbagg; it must be a number."""
    x, labels = [1.0, 3.0, 8.0], [0, 0, 0]
    assert np.allclose(cp.group_nanvar(x, labels), np.var(x, ddof=1))
    assert np.allclose(cp.group_nanstd(x, labels, ddof=0), np.std(x))
    with pytest.raises(errors.DTypeError, match=r"corepy\.group_nanvar: ddof is None"):
        cp.group_nanvar(x, labels, ddof=None)


def test_pandas_users_find_the_same():
    """pandas' groupby of the same values gives the same results."""
    pd = pytest.importorskip("pandas")
    x, labels = np.random.default_rng(1).normal(size=500), np.random.default_rng(2).integers(0, 9, 500)
    x[::7] = np.nan
    grouped = pd.Series(x).groupby(labels)
    for name in ("sum", "prod", "mean", "var", "std", "min", "max", "first", "last", "count"):
        assert np.allclose(getattr(grouped, name)(), getattr(cp, f"group_nan{name}")(x, labels), rtol=1e-12), name
