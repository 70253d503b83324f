"""Native against reference, bit for bit: every operator, every loop, every level that this machine runs."""

import arrays
import numpy as np
import pytest
from backends import ARRAY_OPERATORS, LOOPS, NATIVE, REFERENCE, UFUNCS
from compare import assert_same
from hypothesis import given
from hypothesis import strategies as st

DIVISIONS = [name for name in UFUNCS if "ZeroDivisionError" in REFERENCE[name].__doc__]
WITH_DDOF = ("var", "std", "nanvar", "nanstd")

layouts = st.sampled_from(list(arrays.LAYOUTS))


@st.composite
def operands(draw, dtypes):
    """One array for each dtype, of shapes that broadcast, in any layout."""
    n = draw(st.integers(0, 70))
    found = []
    for i, dtype in enumerate(dtypes):
        scalar = len(dtypes) > 1 and draw(st.integers(0, 4)) == 0
        size = 1 if scalar else n
        array = arrays.from_bytes(dtype, draw(st.binary(min_size=8 * size, max_size=8 * size)))
        if scalar:
            # A 0-d array, or one element repeated by a stride of 0.
            found.append(array[0] if i % 2 else arrays.broadcast(array[0].reshape(()), n))
        else:
            found.append(arrays.LAYOUTS[draw(layouts)](array))
    return found


@pytest.mark.parametrize(("name", "loop"), LOOPS, ids=lambda value: value.replace("->", "-"))
@given(data=st.data())
def test_ufunc_equals_reference(name, loop, data):
    """An elementwise operator gives the reference's bits for any values in any layout."""
    dtypes = [np.dtype(c) for c in loop.split("->")[0]]
    args = data.draw(operands(dtypes))
    args = arrays.accepted(REFERENCE[name], [np.asarray(x) for x in args])
    expected = REFERENCE[name](*(np.array(x, d) for x, d in zip(args, dtypes, strict=True)))

    for level, operators in NATIVE.items():
        assert_same(expected, operators[name](*args), f"{name}, {level}")


@pytest.mark.parametrize(("name", "loop"), LOOPS, ids=lambda value: value.replace("->", "-"))
def test_ufunc_equals_reference_on_every_pair_of_edges(name, loop):
    """An elementwise operator gives the reference's bits for every edge value with every other."""
    args = arrays.accepted(REFERENCE[name], arrays.grid(loop.split("->")[0]))
    expected = REFERENCE[name](*args)

    for level, operators in NATIVE.items():
        assert_same(expected, operators[name](*args), f"{name}, {level}")


@pytest.mark.parametrize(
    ("name", "loop"),
    [(n, l) for n, l in LOOPS if l[0] in "fd" and l[1] == "-"],
    ids=lambda value: value.replace("->", "-"),
)
def test_ufunc_of_positive_numbers_equals_reference(name, loop):
    """Positive numbers, of which a __rare variant may take none, a few or many in a block, give the reference's bits."""
    x = np.abs(arrays.mixed(loop[0], 3000, seed=11))
    x = np.concatenate(
        [x[x > 0], np.geomspace(1e-30, 1e30, 3000).astype(loop[0]), np.linspace(0.01, 40, 3000).astype(loop[0])]
    )
    for values in (x, x[::-1], np.concatenate([x[:700], -x[:3], x[700:]])):
        expected = REFERENCE[name](values)

        for level, operators in NATIVE.items():
            assert_same(expected, operators[name](values), f"{name}, {level}")


@pytest.mark.parametrize("name", DIVISIONS)
@pytest.mark.parametrize("dtype", arrays.DTYPES[1:9], ids=str)
def test_integer_division_by_zero_equals_reference(name, dtype):
    """Native and reference raise one ZeroDivisionError, with one message, wherever the zero stands."""
    for divisor in arrays.placed(0, dtype.type(1), 130):
        args = (divisor,) * REFERENCE[name].nin
        with pytest.raises(ZeroDivisionError) as expected:
            REFERENCE[name](*args)

        for operators in NATIVE.values():
            with pytest.raises(ZeroDivisionError) as raised:
                operators[name](*args)
            assert str(expected.value) == str(raised.value)


