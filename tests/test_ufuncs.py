"""Elementwise operators are NumPy's own kind of object, under their public names."""

import pickle

import numpy as np
import pytest
from backends import LOOPS, NATIVE, REFERENCE, UFUNCS
from compare import assert_same, results

import corepy

NATIVE_UFUNCS = [(level, name) for level in NATIVE for name in UFUNCS]
PROMOTION = "?bBhHiIlLqQfd"


@pytest.mark.parametrize(("level", "name"), NATIVE_UFUNCS)
def test_is_a_ufunc_of_its_public_name(level, name):
    """A compiled elementwise operator is a numpy.ufunc called by its public name."""
    operator = NATIVE[level][name]

    assert isinstance(operator, np.ufunc)
    assert name == operator.__name__
    assert repr(operator) == f"<ufunc '{name}'>"
    assert (REFERENCE[name].nin, REFERENCE[name].nout) == (operator.nin, operator.nout)


def test_public_names():
    """corepy.exp is called exp, whatever its kernel is called."""
    assert isinstance(corepy.exp, np.ufunc)
    assert [corepy.exp.__name__, corepy.abs.__name__, corepy.floor.__name__] == ["exp", "absolute", "floor"]


@pytest.mark.parametrize(("level", "name"), NATIVE_UFUNCS)
def test_loops_ascend(level, name):
    """Loops ascend by their widest argument, as NumPy's type resolution needs; none is there twice."""
    types = NATIVE[level][name].types
    widest = [max(PROMOTION.index(c) for c in t.split("->")[0]) for t in types]

    assert sorted(widest) == widest
    assert len(set(types)) == len(types)


@pytest.mark.parametrize(("level", "name"), NATIVE_UFUNCS)
def test_loops_are_those_of_the_source(level, name):
    """The compiled operator has the loops that its kernels' export lines declare, in the reference's order."""
    assert REFERENCE[name].types == NATIVE[level][name].types


@pytest.mark.parametrize(("name", "loop"), LOOPS, ids=lambda value: value.replace("->", "-"))
def test_loop_is_taken(name, loop):
    """Arguments of a loop's dtypes give its result dtypes, at every level."""
    arguments, expected = loop.split("->")
    for operators in NATIVE.values():
        found = results(operators[name](*(np.ones(3, c) for c in arguments)))
        assert list(map(np.dtype, expected)) == [y.dtype for y in found]


@pytest.mark.parametrize(("level", "name"), NATIVE_UFUNCS)
def test_docstring(level, name):
    """The docstring is the kernel's, below NumPy's line with the signature."""
    assert NATIVE[level][name].__doc__.startswith(f"{name}(")
    assert REFERENCE[name].__doc__.strip() in NATIVE[level][name].__doc__


class Overriding:
    """An array-like that takes over, as Dask's and pandas' arrays do."""

    def __array_ufunc__(self, ufunc, method, *args, **keywords):
        return ufunc, method, args, keywords


class Declining:
    """An array-like that lets no ufunc near it."""

    __array_ufunc__ = None


@pytest.mark.parametrize("name", UFUNCS)
def test_array_ufunc_override(name):
    """An operand with __array_ufunc__ decides: it is given the operator, the method and all arguments."""
    operator = NATIVE[next(iter(NATIVE))][name]
    args = (Overriding(),) + (1.0,) * (operator.nin - 1)

    assert (operator, "__call__", args, {"casting": "safe"}) == operator(*args, casting="safe")


def test_array_ufunc_override_of_methods_and_refusal():
    """Overrides are asked for methods and out= too; None refuses."""
    add = NATIVE[next(iter(NATIVE))]["add"]
    x = Overriding()

    assert (add, "reduce", (x,), {"axis": 0}) == add.reduce(x, axis=0)
    assert (add, "__call__", (1, 2), {"out": (x,)}) == add(1, 2, out=x)
    with pytest.raises(TypeError, match="does not support ufuncs"):
        add(Declining(), 1)


def test_subclass_is_kept():
    """A subclass of ndarray comes out of an operator as it went in."""

    class Subclass(np.ndarray):
        pass

    x = np.arange(3.0).view(Subclass)

    assert type(corepy.exp(x)) is Subclass
    assert type(corepy.add(1, x)) is Subclass


