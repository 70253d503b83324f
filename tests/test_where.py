"""where= and dtype= of reductions: the elements that are chosen, alone, and NumPy's dtypes."""

import warnings

import arrays
import numpy as np
import pytest
from backends import NATIVE, REFERENCE
from compare import assert_same

import corepy as cp
from corepy import errors

AVERAGES = ("mean", "var", "std", "nanmean", "nanvar", "nanstd")
SUMS = ("sum", "prod", "nansum", "nanprod")
OTHERS = ("min", "max", "nanmin", "nanmax", "any", "all", "count_nonzero")
DTYPES = ("float64", "float32", "int64", "uint8", "bool")


def _values(dtype, shape, seed=0):
    x = arrays.mixed(dtype, int(np.prod(shape)), seed).reshape(shape)
    return np.where(np.abs(x) < 1e3, x, x.dtype.type(1)) if x.dtype.kind == "f" else x


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", [*AVERAGES, *SUMS, *OTHERS])
def test_where_takes_the_chosen_elements(name, dtype):
    """With where=, each slice has the result of its chosen elements, NaN among them included; the reference agrees."""
    x = _values(dtype, (6, 40))
    mask = np.random.default_rng(1).random((6, 40)) < 0.6
    mask[:, 0] = mask[0] = True
    cases = [x]
    if x.dtype.kind == "f":
        spoiled = x.copy()
        spoiled[1, mask[1].argmax()] = np.nan
        spoiled[2, (~mask[2]).argmax()] = np.nan
        cases.append(spoiled)
    for y in cases:
        for operators in NATIVE.values():
            found = operators[name](y, axis=1, where=mask)
            alone = np.array([operators[name](row[chosen]) for row, chosen in zip(y, mask, strict=True)])
            assert found.dtype == alone.dtype
            # The lanes of the chosen elements differ.
            close = {"rtol": 1e-5 if dtype == "float32" else 1e-12, "atol": 1e-9, "equal_nan": True}
            assert np.allclose(alone.astype(float), found.astype(float), **close)
            assert_same(REFERENCE[name](y, axis=1, where=mask), found)
            assert_same(found, operators[name](np.asfortranarray(y), axis=1, where=mask.copy(order="F")))
            every = operators[name](y, axis=1, where=np.ones((1, 40), bool))
            assert_same(operators[name](y, axis=1), every) if name not in OTHERS else np.array_equal(every, found)
            flat = operators[name](y[0].copy(), where=mask[0])
            assert_same(found[0], flat)


@pytest.mark.parametrize("name", ["mean", "var", "std", "nanmean", "nanvar"])
def test_where_is_numpys(name):
    """Averages with where=, ddof= and keepdims= are NumPy's."""
    x = np.random.default_rng(2).normal(size=(5, 30))
    mask = x > -0.5
    keywords = {"where": mask, "axis": 1, "keepdims": True} | ({"ddof": 1} if "var" in name else {})
    with warnings.catch_warnings(action="ignore"):
        assert np.allclose(getattr(np, name)(x, **keywords), getattr(cp, name)(x, **keywords), rtol=1e-14)


def test_where_that_chooses_nothing():
    """Slices of which nothing is chosen are empty ones."""
    x, none = np.ones((2, 3)), np.array([[True] * 3, [False] * 3])
    assert cp.sum(x, axis=1, where=none).tolist() == [3, 0]
    assert cp.prod(x, axis=1, where=none).tolist() == [1, 1]
    assert np.isnan(cp.mean(x, axis=1, where=none)).tolist() == [False, True]
    assert np.isnan(cp.nanmin(x, axis=1, where=none)).tolist() == [False, True]
    for call in (lambda: cp.min(x, axis=1, where=none), lambda: cp.nanmax(x.astype(int), axis=1, where=none)):
        with pytest.raises(ValueError, match="where chooses no element of a slice"):
            call()


@pytest.mark.parametrize("target", ["float32", "float64", "int32", "int64", "uint8", "uint64"])
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", [*AVERAGES, *SUMS])
def test_dtype_is_the_results(name, dtype, target):
    """dtype= is the dtype of the result, computed in float64 or modulo 2**64, or refused where it does not hold x's."""
    x = _values(dtype, (5, 40))
    average = name in AVERAGES
    for operators in NATIVE.values():
        if not np.can_cast(dtype, target, "same_kind"):
            with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: dtype is .*that {dtype} can be cast"):
                operators[name](x, dtype=target)
            continue
        found = operators[name](x, axis=1, dtype=target)
        assert found.dtype == target
        wide = x.astype(np.float64) if np.dtype(target).kind == "f" or average else x
        with np.errstate(all="ignore"):
            assert_same(operators[name](wide, axis=1).astype(target), found, f"{name}, {dtype}, {target}")
        assert_same(found[0], operators[name](x[0].copy(), dtype=np.dtype(target).type))


def test_dtype_of_sums_is_numpys():
    """Integers wrap around in the dtype that is asked for, as in NumPy."""
    x = np.array([100, 100, 100], np.int8)
    for target in ("int8", "int16", "uint64", "float32"):
        if np.can_cast(np.int8, target, "same_kind"):
            assert_same(np.sum(x, dtype=target), cp.sum(x, dtype=target))
            assert_same(np.prod(x, dtype=target), cp.prod(x, dtype=target))


REFUSED = {
    "where's dtype": (
        lambda: cp.sum([1.0], where=[1]),
        errors.DTypeError,
        "sum: where has dtype int64; it must be bool",
    ),
    "where's shape": (lambda: cp.nansum([1.0, 2.0], where=[True] * 3), errors.ShapeError, "nansum: where has shape"),
    "dtype": (lambda: cp.mean([1.0], dtype="complex64"), errors.DTypeError, "mean: dtype is 'complex64'; it must be"),
    "no dtype": (lambda: cp.nanvar([1.0], dtype="number"), errors.DTypeError, "nanvar: dtype is 'number'"),
}


@pytest.mark.parametrize("label", REFUSED)
def test_refused_with_words(label):
    """A where or dtype that cannot be is an exception that names it."""
    call, error, words = REFUSED[label]
    with pytest.raises(error, match=words):
        call()
