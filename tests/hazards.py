"""What could end the process, hang it or spoil a number, tried on every public callable; test_hazards.py runs it as a child.

    python tests/hazards.py HAZARD [OPERATOR...]

Each case is named on stdout before it is tried, so that one that ends the process is known; failures follow as lines of
their own. A case is a label, what is tried, and what is expected of its outcome: a value, or an exception.
"""

import faulthandler
import inspect
import itertools
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from typing import Any

import arrays
import numpy as np
from calls import Call, axes, operators, parameters, public, samples
from compare import assert_same, results

import corepy as cp
from corepy.backend.dispatch import OPERATORS
from corepy.backend.reference import ReferenceBackend

ADDRESSES = (
    6 * 2**30
)  # of memory that a hazard may take, so that what is too large is refused and does not fill the machine
SECONDS = 400  # after which a hazard counts as hung
# RuntimeError is NumPy's for more than 32 dimensions, where it has to broadcast.
REFUSALS = (TypeError, ValueError, IndexError, ArithmeticError, MemoryError, AttributeError, RuntimeError)

Case = tuple[str, Callable[[], Any], Callable[[Any], None]]


@cache
def _of_reference(name: str) -> Callable:
    return OPERATORS[name].build(ReferenceBackend())


def outcome(attempt: Callable[[], Any]) -> Any:
    """What an attempt gives, or the exception that it raises."""
    try:
        return attempt()
    except Exception as error:
        return error


# --- what is expected -------------------------------------------------------------------------------------------------


def refused(*types: type[Exception]) -> Callable[[Any], None]:
    """An exception of one of these types, by default of those that NumPy's users know."""

    def judge(found):
        assert isinstance(found, types or REFUSALS), f"not refused: {found!r}"

    return judge


def like(call: Callable[[], Any], *, or_refused: bool = False) -> Callable[[Any], None]:
    """What `call` gives: the same bits, or an exception of the same type."""

    def judge(found):
        if or_refused and isinstance(found, REFUSALS):
            return
        expected = outcome(call)
        if isinstance(expected, Exception):
            assert type(expected) is type(found), f"expected {expected!r}, got {found!r}"
        else:
            assert not isinstance(found, Exception), f"raised {found!r}"
            assert_same(expected, found)

    return judge


def answered(found) -> None:
    """Any value, or an exception that NumPy's users know: not a SystemError, say."""
    assert not isinstance(found, Exception) or isinstance(found, REFUSALS), f"raised {found!r}"


def reference(call: Call) -> Callable[[], Any]:
    """The same call on the reference backend."""
    return partial(_of_reference(call.name), *call.args, **call.keywords)


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


# --- out= -------------------------------------------------------------------------------------------------------------


def _has_out(name: str) -> bool:
    return hasattr(getattr(cp, name), "types") or "out" in parameters(name)


def out_refused(name: str) -> Iterator[Case]:
    """out= that is read-only, of another shape, of a dtype that cannot hold the result, or no array."""
    for call in samples(name) if _has_out(name) else ():
        found = outcome(call)
        if isinstance(found, Exception):
            continue
        found = tuple(map(np.asarray, results(found)))

        def filled(change, call=call, found=found):
            place = tuple(map(change, found))
            return call.having(out=place if len(place) > 1 else place[0])

        def refusing(attempt):
            """The attempt's exception, before which it must not have written to out=."""
            before = repr(attempt.keywords["out"])
            found = outcome(attempt)
            assert before == repr(attempt.keywords["out"]), "out= was written to"
            return found

        wrong = {
            "read-only": lambda x: arrays.LAYOUTS["read-only"](np.zeros_like(x)),
            "one longer": lambda x: np.zeros((*x.shape[:-1], x.shape[-1] + 1) if x.ndim else (2, 2), x.dtype),
            "one dimension fewer": lambda x: np.zeros(x.shape[1:] if x.ndim > 1 else (7,), x.dtype),
            "datetime": lambda x: np.zeros(x.shape, "M8[s]"),
            "a list": lambda x: x.tolist(),
        }
        for label, change in wrong.items():
            attempt = filled(change)
            yield f"{call}, out= {label}", partial(refusing, attempt), refused(TypeError, ValueError)
        for code in "?bHlfd":
            attempt = filled(lambda x, code=code: np.zeros(x.shape, code))
            allowed = all(np.can_cast(x.dtype, code, "same_kind") for x in found)

            def converted(attempt=attempt):
                attempt()
                return attempt.keywords["out"]

            def expected(code=code, found=found):
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    made = tuple(x.astype(code) for x in found)
                return made if len(made) > 1 else made[0]

            with np.errstate(all="ignore"):
                yield f"{call}, out= {np.dtype(code)}", converted, like(expected) if allowed else refused(TypeError)


