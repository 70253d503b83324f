"""Whatever is passed in: a Python exception that says what is accepted, or the right answer. No crash, no warning."""

from pathlib import Path

import arrays
import numpy as np
import pytest
from backends import ARRAY_OPERATORS, NATIVE, REFERENCE, UFUNCS
from compare import assert_same
from environment import SANITIZED
from hazards import HAZARDS
from oracle import ROWS

import corepy as cp
from corepy import errors
from corepy.backend.dispatch import LEVELS

INTEGERS = arrays.DTYPES[1:9]
DIVISIONS = ["floor_divide", "remainder", "reciprocal"]
CUBE = np.ones((2, 3, 4))


def _read_only(x):
    x.setflags(write=False)
    return x


# What is called, the built-in a NumPy user would catch, and words that the message must have.
REFUSED = {
    "ufunc: shapes": (lambda: cp.add(np.ones(8), np.ones(5)), ValueError, r"shapes \(8,\) \(5,\)"),
    "ufunc: read-only out": (lambda: cp.exp(np.ones(3), out=_read_only(np.ones(3))), ValueError, "read-only"),
    "ufunc: shape of out": (lambda: cp.exp(np.ones(3), out=np.ones(4)), ValueError, r"\(4,\)"),
    "ufunc: dtype of out": (lambda: cp.add(np.ones(3), 1.5, out=np.ones(3, int)), TypeError, "add.*float64.*int64"),
    "ufunc: out is a list": (lambda: cp.add(np.ones(1), 1, out=[1.0]), TypeError, "array"),
    "ufunc: too many arguments": (lambda: cp.exp(1.0, 2.0, 3.0), TypeError, "exp"),
    "ufunc: too few arguments": (lambda: cp.add(1.0), TypeError, "add"),
    "ufunc: None": (lambda: cp.exp(None), TypeError, r"corepy\.exp: no loop for \(numpy\.object_\)"),
    "ufunc: a string": (lambda: cp.add("a", 1), TypeError, r"corepy\.add: no loop for \(numpy\.str_, numpy\.int64\)"),
    "ufunc: a dict": (lambda: cp.exp({}), TypeError, r"corepy\.exp: no loop"),
    "ufunc: an integer beyond 64 bits": (lambda: cp.exp(2**70), TypeError, r"corepy\.exp: no loop"),
    "ufunc: a ragged list": (lambda: cp.exp([[1.0], [1.0, 2.0]]), ValueError, "inhomogeneous"),
    "ufunc: shifts of floats": (
        lambda: cp.left_shift(1.0, 2),
        TypeError,
        r"corepy\.left_shift: no loop .* accepts \(int8, int8",
    ),
    "ufunc: bits of floats": (
        lambda: cp.bitwise_and(1.0, 2.0),
        TypeError,
        r"corepy\.bitwise_and: no loop .* accepts \(bool",
    ),
    "ufunc: where is no bool": (lambda: cp.exp(np.ones(2), np.ones(2), where=np.ones(2)), TypeError, "bool"),
    "ufunc: axis": (lambda: cp.add.reduce(np.ones(2), axis=1), ValueError, "axis 1"),
    "array: None": (lambda: cp.sum(None), TypeError, r"corepy\.sum: x has dtype object\. Accepted are bool"),
    "array: a string": (lambda: cp.max("abc"), TypeError, r"corepy\.max: x has dtype <U3"),
    "array: a ragged list": (lambda: cp.sum([[1.0], [1.0, 2.0]]), ValueError, "inhomogeneous"),
    "array: StringDType": (
        lambda: cp.sum(np.array(["a"], np.dtypes.StringDType())),
        TypeError,
        r"corepy\.sum: x has dtype StringDType\(\)",
    ),
    "array: a generator": (lambda: cp.sum(i for i in range(3)), TypeError, r"corepy\.sum: x has dtype object"),
    "array: an integer beyond 64 bits": (lambda: cp.sum([2**70]), TypeError, r"corepy\.sum: x has dtype object"),
    "array: masked, 1-d": (
        lambda: cp.sum(np.ma.array([1.0, 2.0], mask=[0, 1])),
        TypeError,
        r"corepy\.sum: masked .* x\.filled",
    ),
    "array: masked, 2-d": (lambda: cp.softmax(np.ma.ones((2, 2))), TypeError, r"corepy\.softmax: masked"),
    "array: no x": (lambda: cp.sum(), TypeError, "sum.*'x'"),
    "array: unknown keyword": (lambda: cp.sum(CUBE, order="C"), TypeError, "sum.*'order'"),
    "axis: too large": (lambda: cp.sum(CUBE, axis=3), np.exceptions.AxisError, r"corepy\.sum: axis 3 .* dimension 3"),
    "axis: too small": (lambda: cp.sum(CUBE, axis=-4), np.exceptions.AxisError, r"corepy\.sum: axis -4 .* dimension 3"),
    "axis: AxisError is an IndexError": (lambda: cp.min(CUBE, axis=9), IndexError, r"corepy\.min: axis 9"),
    "axis: huge": (lambda: cp.sum(CUBE, axis=2**70), ValueError, r"corepy\.sum: axis 1180591620717411303424"),
    "axis: hugely negative": (
        lambda: cp.softmax(CUBE, axis=-(2**63)),
        ValueError,
        r"corepy\.softmax: axis -9223372036854775808",
    ),
    "axis: of a scalar": (lambda: cp.var(1.0, axis=0), ValueError, r"corepy\.var: axis 0 .* dimension 0"),
    "axis: twice": (lambda: cp.mean(CUBE, axis=(1, 1)), ValueError, r"corepy\.mean: axis \(1, 1\) names an axis twice"),
    "axis: twice, one negative": (
        lambda: cp.any(CUBE, axis=(2, -1)),
        ValueError,
        r"corepy\.any: axis \(2, -1\) names an axis",
    ),
    "axis: one of a tuple": (lambda: cp.all(CUBE, axis=(0, 7)), ValueError, r"corepy\.all: axis 7"),
    "axis: a float": (
        lambda: cp.sum(CUBE, axis=1.0),
        TypeError,
        r"corepy\.sum: axis is 1\.0; it must be an int, a tuple",
    ),
    "axis: a string": (lambda: cp.argmax(CUBE, axis="x"), TypeError, r"corepy\.argmax: axis is 'x'; it must be an int"),
    "axis: None in a tuple": (lambda: cp.sum(CUBE, axis=(0, None)), TypeError, r"corepy\.sum: axis is \(0, None\)"),
    "axis: an array": (lambda: cp.sum(CUBE, axis=np.array([0, 1])), TypeError, r"corepy\.sum: axis is array"),
    "out: shape": (
        lambda: cp.sum(CUBE, axis=0, out=np.ones((3, 3))),
        ValueError,
        r"corepy\.sum: out has shape \(3, 3\).* \(3, 4\)",
    ),
    "out: dimensions": (
        lambda: cp.max(CUBE, out=np.ones(1)),
        ValueError,
        r"corepy\.max: out has shape \(1,\), the result has \(\)",
    ),
    "out: dtype": (
        lambda: cp.mean(CUBE, axis=0, out=np.ones((3, 4), int)),
        TypeError,
        r"corepy\.mean: out has dtype int64.* float64",
    ),
    "out: a list": (
        lambda: cp.var(CUBE, axis=0, out=[1.0]),
        TypeError,
        r"corepy\.var: out is a list; it must be a numpy\.ndarray",
    ),
    "out: read-only": (
        lambda: cp.prod(CUBE, out=_read_only(np.ones(()))),
        ValueError,
        r"corepy\.prod: out is read-only",
    ),
    "out: positional": (lambda: cp.sum(CUBE, 0, np.ones((3, 4))), TypeError, "positional"),
    "ddof: a string": (lambda: cp.var(CUBE, ddof="1"), TypeError, r"corepy\.var: ddof is '1'; it must be a number"),
    "ddof: None": (lambda: cp.std(np.ones(3), ddof=None), TypeError, r"corepy\.std: ddof is None; it must be a number"),
    "ddof: complex": (
        lambda: cp.std(CUBE, axis=0, ddof=1j),
        TypeError,
        r"corepy\.std: ddof is 1j; it must be a number",
    ),
    "ddof: an array": (lambda: cp.var(np.ones(3), ddof=np.ones(2)), TypeError, r"corepy\.var: ddof is array"),
    "ddof and correction": (
        lambda: cp.var(CUBE, ddof=1, correction=1),
        ValueError,
        r"corepy\.var: ddof=1 and correction=1",
    ),
    "device: cuda": (lambda: cp.empty(3, device="cuda"), ValueError, r"device='cuda': Corepy v1 is CPU-only.*\"cpu\""),
    "device: no string": (lambda: cp.zeros(3, device=0), ValueError, r"device=0: Corepy v1 is CPU-only"),
    "shape: negative": (lambda: cp.empty(-1), ValueError, r"corepy\.empty: shape is -1; no length may be negative"),
    "shape: negative in a tuple": (
        lambda: cp.ones((2, -1)),
        ValueError,
        r"shape is \(2, -1\); no length may be negative",
    ),
    "shape: a float": (
        lambda: cp.full(2.0, 1),
        TypeError,
        r"corepy\.full: shape is 2\.0; it must be an int or a tuple",
    ),
    "shape: a string": (lambda: cp.empty("3"), TypeError, r"corepy\.empty: shape is '3'; it must be an int or a tuple"),
    "shape: None": (lambda: cp.empty(None), TypeError, r"corepy\.empty: shape is None"),
    "shape: more than memory": (lambda: cp.empty(2**60), (MemoryError, ValueError), None),
    "shape: more than an address": (lambda: cp.empty((2**40, 2**40)), (MemoryError, ValueError), None),
    "shape: huge": (lambda: cp.empty(2**80), (MemoryError, ValueError, OverflowError), None),
    "dtype: float16": (
        lambda: cp.empty(3, "float16"),
        TypeError,
        r"corepy\.empty: dtype=float16; accepted are bool, int8",
    ),
    "dtype: big-endian": (
        lambda: cp.empty(3, np.dtype(">f8" if np.little_endian else "<f8")),
        TypeError,
        r"corepy\.empty: dtype=",
    ),
    "dtype: nonsense": (
        lambda: cp.full(3, 1, dtype="nonsense"),
        TypeError,
        r"corepy\.full: dtype='nonsense' is no dtype",
    ),
    "asarray: masked": (lambda: cp.asarray(np.ma.ones(2)), TypeError, r"corepy\.asarray: masked .* x\.filled"),
    "copy: masked": (lambda: cp.copy(np.ma.ones(2)), TypeError, r"corepy\.(asarray|copy): masked .* x\.filled"),
    "asarray: None": (lambda: cp.asarray(None), TypeError, r"corepy\.asarray: dtype=object; accepted are bool"),
    "asarray: strings": (lambda: cp.asarray(["a"]), TypeError, r"corepy\.asarray: dtype=<U1"),
    "asarray: ragged": (lambda: cp.asarray([[1], [1, 2]]), ValueError, "inhomogeneous"),
    "copy: complex": (lambda: cp.copy(1j), TypeError, r"corepy\.(copy|asarray): dtype=complex128"),
    "full: shape of the value": (lambda: cp.full(3, [1, 2]), ValueError, "broadcast"),
}