@pytest.mark.parametrize("name", UFUNCS)
def test_scalars_come_out_as_scalars(name):
    """Scalars and 0-d arrays give NumPy scalars, as NumPy's ufuncs do."""
    operator = getattr(corepy, name)
    for one in (np.float32(1), np.int8(1), np.array(1.0), 1):
        try:
            found = results(operator(*[one] * operator.nin))
        except TypeError:
            continue
        assert all(isinstance(y, np.generic) for y in found)


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        ({"dtype": np.float32}, np.float32),
        ({"signature": "ff->f"}, np.float32),
        ({"dtype": "f8"}, np.float64),
        ({"order": "F"}, np.int64),
        ({"subok": False}, np.int64),
    ],
    ids=str,
)
def test_keyword_arguments(keywords, expected):
    """dtype, signature, order and subok mean what they mean for NumPy's ufuncs."""
    x = np.arange(6).reshape(2, 3)
    result = corepy.add(x, x, casting="unsafe", **keywords)

    assert expected == result.dtype
    assert np.array_equal(2 * x, result)
    assert result.flags.f_contiguous == (keywords.get("order") == "F")


@pytest.mark.parametrize("level", NATIVE)
def test_two_results(level):
    """A kernel that returns two values is a ufunc of two outputs: by position, as out=, or as a tuple of both."""
    modf = NATIVE[level]["modf"]
    x = np.array([1.5, -2.25, 3.0])
    fraction, whole = np.empty(3), np.empty(3, np.float32)

    assert_same((np.array([0.5, -0.25, 0.0]), np.array([1.0, -2.0, 3.0])), modf(x))
    found = modf(x, fraction, whole, casting="same_kind")
    assert fraction is found[0]
    assert whole is found[1]
    assert_same((np.array([0.5, -0.25, 0.0]), np.array([1, -2, 3], np.float32)), (fraction, whole))
    with pytest.raises(TypeError, match="tuple of arrays"):
        modf(x, out=fraction)
    with pytest.raises(ValueError, match="exactly one entry per ufunc output"):
        modf(x, out=(fraction,))
    with pytest.raises(ValueError, match="single value"):
        NATIVE[level]["divmod"].reduce(x)


def test_broadcasting():
    """Shapes broadcast by NumPy's rules."""
    x, y, z = np.arange(4).reshape(4, 1), np.arange(3), np.arange(2).reshape(2, 1, 1)

    assert np.array_equal(np.add(x, y), corepy.add(x, y))
    assert corepy.clip(x, y, z).shape == (2, 4, 3)


@pytest.mark.parametrize("name", ["add", "multiply", "minimum", "logical_and", "bitwise_or"])
def test_reduction_has_no_identity_and_one_axis(name):
    """reduce of nothing and over several axes at once is a ValueError, unless an initial value or one axis is given."""
    reduce = getattr(corepy, name).reduce
    with pytest.raises(ValueError, match=f"{name} which has no identity"):
        reduce(np.empty(0, bool))
    with pytest.raises(ValueError, match=f"'{name}' is not reorderable"):
        reduce(np.ones((2, 3), bool), axis=None)

    assert reduce(np.empty(0, bool), initial=True) == 1
    assert reduce(np.ones((2, 3), bool), axis=1).shape == (2,)


@pytest.mark.parametrize("name", ["logical_and", "logical_or", "logical_xor"])
@pytest.mark.parametrize("dtype", ["float64", "int32"])
def test_logical_reduction_of_numbers(name, dtype):
    """Logical operators reduce bool only, as the specification says: numbers are refused, not reduced wrongly."""
    x = np.array([1, 2, 0, 3], dtype)

    with pytest.raises(TypeError):
        getattr(corepy, name).reduce(x)
    assert getattr(np, name).reduce(x) == getattr(corepy, name).reduce(x != 0)


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint16", "int64", "float32", "float64"])
@pytest.mark.parametrize("name", ["add", "multiply", "minimum", "maximum"])
def test_reduction_dtype_initial_and_where(name, dtype):
    """reduce widens small integers where NumPy's does, and takes initial=, where=, keepdims= and out=."""
    x = np.arange(1, 7).astype(dtype).reshape(2, 3)
    where = np.array([True, False, True])
    for keywords in ({}, {"keepdims": True}, {"initial": 1, "where": where}, {"axis": 1}):
        expected = getattr(np, name).reduce(x, **keywords)
        assert_same(expected, getattr(corepy, name).reduce(x, **keywords))
        out = np.zeros_like(expected)
        assert out is getattr(corepy, name).reduce(x, out=out, **keywords)
        assert_same(expected, out)


def test_pickling():
    """An operator survives pickling by name, so that process pools can be sent it."""
    assert corepy.exp is pickle.loads(pickle.dumps(corepy.exp))
    assert corepy.sum is pickle.loads(pickle.dumps(corepy.sum))