def out_overlaps(name: str) -> Iterator[Case]:
    """out= in the memory of an argument, at any distance: the bits of separate memory."""
    for call in samples(name, (3, 40)) if _has_out(name) else ():
        found = outcome(call)
        if isinstance(found, (Exception, tuple)):
            continue
        found = np.asarray(found)
        for i, shift in itertools.product(range(len(call.args)), (-16, -8, 0, 8, 24, 320)):
            x = call.args[i]
            memory = np.zeros(max(x.nbytes, found.nbytes) + 400, np.uint8)
            given = np.ndarray(x.shape, x.dtype, memory, 16)
            given[...] = x
            out = np.ndarray(found.shape, found.dtype, memory, 16 + shift)
            args = (*call.args[:i], given, *call.args[i + 1 :])
            yield (
                f"{call}, out= {shift} bytes from argument {i}",
                Call(name, call.types, args, call.keywords | {"out": out}),
                like(lambda found=found: found),
            )


# --- values -----------------------------------------------------------------------------------------------------------


def special_values(name: str) -> Iterator[Case]:
    """NaN, infinities, zeros of both signs and the limits, each alone and by turns, as the reference has them."""
    n = 24
    for call in samples(name, (n,)) if parameters(name) else ():
        for dtype in {x.dtype for x in call.args}:
            edges = arrays.edges(dtype)
            for i, value in enumerate(edges):
                with np.errstate(over="ignore"):
                    turns = np.where(np.arange(n) % 3 == 0, edges[i - 1], value).astype(dtype)
                for label, content in {"all": np.full(n, value), "by turns": turns}.items():
                    given = call.mapped(lambda x, content=content: content if x.dtype == content.dtype else x)
                    yield f"{call}, {label} {value}", given, like(reference(given))


def integer_limits(name: str) -> Iterator[Case]:
    """Every edge of an integer with every other, one pair a call and all at once: INT_MIN // -1, x // 0, any shift."""
    operator = getattr(cp, name)
    for loop in getattr(operator, "types", ()):
        codes = loop.split("->")[0]
        if len(codes) < 3 and all(np.dtype(c).kind in "iu" for c in codes):
            edges = [arrays.edges(c) for c in codes]
            every = [x.reshape(-1) for x in np.meshgrid(*edges, indexing="ij")]
            call = Call(name, loop, tuple(every), {})
            yield f"{call}, all", call, like(reference(call))
            call = Call(name, loop, tuple(arrays.accepted(operator, every)), {})
            yield f"{call}, all accepted", call, like(reference(call))
            extremes = [[x for x in e if abs(int(x)) in (0, 1) or abs(int(x)) > 99] for e in edges]
            for values in itertools.product(*extremes):
                call = Call(name, loop, values, {})
                yield f"{call}, {values}", call, like(reference(call))


def integers_as_positions(name: str) -> Iterator[Case]:
    """Any integer in any array: labels and positions out of range are refused, or mean what the reference says."""
    for call in samples(name, (40,)) if parameters(name) else ():
        positions = [k for k, v in call.keywords.items() if isinstance(v, np.ndarray)]
        for dtype in (np.int64, np.int32, np.uint64, np.int8):
            wild = arrays.mixed(dtype, 40, seed=7)
            for key in positions:
                given = call.having(**{key: wild})
                yield f"{call}, {key}= any {wild.dtype}", given, like(reference(given))
            for i in range(len(call.args)):
                given = Call(name, call.types, (*call.args[:i], wild, *call.args[i + 1 :]), call.keywords)
                yield f"{call}, argument {i} any {wild.dtype}", given, like(reference(given))