@pytest.mark.parametrize("label", REFUSED)
def test_refused_with_words(label):
    """A call that cannot work raises the built-in exception that NumPy users expect, and says what is wrong."""
    call, error, words = REFUSED[label]
    with pytest.raises(error, match=words):
        call()


@pytest.mark.parametrize("name", ARRAY_OPERATORS)
def test_axis_errors_name_the_operator(name):
    """Every array operator names itself where it refuses an axis."""
    function = getattr(cp, name)
    with pytest.raises(errors.AxisError, match=rf"corepy\.{name}: axis 2 is out of bounds for array of dimension 2"):
        function(np.ones((2, 3)), axis=2)
    for scalar, axis in ((np.array(1.0), -1), (1.0, 0)):
        with pytest.raises(
            errors.AxisError, match=rf"corepy\.{name}: axis {axis} is out of bounds for array of dimension 0"
        ):
            function(scalar, axis=axis)
    with pytest.raises(errors.DTypeError, match=rf"corepy\.{name}: axis is 'rows'; it must be"):
        function(np.ones((2, 3)), axis="rows")


@pytest.mark.parametrize("dtype", INTEGERS, ids=str)
@pytest.mark.parametrize("name", DIVISIONS)
def test_integer_division_by_zero(name, dtype):
    """One zero divisor anywhere raises ZeroDivisionError, scalar, array, strided or broadcast; unchosen ones do not."""
    for operators in NATIVE.values():
        function = operators[name]
        ones = [np.ones(70, dtype)] * (function.nin - 1)
        for divisor in arrays.placed(0, dtype.type(1), 70):
            for given in (divisor, divisor[::-1], np.repeat(divisor, 2)[::2], divisor.astype(dtype.newbyteorder())):
                with pytest.raises(ZeroDivisionError, match=rf"corepy\.{name}: integer division by zero"):
                    function(*ones, given)
            out = function(*ones, divisor, where=divisor != 0, out=np.full(70, 7, dtype))
            assert out[divisor == 0] == 7
            assert np.all(out[divisor != 0] == function(*(x[:1] for x in ones), np.ones(1, dtype)))
        for zero in (dtype.type(0), np.zeros((), dtype), np.broadcast_to(dtype.type(0), 70)):
            with pytest.raises(ZeroDivisionError, match=rf"corepy\.{name}"):
                function(*ones, zero)
        assert function(*(x[:0] for x in ones), np.zeros(0, dtype)).size == 0


