"""Hazards of a call: where its result goes, values, sizes, memory that ends, and what changes in its course."""

import inspect
import itertools
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import arrays
import numpy as np
from calls import Call, axes, parameters, samples
from compare import results
from expected import Case, answered, like, outcome, reference, refused

import corepy as cp

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
            bounds = ({}, {"num_labels": 3}) if "num_labels" in parameters(name) else ({},)
            for i, bound in itertools.product(range(len(call.args)), bounds):
                given = Call(name, call.types, (*call.args[:i], wild, *call.args[i + 1 :]), call.keywords | bound)
                yield f"{call}, argument {i} any {wild.dtype} {bound}", given, like(reference(given))


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
def address_space(free: int):
    """Room for `free` more bytes, and no more."""
    import resource

    # Not an absolute limit: with a sanitizer, terabytes are in use.
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
                    with address_space(free):
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
                # what a kernel has seen, NaN for one, is not there when it looks again
                x[...] = turn % 2
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
        given = call.mapped(arrays.before_a_wall)
        written = [x for x in (*given.args, *given.keywords.values()) if isinstance(x, np.ndarray)]

        def attempt(given=given, written=written):
            sys.setswitchinterval(1e-5)
            try:
                with _scribbled(written):
                    found = [outcome(given) for _ in range(20)]
            finally:
                sys.setswitchinterval(interval)
            return next((e for e in found if isinstance(e, Exception)), None)

        yield f"{call}, written to", attempt, answered


class Resizing:
    """An axis (or window, or length) that frees the arrays it is asked about, or the first one's end, and gives a number."""

    def __init__(self, written: list[np.ndarray], value, rows: int):
        self.written, self.value, self.rows = written, value, rows

    def __index__(self) -> int:
        for x in self.written[: 1 if self.rows else None]:
            x.resize((self.rows, *x.shape[1:]) if self.rows else 0, refcheck=False)
        return int(self.value)

    __float__ = __index__

    def __add__(self, other):
        return float(self.__index__()) + other


def resized(name: str) -> Iterator[Case]:
    """Arguments whose memory is given back while others are converted."""
    for call in samples(name, (8, 40)):
        for parameter in parameters(name):
            for value, rows in itertools.product((0, 1), (0, 2, 24)):
                given = call.mapped(np.array)
                written = [x for x in given.args if isinstance(x, np.ndarray)]
                if parameter not in list(parameters(name))[: len(call.args)]:
                    resizing = given.having(**{parameter: Resizing(written, value, rows)})
                    yield f"{call}, {parameter} resizes to {rows}", resizing, answered


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
