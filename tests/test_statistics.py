"""Operators of more than one array or result: products, minmax, mean_var, ptp, average, cov, corrcoef."""

import math
from fractions import Fraction

import arrays
import numpy as np
import pytest
from backends import NATIVE, REFERENCE
from compare import assert_same
from oracle import UNIT

import corepy as cp
from corepy import errors

FLOATS = ("float32", "float64")
DTYPES = ("float64", "float32", "int64", "int8", "uint64", "uint16")


def _values(dtype, shape, seed=0):
    x = arrays.mixed(dtype, int(np.prod(shape)), seed)
    return (np.where(np.abs(x) < 1e6, x, x.dtype.type(1)) if x.dtype.kind == "f" else x).reshape(shape)


def _weighted(operator, x, axis):
    with np.errstate(all="ignore"):
        weights = np.arange(1, x.shape[axis] + 1).astype(x.dtype)
    return operator(x, axis=axis, weights=weights + (weights == 0), returned=True)


# How each is called for one array and one axis.
CALLS = {
    "sumprod": lambda f, x, axis: f(x, x[::-1, ::-1], axis=axis),
    "vecdot": lambda f, x, axis: f(x, x[::-1, ::-1], axis=axis),
    "minmax": lambda f, x, axis: f(x, axis=axis),
    "mean_var": lambda f, x, axis: f(x, axis=axis, ddof=1),
    "ptp": lambda f, x, axis: f(x, axis=axis),
    "nanptp": lambda f, x, axis: f(x, axis=axis),
    "average": _weighted,
    "vector_norm": lambda f, x, axis: f(x, axis=axis, ord=3),
    "cov": lambda f, x, axis: f(x, rowvar=axis == 1),
    "corrcoef": lambda f, x, axis: f(x, rowvar=axis == 1),
}


@pytest.mark.parametrize("shape", [(5, 41), (130, 3), (1, 7), (33, 34)], ids=str)
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", CALLS)
def test_equals_reference_in_any_layout(name, dtype, shape):
    """Along either axis of any layout, the bits of the reference of the contiguous array."""
    x = _values(dtype, shape)
    for axis in (0, 1):
        expected = CALLS[name](REFERENCE[name], x, axis)
        for level, operators in NATIVE.items():
            for layout, move in arrays.LAYOUTS.items():
                assert_same(expected, CALLS[name](operators[name], move(x), axis), f"{name}, {level}, {layout}, {axis}")


@pytest.mark.parametrize("dtype", FLOATS)
def test_each_slice_alone(dtype):
    """A result along an axis has the bits of the flat slice."""
    x, y = _values(dtype, (70, 37)), _values(dtype, (70, 37), 1)
    for operators in NATIVE.values():
        for axis in (0, 1):
            rows = list(zip(np.moveaxis(x, axis, -1).copy(), np.moveaxis(y, axis, -1).copy(), strict=True))
            for name in ("sumprod", "vecdot"):
                assert_same(np.array([operators[name](a, b) for a, b in rows]), operators[name](x, y, axis=axis), name)
            for name in ("minmax", "mean_var", "ptp", "nanptp"):
                found = operators[name](x, axis=axis)
                alone = [operators[name](a) for a, _ in rows]
                if name in ("minmax", "mean_var"):
                    assert_same(tuple(np.array(column) for column in zip(*alone, strict=True)), found, name)
                else:
                    assert_same(np.array(alone), found, name)


@pytest.mark.parametrize("dtype", [*DTYPES, "bool"])
def test_minmax_and_mean_var_are_the_single_ones(dtype):
    """minmax and mean_var have the bits of min, max, mean and var, for every length and with NaN."""
    for n in (1, 2, 15, 16, 31, 32, 33, 47, 48, 100, 1030):
        for seed in range(3):
            x = arrays.mixed(dtype, n, seed)
            for y in (x, np.where(x == x, x, x.dtype.type(1))):
                for operators in NATIVE.values():
                    low, high = operators["min"](y), operators["max"](y)
                    assert_same((low, high), operators["minmax"](y), f"{dtype}[{n}]")
                    both = operators["mean"](y), operators["var"](y, ddof=0.5)
                    assert_same(both, operators["mean_var"](y, ddof=0.5), f"{dtype}[{n}]")
                    pair = np.stack([y, y[::-1]])
                    assert_same(tuple(np.full(2, v) for v in (low, high)), operators["minmax"](pair, axis=1))
    assert_same(cp.mean_var(x, correction=1), cp.mean_var(x, ddof=1))
    assert cp.minmax([[1, 2], [3, 4]], axis=(0, 1), keepdims=True)[1].shape == (1, 1)


