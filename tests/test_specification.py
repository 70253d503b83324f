"""The order of operations that the specification writes down, written again in plain Python from its text."""

import math
from operator import add, mul

import arrays
import numpy as np
import pytest
from backends import NATIVE
from compare import assert_same

LENGTHS = [1, 2, 3, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 95, 100, 128, 129, 200, 500, 1025]


def _fold(operation, values, initial):
    """32 lanes: lane j takes elements j, j + 32, ...; then lane j takes lanes j + 16, j + 8, j + 4, j + 2, j + 1."""
    lanes = [initial] * 32
    for i, value in enumerate(values):
        lanes[i % 32] = operation(lanes[i % 32], value)
    for width in (16, 8, 4, 2, 1):
        for j in range(width):
            lanes[j] = operation(lanes[j], lanes[j + width])
    return lanes[0]


def _sum(values):
    return _fold(add, values, -0.0)


def _var(values, ddof=0.0):
    mean = _sum(values) / len(values)
    return _fold(add, [(v - mean) * (v - mean) for v in values], 0.0) / (len(values) - ddof)


# From a slice as Python floats (float32 included) to the float64 that is rounded once to the dtype of the slice.
SPECIFIED = {
    "sum": _sum,
    "prod": lambda values: _fold(mul, values, 1.0),
    "mean": lambda values: _sum(values) / len(values),
    "var": _var,
    "std": lambda values: math.sqrt(_var(values)),
}


def _slice(dtype, n):
    """Numbers whose sum and product show the order in which they are taken."""
    rng = np.random.default_rng(n)
    return (rng.choice([-1, 1], n) * (1 + rng.random(n)) * 2.0 ** rng.integers(-2, 2, n)).astype(dtype)


@pytest.mark.parametrize("n", LENGTHS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", SPECIFIED)
def test_order_of_operations(name, dtype, n):
    """A reduction of floats has the bits of its specified order, alone and along either axis of an array."""
    x = _slice(dtype, n)
    # float32 would overflow on the way to its last rounding.
    expected = np.dtype(dtype).type(SPECIFIED[name](x.tolist()))

    for operators in NATIVE.values():
        assert_same(expected, operators[name](x))
        assert_same(np.full(3, expected), operators[name](np.repeat(x[:, None], 3, axis=1), axis=0))
        assert_same(np.full(3, expected), operators[name](np.repeat(x[None], 3, axis=0), axis=1))


def test_order_shows():
    """The slices of these tests are such that another order gives other bits: the tests above are not blind."""
    for n in (33, 100, 500, 1025):
        values = _slice("float64", n).tolist()
        others = {_sum(values[::-1]), sum(values[1:], values[0]), _fold(add, values[32:] + values[:32], -0.0)}
        assert others != {_sum(values)}


@pytest.mark.parametrize("dtype", ["float64", "int32", "bool"])
def test_integers_are_averaged_in_float64(dtype):
    """mean, var and std of integers have the bits of the same numbers as float64."""
    x = arrays.mixed(dtype, 333) if dtype != "float64" else np.arange(333.0)
    for operators in NATIVE.values():
        for name in ("mean", "var", "std", "logsumexp", "softmax"):
            assert_same(operators[name](x.astype(np.float64)), operators[name](x))


@pytest.mark.parametrize("n", LENGTHS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_softmax_and_logsumexp(dtype, n):
    """softmax and logsumexp are made of exp, log and the specified sum, in float64."""
    x = _slice(dtype, n) * np.dtype(dtype).type(5)
    for operators in NATIVE.values():
        wide = x.astype(np.float64)
        powers = operators["exp"](wide - wide.max())
        total = _sum(powers.tolist())
        assert_same((powers * (1.0 / total)).astype(dtype), operators["softmax"](x))
        expected = wide.max() + operators["log"](np.float64(total))
        assert_same(np.dtype(dtype).type(expected), operators["logsumexp"](x))


def test_tuple_axes_are_taken_in_ascending_order():
    """A slice over several axes is taken in C order of the axes in ascending order, however they are named."""
    x = _slice("float64", 5 * 7 * 9).reshape(5, 7, 9)
    for axis in ((0, 2), (2, 0), (-1, 0)):
        expected = np.array([_sum(x[:, i, :].ravel().tolist()) for i in range(7)])
        for operators in NATIVE.values():
            assert_same(expected, operators["sum"](x, axis=axis))
            assert_same(expected, operators["sum"](np.asfortranarray(x), axis=axis))