def shapes(name: str) -> Iterator[Case]:
    """Arguments whose shapes do not fit each other."""
    wrong = [(), (0,), (1,), (2,), (5,), (8,), (1000,), (2, 4), (4, 1), (1, 1, 4), (3, 0)]
    for call in itertools.islice(samples(name, (4,)), 2):
        for several in itertools.product(wrong, repeat=min(len(call.args), 3)):
            given = tuple(
                np.resize(x, s) if np.prod(s) else np.zeros(s, x.dtype) for x, s in zip(call.args, several, strict=True)
            )
            made = Call(name, call.types, given, call.keywords)
            yield f"{call}, {several}", made, like(reference(made), or_refused=True)


# --- size -------------------------------------------------------------------------------------------------------------


class InterruptedCallError(ValueError):
    """Ctrl-C, as it were."""


def _interrupt(*_):
    raise InterruptedCallError


def _interrupted(call: Call):
    """A call that is interrupted after a second: what goes through an array piece by piece may take for ever."""
    signal.signal(signal.SIGALRM, _interrupt)
    signal.alarm(1)
    try:
        return call()
    finally:
        signal.alarm(0)


def huge(name: str) -> Iterator[Case]:
    """Arrays of 2**45 elements that are one in memory, and axes of 2**40 in arrays without elements."""
    for call in itertools.islice(samples(name, (2,)), 2):
        for shape in ((2**45,), (2, 2**44), (2**44, 2)):
            for keywords in [{}, *axes(name, len(shape))]:
                args = tuple(np.broadcast_to(x.reshape(-1)[:1].reshape(()), shape) for x in call.args)
                given = Call(name, call.types, args, call.keywords)
                attempt = partial(_interrupted, given.having(**keywords))
                yield f"{call}, {shape}, {keywords}", attempt, answered
        for shape in ((2**40, 0), (0, 2**40), (2**40, 0, 2**9), (0, 2**40, 0)):
            for keywords in [{}, *axes(name, len(shape))]:
                given = call.mapped(lambda x, shape=shape: np.empty(shape, x.dtype))
                yield f"{call}, {shape}, {keywords}", given.having(**keywords), answered


@contextmanager
def _address_space(free: int):
    """Room for `free` more bytes, and no more."""
    import resource

    with open("/proc/self/statm") as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + free, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limits)


def no_memory(name: str) -> Iterator[Case]:
    """Every allocation of a call fails once: MemoryError, or the right answer."""
    shape = (64, 512)  # 256 KiB of float64
    # Where NumPy's iterator gets no buffer, it raises without the GIL and ends the process: such small ones it gets.
    np.setbufsize(160)
    for call in samples(name, shape):
        if call.types not in ("float64", "int16", getattr(getattr(cp, name), "types", ["", ""])[-1]):
            continue
        # Where NumPy's iterator fails to get a buffer for arguments to be converted, np.add, too, ends the process.
        conversions = () if hasattr(getattr(cp, name), "types") else ("byte-swapped", "misaligned")
        for layout in ("contiguous", "axes rotated", "strided", *conversions):
            given = call.mapped(arrays.LAYOUTS[layout])
            expected = outcome(given)
            for free in (0, 50_000, 100_000, 200_000, 300_000, 600_000, 900_000, 1_200_000):

                def attempt(given=given, free=free):
                    with _address_space(free):
                        return given()

                def judge(found, expected=expected):
                    if not isinstance(found, MemoryError):
                        like(partial(_again, expected))(found)

                yield f"{call}, {layout}, {free} bytes left", attempt, judge


def _again(expected):
    if isinstance(expected, Exception):
        raise expected
    return expected


# --- time -------------------------------------------------------------------------------------------------------------


