"""Fills, ranks, partitions and exponential windows: what they refuse, and what holds beyond one slice's truth."""

import numpy as np
import pytest
from compare import assert_same

import corepy
from corepy import errors

NAN = np.nan
ONE = ["count", "sum", "mean", "var", "std"]
TWO = ["cov", "corr"]


@pytest.mark.parametrize(("name", "limit"), [("ffill", "limit"), ("bfill", "limit"), ("push", "n")])
def test_refused_limits(name, limit):
    """A limit is an int from 0 on."""
    with pytest.raises(ValueError, match=rf"corepy\.{name}: {limit} is -1; it must not be negative"):
        getattr(corepy, name)([1.0, NAN], **{limit: -1})
    for wrong in (1.5, "1", True):
        with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: {limit} is .*; it must be an integer"):
            getattr(corepy, name)([1.0, NAN], **{limit: wrong})


def test_fill_moves_payloads():
    """A number is taken as it is, -0.0 too, and a NaN that stays keeps its bits."""
    odd = np.array([0x7FF8_0000_0000_0123, 0x8000_0000_0000_0000, 0x7FF8_0000_0000_0123], np.uint64).view(np.float64)

    assert corepy.ffill(odd).view(np.uint64).tolist() == [0x7FF8_0000_0000_0123, 1 << 63, 1 << 63]
    assert corepy.ffill(odd, limit=0).tobytes() == odd.tobytes()


def test_replace_returns_another_array():
    """replace leaves its input as it is, unless that is out=."""
    x = np.array([1.0, NAN, 1.0])
    before = x.tobytes()

    assert_same(np.array([2.0, NAN, 2.0]), corepy.replace(x, 1, 2))
    assert before == x.tobytes()
    corepy.replace(x, NAN, 0, out=x)
    assert_same(np.array([1.0, 0.0, 1.0]), x)


@pytest.mark.parametrize("name", ["rankdata", "nanrankdata"])
def test_ranks_of_all_elements(name):
    """Without axis= all elements are ranked in C order."""
    x = np.array([[3, 1], [2, 3]])

    assert_same(np.array([3.5, 1.0, 2.0, 3.5]), getattr(corepy, name)(x.T.copy().T))


@pytest.mark.parametrize("name", ["partition", "argpartition"])
def test_refused_kth(name):
    """kth is an int from -n to n - 1."""
    function = getattr(corepy, name)
    for kth in (3, -4, 2**70):
        with pytest.raises(ValueError, match=rf"corepy\.{name}: kth is {kth}; for 3 elements .* from -3 to 2"):
            function([1, 2, 3], kth)
    with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: kth is 1.0; it must be an integer"):
        function([1, 2, 3], 1.0)
    with pytest.raises(ValueError, match=rf"corepy\.{name}: x has no elements along the axis"):
        function([], 0)


@pytest.mark.parametrize("n", [1, 2, 39, 40, 41, 500])
@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "uint64", "uint8", "bool"])
def test_partition_is_numpys(dtype, n):
    """The k-th element is NumPy's, nothing before it is larger and nothing behind it smaller."""
    rng = np.random.default_rng(n)
    x = rng.integers(0, 2**64, n, np.uint64).view(np.int64).astype(dtype)
    for y in (x, x[rng.integers(0, n, n) // 5]):
        for kth in {0, n // 2, n - 1}:
            found = corepy.partition(y, kth)
            assert np.partition(y, kth)[kth] == found[kth]
            assert np.all(found[:kth] <= found[kth])
            assert np.all(found[kth:] >= found[kth])
            assert_same(np.sort(y), np.sort(found))
            assert_same(y[corepy.argpartition(y, kth)], found)


@pytest.mark.parametrize("kind", ONE + TWO)
def test_refused_alpha(kind):
    """alpha is above 0 and at most 1, a number or one for each element; min_weight is a number."""
    name = f"move_exp_nan{kind}"
    args = [np.ones((2, 3))] * (2 if kind in TWO else 1)
    function = getattr(corepy, name)
    for alpha in (0, -0.5, 1.0000001, NAN, np.inf, [0.5, 0.0, 0.5]):
        with pytest.raises(ValueError, match=rf"corepy\.{name}: alpha is .*; it must be above 0 and at most 1"):
            function(*args, alpha=alpha)
    for alpha in ([0.5, 0.5], np.full((2, 3), 0.5)):
        with pytest.raises(errors.ShapeError, match=rf"corepy\.{name}: alpha has shape .*\(3,\), one for each"):
            function(*args, alpha=alpha)
    for alpha in ("fast", None, 1j, True):
        with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: alpha is .*; it must be a real number"):
            function(*args, alpha=alpha)
    with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: min_weight is 'all'; it must be a real number"):
        function(*args, alpha=0.5, min_weight="all")
    with pytest.raises(ValueError, match=rf"corepy\.{name}: min_weight is nan"):
        function(*args, alpha=0.5, min_weight=NAN)


@pytest.mark.parametrize("kind", TWO)
def test_refused_shapes(kind):
    """x and y have one shape."""
    with pytest.raises(errors.ShapeError, match=r"x has shape \(3,\) and y \(4,\)"):
        getattr(corepy, f"move_exp_nan{kind}")(np.ones(3), np.ones(4), alpha=0.5)


@pytest.mark.parametrize("kind", ONE + TWO)
def test_alpha_of_each_element(kind):
    """An array of one alpha gives the bits of the number, along either axis; both of them are float64 for float32 too."""
    rng = np.random.default_rng(5)
    for dtype in (np.float64, np.float32):
        args = [rng.normal(size=(30, 40)).astype(dtype) for _ in range(2 if kind in TWO else 1)]
        for axis in (0, 1):
            function = getattr(corepy, f"move_exp_nan{kind}")
            expected = function(*args, alpha=0.1, axis=axis)
            assert_same(expected, function(*args, alpha=np.full(args[0].shape[axis], 0.1), axis=axis))


def test_variance_far_from_zero():
    """A mean of 1e9 costs the variance nothing, and it is never negative; of equal numbers it is 0."""
    x = np.random.default_rng(1).integers(-4, 5, 3000) * 0.5

    assert_same(corepy.move_exp_nanvar(x, alpha=0.1), corepy.move_exp_nanvar(x + 2.0**30, alpha=0.1))
    assert np.all(corepy.move_exp_nanvar(1e9 + x * 1e-8, alpha=0.3)[1:] >= 0)
    assert np.all(corepy.move_exp_nanvar(np.full(3000, 0.1), alpha=0.3)[1:] == 0)


def test_correlation_is_limited():
    """Of equal arrays the correlation is 1 and never more, of opposite ones -1; of a constant one it is NaN."""
    x = np.random.default_rng(2).normal(size=2000)
    found = corepy.move_exp_nancorr(x, 3 * x, alpha=0.2)[1:]

    assert np.all(np.abs(found) <= 1)
    assert np.all(found > 1 - 1e-12)
    assert np.all(corepy.move_exp_nancorr(x, -x, alpha=0.2)[1:] < -1 + 1e-12)
    assert np.all(np.isnan(corepy.move_exp_nancorr(x, np.ones(2000), alpha=0.2)))
