"""Every public operator: time, P99, instructions and memory of its calls. A new operator is found, not listed."""

import os
import sys

from . import calls, instructions, runner

# CI runs every benchmark once. asv's --quick makes fewer calls; this makes them smaller.
SMOKE = bool(os.environ.get("COREPY_SMOKE"))

DTYPES = ("float64", "float32", "int32")
SIZES = (8,) if SMOKE else (8, 1_000, 100_000)


def _dtype(name: str) -> str:
    """What an operator is measured with where there is one dtype only."""
    return calls.usual_dtypes(name)[0]


class _Timed:
    """asv's own measurement, for a quarter of a second in two rounds."""

    warmup_time = 0.02
    repeat = (2, 10, 0.1)

    def prepare(self, *spec):
        call = calls.build(*spec)
        self.function, self.args, self.keywords = call.func, call.args, call.keywords

    def time_call(self, *_):
        self.function(*self.args, **self.keywords)


class Contiguous(_Timed):
    """One-dimensional arrays."""

    params = (calls.names(), DTYPES, SIZES)
    param_names = ("operator", "dtype", "size")

    def setup(self, operator, dtype, size):
        self.prepare(operator, dtype, size)


class Layouts(_Timed):
    """Strided arguments, a scalar beside an array, and the two axes of a square array."""

    params = (calls.names(), calls.LAYOUTS[1:])
    param_names = ("operator", "layout")

    def setup(self, operator, layout):
        self.prepare(operator, _dtype(operator), 10_000, layout)


class Tail:
    """How long the slowest of a hundred calls takes."""

    params = (calls.names(), SIZES)
    param_names = ("operator", "size")
    unit = "ns"

    def track_p99(self, operator, size):
        return runner.measure(calls.build(operator, _dtype(operator), size), seconds=0.001 if SMOKE else 0.1).p99


# Dtype (the operator's usual one if None), size and layout of calls whose instructions are counted.
_COUNTED = {"8 elements": (None, 8, "contiguous")}
if not SMOKE:
    _COUNTED |= {dtype: (dtype, 1_000, "contiguous") for dtype in DTYPES}
    _COUNTED |= {layout: (None, 1_000, layout) for layout in calls.LAYOUTS[1:]}


def _counted(name: str, call: str) -> tuple[str, str, int, str]:
    dtype, size, layout = _COUNTED[call]
    return name, dtype or _dtype(name), size, layout


class Instructions:
    """Instructions of a call: they tell a change of a few per cent on a machine that is not quiet."""

    params = (calls.names(), list(_COUNTED))
    param_names = ("operator", "call")
    unit = "instructions"

    def setup_cache(self):
        # All at once: one start of valgrind takes as long as a hundred calls.
        try:
            return instructions.count(_counted(name, call) for name in calls.names() for call in _COUNTED)
        except instructions.UnavailableError as error:
            return str(error)

    setup_cache.timeout = 600

    def setup(self, found, operator, call):
        if isinstance(found, str):
            print(f"skipped: {found}", file=sys.stderr)
            raise NotImplementedError(found)
        if _counted(operator, call) not in found:
            raise NotImplementedError("no such call of this operator")

    def track_instructions(self, found, operator, call):
        return found[_counted(operator, call)]


class Memory:
    """What a call holds beyond its arguments: the result, and whatever else it needs."""

    params = (calls.names(), ("contiguous", "columns"))
    param_names = ("operator", "layout")
    unit = "bytes"

    def setup(self, operator, layout):
        # Larger than what malloc would keep for the next call (32 MiB).
        self.call = calls.build(operator, _dtype(operator), 500 if SMOKE else 5_000_000, layout)

    def track_peak_memory(self, operator, layout):
        return runner.peak_memory(self.call)
