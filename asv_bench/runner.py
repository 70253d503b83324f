"""The measuring loop: what one call takes, as percentiles rather than a mean, and as instructions where a clock is too noisy.

As a library, of any callables:

    latency = runner.measure(partial(np.exp, x))
    by_name = runner.compare({"corepy": partial(cp.exp, x), "numpy": partial(np.exp, x)})

From the command line, of Corepy's operators (from an installed package: python -m corepy.bench.runner):

    python -m asv_bench.runner exp sum --size 1000 --dtype float32 --json

A sample is one call, or the mean of a batch of calls where one takes less than 20 us: reading the clock twice, some 0.1 us,
then costs less than 0.5 %. Calls are written into the loop as a user writes them, so that it adds 7 ns to each and no
wrapper. `--overhead` shows both on the machine at hand.
"""

import argparse
import contextlib
import functools
import gc
import itertools
import json
import math
import os
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from time import perf_counter_ns

__all__ = ["BATCH", "Latency", "compare", "loop", "measure", "peak_memory"]

# Nanoseconds that a sample takes at least.
BATCH = 20_000


@dataclass(frozen=True)
class Latency:
    """What one call takes, in nanoseconds.

    `spread` is how far the medians of the repeats lie apart, relative to the median of all samples: on a quiet machine a
    few hundredths. `batch` calls make one of the `samples`.
    """

    p50: float
    p90: float
    p99: float
    max: float
    spread: float
    batch: int
    samples: int


@functools.cache
def _loop_code(arguments: int, keywords: tuple[str, ...]) -> Callable:
    given = [f"a{i}" for i in range(arguments)]
    named = [f"k_{word}" for word in keywords]
    call = ", ".join([*given, *(f"{word}=k_{word}" for word in keywords)])
    source = f"""
def run(clock, repeat, function, {"".join(f"{name}, " for name in given + named)}batches, batch):
    samples = []
    for _ in repeat(None, batches):
        calls = repeat(None, batch)
        start = clock()
        for _ in calls:
            function({call})
        samples.append(clock() - start)
    return samples
"""
    namespace: dict[str, Callable] = {}
    exec(source, namespace)
    return namespace["run"]


def loop(call: partial, clock: Callable[[], int]) -> Callable[[int, int], list[int]]:
    """A function of (batches, batch): calls `batch` times between two readings of the clock, and that `batches` times.

    The call is part of the loop's source: neither the partial nor any packing of arguments is measured.
    """
    code = _loop_code(len(call.args), tuple(call.keywords))
    return partial(code, clock, itertools.repeat, call.func, *call.args, *call.keywords.values())


@contextlib.contextmanager
def _no_garbage_collection() -> Iterator[None]:
    enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Contender:
    """One call while it is being measured: warmed up when made, then one turn after the other."""

    def __init__(self, call: partial, seconds: float, repeats: int, clock: Callable[[], int]):
        self.run = loop(call, clock)
        self.turns: list[list[int]] = []
        # The first call compiles, loads and allocates, in some libraries for seconds.
        self.run(1, 1)
        begin, batch, least = clock(), 1, math.inf
        while True:
            (duration,) = self.run(1, batch)
            least = min(least, duration / batch)
            if duration < BATCH:
                batch *= 2
            elif clock() - begin >= seconds * 1e9 / 4:
                break
        self.batch = math.ceil(BATCH / least) if least < BATCH else 1
        self.batches = max(1, round(seconds * 1e9 / repeats / (self.batch * least)))

    def turn(self) -> None:
        # The first batch brings back what others have driven out of the caches.
        self.turns.append(sorted(self.run(self.batches + 1, self.batch)[1:]))

    def latency(self) -> Latency:
        samples = sorted(itertools.chain.from_iterable(self.turns))
        p50, p90, p99 = (_rank(samples, q) / self.batch for q in (0.5, 0.9, 0.99))
        medians = [_rank(turn, 0.5) / self.batch for turn in self.turns]
        spread = (max(medians) - min(medians)) / p50
        return Latency(p50, p90, p99, samples[-1] / self.batch, spread, self.batch, len(samples))


def _rank(ordered: list[int], q: float) -> int:
    """The least sample that at least a share q of all do not exceed."""
    return ordered[max(math.ceil(q * len(ordered)) - 1, 0)]


def compare(
    calls: Mapping[str, partial], *, seconds: float = 0.2, repeats: int = 10, clock: Callable[[], int] = perf_counter_ns
) -> dict[str, Latency]:
    """Measure several calls in turns, so that whatever disturbs the machine disturbs all of them.

    Parameters
    ----------
    calls : mapping of str to functools.partial
        What to call; the partial itself is not measured.
    seconds : float
        For each of them, behind a warm-up of a quarter of that.
    repeats : int
        How many turns each of them gets.
    clock : callable
        Returns nanoseconds as an int.

    Returns
    -------
    dict
        A Latency for each.
    """
    with _no_garbage_collection():
        contenders = {label: _Contender(call, seconds, repeats, clock) for label, call in calls.items()}
        order = list(contenders.values())
        for _ in range(repeats):
            for contender in order:
                contender.turn()
            # There and back, so that nobody always follows the same one.
            order.reverse()
        return {label: contender.latency() for label, contender in contenders.items()}