@pytest.mark.parametrize("dtype", ["int8", "int16", "int32", "int64"])
def test_negative_power_of_integer_equals_reference(dtype):
    """Native and reference raise one ValueError, with one message, wherever the negative exponent stands."""
    for exponents in arrays.placed(np.dtype(dtype).type(-1), np.dtype(dtype).type(1), 130):
        with pytest.raises(ValueError, match="negative") as expected:
            REFERENCE["power"](exponents, exponents)

        for operators in NATIVE.values():
            with pytest.raises(ValueError, match="negative") as raised:
                operators["power"](exponents, exponents)
            assert str(expected.value) == str(raised.value)


@st.composite
def reductions(draw):
    """An array of up to three dimensions in any layout, and keyword arguments for a reduction of it."""
    shape = tuple(draw(st.lists(st.sampled_from([0, 1, 2, 3, 5, 33, 40]), max_size=3)))
    while np.prod(shape, dtype=int) > 400:
        shape = shape[1:]
    size = int(np.prod(shape, dtype=int))
    drawn = draw(st.binary(min_size=8 * size, max_size=8 * size))
    choices = [None, *range(-len(shape), len(shape))]
    axis = draw(st.sampled_from(choices))
    if len(shape) > 1 and draw(st.booleans()):
        axis = tuple(draw(st.permutations(range(len(shape))))[: draw(st.integers(0, len(shape)))])
    return (
        drawn,
        shape,
        {"axis": axis, "keepdims": draw(st.booleans())},
        draw(st.sampled_from([0, 1, 0.5, 3])),
        draw(layouts),
    )


def _outcome(operator, x, keywords):
    """What a call gives, or the exception it raises."""
    try:
        return operator(x, **keywords)
    except ValueError as error:
        return error


@pytest.mark.parametrize("dtype", arrays.DTYPES, ids=str)
@pytest.mark.parametrize("name", ARRAY_OPERATORS)
@given(case=reductions())
def test_array_operator_equals_reference(name, dtype, case):
    """An array operator gives the reference's bits, or its exception, for any axes of any layout."""
    drawn, shape, keywords, ddof, layout = case
    x = arrays.from_bytes(dtype, drawn).reshape(shape)
    if name == "softmax":
        del keywords["keepdims"]
    if name in WITH_DDOF:
        keywords["ddof"] = ddof
    expected = _outcome(REFERENCE[name], x.copy(), keywords)

    for level, operators in NATIVE.items():
        actual = _outcome(operators[name], arrays.LAYOUTS[layout](x), keywords)
        if isinstance(expected, ValueError):
            assert str(expected) == str(actual)
        else:
            assert_same(expected, actual, f"{name}, {level}, {shape}, {keywords}")


# Around the lanes of a sum (32), the rows taken together along an axis (128), the blocks of any (1024), argmin (2048).
LENGTHS = [31, 32, 33, 63, 64, 65, 96, 127, 128, 129, 130, 160, 255, 257, 1023, 1024, 1025, 2047, 2048, 2049, 2080]


@pytest.mark.parametrize("n", LENGTHS)
@pytest.mark.parametrize("name", ARRAY_OPERATORS)
def test_array_operator_equals_reference_at_lengths(name, n):
    """Around each length at which a kernel's loops change, a flat array operator gives the reference's bits."""
    if name in ("softmax", "logsumexp") and n > 300:
        n = n // 8
    for dtype in (np.float64, np.float32, np.int16):
        x = arrays.mixed(dtype, n, seed=n)
        # NaN would hide the order of summation.
        x = np.where(np.abs(x) < 1e6, x, dtype(1)) if dtype != np.int16 else x
        expected = REFERENCE[name](x)

        for level, operators in NATIVE.items():
            assert_same(expected, operators[name](x), f"{name}, {level}, {dtype.__name__}[{n}]")


@pytest.mark.parametrize(
    "shape", [(1, 1025), (2, 1023), (3, 1024), (31, 3), (33, 2), (97, 3), (129, 2), (161, 1), (290, 2)], ids=str
)
@pytest.mark.parametrize("name", ARRAY_OPERATORS)
def test_array_operator_equals_reference_at_widths(name, shape):
    """Around each size at which a kernel's loops along axis 0 change, an array operator gives the reference's bits."""
    x = arrays.mixed(np.float64, int(np.prod(shape)), seed=shape[0]).reshape(shape)
    x = np.where(np.abs(x) < 1e6, x, 1.0)
    expected = REFERENCE[name](x, axis=0)

    for level, operators in NATIVE.items():
        assert_same(expected, operators[name](x, axis=0), f"{name}, {level}, {shape}")
