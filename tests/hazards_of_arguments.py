"""Hazards of what is passed: where arrays lie in memory, their shapes, their dtypes, and what is no array at all."""

import inspect
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import arrays
import numpy as np
from calls import Call, parameters, public, samples
from compare import results
from expected import Case, answered, like, reference, refused

import corepy as cp

# --- memory -----------------------------------------------------------------------------------------------------------


def layouts(name: str) -> Iterator[Case]:
    """Arrays of the same values in any other memory, all of them or one."""
    for call in samples(name):
        for layout, move in arrays.LAYOUTS.items():
            yield f"{call}, {layout}", call.mapped(move), like(call)
            moved = call.mapped(move)
            for i in range(len(call.args) if len(call.args) > 1 else 0):
                one = Call(name, call.types, (*call.args[:i], moved.args[i], *call.args[i + 1 :]), call.keywords)
                yield f"{call}, argument {i} {layout}", one, like(call)


def zero_strides(name: str) -> Iterator[Case]:
    """broadcast_to: many elements that are one in memory."""
    for call in samples(name):
        for part in (slice(0, 1), (..., slice(0, 1))):
            repeated = call.mapped(lambda x, part=part: np.broadcast_to(x[part], x.shape))
            yield f"{call}, {part}", repeated, like(repeated.mapped(np.array))


EMPTY = [(0,), (0, 3), (3, 0), (0, 0), (2, 0, 3), (0, 0, 0)]


def empty(name: str) -> Iterator[Case]:
    """Shapes without elements, along every axis."""
    for shape in EMPTY:
        for call in samples(name, shape):
            yield f"{call}, {shape}", call, like(reference(call))


def no_dimensions(name: str) -> Iterator[Case]:
    """0-d arrays, NumPy's scalars and Python's."""
    for call in samples(name, (1,)):
        zero = replace(call, args=tuple(x.reshape(()) for x in call.args))
        for kind, change in {"0-d": np.array, "scalar": lambda x: x[()], "Python": lambda x: x.item()}.items():
            given = replace(zero, args=tuple(map(change, zero.args)))
            yield f"{call}, {kind}", given, like(reference(given))


def many_dimensions(name: str) -> Iterator[Case]:
    """Up to 64 dimensions, NumPy's most; more are NumPy's exception."""
    for call in samples(name, (2, 3)):
        for ndim in (32, 33, 63, 64):
            if all(x.shape == (2, 3) for x in call.args):
                shape = (2,) + (1,) * (ndim - 2) + (3,)
                tall = replace(call, args=tuple(x.reshape(shape) for x in call.args))

                def flat(call=tall):
                    return tuple(map(np.ravel, results(call())))

                def flat_expected(call=call):
                    return tuple(map(np.ravel, results(call())))

                yield f"{call}, {ndim} dimensions", flat, like(flat_expected, or_refused=True)


class Plain(np.ndarray):
    """A subclass that adds nothing."""


class Stubborn(np.ndarray):
    """A subclass that cannot be viewed."""

    def __array_finalize__(self, other):
        if other is not None and type(other) is Stubborn:
            raise ValueError("no views")


def subclasses(name: str) -> Iterator[Case]:
    """Subclasses are computed as the arrays they hold; masked arrays keep their mask, or are refused."""
    elementwise = hasattr(getattr(cp, name), "types")
    for call in samples(name):
        for kind in (Plain, np.matrix, np.recarray):
            given = call.mapped(lambda x, kind=kind: x.view(kind) if kind is not np.matrix else np.asmatrix(x))

            def plain(given=given):
                found = given()
                return tuple(map(np.asarray, found)) if isinstance(found, tuple) else np.asarray(found)

            bare = given.mapped(np.asarray)

            def expected(bare=bare):
                found = bare()
                return tuple(map(np.asarray, found)) if isinstance(found, tuple) else np.asarray(found)

            yield f"{call}, {kind.__name__}", plain, like(expected)
        yield f"{call}, Stubborn", call.mapped(lambda x: x.view(Stubborn)), answered
        masked = call.mapped(lambda x: np.ma.array(x, mask=np.arange(x.size).reshape(x.shape) % 3 == 0))
        if elementwise:
            yield f"{call}, masked", lambda masked=masked: results(masked())[0].mask.any(), like(lambda: True)
        else:
            yield f"{call}, masked", masked, refused(TypeError)


# --- dtypes -----------------------------------------------------------------------------------------------------------

FOREIGN = ["O", "U3", "S3", "F", "D", "g", "G", "M8[s]", "m8[s]", "V4", [("a", "f8")], np.dtypes.StringDType()]


