"""Result dtypes are NumPy's, for all pairs of arrays, NumPy scalars and Python scalars (NEP 50). The differences:

- Where NumPy answers in float16, Corepy answers in float32.
- A Python integer that a small integer array cannot hold is an OverflowError in comparisons and logic too; NumPy
  compares by value.
- float16, longdouble, complex and everything that is no number is a DTypeError, which is a TypeError.
"""

import operator

import arrays
import numpy as np
import pytest
from backends import ARRAY_OPERATORS, NATIVE, REFERENCE, UFUNCS
from compare import assert_same
from oracle import ROWS

import corepy
from corepy import errors

UNSUPPORTED = {
    "float16": np.ones(3, np.float16),
    "complex64": np.ones(3, np.complex64),
    "complex128": np.ones(3, np.complex128),
    "object": np.array([1, 2.0, None], object),
    "str": np.array(["1", "2", "3"]),
    "bytes": np.array([b"1", b"2", b"3"]),
    "datetime64": np.zeros(3, "M8[s]"),
    "timedelta64": np.zeros(3, "m8[s]"),
    "record": np.zeros(3, [("a", "f8")]),
    "void": np.zeros(3, "V8"),
}
if np.finfo(np.longdouble).nmant != np.finfo(np.float64).nmant:
    UNSUPPORTED["longdouble"] = np.ones(3, np.longdouble)

# Every kind of operand of value one, by a name for messages.
OPERANDS = {f"{d} array": np.ones(2, d) for d in arrays.DTYPES}
OPERANDS |= {f"{d} scalar": np.ones((), d)[()] for d in arrays.DTYPES}
OPERANDS |= {"True": True, "1": 1, "1.0": 1.0}


def _outcome(function, *args, **keywords):
    """The dtype of a result; what NumPy has as float16 is float32 here; or what kind of error it is."""
    try:
        with np.errstate(all="ignore"):
            dtype = np.asarray(function(*args, **keywords)).dtype
    except TypeError:
        return "TypeError"
    except OverflowError:
        return "OverflowError"
    return "float32" if dtype == np.float16 else dtype.name


@pytest.mark.parametrize("name", [n for n in UFUNCS if REFERENCE[n].nin == 1])
def test_unary_result_dtype(name):
    """The result dtype for every supported operand is NumPy's, or both refuse it."""
    expected = {label: _outcome(ROWS[name].counterpart, x) for label, x in OPERANDS.items()}

    assert expected == {label: _outcome(getattr(corepy, name), x) for label, x in OPERANDS.items()}


@pytest.mark.parametrize("name", [n for n in UFUNCS if REFERENCE[n].nin == 2])
def test_binary_result_dtype(name):
    """The result dtype for every pair of supported operands is NumPy's, or both refuse it."""
    pairs = {(a, b): (x, y) for a, x in OPERANDS.items() for b, y in OPERANDS.items()}
    expected = {label: _outcome(ROWS[name].counterpart, *args) for label, args in pairs.items()}

    assert expected == {label: _outcome(getattr(corepy, name), *args) for label, args in pairs.items()}


def test_clip_result_dtype():
    """The result dtype of clip for arrays and Python scalars is NumPy's."""
    several = {label: x for label, x in OPERANDS.items() if "scalar" not in label}
    triples = {(a, b, c): (x, y, z) for a, x in several.items() for b, y in several.items() for c, z in several.items()}
    expected = {label: _outcome(ROWS["clip"].counterpart, *args) for label, args in triples.items()}

    assert expected == {label: _outcome(corepy.clip, *args) for label, args in triples.items()}


