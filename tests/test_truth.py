"""Against the independent truth of the oracle table: exact where NumPy is, within the stated error elsewhere."""

import math

import arrays
import numpy as np
import pytest
from backends import ARRAY_OPERATORS, LOOPS, NATIVE, REFERENCE
from compare import assert_same
from oracle import ROWS
from ulps import exact, half_ulp

EXACT_LOOPS = [(name, loop) for name, loop in LOOPS if ROWS[name].truth_of(loop)]
EXACT_REDUCTIONS = [name for name in ARRAY_OPERATORS if ROWS[name].error is None]
BOUNDED_REDUCTIONS = [name for name in ARRAY_OPERATORS if ROWS[name].error is not None]
FLOATS = ("float32", "float64")


@pytest.mark.parametrize(("name", "loop"), EXACT_LOOPS, ids=lambda value: value.replace("->", "-"))
def test_exact_operator_equals_numpy(name, loop):
    """An exact operator gives NumPy's bits and dtype for every edge with every other and for mixed values."""
    args = arrays.accepted(REFERENCE[name], arrays.grid(loop.split("->")[0]))
    with np.errstate(all="ignore"):
        expected = ROWS[name].truth_of(loop)(*args)

    for level, operators in NATIVE.items():
        assert_same(expected, operators[name](*args), f"{name}, {level}")


SMALL = [(name, loop) for name, loop in EXACT_LOOPS if loop.split("->")[0] in ("bb", "BB", "h", "H")]


@pytest.mark.parametrize(("name", "loop"), SMALL, ids=lambda value: value.replace("->", "-"))
def test_exact_operator_equals_numpy_for_all_small_integers(name, loop):
    """An operator gives NumPy's result for every pair of 8-bit integers, and for every 16-bit integer."""
    limits = np.iinfo(loop[0])
    every = np.arange(limits.min, limits.max + 1).astype(loop[0])
    args = arrays.accepted(REFERENCE[name], [every[:, None], every] if loop[1] != "-" else [every])
    with np.errstate(all="ignore"):
        expected = ROWS[name].truth_of(loop)(*args)

    for level, operators in NATIVE.items():
        assert_same(expected, operators[name](*args), f"{name}, {level}")


@pytest.mark.parametrize("n", [1, 2, 31, 33, 100, 1030])
@pytest.mark.parametrize("dtype", arrays.DTYPES, ids=str)
@pytest.mark.parametrize("name", EXACT_REDUCTIONS)
def test_exact_reduction_equals_numpy(name, dtype, n):
    """A reduction that rounds nothing gives NumPy's value and dtype, NaN, infinities and equals included."""
    for seed in range(4):
        x = arrays.mixed(dtype, n, seed)
        for y in (x, np.where(x == x, x, dtype.type(1)), np.sort(x)[::-1], np.resize(x[:3], n)):
            with np.errstate(invalid="ignore"):
                expected = ROWS[name].truth(y)
            for level, operators in NATIVE.items():
                assert_same(expected, operators[name](y), f"{name}, {level}, {dtype}[{n}], seed {seed}")


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", ["min", "max", "argmin", "argmax", "any", "all", "count_nonzero"])
def test_single_element_decides_wherever_it_stands(name, dtype):
    """One NaN, one extreme or one zero is found at the head, at the tail and at every boundary of SIMD registers."""
    for n in (1, 2, 8, 31, 33, 65, 100):
        for value, neutral in ((np.nan, 1.0), (-np.inf, 1.0), (np.inf, 1.0), (0.0, 1.0), (2.0, 0.0), (np.nan, np.inf)):
            for x in arrays.placed(np.dtype(dtype).type(value), np.dtype(dtype).type(neutral), n):
                with np.errstate(invalid="ignore"):
                    expected = ROWS[name].truth(x)
                for level, operators in NATIVE.items():
                    assert_same(expected, operators[name](x), f"{name}, {level}, {x}")


@pytest.mark.parametrize("dtype", arrays.DTYPES[:9], ids=str)
@pytest.mark.parametrize("name", ["sum", "prod"])
def test_integer_fold_wraps_around(name, dtype):
    """Sums and products of bool and integers are the exact ones modulo 2**64, as int64 or uint64."""
    for n in (0, 1, 3, 31, 32, 33, 64, 200, 1030):
        x = arrays.mixed(dtype, n, seed=n)
        # Odd factors, which do not all end in zeros.
        for y in (x, x | dtype.type(1)):
            expected = ROWS[name].truth(y)
            for level, operators in NATIVE.items():
                assert_same(expected, operators[name](y), f"{name}, {level}, {dtype}[{n}]")


