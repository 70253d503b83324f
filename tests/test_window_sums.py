"""Sums, medians, ranks and covariances of moving windows, where it is hard: against exact arithmetic and plain definitions."""

import math
from fractions import Fraction

import arrays
import numpy as np
import pytest
from backends import NATIVE, REFERENCE
from compare import assert_same

import corepy
from corepy import errors

NAMES = ["move_corr", "move_cov", "move_mean", "move_median", "move_rank", "move_sum"]


def _arguments(name: str, x: np.ndarray) -> list[np.ndarray]:
    return [x, np.cos(np.arange(x.shape[-1]) * 1.7) + x] if name in ("move_corr", "move_cov") else [x]


def _ill_conditioned(n: int, seed: int) -> np.ndarray:
    """Of all sizes, and with their negatives beside them, so that sums cancel."""
    rng = np.random.default_rng(seed)
    half = rng.normal(size=n // 2) * 10.0 ** rng.integers(-3, (2, 20, 300)[seed % 3], n // 2)
    half = np.round(half) if seed % 4 == 3 else half
    return rng.permutation(np.concatenate([half, -half]))


@pytest.mark.parametrize("seed", range(6))
def test_sum_is_the_exact_one(seed):
    """A sum is the exact one, correctly rounded, and a mean within 2 ulp of it, whatever the elements are."""
    x = _ill_conditioned(120, seed)
    x[17::40] = np.nan
    for window, least in ((1, 1), (3, 2), (20, 10), (77, 1)):
        for level, operators in [*NATIVE.items(), ("reference", REFERENCE)]:
            sums = operators["move_sum"](x, window, least)
            means = operators["move_mean"](x, window, least)
            for i in range(x.size):
                values = [Fraction(v) for v in x[max(i + 1 - window, 0) : i + 1].tolist() if v == v]
                context = f"{level}, {window}, at {i}"
                if len(values) < least:
                    assert np.isnan(sums[i]), context
                    assert np.isnan(means[i]), context
                else:
                    truth = sum(values)
                    assert_same(np.float64(float(truth)), sums[i], context)
                    unit = Fraction(float(np.spacing(abs(float(truth / len(values))))))
                    assert abs(Fraction(means[i].item()) - truth / len(values)) <= 2 * unit, context


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("rare", [0.0, 1e-40, 1e25, np.nan])
def test_sum_of_long_slices_is_the_exact_one(dtype, rare):
    """So it is where blocks begin and end, beside zeros, and with the same bits where few elements are far from the others."""
    x = np.random.default_rng(6).normal(size=3000).astype(dtype)
    x[[7, 1500, 1507]] = rare
    for window in (1, 2, 77, 512, 800, 3000):
        windows = [x[max(i + 1 - window, 0) : i + 1] for i in range(x.size)]
        numbers = [v[v == v].tolist() for v in windows]
        expected = np.array([math.fsum(v) if v else np.nan for v in numbers]).astype(dtype)
        for level, operators in NATIVE.items():
            assert_same(expected, operators["move_sum"](x, window, 1) + 0, f"{level}, {window}")


def test_sums_that_overflow_on_the_way():
    """A window whose partial sums overflow has its own sum; infinities add as they do elsewhere."""
    x = np.array([1e308, 1e308, -1e308, -1e308, 3.0, np.inf, 1.0, -np.inf, 2.0])
    for operators in NATIVE.values():
        found = operators["move_sum"](x, 4)
        assert_same(np.array([np.nan] * 3 + [0.0, -1e308, np.inf, np.inf, np.nan, np.nan]), found)
        assert_same(np.array([np.inf, 0.0]), operators["move_sum"](x[:3], 2)[1:])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("outside", [1e300, np.inf, -np.inf, np.nan, -1e-300])
def test_what_left_the_window_does_not_show(name, outside):
    """A window has the same bits whatever stood before it in the slice."""
    x = np.random.default_rng(1).normal(size=300)
    for window in (2, 7, 32, 100):
        for operators in NATIVE.values():
            expected = operators[name](*_arguments(name, x), window)
            arguments = _arguments(name, x)
            changed = [np.concatenate([np.full(50, outside), a[50:]]) for a in arguments]
            found = operators[name](*changed, window)
            assert_same(expected[50 + window - 1 :], found[50 + window - 1 :], f"{name}, {window}")


@pytest.mark.parametrize("name", ["move_sum", "move_mean", "move_median", "move_rank"])
@pytest.mark.parametrize("dtype", ["float64", "float32", "int32"])
def test_plain_definition(name, dtype):
    """Over views of the windows, NumPy's functions give the same: many windows, long slices, ties."""
    x = np.random.default_rng(2).integers(-9, 10, 700).astype(dtype)
    for window in (1, 2, 21, 64, 333):
        views = np.lib.stride_tricks.sliding_window_view(x, window).astype(np.float64)
        newest = views[:, -1:]
        ranks = 2 * (views < newest).sum(axis=1) + (views == newest).sum(axis=1) - window
        expected = {
            "move_sum": views.sum(axis=1),
            "move_mean": views.sum(axis=1) / window,
            "move_median": np.median(views, axis=1),
            "move_rank": ranks / max(window - 1, 1),
        }[name]
        for level, operators in NATIVE.items():
            found = operators[name](x, window)
            assert np.all(np.isnan(found[: window - 1]))
            assert_same((expected + 0.0).astype(found.dtype), found[window - 1 :], f"{level}, {window}")


@pytest.mark.parametrize("name", ["move_cov", "move_corr"])
def test_covariance_of_ill_conditioned_windows(name):
    """Data of mean 1e9 and spread 1 have the covariance and correlation of each window to 14 digits of their spread."""
    rng = np.random.default_rng(3)
    x = 1e9 + rng.normal(size=150)
    y = x - 3e9 + rng.normal(size=150)
    for window in (2, 5, 20, 33):
        for operators in NATIVE.values():
            found = operators[name](x, y, window)
            for i in range(window - 1, 150):
                a = [Fraction(v) for v in x[i - window + 1 : i + 1].tolist()]
                b = [Fraction(v) for v in y[i - window + 1 : i + 1].tolist()]
                a = [v - sum(a) / window for v in a]
                b = [v - sum(b) / window for v in b]
                covariance = float(sum(v * w for v, w in zip(a, b, strict=True)) / (window - 1))
                scale = float(sum(v * v for v in a) * sum(v * v for v in b)) ** 0.5 / (window - 1)
                truth, size = (covariance, scale) if name == "move_cov" else (covariance / scale, 1.0)
                assert abs(found[i] - truth) <= 1e-14 * size, (window, i)


@pytest.mark.parametrize("scale", [0.1, 1e-100, 1e9 + 0.1, -7.7])
def test_correlation_is_in_its_range(scale):
    """A correlation is -1 to 1, that of multiples is 1 or -1 nearly; with equal numbers there is none."""
    x = np.random.default_rng(4).normal(size=300)
    for operators in NATIVE.values():
        for window in (2, 3, 20, 47):
            found = operators["move_corr"](x, x * scale, window)[window - 1 :]
            assert np.all(np.abs(found) <= 1.0)
            np.testing.assert_allclose(found, np.sign(scale), rtol=0, atol=1e-13)
            assert np.all(np.isnan(operators["move_corr"](x, np.full(300, scale), window)))


@pytest.mark.parametrize("name", NAMES)
def test_argument_errors(name):
    """A window or min_count out of range, or of another kind, is an error that names it and its range."""
    function = getattr(corepy, name)
    x = _arguments(name, np.arange(6.0).reshape(2, 3))
    for window in (0, -1, 4):
        for arguments in (x, [a[0] for a in x]):
            with pytest.raises(ValueError, match=rf"corepy\.{name}: window is {window}; it may be 1 to 3"):
                function(*arguments, window)
    for least in (0, -1, 3):
        with pytest.raises(ValueError, match=rf"corepy\.{name}: min_count is {least}; it may be 1 to 2"):
            function(*x, 2, least)
    with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: window is 2\.0; it must be an integer"):
        function(*x, 2.0)
    with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: axis is None; it must be an int"):
        function(*x, 2, axis=None)


def test_pairs_must_match():
    """Arrays of different shapes, and a ddof that is no number, are errors that say so."""
    for name in ("move_cov", "move_corr"):
        with pytest.raises(
            errors.ShapeError, match=rf"corepy\.{name}: y has shape \(2,\); it must have that of x, \(3,\)"
        ):
            getattr(corepy, name)([1.0, 2.0, 3.0], [1.0, 2.0], 2)
    with pytest.raises(errors.DTypeError, match=r"corepy\.move_cov: ddof is 'one'; it must be a number"):
        corepy.move_cov([1.0, 2.0], [1.0, 2.0], 2, ddof="one")


@pytest.mark.parametrize("name", ["move_sum", "move_mean", "move_median", "move_rank"])
def test_as_bottleneck(name):
    """Where bottleneck is installed, results are its own: any window, min_count and axis, with NaN among the elements."""
    bottleneck = pytest.importorskip("bottleneck")
    rng = np.random.default_rng(5)
    x = rng.integers(-5, 5, (6, 40)).astype(np.float64)
    x[rng.random(x.shape) < 0.2] = np.nan
    for axis, window, least in ((0, 3, None), (1, 2, None), (1, 7, 3), (-1, 20, 1), (-1, 40, 20)):
        expected = getattr(bottleneck, name)(x, window, least, axis=axis)
        found = getattr(corepy, name)(x, window, least, axis=axis)
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


def test_edges_of_every_dtype():
    """Windows of one element give the number itself, for every finite edge of every dtype."""
    for dtype in arrays.DTYPES:
        x = arrays.edges(dtype)
        x = x[np.isfinite(x)]
        wide = x.astype(dtype if dtype.kind == "f" else np.float64)
        for name in ("move_sum", "move_mean", "move_median"):
            assert_same(wide + 0, getattr(corepy, name)(x, 1))


def test_sums_of_numbers_far_apart():
    """Sums whose parts are many: each bit of a window may stand for itself."""
    x = 2.0 ** np.arange(-1070, 1000, 3)
    x = np.concatenate([x, [-x[-1], 3.0 * x[-1]]])
    y = np.random.default_rng(7).normal(size=1000) * 10.0 ** np.random.default_rng(8).integers(-300, 300, 1000)
    for values, window in ((x, x.size - 1), (-x, x.size), (y, 700), (y, 1000)):
        expected = [math.fsum(values[max(0, i - window + 1) : i + 1]) for i in range(values.size)]
        for operators in (*NATIVE.values(), REFERENCE):
            assert_same(np.array(expected), operators["move_sum"](values, window, min_count=1))