@pytest.mark.parametrize("name", ARRAY_OPERATORS)
def test_array_operator_result_dtype(name):
    """The result dtype of an array operator is NumPy's (SciPy's), flat and along an axis; scalars are NumPy's."""
    for label, x in OPERANDS.items():
        assert _outcome(ROWS[name].counterpart, x) == _outcome(getattr(corepy, name), x), label
        assert isinstance(getattr(corepy, name)(3.0), np.generic)
    for dtype in arrays.DTYPES:
        x = np.ones((2, 3), dtype)
        assert _outcome(ROWS[name].counterpart, x, axis=0) == _outcome(getattr(corepy, name), x, axis=0), dtype
        if name != "softmax":
            assert isinstance(getattr(corepy, name)(x), np.generic)
            assert isinstance(getattr(corepy, name)(x[0]), np.generic)


@pytest.mark.parametrize("name", [n for n in UFUNCS if REFERENCE[n].nin == 2])
def test_reference_resolves_dtypes_alike(name):
    """The reference gives the native dtype, or error, for every pair of arrays and Python scalars."""
    several = {label: x for label, x in OPERANDS.items() if "scalar" not in label}
    pairs = {(a, b): (x, y) for a, x in several.items() for b, y in several.items()}
    expected = {label: _outcome(REFERENCE[name], *args) for label, args in pairs.items()}

    for operators in NATIVE.values():
        assert expected == {label: _outcome(operators[name], *args) for label, args in pairs.items()}


# np.clip and bottleneck.replace are no ufuncs, and floor, ceil and trunc of integers are new in NumPy 2.1.
WITHOUT = ("clip", "replace", "floor", "ceil", "trunc")
ARITHMETIC = [name for name in UFUNCS if name not in WITHOUT and not REFERENCE[name].types[-1].endswith("?")]


@pytest.mark.parametrize("dtype", ["int8", "int16", "uint64", "float32", "float64"])
@pytest.mark.parametrize("name", ARITHMETIC)
def test_dtype_argument(name, dtype):
    """dtype= chooses the loop by its result, as in NumPy, or is refused: it is never ignored."""
    for x in (np.ones(3, np.int8), np.ones(3, np.float32), np.ones(3)):
        args = [x] * REFERENCE[name].nin
        expected = _outcome(ROWS[name].counterpart, *args, dtype=dtype)

        assert expected == _outcome(getattr(corepy, name), *args, dtype=dtype), x.dtype


@pytest.mark.parametrize(
    "name", ["add", "subtract", "multiply", "minimum", "floor_divide", "bitwise_and", "left_shift"]
)
@pytest.mark.parametrize(
    ("dtype", "value"), [("int8", 128), ("uint8", -1), ("uint8", 256), ("int32", 2**31), ("uint64", -1)]
)
def test_python_integer_out_of_range(name, dtype, value):
    """A Python integer that an array's dtype cannot hold is an OverflowError, as in NumPy, on either side."""
    x = np.ones(2, dtype)
    for function in (getattr(np, name), getattr(corepy, name)):
        with pytest.raises(OverflowError, match="out of bounds"):
            function(x, value)
        with pytest.raises(OverflowError, match="out of bounds"):
            function(value, x)


@pytest.mark.parametrize(
    "name", ["equal", "not_equal", "less", "greater_equal", "logical_and", "logical_or", "logical_xor"]
)
def test_comparison_with_integer_out_of_range(name):
    """A Python integer out of range is an OverflowError in comparisons and logic too; NumPy compares it by value."""
    x = np.ones(2, np.int8)

    assert np.bool_ == getattr(np, name)(x, 300).dtype
    with pytest.raises(OverflowError, match="300 out of bounds for int8"):
        getattr(corepy, name)(x, 300)


@pytest.mark.parametrize("name", ["equal", "not_equal", "less", "less_equal", "greater", "greater_equal"])
def test_uint64_and_negative_integer_compare_by_value(name):
    """A negative Python integer beside uint64 is compared by value, as in NumPy."""
    x = arrays.edges(np.uint64)
    for value in (-1, -(2**63)):
        assert_same(getattr(np, name)(x, value), getattr(corepy, name)(x, value))
        assert_same(getattr(np, name)(value, x), getattr(corepy, name)(value, x))