def measure(call: Callable, **options) -> Latency:
    """Measure one call; the options are those of `compare`."""
    return compare({"": call if isinstance(call, partial) else partial(call)}, **options)[""]


def peak_memory(call: Callable) -> int:
    """Bytes of memory that a call holds at its peak, its result included, beyond what the process held before.

    On Linux the peak is reset first. Elsewhere it is that of the whole life of the process, so that 0 means "no more than
    was needed before".
    """
    try:
        with open("/proc/self/clear_refs", "w") as peak:
            peak.write("5")
    except OSError:
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        call()
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit
    before = _status("VmRSS")
    call()
    return max(_status("VmHWM") - before, 0)


def _status(field: str) -> int:
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(field))


# --- command line -----------------------------------------------------------------------------------------------------


def _empty() -> None:
    pass


def overhead(calls: int = 1000) -> dict[str, float]:
    """Nanoseconds for an empty function: as straight code without a loop, by this runner, and what the runner adds."""
    namespace: dict[str, Callable] = {}
    exec("def straight(function):\n" + "    function()\n" * calls, namespace)
    # The clock is read once for a thousand calls here: this is the cost of the call itself.
    straight = measure(partial(namespace["straight"], _empty)).p50 / calls
    measured = measure(_empty).p50
    # Of a call of 1 us, twenty make a batch, and the clock is read twice for each batch.
    reading = statistics.median(-(perf_counter_ns() - perf_counter_ns()) for _ in range(10_000))
    return {"straight": straight, "measured": measured, "clock": reading, "of_1_us": measured - straight + reading / 20}


def _table(found: dict[str, Latency]) -> Iterator[str]:
    yield f"{'':<30} {'P50':>10} {'P90':>10} {'P99':>10} {'max':>10}  spread"
    for label, latency in found.items():
        figures = " ".join(f"{ns / 1000:7.2f} us" for ns in (latency.p50, latency.p90, latency.p99, latency.max))
        yield f"{label:<30} {figures}  {latency.spread:.1%}"


def main() -> int:
    from . import calls, instructions

    parser = argparse.ArgumentParser(prog="python -m asv_bench.runner", description="What calls of Corepy take.")
    parser.add_argument("operators", nargs="*", metavar="OPERATOR", help="by default all")
    parser.add_argument("--dtype", default="float64", choices=calls.DTYPES, metavar="DTYPE")
    parser.add_argument("--size", type=int, default=1000, help="elements of an argument (default: %(default)s)")
    parser.add_argument("--layout", default=calls.LAYOUTS[0], choices=calls.LAYOUTS)
    parser.add_argument("--seconds", type=float, default=0.2, help="for each operator (default: %(default)s)")
    parser.add_argument("--repeats", type=int, default=10, help="turns of each operator (default: %(default)s)")
    parser.add_argument("--instructions", action="store_true", help="count instructions (needs valgrind), not time")
    parser.add_argument("--overhead", action="store_true", help="what this runner itself costs on this machine")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if options.overhead:
        found = overhead()
        text = (f"{key:<9} {ns:6.1f} ns" for key, ns in found.items())
    else:
        names = options.operators or calls.names()
        if unknown := sorted(set(names) - set(calls.names())):
            parser.error(f"no operator named {', '.join(unknown)}; there are: {', '.join(calls.names())}")
        wanted = [(name, options.dtype, options.size, options.layout) for name in names]
        if not options.operators:
            wanted = list(calls.applicable(wanted))
        try:
            if options.instructions:
                found = {spec[0]: n for spec, n in instructions.count(wanted).items()}
                text = (f"{name:<30} {n:10.0f} instructions" for name, n in found.items())
            else:
                limits = {"seconds": options.seconds, "repeats": options.repeats}
                latencies = {spec[0]: measure(calls.build(*spec), **limits) for spec in wanted}
                found = {name: asdict(latency) for name, latency in latencies.items()}
                text = _table(latencies)
        except NotImplementedError as error:
            parser.error(str(error))
    print(json.dumps(found) if options.json else "\n".join(text))
    return 0


if __name__ == "__main__":
    if not __package__:
        # Run as a file: its folder is the package.
        folder = os.path.dirname(os.path.abspath(__file__))
        sys.path[0] = os.path.dirname(folder)
        __package__ = os.path.basename(folder)
    sys.exit(main())
