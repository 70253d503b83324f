"""argmin and argmax against NumPy's, where vectors and blocks meet what is left of them: ties, NaN, infinities, zeros."""

import numpy as np
import pytest

import corepy

DTYPES = ("float32", "float64", "uint8", "int8", "uint32", "uint64", "int32", "int64", "bool")
# Around the lanes of a vector, steps of four and eight, and blocks of 8 kB.
LENGTHS = (
    1,
    2,
    3,
    7,
    8,
    9,
    15,
    16,
    17,
    31,
    32,
    33,
    63,
    64,
    65,
    100,
    127,
    128,
    129,
    255,
    257,
    1023,
    1024,
    1025,
    2049,
    8191,
    8193,
    20_000,
)


def _places(n: int) -> set[int]:
    return {p for p in (0, 1, n // 3, n // 2, n - 9, n - 2, n - 1) if 0 <= p < n}


def _numbers(dtype: str, n: int) -> np.ndarray:
    return np.random.default_rng(n).integers(10, 100, n).astype(dtype)


def _agrees(x: np.ndarray) -> None:
    for ours, numpys in ((corepy.argmin, np.argmin), (corepy.argmax, np.argmax)):
        assert ours(x) == numpys(x), f"{ours.__name__}, {x.dtype}, {x.size} elements"
        rows = np.stack([x, x[::-1]])
        np.testing.assert_array_equal(ours(rows, axis=1), numpys(rows, axis=1))


def _agrees_wherever(value, dtype: str, n: int) -> None:
    """With the value at each place, alone and at the end too."""
    for p in _places(n):
        x = _numbers(dtype, n)
        x[p] = value
        _agrees(x)
        x[-1] = value
        _agrees(x)


@pytest.mark.parametrize("dtype", DTYPES)
def test_first_of_equals(dtype):
    for n in LENGTHS:
        _agrees(_numbers(dtype, n))
        _agrees(np.zeros(n, dtype))
        for extreme in (0, 1) if dtype == "bool" else (1, 120):
            _agrees_wherever(extreme, dtype, n)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_first_nan(dtype):
    for n in LENGTHS:
        _agrees_wherever(np.nan, dtype, n)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_infinities_are_no_nan(dtype):
    for n in LENGTHS:
        for p in _places(n):
            x = _numbers(dtype, n)
            x[p], x[n // 2] = np.inf, -np.inf
            _agrees(x)
        _agrees(np.where(_numbers(dtype, n) % 2 == 0, np.inf, -np.inf).astype(dtype))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_zeros_of_both_signs_are_equal(dtype):
    for n in LENGTHS:
        _agrees(np.where(np.arange(n) % 3 == 1, -0.0, 0.0).astype(dtype))
        _agrees(np.where(np.arange(n) % 3 == 1, 0.0, -0.0).astype(dtype))