@pytest.mark.parametrize("name", ["divide", *DIVISIONS])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_float_division_by_zero_is_ieee(name, dtype):
    """A float divided by zero is inf or NaN, without a warning."""
    x = np.array([1, -1, 0, np.nan, np.inf], dtype)
    for zero in (0.0, -0.0):
        args = (x, np.full(5, zero, dtype)) if name != "reciprocal" else (np.full(5, zero, dtype),)
        with np.errstate(all="ignore"):
            expected = ROWS[name].truth(*args)

        assert_same(expected, getattr(cp, name)(*args))


def test_no_warnings_from_floating_point_status():
    """Overflow, underflow, division by zero and invalid operations warn nobody, under np.errstate(all='raise') too."""
    for name in UFUNCS:
        for loop in REFERENCE[name].types:
            if loop[0] in "fd":
                with np.errstate(all="raise"):
                    getattr(cp, name)(*arrays.grid(loop.split("->")[0]))
    for name in ARRAY_OPERATORS:
        for dtype in ("float32", "float64"):
            x = arrays.mixed(dtype, 99)
            with np.errstate(all="raise"):
                getattr(cp, name)(x)
                getattr(cp, name)(x.reshape(9, 11), axis=0)
                getattr(cp, name)(x.reshape(9, 11).T, axis=0)