@pytest.mark.parametrize("name", ["equal", "not_equal", "less", "less_equal", "greater", "greater_equal"])
def test_int64_and_uint64_compare_by_value(name):
    """Signed and unsigned 64-bit integers compare by value, not by way of float64."""
    signed, unsigned = np.meshgrid(arrays.edges(np.int64), arrays.edges(np.uint64))
    compare = getattr(
        operator, {"equal": "eq", "not_equal": "ne", "less": "lt", "less_equal": "le"}.get(name, name[0] + "t")
    )
    compare = operator.ge if name == "greater_equal" else compare
    pairs = list(zip(signed.reshape(-1).tolist(), unsigned.reshape(-1).tolist(), strict=True))

    for operators in NATIVE.values():
        assert [compare(a, b) for a, b in pairs] == operators[name](signed, unsigned).reshape(-1).tolist()
        assert [compare(b, a) for a, b in pairs] == operators[name](unsigned, signed).reshape(-1).tolist()


@pytest.mark.parametrize("kind", UNSUPPORTED)
@pytest.mark.parametrize("name", UFUNCS)
def test_ufunc_refuses_dtype(name, kind):
    """An operand of an unsupported dtype is a DTypeError naming the operator, what was given and what is accepted."""
    function = getattr(corepy, name)
    for position in range(function.nin):
        args = [np.ones(3, np.float32)] * function.nin
        args[position] = UNSUPPORTED[kind]
        with pytest.raises(
            errors.DTypeError, match=rf"corepy\.{name}: no loop for \(.*numpy\..*\)\. It accepts \(.*\)\. Convert"
        ):
            function(*args)


@pytest.mark.parametrize("kind", UNSUPPORTED)
@pytest.mark.parametrize("name", ARRAY_OPERATORS)
def test_array_operator_refuses_dtype(name, kind):
    """An array of an unsupported dtype is a DTypeError naming the operator, the dtype and what is accepted."""
    for x in (UNSUPPORTED[kind], UNSUPPORTED[kind][None]):
        with pytest.raises(
            errors.DTypeError, match=rf"(?s)corepy\.{name}: x has dtype .*Accepted are bool, int8 .*float64"
        ):
            getattr(corepy, name)(x)
        with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: x has dtype"):
            getattr(corepy, name)(x, axis=0)


@pytest.mark.parametrize("name", ["subtract", "negative", "positive", "sign"])
def test_no_arithmetic_of_booleans_alone(name):
    """What NumPy refuses for bool alone, Corepy refuses too, with its own words."""
    function = getattr(corepy, name)
    with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: no loop for \(numpy.bool"):
        function(*[np.array([True])] * function.nin)


@pytest.mark.parametrize("name", UFUNCS)
def test_longlong_is_int64(name):
    """C's long long, a type of its own on Linux, gives what int64 gives."""
    function = getattr(corepy, name)
    for a, b in ((np.longlong, np.int64), (np.ulonglong, np.uint64), (np.intc, np.int32), (np.uintc, np.uint32)):
        expected = _outcome(function, *[np.ones(3, b)] * function.nin)
        assert expected == _outcome(function, *[np.ones(3, a)] * function.nin)


@pytest.mark.parametrize("name", ARRAY_OPERATORS)
def test_array_operator_of_longlong(name):
    """An array operator takes C's long long as int64."""
    function = getattr(corepy, name)
    for a, b in ((np.longlong, np.int64), (np.ulonglong, np.uint64)):
        for keywords in ({}, {"axis": 0}):
            x = np.arange(6).reshape(2, 3)
            assert np.array_equal(function(x.astype(b), **keywords), function(x.astype(a), **keywords))
            assert _outcome(function, x.astype(b)[0], **keywords) == _outcome(function, x.astype(a)[0], **keywords)