def _samples(dtype):
    """Finite slices that a careless order or formula would get wrong."""
    rng = np.random.default_rng(7)
    yield "one", rng.normal(size=1)
    yield "few", rng.normal(size=7)
    yield "normal", rng.normal(size=333)
    yield "uniform", rng.uniform(0, 1, 1500)
    yield "cancelling", np.concatenate([x := rng.normal(size=300) * 1e6, -x[::-1], [1.0]])
    yield "large mean, small spread", 1e9 + rng.normal(size=400) if dtype == "float64" else 1e4 + rng.normal(size=400)
    yield "of many magnitudes", rng.normal(size=200) * 10.0 ** rng.integers(-15, 15, 200)
    yield "constant", np.full(100, 0.1)
    yield "subnormal", rng.normal(size=50) * np.finfo(dtype).smallest_normal / 4
    yield "near one", 1 + rng.normal(size=100) * 1e-3


SAMPLES = [
    pytest.param(np.asarray(x, dtype), id=f"{dtype}, {label}") for dtype in FLOATS for label, x in _samples(dtype)
]


def _within(truth, error, actual, context):
    allowed = exact(error) + half_ulp(truth, actual.dtype) * (1 + exact(2.0**-20))
    # The float64 that a float32 result is rounded from may lie half an ulp of float64 away.
    allowed += half_ulp(truth, np.float64)
    assert np.isfinite(actual), context
    distance = abs(exact(actual) - exact(truth))
    assert distance <= allowed, f"{context}: {actual!r}, off by {float(distance):.3g}, allowed {float(allowed):.3g}"


@pytest.mark.parametrize("x", SAMPLES)
@pytest.mark.parametrize("name", BOUNDED_REDUCTIONS)
def test_reduction_is_within_its_error(name, x):
    """A reduction of floats is as near to the exact value as its order of operations allows, in the dtype of x."""
    if name in ("prod", "nanprod"):
        # Of moderate size: the truth neither over- nor underflows.
        x = np.exp2(np.clip(np.log2(np.abs(x) + 1e-30), -1, 1)[:100]).astype(x.dtype)
    truth = ROWS[name].truth(x)
    error = ROWS[name].error(x, truth)

    for level, operators in NATIVE.items():
        result = operators[name](x)
        assert x.dtype == result.dtype
        if name == "softmax":
            for t, e, y in zip(truth, error, result, strict=True):
                _within(t, e, y, f"softmax, {level}")
        else:
            _within(truth, error, result, f"{name}, {level}")


@pytest.mark.parametrize("ddof", [1, 2, 0.5, -1])
@pytest.mark.parametrize("name", ["var", "std"])
def test_spread_divides_by_n_minus_ddof(name, ddof):
    """ddof, under either of its names, is subtracted from the number of elements."""
    x = np.random.default_rng(3).normal(size=50)
    truth = ROWS[name].truth(x, exact(ddof))
    error = ROWS[name].error(x, truth, exact(ddof))

    for operators in NATIVE.values():
        _within(truth, error, operators[name](x, ddof=ddof), name)
        assert_same(operators[name](x, ddof=ddof), operators[name](x, correction=ddof))
        assert_same(operators[name](x, ddof=ddof), operators[name](x[:, None], axis=0, ddof=ddof)[0])


def test_sum_of_float32_is_rounded_once():
    """A float32 sum whose terms float64 adds exactly is the correctly rounded one, whatever cancels."""
    rng = np.random.default_rng(11)
    for n in (10, 1000, 20_000):
        x = (rng.integers(-(2**20), 2**20, n) * 2.0**-10).astype(np.float32)
        for operators in NATIVE.values():
            assert_same(np.float32(math.fsum(x.tolist())), operators["sum"](x))
            assert_same(np.float32(math.fsum(x.tolist()) / n), operators["mean"](x))


