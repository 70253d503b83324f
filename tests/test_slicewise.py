"""Operators that keep the axis they go along: right for one slice, and for any other the bits of that slice alone."""

from fractions import Fraction

import arrays
import numpy as np
import pytest
from backends import NATIVE, REFERENCE, SLICEWISE
from compare import assert_same
from hypothesis import given
from hypothesis import strategies as st
from oracle_slices import SLICE_ROWS
from ulps import exact, half_ulp

import corepy
from corepy import errors

DTYPES = [d for d in arrays.DTYPES if d.kind != "b"]
FLOATS = [d for d in DTYPES if d.kind == "f"]
EXACT = [name for name in SLICEWISE if SLICE_ROWS[name].error is None]
BOUNDED = [name for name in SLICEWISE if SLICE_ROWS[name].error is not None]


def _slices(name: str, x: np.ndarray) -> list[np.ndarray]:
    """The array arguments of an operator, made of one: others are the same elements in another order."""
    return [np.roll(x, 7 * i) for i in range(SLICE_ROWS[name].arrays)]


def _moderate(dtype, n: int, seed: int) -> np.ndarray:
    """Numbers near 1 whose products and sums show how they are computed; every fifth or so is NaN in odd seeds."""
    rng = np.random.default_rng(seed)
    x = (rng.choice([-1, 1], n) * (1 + rng.random(n)) * 2.0 ** rng.integers(-2, 2, n)).astype(dtype)
    return np.where(rng.random(n) < 0.2, dtype.type(np.nan), x) if seed % 2 else x


@pytest.mark.parametrize("n", [1, 2, 5, 33, 100])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("name", EXACT)
def test_exact_operator_equals_truth(name, dtype, n):
    """An operator that rounds nothing gives the truth's bits: NaN, infinities, zeros and equals included."""
    row = SLICE_ROWS[name]
    for seed in range(3):
        x = arrays.mixed(dtype, n, seed)
        for y in (x, np.where(x == x, x, dtype.type(1)), np.resize(x[:3], n)):
            args = _slices(name, y)
            for keywords in row.calls(n):
                with np.errstate(all="ignore"):
                    expected = row.truth(*args, **keywords)
                for level, operators in NATIVE.items():
                    assert_same(expected, operators[name](*args, **keywords), f"{name}, {level}, {keywords}")


@pytest.mark.parametrize("n", [1, 2, 5, 33, 100])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("name", BOUNDED)
def test_bounded_operator_is_near_truth(name, dtype, n):
    """An operator that rounds gives the exact result to within its stated error; integers give all bits of it."""
    row = SLICE_ROWS[name]
    # The truth of integers is worked out in fractions, too, and they have no rounding to search for.
    for seed in range(4 if dtype.kind == "f" else 1):
        if dtype.kind != "f":
            args = _slices(name, arrays.mixed(dtype, n, seed))
        elif "nan" in name or "move" in name:
            args = _slices(name, _moderate(dtype, n, seed))
        else:
            args = _slices(name, _moderate(dtype, n, 2 * seed))
        for keywords in row.calls(n):
            truth = row.truth(*args, **keywords)
            for level, operators in NATIVE.items():
                found = operators[name](*args, **keywords)
                context = f"{name}, {level}, {keywords}"
                if isinstance(truth, np.ndarray):
                    assert_same(truth, found, context)
                else:
                    allowed = row.error(*args, **keywords)
                    for i, (value, error) in enumerate(zip(truth, allowed, strict=True)):
                        if isinstance(value, float):
                            assert_same(found.dtype.type(value), found[i], f"{context}, at {i}")
                        else:
                            error = Fraction(error) + half_ulp(value, found.dtype)
                            assert abs(exact(found[i]) - exact(value)) <= error, f"{context}, at {i}"


def _moved(name: str, x: np.ndarray, axis: int, keywords: dict, operator) -> np.ndarray:
    """The result put together from that for each slice alone."""
    args = [np.moveaxis(a, axis, -1) for a in _slices(name, x)]
    rows = [operator(*(np.array(a[i]) for a in args), **keywords) for i in np.ndindex(args[0].shape[:-1])]
    return np.moveaxis(np.array(rows).reshape(*args[0].shape[:-1], -1), -1, axis)


SHAPES = [((40,), 0), ((5, 41), 0), ((5, 41), -1), ((41, 5), 0), ((130, 3), 0), ((3, 34, 4), 1), ((2, 3, 4, 35), 2)]


@pytest.mark.parametrize(("shape", "axis"), SHAPES, ids=str)
@pytest.mark.parametrize("name", SLICEWISE)
def test_any_axis_of_any_layout(name, shape, axis):
    """Along any axis of any layout, an operator gives the bits of each slice alone, flat and contiguous."""
    for dtype in map(np.dtype, ("float64", "float32", "int16", "uint8", "int64")):
        x = arrays.mixed(dtype, int(np.prod(shape)), seed=len(shape)).reshape(shape)
        x = np.where(np.abs(x) < 1e6, x, dtype.type(1)) if dtype.kind == "f" and axis else x
        keywords = SLICE_ROWS[name].calls(shape[axis])[-1]
        for level, operators in NATIVE.items():
            operator = operators[name]
            expected = _moved(name, x, axis, keywords, operator)
            for layout, move in arrays.LAYOUTS.items():
                given = [move(a) for a in _slices(name, x)]
                assert_same(expected, operator(*given, axis=axis, **keywords), f"{name}, {level}, {dtype}, {layout}")


