"""Memory layout, position, axis and overlap change no bit; inputs stay as they are and results are separate memory."""

import arrays
import numpy as np
import pytest
from backends import ARRAY_OPERATORS, LOOPS, NATIVE, REFERENCE, UFUNCS
from compare import assert_same, results

SHAPES_AND_AXES = [
    ((40,), 0),
    ((5, 41), 0),
    ((5, 41), 1),
    ((41, 5), -1),
    ((130, 3), 0),
    ((3, 34, 4), 0),
    ((3, 34, 4), 1),
    ((3, 34, 4), -1),
    ((2, 3, 4, 35), 2),
    ((7, 6), (0, 1)),
    ((3, 34, 4), (0, 2)),
    ((3, 34, 4), (2, 0)),
    ((3, 34, 4), (0, 1)),
    ((3, 34, 4), (-1, 1)),
    ((3, 34, 4), ()),
    ((2, 3, 4, 35), (0, 3)),
    ((2, 3, 4, 35), (1, 2)),
    ((2, 3, 4, 35), None),
]


def _operands(name, loop, n, seed=0):
    args = [arrays.mixed(c, n, seed + i) for i, c in enumerate(loop.split("->")[0])]
    return arrays.accepted(REFERENCE[name], args)


def _finite(dtype, n, seed=0):
    """Mixed values, none of which hides the order of a sum."""
    x = arrays.mixed(dtype, n, seed)
    return np.where(np.abs(x) < 1e6, x, dtype.type(1)) if dtype.kind == "f" else x


@pytest.mark.parametrize("layout", arrays.LAYOUTS)
@pytest.mark.parametrize(("name", "loop"), LOOPS, ids=lambda value: value.replace("->", "-"))
def test_ufunc_in_any_layout(name, loop, layout):
    """An elementwise operator gives the bits of contiguous arguments, whichever argument has the layout."""
    # More than one of the blocks of 256 in which other strides are copied.
    args = [x.reshape(2, 301) for x in _operands(name, loop, 602)]
    moved = [arrays.LAYOUTS[layout](x) for x in args]
    for level, operators in NATIVE.items():
        expected = operators[name](*args)
        assert_same(expected, operators[name](*moved), f"{name}, {level}, all")
        for i in range(len(args) if len(args) > 1 else 0):
            assert_same(
                expected, operators[name](*args[:i], moved[i], *args[i + 1 :]), f"{name}, {level}, argument {i}"
            )


@pytest.mark.parametrize("name", UFUNCS)
def test_ufunc_beyond_the_buffer(name):
    """Arrays that NumPy converts in pieces (of 8192 elements) give the bits of arrays that it need not convert."""
    for loop in REFERENCE[name].types[::3]:
        args = _operands(name, loop, 20_011)
        for operators in NATIVE.values():
            expected = operators[name](*args)
            for layout in ("byte-swapped", "misaligned", "record field", "byte-swapped, reversed"):
                moved = [arrays.LAYOUTS[layout](x) for x in args]
                assert_same(expected, operators[name](*moved), f"{name}, {loop}, {layout}")
                out = tuple(arrays.LAYOUTS[layout](np.zeros_like(y)) for y in results(expected))
                operators[name](*args[:-1], moved[-1], out=out)
                for y, place in zip(results(expected), out, strict=True):
                    assert_same(y, place.astype(y.dtype), f"{name}, {loop}, into {layout}")


@pytest.mark.parametrize("layout", sorted(set(arrays.LAYOUTS) - {"read-only"}))
@pytest.mark.parametrize(("name", "loop"), LOOPS, ids=lambda value: value.replace("->", "-"))
def test_ufunc_into_any_layout(name, loop, layout):
    """An elementwise operator writes the same bits into an out of any layout, and returns that very array."""
    args = [x.reshape(2, 301) for x in _operands(name, loop, 602, seed=5)]
    for level, operators in NATIVE.items():
        expected = operators[name](*args)
        out = tuple(arrays.LAYOUTS[layout](np.zeros_like(y)) for y in results(expected))
        returned = results(operators[name](*args, out=out))
        for y, place, same in zip(results(expected), out, returned, strict=True):
            assert place is same
            assert_same(y, place.astype(y.dtype), f"{name}, {level}")