def test_casts_of_results_follow_errstate():
    """A result too large for the dtype of out is inf there; NumPy, which casts it, warns if np.errstate says so."""
    for call in (
        lambda out: cp.sum(np.full((3, 2), 1e300), axis=0, out=out),
        lambda out: cp.exp(np.full(2, 200.0), out=out),
    ):
        with np.errstate(over="ignore"):
            assert_same(np.full(2, np.inf, np.float32), call(np.zeros(2, np.float32)))
        with np.errstate(over="raise"), pytest.raises(FloatingPointError, match="overflow"):
            call(np.zeros(2, np.float32))


BAD_BOOLS = np.array([2, 0, 255, 1, 128, 0, 3, 254] * 40, np.uint8).view(np.bool_)


@pytest.mark.parametrize("name", [n for n in UFUNCS if any(t.startswith("?") for t in REFERENCE[n].types)])
def test_ufunc_of_bool_of_any_byte(name):
    """A bool made of a byte other than 0 and 1 counts as true, and never comes out as such a byte."""
    good = BAD_BOOLS.view(np.uint8) != 0
    function = getattr(cp, name)
    for step in (1, -1, 2):
        args = [BAD_BOOLS[::step]] * function.nin
        args[-1] = np.roll(args[-1], 1)
        clean = [good[::step]] * function.nin
        clean[-1] = np.roll(clean[-1], 1)

        assert_same(function(*clean), function(*args), f"{name}, step {step}")
        assert_same(function(*clean), function(*args, out=np.empty_like(function(*clean))), f"{name}, step {step}")


@pytest.mark.parametrize("name", ARRAY_OPERATORS)
def test_array_operator_of_bool_of_any_byte(name):
    """An array operator takes a bool of any byte but 0 as true, flat and along either axis."""
    good = BAD_BOOLS.view(np.uint8) != 0
    function = getattr(cp, name)
    for shape in ((320,), (8, 40), (80, 4)):
        for axis in (None, 0, -1):
            expected = function(good.reshape(shape), axis=axis)
            assert_same(expected, function(BAD_BOOLS.reshape(shape), axis=axis), f"{name}, {shape}, axis={axis}")


@pytest.mark.parametrize("dimensions", [32, 33, 63, 64])
@pytest.mark.parametrize("name", [*ARRAY_OPERATORS, "exp", "add"])
def test_many_dimensions(name, dimensions):
    """Arrays of up to 64 dimensions, NumPy's most, are reduced as any other."""
    x = arrays.mixed(np.float64, 6, seed=2).reshape((2,) + (1,) * (dimensions - 2) + (3,))
    function = getattr(cp, name)
    if name in UFUNCS:
        args = [x] * function.nin
        assert_same(function(*(a.reshape(-1) for a in args)), function(*args).reshape(-1))
        return
    for axis in (0, -1, (0, dimensions - 1), None):
        flat_axis = {0: 0, -1: 1}.get(axis) if not isinstance(axis, tuple) else (0, 1)
        expected = np.ravel(function(x.reshape(2, 3), axis=flat_axis))
        assert_same(expected, np.ravel(function(x, axis=axis)), f"{name}, {axis}")