@pytest.mark.parametrize("dtype", DTYPES)
def test_sumprod_is_the_sum_of_the_products(dtype):
    """sumprod has the bits of the sum of the products in the dtype that is summed in."""
    wide = {"f": np.float64, "i": np.int64, "u": np.uint64}[np.dtype(dtype).kind]
    for n in (0, 1, 31, 32, 33, 100, 1025):
        x, y = _values(dtype, (n,)), _values(dtype, (n,), 1)
        for operators in NATIVE.values():
            expected = operators["sum"](x.astype(wide) * y.astype(wide))
            expected = expected.astype(dtype) if np.dtype(dtype).kind == "f" else expected
            assert_same(expected, operators["sumprod"](x, y))
            assert_same(expected.astype(dtype), operators["vecdot"](x, y))
            assert_same(operators["sumprod"](x, x), operators["ss"](x))


@pytest.mark.parametrize("name", ["sumprod", "ss"])
def test_products_against_fractions(name):
    """Products of ill-conditioned data are within the bound of the documentation, in exact arithmetic."""
    rng = np.random.default_rng(1)
    for n in (10, 333, 2000):
        x = rng.normal(size=n) * 10.0 ** rng.integers(-8, 8, n)
        y = rng.normal(size=n) if name == "sumprod" else x
        products = [Fraction(a) * Fraction(b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        bound = (Fraction(n, 32) + 7) * UNIT * sum(map(abs, products))
        for operators in NATIVE.values():
            found = operators[name](*([x, y] if name == "sumprod" else [x]))
            assert abs(Fraction(float(found)) - sum(products)) <= bound


@pytest.mark.parametrize("a", ["bool", *DTYPES])
def test_vecdot_follows_numpy(a):
    """Dtypes, wrap-around and broadcasting of vecdot are NumPy's."""
    for b in ("bool", "int32", "float32", "uint8"):
        x, y = arrays.mixed(a, 12).reshape(4, 3), arrays.mixed(b, 3, 1)
        x, y = (np.where(np.abs(v) < 1e6, v, v.dtype.type(1)) if v.dtype.kind == "f" else v for v in (x, y))
        expected = np.vecdot(x, y)
        found = cp.vecdot(x, y)
        assert expected.dtype == found.dtype
        if expected.dtype.kind == "f":
            # numpy's float32 sums are float32.
            assert np.allclose(expected, found, rtol=1e-3, atol=1e-3)
        else:
            assert_same(expected, found)
        assert cp.vecdot(x.T, y, axis=0).shape == (4,)


NORMS = [1, 2, 3, 0.5, -1, 0, math.inf, -math.inf]


@pytest.mark.parametrize("order", NORMS)
def test_vector_norm_follows_numpy(order):
    """Norms of any order, along axes, flat and with keepdims, are NumPy's to 14 digits."""
    x = np.random.default_rng(2).normal(size=(40, 6, 3)) + 0.1
    for axis in (None, 0, 2, (0, 2)):
        expected = np.linalg.vector_norm(x, axis=axis, ord=order, keepdims=True)
        for operators in NATIVE.values():
            assert np.allclose(expected, operators["vector_norm"](x, axis=axis, ord=order, keepdims=True), rtol=1e-14)
    assert cp.vector_norm(x.astype(np.float32), ord=order).dtype == np.float32


def _exact_covariance(a, b, ddof=1):
    a, b = ([Fraction(v) for v in row.tolist()] for row in (a, b))
    means = sum(a) / len(a), sum(b) / len(b)
    return sum((u - means[0]) * (v - means[1]) for u, v in zip(a, b, strict=True)) / (len(a) - ddof)


def test_covariance_of_large_mean_against_fractions():
    """Covariances of data with mean 1e9 and spread 1 agree with exact arithmetic to 12 digits of the spread."""
    x = 1e9 + np.random.default_rng(4).normal(size=(3, 400))
    x[2] += x[0] - 1e9
    truth = np.array([[float(_exact_covariance(a, b)) for a in x] for b in x])
    for operators in NATIVE.values():
        assert np.allclose(truth, operators["cov"](x), rtol=0, atol=1e-12)
        assert_same(operators["var"](x, axis=1, ddof=1), np.diagonal(operators["cov"](x)))


def test_covariance_follows_numpy():
    """Every argument of cov and corrcoef means what it means in NumPy."""
    rng = np.random.default_rng(5)
    x, y, times, weights = rng.normal(size=(4, 30)), rng.normal(size=(2, 30)), rng.integers(0, 4, 30), rng.random(30)
    for keywords in (
        {}, {"bias": True}, {"ddof": 3}, {"ddof": 0, "bias": False}, {"fweights": times}, {"aweights": weights},
        {"fweights": times, "aweights": weights}, {"aweights": weights, "ddof": 0}, {"fweights": times, "bias": True},
    ):  # fmt: skip
        for args in ((x,), (x, y), (x[0],), (x[0], y[0]), (x.astype(np.float32),)):
            assert np.allclose(np.cov(*args, **keywords), cp.cov(*args, **keywords), rtol=1e-6, atol=1e-12)
        assert np.allclose(np.cov(x.T, y.T, rowvar=False, **keywords), cp.cov(x.T, y.T, rowvar=False, **keywords))
    for args in ((x,), (x, y), (x[0],), (x[0], y[0])):
        assert np.allclose(np.corrcoef(*args), cp.corrcoef(*args))
    assert np.all(np.abs(cp.corrcoef(np.stack([x[0], x[0] * 3, -x[0]]))) <= 1)
    assert np.isnan(cp.corrcoef([[1.0, 1.0], [1.0, 2.0]])).tolist() == [[True, True], [True, False]]
    assert np.isnan(cp.cov([1.0]))
    for given in (x, x[0]):
        assert_same(cp.cov(given).astype(np.float32), np.asarray(cp.cov(given, dtype="f4")))
        assert_same(cp.corrcoef(given).astype(np.float32), np.asarray(cp.corrcoef(given, dtype=np.float32)))
    for function in (cp.cov, cp.corrcoef):
        for dtype in (int, np.float16, complex):
            with pytest.raises(errors.DTypeError, match="it may be float32 or float64"):
                function(x, dtype=dtype)


def test_average_follows_numpy():
    """average with and without weights of either shape, and returned=, is NumPy's."""
    rng = np.random.default_rng(6)
    x = rng.normal(size=(5, 6, 7))
    for axis, shape in ((None, (5, 6, 7)), (0, (5,)), (1, (5, 6, 7)), (-1, (7,)), ((0, 2), (5, 7))):
        weights = rng.random(shape)
        for given in (weights, None):
            for keepdims in (False, True):
                expected = np.average(x, axis=axis, weights=given, returned=True, keepdims=keepdims)
                found = cp.average(x, axis=axis, weights=given, returned=True, keepdims=keepdims)
                assert all(np.allclose(a, b, rtol=1e-13) for a, b in zip(expected, found, strict=True))
                assert_same(found[0], cp.average(x, axis=axis, weights=given, keepdims=keepdims))
    for a in ("float32", "int8", "float64"):
        for b in ("float32", "int8", "bool"):
            args = np.ones(3, a), 0, np.ones(3, b)
            assert np.average(*args).dtype == cp.average(*args).dtype


REFUSED = {
    "sumprod shapes": (lambda: cp.sumprod([1.0, 2.0], [1.0, 2.0, 3.0]), errors.ShapeError, "x has shape .* and y"),
    "sumprod dtype": (lambda: cp.sumprod([1.0], [1j]), errors.DTypeError, "sumprod: y has dtype complex128"),
    "vecdot lengths": (lambda: cp.vecdot([1.0, 2.0], [1.0]), errors.ShapeError, "vecdot: x1 has 2 elements"),
    "vecdot axes": (lambda: cp.vecdot([1.0], [1.0], axis=(0,)), errors.DTypeError, "axis is .*must be an int"),
    "vecdot shapes": (lambda: cp.vecdot(np.ones((2, 3)), np.ones((4, 3))), errors.ShapeError, "they must broadcast"),
    "norm order": (lambda: cp.vector_norm([1.0], ord="fro"), errors.DTypeError, "ord is 'fro'; it must be a number"),
    "norm nan": (lambda: cp.vector_norm([1.0], ord=np.nan), ValueError, "ord is nan"),
    "norm of nothing": (lambda: cp.vector_norm([], ord=np.inf), ValueError, "vector_norm: an empty slice"),
    "minmax of nothing": (lambda: cp.minmax([]), ValueError, "minmax: an empty slice"),
    "ptp of nothing": (lambda: cp.ptp(np.empty((2, 0)), axis=1), ValueError, "ptp: an empty slice"),
    "ptp of bool": (lambda: cp.ptp([True]), errors.DTypeError, "ptp: x has dtype bool"),
    "axis": (lambda: cp.minmax([1.0], axis=1), errors.AxisError, "minmax: axis 1 is out of bounds"),
    "ddof": (lambda: cp.mean_var([1.0], ddof="1"), errors.DTypeError, "mean_var: ddof is '1'"),
    "both ddof": (lambda: cp.mean_var([1.0], ddof=1, correction=1), ValueError, "two names of one argument"),
    "zero weights": (lambda: cp.average([1.0, 2.0], weights=[1, -1]), ZeroDivisionError, "average: weights sum to zero"),
    "weights shape": (lambda: cp.average(np.ones((2, 3)), axis=0, weights=[1]), errors.ShapeError, "weights has shape"),
    "cov dimensions": (lambda: cp.cov(np.ones((2, 2, 2))), errors.ShapeError, "cov: m has 3 dimensions"),
    "cov observations": (lambda: cp.cov([1.0, 2.0], [1.0]), errors.ShapeError, "m has 2 observations and y 1"),
    "cov fweights": (lambda: cp.cov([1.0, 2.0], fweights=[0.5, 1.0]), errors.DTypeError, "fweights has dtype float64"),
    "cov aweights": (lambda: cp.cov([1.0, 2.0], aweights=[-0.5, 1.0]), ValueError, "aweights holds a negative"),
}  # fmt: skip


@pytest.mark.parametrize("label", REFUSED)
def test_refused_with_words(label):
    """A call that cannot work is an exception that names the argument."""
    call, error, words = REFUSED[label]
    with pytest.raises(error, match=words):
        call()