@pytest.mark.parametrize(("name", "loop"), LOOPS, ids=lambda value: value.replace("->", "-"))
def test_ufunc_at_any_position(name, loop):
    """An element gives the same bits alone and at any of 71 positions in an array, in its body and in its tail."""
    values = _operands(name, loop, 150, seed=9)
    for level, operators in NATIVE.items():
        operator = operators[name]
        one_by_one = [results(operator(*(x[i : i + 1] for x in values))) for i in range(150)]
        alone = [np.concatenate(column) for column in zip(*one_by_one, strict=True)]
        for shift in range(71):
            for part in (slice(shift, None), slice(70 - shift)):
                for y, result in zip(alone, results(operator(*(x[part] for x in values))), strict=True):
                    assert_same(y[part], result, f"{name}, {level}, {part}")


@pytest.mark.parametrize(
    ("name", "loop"), [(n, l) for n, l in LOOPS if REFERENCE[n].nin > 1], ids=lambda value: value.replace("->", "-")
)
def test_ufunc_of_a_repeated_scalar(name, loop):
    """A scalar, a 0-d array and a stride of 0 give the bits of the value written out, on any side."""
    args = _operands(name, loop, 100, seed=3)
    for level, operators in NATIVE.items():
        for i in range(len(args)):
            for position in (0, 1, 7):
                value = args[i][position]
                expected = operators[name](*args[:i], np.full(100, value), *args[i + 1 :])
                for given in (value, np.array(value), np.broadcast_to(value, 100), np.full((1,), value)):
                    result = operators[name](*args[:i], given, *args[i + 1 :])
                    for y, repeated in zip(results(expected), results(result), strict=True):
                        assert_same(y, np.broadcast_to(repeated, 100), f"{name}, {level}, argument {i}")


@pytest.mark.parametrize(("shape", "axis"), SHAPES_AND_AXES, ids=str)
@pytest.mark.parametrize("name", ARRAY_OPERATORS)
def test_array_operator_along_any_axis(name, shape, axis):
    """Along any axes of any layout, an array operator gives the bits of each slice alone, flat and contiguous."""
    chosen = (
        tuple(range(len(shape)))
        if axis is None
        else tuple(sorted(a % len(shape) for a in np.atleast_1d(np.array(axis, int))))
    )
    kept = [a for a in range(len(shape)) if a not in chosen]
    for dtype in map(np.dtype, ("float64", "float32", "int16", "uint8", "bool", "int64")):
        x = _finite(dtype, int(np.prod(shape)), seed=len(shape)).reshape(shape)
        rows = np.moveaxis(x, kept, range(len(kept))).reshape([shape[a] for a in kept] + [-1])
        for level, operators in NATIVE.items():
            operator = operators[name]
            expected = np.array([operator(np.array(rows[i])) for i in np.ndindex(rows.shape[:-1])])
            if name == "softmax":
                expected = expected.reshape([shape[a] for a in (*kept, *chosen)])
                expected = np.moveaxis(expected, range(len(shape)), (*kept, *chosen))
            else:
                expected = expected.reshape([shape[a] for a in kept])
            for layout, move in arrays.LAYOUTS.items():
                context = f"{name}, {level}, {dtype}, {layout}"
                assert_same(expected, operator(move(x), axis=axis), context)
                if name != "softmax":
                    kept_dims = [1 if a in chosen else n for a, n in enumerate(shape)]
                    assert_same(expected.reshape(kept_dims), operator(move(x), axis=axis, keepdims=True), context)