@pytest.mark.parametrize("dtype", FLOATS)
def test_spread_is_never_negative(dtype):
    """The variance is never below zero, and that of equal elements is zero but for the rounding of their mean."""
    rng = np.random.default_rng(5)
    for operators in NATIVE.values():
        for scale in (1e-15, 1.0, 1e9, 1e15):
            x = (scale * (1 + rng.normal(size=500) * 1e-14)).astype(dtype)
            assert operators["var"](x) >= 0.0
            assert 0.0 <= operators["var"](np.full(500, scale, dtype)) <= (scale * 2.0**-50) ** 2
            assert 0.0 <= operators["std"](np.full(500, scale, dtype)) <= scale * 2.0**-50


def test_variance_of_large_mean():
    """Data of mean 1e9 and spread 1 have the variance of their deviations, to 12 digits."""
    x = 1e9 + np.random.default_rng(6).normal(size=10_000)
    truth = float(ROWS["var"].truth(x))

    for operators in NATIVE.values():
        assert truth == pytest.approx(operators["var"](x), rel=1e-12)
        assert truth**0.5 == pytest.approx(operators["std"](x), rel=1e-12)


NOT_FINITE = [
    ("sum", [1.0, np.inf], np.inf),
    ("sum", [np.inf, -np.inf], np.nan),
    ("sum", [1.0, np.nan], np.nan),
    ("sum", [-0.0, -0.0], -0.0),
    ("sum", [-0.0, 0.0], 0.0),
    ("prod", [0.0, np.inf], np.nan),
    ("prod", [-1.0, np.inf], -np.inf),
    ("prod", [-1.0, 0.0], -0.0),
    ("mean", [1.0, -np.inf], -np.inf),
    ("mean", [np.nan, 1.0], np.nan),
    ("mean", [-0.0, -0.0], -0.0),
    ("var", [1.0, np.inf], np.nan),
    ("std", [1.0, np.nan], np.nan),
    ("min", [np.nan, -np.inf], np.nan),
    ("max", [np.nan, np.inf], np.nan),
    ("logsumexp", [-np.inf, -np.inf], -np.inf),
    ("logsumexp", [np.inf, 1.0], np.inf),
    ("logsumexp", [np.inf, np.inf], np.inf),
    ("logsumexp", [-np.inf, 1.0], 1.0),
    ("logsumexp", [np.nan, 1.0], np.nan),
    ("logsumexp", [np.nan, np.inf], np.nan),
    ("softmax", [-np.inf, 1.0], [0.0, 1.0]),
    ("softmax", [1000.0, 1000.0], [0.5, 0.5]),
    ("softmax", [np.nan, 1.0], [np.nan, np.nan]),
    ("softmax", [np.inf, 1.0], [np.nan, np.nan]),
    ("softmax", [-np.inf, -np.inf], [np.nan, np.nan]),
]


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize(("name", "x", "expected"), NOT_FINITE, ids=[f"{n}({x})" for n, x, _ in NOT_FINITE])
def test_reduction_of_special_values(name, x, expected, dtype):
    """NaN, infinities and negative zeros come out of a reduction as IEEE 754 and the documentation have it."""
    for shape in ((-1,), (1, -1), (-1, 1)):
        for operators in NATIVE.values():
            result = operators[name](np.array(x, dtype).reshape(shape))
            assert_same(np.array(expected, dtype), np.reshape(result, np.shape(expected)), f"{name}, {shape}")


@pytest.mark.parametrize("dtype", arrays.DTYPES, ids=str)
@pytest.mark.parametrize("name", [n for n in ARRAY_OPERATORS if n != "softmax"])
def test_reduction_of_nothing(name, dtype):
    """A slice without elements gives the value of the oracle table, or a ValueError that names the operator."""
    expected = ROWS[name].of_nothing
    for x, keywords in (
        (np.empty(0, dtype), {}),
        (np.empty((2, 0), dtype), {"axis": 1}),
        (np.empty((0, 2), dtype), {"axis": 0}),
    ):
        for operators in NATIVE.values():
            if expected is ValueError:
                with pytest.raises(ValueError, match=rf"corepy\.{name}: .*empty"):
                    operators[name](x, **keywords)
            else:
                one = operators[name](np.ones(3, dtype))
                shape = () if x.ndim == 1 else (2,)
                assert_same(np.full(shape, expected, one.dtype), operators[name](x, **keywords), f"{name}, {x.shape}")