@pytest.mark.filterwarnings("ignore:the matrix subclass:PendingDeprecationWarning")
def test_matrix_is_an_array():
    """numpy.matrix, which never has one dimension, is computed as the array it holds."""
    matrix = np.matrix([[1.0, 2.0], [3.0, 4.0]])

    for name in ARRAY_OPERATORS:
        for axis in (None, 0, 1):
            expected = getattr(cp, name)(np.asarray(matrix), axis=axis)
            assert_same(expected, getattr(cp, name)(matrix, axis=axis), name)
    assert_same(np.asarray(matrix) + 1, cp.add(matrix, 1))


def test_subclass_is_computed_as_array():
    """A subclass of ndarray, such as a memory map, gives what the array it holds gives."""

    class Subclass(np.ndarray):
        pass

    for dtype in (np.float64, np.int32, np.bool_):
        x = arrays.mixed(dtype, 40)
        for name in ARRAY_OPERATORS:
            assert_same(getattr(cp, name)(x), getattr(cp, name)(x.view(Subclass)), name)


def test_masked_array_keeps_its_mask():
    """An elementwise operator leaves the masked elements masked."""
    masked = np.ma.array([1.0, -1.0, 4.0], mask=[False, True, False])
    result = cp.sqrt(masked)

    assert result.mask.tolist() == [False, True, False]
    assert result.compressed().tolist() == [1.0, 2.0]


@pytest.mark.parametrize("dtype", [d for d in INTEGERS if d.kind == "i"], ids=str)
def test_negative_power_of_integer(dtype):
    """One negative exponent anywhere raises ValueError, as in NumPy; unchosen ones do not. Floats have negative powers."""
    for operators in NATIVE.values():
        power = operators["power"]
        bases = np.full(70, 3, dtype)
        for exponents in arrays.placed(dtype.type(-1), dtype.type(2), 70):
            for given in (exponents, exponents[::-1], np.repeat(exponents, 2)[::2]):
                with pytest.raises(ValueError, match=r"corepy\.power: an integer raised to a negative integer"):
                    power(bases, given)
            out = power(bases, exponents, where=exponents > 0, out=np.full(70, 7, dtype))
            assert np.array_equal(np.where(exponents > 0, 9, 7), out)
        with pytest.raises(ValueError, match=r"corepy\.power"):
            power(bases, np.iinfo(dtype).min)
        assert power(bases[:0], exponents[:0]).size == 0
        assert power(2.0, np.full(3, -1, dtype)).tolist() == [0.5] * 3


def test_keepdims_and_axis_take_numpy_integers():
    """NumPy's integers are as good as Python's for axis, and a bool scalar for keepdims."""
    for axis in (np.int8(1), np.uint64(1), np.array(1), [1], (np.int64(-2),)):
        assert_same(cp.sum(CUBE, axis=1), cp.sum(CUBE, axis=axis))
    assert_same(cp.sum(CUBE, axis=1, keepdims=True), cp.sum(CUBE, axis=1, keepdims=np.True_))


@pytest.mark.parametrize("hazard", HAZARDS)
def test_hazard(child, hazard):
    """No case of a hazard ends the process, hangs it or gives a wrong number, for any public callable."""
    if hazard == "no_memory" and SANITIZED:
        pytest.skip("a sanitizer ends the process where there is no memory for itself")
    # Every array of more than 16 KiB is allocated anew, so that it can fail to be.
    ran = child(str(Path(__file__).parent / "hazards.py"), hazard, MALLOC_MMAP_THRESHOLD_="16384")
    *lines, last = ran.stdout.splitlines() or [""]
    assert ran.returncode == 0, f"status {ran.returncode} in: {last}\n{ran.stderr[-2000:]}"
    assert [line for line in lines if line.startswith("fail ")] == []
    assert last == f"end {len(lines)} 0"
    assert len(lines) > 100


@pytest.mark.parametrize(
    ("variable", "value", "choices"),
    [
        ("COREPY_BACKEND", "cuda", "native, reference"),
        ("COREPY_BACKEND", "Reference", "native, reference"),
        ("COREPY_LEVEL", "x86_64_v9", ", ".join(LEVELS)),
        ("COREPY_LEVEL", "avx2", ", ".join(LEVELS)),
    ],
)
def test_unknown_choice_in_the_environment(child, variable, value, choices):
    """A backend or level that does not exist is an ImportError, at import, that lists the choices."""
    ran = child("-c", "import corepy", **{variable: value})

    assert ran.returncode == 1
    assert f"BackendError: {variable}='{value}' is not available here. Choose one of: {choices}." in ran.stderr
    caught = child("-c", "try:\n import corepy\nexcept ImportError:\n print('caught')", **{variable: value})
    assert caught.stdout.strip() == "caught"