def foreign(name: str) -> Iterator[Case]:
    """dtypes that no operator has: refused, by the type of exception that NumPy users catch."""
    for dtype in FOREIGN:
        for shape in ((3,), (2, 3), (0,), ()):
            for call in itertools.islice(samples(name), 1):
                given = call.mapped(lambda x, dtype=dtype, shape=shape: np.zeros(shape, dtype))
                # What holds nothing may be taken for an empty list; other shapes may be refused first.
                yield (
                    f"{call}, {dtype}{list(shape)}",
                    given,
                    refused(TypeError, ValueError) if shape != (0,) else answered,
                )


def half(name: str) -> Iterator[Case]:
    """float16 is refused, or computed as float32 (float64)."""
    for call in samples(name):
        if call.args and call.args[0].dtype.kind == "f":
            with np.errstate(over="ignore"):
                given = call.mapped(lambda x: x.astype(np.float16) if x.dtype.kind == "f" else x)
            wide = given.mapped(lambda x: x.astype(np.float32) if x.dtype == np.float16 else x)
            yield f"{call}, float16", given, like(wide, or_refused=True)


class Broken:
    """An object whose every conversion fails."""

    def __array__(self, *args, **keywords):
        raise ValueError("no array")

    __index__ = __float__ = __bool__ = __len__ = __iter__ = __array__


class Endless:
    """A sequence of itself."""

    def __len__(self):
        return 1

    def __getitem__(self, index):
        return [self][index]


def _itself() -> list:
    found: list = [1.0]
    found.append(found)
    return found


def _nested(depth: int):
    found: Any = 1.0
    for _ in range(depth):
        found = [found]
    return found


OBJECTS: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "Ellipsis": lambda: ...,
    "str": lambda: "1.0",
    "bytes": lambda: b"12345678",
    "dict": dict,
    "set": lambda: {1.0},
    "type": lambda: float,
    "generator": lambda: (i for i in range(3)),
    "object": object,
    "NaN": lambda: float("nan"),
    "inf": lambda: float("-inf"),
    "complex": lambda: 1j,
    "-1": lambda: -1,
    "0": lambda: 0,
    "True": lambda: True,
    "1.5": lambda: 1.5,
    "2**40": lambda: 2**40,
    "-2**31": lambda: -(2**31),
    "2**63 - 1": lambda: 2**63 - 1,
    "2**63": lambda: 2**63,
    "-2**63": lambda: -(2**63),
    "2**64": lambda: 2**64,
    "2**70": lambda: 2**70,
    "10**400": lambda: 10**400,
    "()": tuple,
    "(0, 0)": lambda: (0, 0),
    "(0, None)": lambda: (0, None),
    "(2**40, 2**40)": lambda: (2**40, 2**40),
    "[]": list,
    "ragged": lambda: [[1.0], [1.0, 2.0]],
    "of itself": _itself,
    "70 deep": lambda: _nested(70),
    "10 000 deep": lambda: _nested(10_000),
    "broken": Broken,
    "endless": Endless,
    "memoryview": lambda: memoryview(b"12345678"),
    "released memoryview": lambda: (lambda m: (m.release(), m)[1])(memoryview(b"1234")),
    "dtype": lambda: np.dtype("f8"),
    "0-d object": lambda: np.array(None),
    "NaN array": lambda: np.full(3, np.nan),
    "limits": lambda: np.array([-(2**63), 2**63 - 1, -1, 10**9]),
    "empty array": lambda: np.zeros((0, 3)),
}


def objects(name: str) -> Iterator[Case]:
    """Anything at all for each argument, positional or named."""
    for call in itertools.islice(samples(name), 2):
        for label, make in OBJECTS.items():
            for i in range(len(call.args)):
                given = (*call.args[:i], make(), *call.args[i + 1 :])
                yield f"{call}, argument {i} is {label}", Call(name, call.types, given, call.keywords), answered
            for parameter in {"out": None, **parameters(name)}:
                if parameter not in list(parameters(name))[: len(call.args)]:
                    yield f"{call}, {parameter}={label}", call.having(**{parameter: make()}), answered


def strangers(name: str) -> Iterator[Case]:
    """Anything at all for each parameter of creation functions and of other public ones."""
    function = public()[name]
    try:
        names = list(inspect.signature(function).parameters.values())
    except ValueError:
        return
    named = [p.name for p in names if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    needed = [p.name for p in names if p.default is p.empty and p.name in named]
    for (label, make), parameter in itertools.product(OBJECTS.items(), named):
        for others in (2, 2.5, np.ones(3)):
            keywords = dict.fromkeys(needed, others) | {parameter: make()}
            yield f"{name}, {parameter}={label}, others {others}", partial(function, **keywords), answered