@pytest.mark.parametrize("dtype", arrays.DTYPES, ids=str)
@pytest.mark.parametrize("name", ARRAY_OPERATORS)
def test_array_operator_from_any_position(name, dtype):
    """A slice gives the same bits wherever in memory it begins."""
    x = _finite(dtype, 140, seed=4)
    for level, operators in NATIVE.items():
        for length in (1, 31, 70):
            for shift in range(0, 71, 5):
                expected = operators[name](np.array(x[shift : shift + length]))
                assert_same(
                    expected, operators[name](x[shift : shift + length]), f"{name}, {level}, {length} from {shift}"
                )


@pytest.mark.parametrize("name", ARRAY_OPERATORS)
def test_array_operator_of_broadcast(name):
    """An array whose elements are one in memory (stride 0) gives the bits of the array written out."""
    x = _finite(np.dtype(np.float64), 35)
    for operators in NATIVE.values():
        for axis in (0, 1, None):
            for repeated in (
                arrays.broadcast(x, 6, axis=0),
                arrays.broadcast(x, 6, axis=1),
                np.broadcast_to(x[:1], (6, 40)),
            ):
                assert_same(
                    operators[name](np.array(repeated), axis=axis), operators[name](repeated, axis=axis), f"axis {axis}"
                )


@pytest.mark.parametrize("name", [*UFUNCS, *ARRAY_OPERATORS])
def test_inputs_are_not_modified_and_not_aliased(name):
    """Inputs keep their bytes, and a result shares no memory with them, even where it is equal to them."""
    for dtype in REFERENCE[name].types if name in UFUNCS else ["f", "d", "l", "?"]:
        args = _operands(name, dtype, 90) if name in UFUNCS else [_finite(np.dtype(dtype), 90)]
        for shape in ((90,), (9, 10), (1, 90)):
            given = [x.reshape(shape) for x in args]
            before = [x.tobytes() for x in given]
            for operators in NATIVE.values():
                for keywords in [{}] if name in UFUNCS else [{}, {"axis": 0}, {"axis": -1}, {"axis": ()}]:
                    for result in results(operators[name](*given, **keywords)):
                        assert not any(np.shares_memory(result, x) for x in given)
                        assert not isinstance(result, np.ndarray) or result.flags.writeable
            assert before == [x.tobytes() for x in given]


SAME_DTYPE = [(n, l) for n, l in LOOPS if len(set(l.replace("->", ""))) == 1]


@pytest.mark.parametrize(("name", "loop"), SAME_DTYPE, ids=lambda value: value.replace("->", "-"))
def test_ufunc_in_place(name, loop):
    """out= may be any of the arguments, for any of the results."""
    args = _operands(name, loop, 600, seed=2)
    for operators in NATIVE.values():
        expected = results(operators[name](*args))
        for i in range(len(args)):
            for j in range(len(expected)):
                given = [x.copy() for x in args]
                out = (None,) * j + (given[i],) + (None,) * (len(expected) - 1 - j)
                found = results(operators[name](*given, out=out))
                assert given[i] is found[j]
                assert_same(expected, found, f"{name}, result {j} into argument {i}")


@pytest.mark.parametrize("shift", [1, 3, 8, 31, 300])
@pytest.mark.parametrize("name", ["add", "minimum", "floor_divide", "copysign", "multiply"])
def test_ufunc_into_overlapping_memory(name, shift):
    """An out that overlaps an argument, forwards, backwards or reversed, gets what separate memory would get."""
    for loop in REFERENCE[name].types:
        x, y = _operands(name, loop, 700, seed=1)
        for operators in NATIVE.values():
            operator = operators[name]
            for source, target in (
                (slice(None, -shift), slice(shift, None)),
                (slice(shift, None), slice(None, -shift)),
                (slice(None, None, -1), slice(None)),
                (slice(None, 350), slice(None, None, 2)),
            ):
                memory = x.copy()
                other = y[: memory[source].size]
                expected = operator(memory[source].copy(), other)
                operator(memory[source], other, out=memory[target])
                assert_same(expected, memory[target], f"{name}, {loop}, {source} into {target}")


