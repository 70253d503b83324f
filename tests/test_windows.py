"""Moving windows: what is outside never shows, variances keep their digits, and arguments out of range are named."""

from fractions import Fraction

import arrays
import numpy as np
import pytest
from backends import NATIVE
from compare import assert_same
from numpy.lib.stride_tricks import sliding_window_view
from oracle_slices import SLICE_ROWS

import corepy
from corepy import errors

NAMES = ["move_argmax", "move_argmin", "move_max", "move_min", "move_std", "move_var"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("outside", [1e300, np.inf, -np.inf, np.nan, -1e-300])
def test_what_left_the_window_does_not_show(name, outside):
    """A window has the same bits whatever stood before it in the slice."""
    x = np.random.default_rng(1).normal(size=300)
    for window in (1, 2, 7, 32, 100):
        for operators in NATIVE.values():
            expected = operators[name](x, window)
            y = x.copy()
            y[:50] = outside
            assert_same(expected[50 + window - 1 :], operators[name](y, window)[50 + window - 1 :], f"{name}, {window}")


@pytest.mark.parametrize(("n", "window", "least"), [(4000, 1500, 1500), (3000, 2999, 1), (2500, 700, 300)])
@pytest.mark.parametrize("missing", [0.0, 0.6])
def test_median_of_long_windows(n, window, least, missing):
    """Where numbers come and go many times, and NaN empties a window, medians are those of the sorted window."""
    rng = np.random.default_rng(n)
    x = np.round(rng.normal(size=n), 2)
    x[rng.random(n) < missing] = np.nan
    x[n // 2 : n // 2 + 750] = np.nan if missing else 0.5

    expected = np.full(n, np.nan)
    for i in range(n):
        numbers = np.sort(x[max(0, i - window + 1) : i + 1])
        numbers = numbers[~np.isnan(numbers)]
        if numbers.size >= least:
            expected[i] = (numbers[(numbers.size - 1) // 2] + numbers[numbers.size // 2]) / 2 + 0.0

    assert_same(expected, corepy.move_median(x, window, least))


# Windows of a few elements, blocks of 64 to 1024 and pieces of 4, 16, ... begin anew, and lead to other kernels, between these.
WINDOWS = [(150, w) for w in range(1, 41)] + [(1100, w) for w in (100, 511, 513, 1023, 1025)]
LENGTHS = [(n, w) for n in (63, 65, 88, 128, 255, 257, 280, 512, 514, 1023, 1025, 1027) for w in (2, 7)]


@pytest.mark.parametrize("name", ["move_argmax", "move_argmin", "move_max", "move_median", "move_min", "move_rank"])
@pytest.mark.parametrize("missing", [0.0, 0.05])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_windows_and_lengths_where_another_way_begins(name, missing, dtype):
    """Of numbers many of which are equal, with NaN or without, results are those of each window alone."""
    truth = SLICE_ROWS[name].truth
    rng = np.random.default_rng(5)
    for n, window in WINDOWS + LENGTHS:
        x = np.round(rng.normal(size=n), 1).astype(dtype)
        x[rng.random(n) < missing] = np.nan
        x[rng.random(n) < missing] = np.inf
        least = window if missing == 0.0 else (window + 2) // 3
        expected = truth(x, window, least)
        for level, operators in NATIVE.items():
            assert_same(expected, operators[name](x, window, least), f"{name}, {n}, {window}, {level}")


@pytest.mark.parametrize("window", [8190, 8192, 8193, 9000])
def test_extremes_of_long_windows(window):
    """From 8192 elements on, extremes are found element by element."""
    x = np.random.default_rng(6).permutation(9200).astype(np.float64)
    whole = sliding_window_view(x, window)
    for operators in NATIVE.values():
        assert_same(whole.min(axis=1), operators["move_min"](x, window)[window - 1 :])
        assert_same(window - 1.0 - whole.argmax(axis=1), operators["move_argmax"](x, window)[window - 1 :])


def test_variance_of_ill_conditioned_windows():
    """Data of mean 1e9 and spread 1, with a step of 1e15 between, have the variance of each window to 14 digits."""
    rng = np.random.default_rng(2)
    x = 1e9 + rng.normal(size=200)
    x[100:] = 1e15 + rng.integers(-8, 9, 100)
    for window in (2, 5, 20, 33):
        for operators in NATIVE.values():
            found = operators["move_var"](x, window)
            for i in range(window - 1, 200):
                values = [Fraction(v) for v in x[i - window + 1 : i + 1].tolist()]
                mean = sum(values) / window
                truth = sum((v - mean) ** 2 for v in values) / window
                assert abs(Fraction(found[i].item()) - truth) <= truth * Fraction(1, 10**14), (window, i)


@pytest.mark.parametrize("scale", [0.1, 1e-200, 1e9 + 0.1, 1e15 + 0.3, -7.7])
def test_variance_of_equal_numbers_is_zero(scale):
    """Equal numbers have variance 0.0 and deviation 0.0, whatever they are, and no variance is negative."""
    for operators in NATIVE.values():
        for window in (1, 3, 20, 47):
            for name in ("move_var", "move_std"):
                assert_same(np.zeros(101 - window), operators[name](np.full(100, scale), window)[window - 1 :])
        x = scale * (1 + np.random.default_rng(3).normal(size=500) * 1e-15)
        assert not np.any(operators["move_var"](x, 20) < 0.0)


@pytest.mark.parametrize("name", NAMES)
def test_argument_errors(name):
    """A window or min_count out of range, or of another kind, is an error that names it and its range."""
    function = getattr(corepy, name)
    x = np.arange(6.0).reshape(2, 3)
    for window in (0, -1, 4):
        with pytest.raises(ValueError, match=rf"corepy\.{name}: window is {window}; it may be 1 to 3"):
            function(x, window)
        with pytest.raises(ValueError, match=rf"corepy\.{name}: window is {window}; it may be 1 to 3"):
            function(x[0], window)
    for least in (0, -1, 3):
        with pytest.raises(ValueError, match=rf"corepy\.{name}: min_count is {least}; it may be 1 to 2"):
            function(x, 2, least)
    with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: window is 2\.0; it must be an integer"):
        function(x[0], 2.0)
    with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: min_count is '1'; it must be an integer"):
        function(x[0], 2, min_count="1")
    with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: axis is None; it must be an int"):
        function(x, 2, axis=None)


@pytest.mark.parametrize("name", ["move_std", "move_var"])
def test_ddof_is_a_number(name):
    """Another ddof is an error that names it; where n - ddof is not above 0 the result is inf or NaN."""
    function = getattr(corepy, name)
    with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: ddof is 'one'; it must be a number"):
        function([1.0, 2.0], 2, ddof="one")
    assert_same(np.array([np.nan, np.inf, np.nan]), function([1.0, 2.0, 2.0], 2, ddof=3))


@pytest.mark.parametrize("name", NAMES)
def test_as_bottleneck(name):
    """Where bottleneck is installed, results are its own: any window, min_count and axis, with NaN among the elements."""
    bottleneck = pytest.importorskip("bottleneck")
    rng = np.random.default_rng(4)
    x = rng.integers(-5, 5, (6, 40)).astype(np.float64)
    x[rng.random(x.shape) < 0.2] = np.nan
    for axis, window, least in ((0, 3, None), (1, 1, None), (1, 7, 3), (-1, 20, 1), (-1, 40, 20)):
        expected = getattr(bottleneck, name)(x, window, least, axis=axis)
        found = getattr(corepy, name)(x, window, least, axis=axis)
        np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)


def test_edges_of_every_dtype():
    """Windows of one element give the number itself, and no spread, for every finite edge of every dtype."""
    for dtype in arrays.DTYPES:
        x = arrays.edges(dtype)
        x = x[np.isfinite(x)]
        wide = x.astype(dtype if dtype.kind == "f" else np.float64)
        for name in ("move_min", "move_max"):
            assert_same(wide + 0, getattr(corepy, name)(x, 1))
        assert_same(np.zeros_like(wide), corepy.move_var(x, 1))