@st.composite
def slicewise(draw):
    """An array of up to three dimensions, an axis of it and a layout."""
    shape = tuple(draw(st.lists(st.sampled_from([1, 2, 3, 5, 33, 40]), min_size=1, max_size=3)))
    while np.prod(shape, dtype=int) > 300:
        shape = shape[1:]
    size = int(np.prod(shape, dtype=int))
    drawn = draw(st.binary(min_size=8 * size, max_size=8 * size))
    axis = draw(st.integers(-len(shape), len(shape) - 1))
    return drawn, shape, axis, draw(st.sampled_from(list(arrays.LAYOUTS))), draw(st.integers(0, 100))


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("name", SLICEWISE)
@given(case=slicewise())
def test_operator_equals_reference(name, dtype, case):
    """An operator gives the reference's bits for any values, any axis and any layout."""
    drawn, shape, axis, layout, choice = case
    x = arrays.from_bytes(dtype, drawn).reshape(shape)
    calls = SLICE_ROWS[name].calls(shape[axis])
    keywords = calls[choice % len(calls)] | {"axis": axis}
    expected = REFERENCE[name](*_slices(name, x), **keywords)

    for level, operators in NATIVE.items():
        given = [arrays.LAYOUTS[layout](a) for a in _slices(name, x)]
        assert_same(expected, operators[name](*given, **keywords), f"{name}, {level}, {shape}, {keywords}")


# Around the blocks in which columns and windows are taken.
LENGTHS = [31, 32, 33, 255, 256, 257, 300, 1023, 1024, 1025, 1100]


@pytest.mark.parametrize("n", LENGTHS)
@pytest.mark.parametrize("name", SLICEWISE)
def test_operator_equals_reference_at_lengths(name, n):
    """Around each length at which a kernel's loops change, an operator gives the reference's bits."""
    for dtype in FLOATS:
        x = _moderate(dtype, n, seed=n)
        keywords = SLICE_ROWS[name].calls(n)[n % 2 - 1]
        expected = REFERENCE[name](*_slices(name, x), **keywords)

        for level, operators in NATIVE.items():
            assert_same(expected, operators[name](*_slices(name, x), **keywords), f"{name}, {level}, {dtype}[{n}]")


@pytest.mark.parametrize("name", SLICEWISE)
def test_inputs_are_kept_and_results_are_separate(name):
    """Inputs keep their bytes, and a result shares no memory with them, even where it is equal to them."""
    for dtype in DTYPES:
        for shape in ((90,), (9, 10), (1, 90)):
            args = _slices(name, arrays.mixed(dtype, 90).reshape(shape))
            before = [x.tobytes() for x in args]
            for operators in NATIVE.values():
                for axis in (0, -1):
                    result = operators[name](*args, axis=axis, **SLICE_ROWS[name].calls(shape[axis])[0])
                    assert not any(np.shares_memory(result, x) for x in args)
                    assert result.flags.writeable
            assert before == [x.tobytes() for x in args]


@pytest.mark.parametrize("name", SLICEWISE)
def test_refused_arguments(name):
    """Another dtype, a masked array and an axis out of range are errors that name the operator."""
    function = getattr(corepy, name)
    row = SLICE_ROWS[name]
    keywords = row.calls(3)[0]
    for refused in (np.ones(3, np.complex128), np.ones(3, np.float16), np.array(["a", "b", "c"])):
        with pytest.raises(
            errors.DTypeError, match=rf"(?s)corepy\.{name}: . has dtype .*Accepted are bool, int8 .*float64"
        ):
            function(*[refused] * row.arrays, **keywords)
    with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: masked arrays are not supported"):
        function(*[np.ma.array([1.0, 2.0, 3.0])] * row.arrays, **keywords)
    with pytest.raises(errors.AxisError, match=rf"corepy\.{name}: axis 2 is out of bounds for array of dimension 2"):
        function(*[np.ones((3, 3))] * row.arrays, **keywords, axis=2)
    with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: axis is 'rows'; it must be"):
        function(*[np.ones((3, 3))] * row.arrays, **keywords, axis="rows")


@pytest.mark.parametrize("name", SLICEWISE)
def test_no_warnings(name):
    """Overflow, NaN and infinities warn nobody, under np.errstate(all='raise') too; nor does an array without slices."""
    row = SLICE_ROWS[name]
    for dtype in FLOATS:
        for keywords in row.calls(99):
            with np.errstate(all="raise"):
                getattr(corepy, name)(*_slices(name, arrays.mixed(dtype, 99)), **keywords)
                empty = getattr(corepy, name)(*[np.ones((0, 99), dtype)] * row.arrays, **keywords, axis=1)
            assert empty.shape[0] == 0


@pytest.mark.parametrize("name", SLICEWISE)
def test_subclass_and_list_are_computed_as_array(name):
    """A subclass of ndarray and nested lists give what the array they stand for gives."""

    class Subclass(np.ndarray):
        pass

    for dtype in (np.float64, np.int64):
        args = _slices(name, np.arange(1, 31).astype(dtype).reshape(5, 6))
        for slices in (args, [a[0] for a in args]):
            keywords = SLICE_ROWS[name].calls(6)[0]
            expected = getattr(corepy, name)(*slices, **keywords, axis=-1)
            assert_same(expected, getattr(corepy, name)(*(a.view(Subclass) for a in slices), **keywords, axis=-1))
            assert_same(expected, getattr(corepy, name)(*(a.tolist() for a in slices), **keywords, axis=-1))