@pytest.mark.parametrize("name", ["add", "multiply", "minimum", "maximum", "fmin", "fmax"])
@pytest.mark.parametrize("dtype", arrays.DTYPES[1:], ids=str)
def test_ufunc_methods_equal_one_by_one(name, dtype):
    """reduce, accumulate, reduceat, outer and at give what the operator gives element by element."""
    x = _finite(dtype, 300, seed=8)
    x = (
        x.astype(np.int64 if dtype.kind == "i" else np.uint64)
        if name in ("add", "multiply") and dtype.kind in "iu"
        else x
    )
    for operators in NATIVE.values():
        operator = operators[name]
        steps = [x[:1]]
        for value in x[1:]:
            steps.append(operator(steps[-1], value))
        expected = np.concatenate(steps)
        assert_same(expected, operator.accumulate(x))
        assert_same(expected[-1], operator.reduce(x))
        for move in arrays.LAYOUTS.values():
            assert_same(expected[-1], operator.reduce(move(x)))
            assert_same(expected, operator.accumulate(move(x)))
        assert_same(np.array([expected[9], operator.reduce(x[10:])]), operator.reduceat(x, [0, 10]))
        two = x.reshape(60, 5)
        assert_same(np.array([operator.reduce(c.copy()) for c in two.T]), operator.reduce(two, axis=0))
        assert_same(np.array([operator.reduce(c.copy()) for c in two]), operator.reduce(two, axis=1))
        assert_same(np.array([operator.accumulate(c.copy()) for c in two.T]).T, operator.accumulate(two, axis=0))
        assert_same(operator(x[:20, None], x[None, :30]), operator.outer(x[:20], x[:30]))
        at = x[:10].copy()
        operator.at(at, [0, 3, 3, 9], x[20:24])
        by_hand = x[:10].copy()
        for i, value in zip([0, 3, 3, 9], x[20:24], strict=True):
            by_hand[i] = operator(by_hand[i], value)
        assert_same(by_hand, at)


@pytest.mark.parametrize(("name", "loop"), LOOPS, ids=lambda value: value.replace("->", "-"))
def test_ufunc_where(name, loop):
    """where= computes the chosen elements and leaves the others of out alone."""
    args = _operands(name, loop, 200, seed=6)
    for operators in NATIVE.values():
        expected = operators[name](*args)
        for where in (np.arange(200) % 3 == 0, np.arange(200) < 77, np.zeros(200, bool), np.array(True)):
            out = tuple(np.ones_like(y) for y in results(expected))
            operators[name](*args, out=out, where=where)
            for y, place in zip(results(expected), out, strict=True):
                assert_same(np.where(where, y, np.ones_like(y)), place, name)


@pytest.mark.parametrize("name", ARRAY_OPERATORS)
def test_array_operator_out(name):
    """out= of any layout and wider dtype gets the result and is returned; overlap with the input does no harm."""
    x = _finite(np.dtype(np.float64), 60).reshape(12, 5)
    for operators in NATIVE.values():
        expected = operators[name](x, axis=0)
        for layout in set(arrays.LAYOUTS) - {"read-only"}:
            out = arrays.LAYOUTS[layout](np.zeros_like(expected))
            assert out is operators[name](x, axis=0, out=out)
            assert_same(expected, out.astype(expected.dtype), layout)
        if expected.dtype == x.dtype:
            memory = x.copy()
            target = memory if name == "softmax" else memory[3]
            operators[name](memory, axis=0, out=target)
            assert_same(expected, target)
        total = np.zeros((), operators[name](x).dtype) if name != "softmax" else np.zeros((12, 5))
        assert total is operators[name](x, out=total)
        assert_same(np.asarray(operators[name](x)), total)