@contextmanager
def _scribbled(written: list[np.ndarray]):
    """Another thread that keeps writing anything into these arrays."""
    stop = threading.Event()

    def scribble():
        turn = 0
        while not stop.is_set():
            for x in written:
                x[...] = arrays.edges(x.dtype)[turn % arrays.edges(x.dtype).size]
                x.reshape(-1)[turn % x.size] = 0
            turn += 1

    thread = threading.Thread(target=scribble)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def mutated(name: str) -> Iterator[Case]:
    """Arguments that another thread writes to in the course of the call: no promise but to survive."""
    interval = sys.getswitchinterval()
    for call in samples(name, (20_000,)):
        given = call.mapped(np.array)
        written = [x for x in (*given.args, *given.keywords.values()) if isinstance(x, np.ndarray)]

        def attempt(given=given, written=written):
            sys.setswitchinterval(1e-5)
            try:
                with _scribbled(written):
                    found = [outcome(given) for _ in range(6)]
            finally:
                sys.setswitchinterval(interval)
            return next((e for e in found if isinstance(e, Exception)), None)

        yield f"{call}, written to", attempt, answered


class Resizing:
    """An axis (or window, or length) that frees the array it is asked about, and gives a number."""

    def __init__(self, written: list[np.ndarray], value):
        self.written, self.value = written, value

    def __index__(self) -> int:
        for x in self.written:
            x.resize(0, refcheck=False)
        return int(self.value)

    __float__ = __index__

    def __add__(self, other):
        return float(self.__index__()) + other


def resized(name: str) -> Iterator[Case]:
    """Arguments whose memory is given back while others are converted."""
    for call in samples(name, (8, 40)):
        for parameter in parameters(name):
            for value in (0, 1):
                given = call.mapped(np.array)
                written = [x for x in given.args if isinstance(x, np.ndarray)]
                if parameter not in list(parameters(name))[: len(call.args)]:
                    resizing = given.having(**{parameter: Resizing(written, value)})
                    yield f"{call}, {parameter} resizes", resizing, answered


def recursion(name: str) -> Iterator[Case]:
    """Calls at any distance from the recursion limit."""

    def deep(call, left):
        return outcome(call) if left == 0 else deep(call, left - 1)

    for call in itertools.islice(samples(name), 1):
        expected = outcome(call)
        used = len(inspect.stack())
        for left in range(sys.getrecursionlimit() - used - 30, sys.getrecursionlimit() - used):

            def judge(found, expected=expected):
                if not isinstance(found, RecursionError):
                    like(partial(_again, expected))(found)

            yield f"{call}, after {left} calls", partial(deep, call, left), judge


HAZARDS: dict[str, Callable[[str], Iterator[Case]]] = {
    hazard.__name__: hazard
    for hazard in (
        *(layouts, zero_strides, empty, no_dimensions, many_dimensions, subclasses),
        *(foreign, half, objects, strangers, out_refused, out_overlaps),
        *(special_values, integer_limits, integers_as_positions, shapes),
        *(huge, no_memory, mutated, resized, recursion),
    )
}


def main(hazard: str, *names: str) -> None:
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", "the matrix subclass", PendingDeprecationWarning)
    warnings.simplefilter("ignore", np.exceptions.ComplexWarning)
    faulthandler.dump_traceback_later(SECONDS, exit=True)
    if sys.platform == "linux":
        resource = import_module("resource")
        # A label of 2**31 asks for as many groups.
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, resource.getrlimit(resource.RLIMIT_AS)[1]))
    cases = failures = 0
    everything = [n for n in public() if n not in OPERATORS] if hazard == "strangers" else operators()
    for name in names or everything:
        for label, attempt, judge in HAZARDS[hazard](name):
            os.write(1, f"try {label}\n".encode())
            cases += 1
            try:
                judge(outcome(attempt))
            except AssertionError as error:
                failures += 1
                os.write(1, f"fail {label}: {str(error)[:500]!r}\n".encode())
    os.write(1, f"end {cases} {failures}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
