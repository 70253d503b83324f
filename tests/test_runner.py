"""The measuring loop, on functions whose cost is known because they move the clock themselves."""

import gc
import json
import shutil
import subprocess
import sys
from functools import partial
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
from environment import SANITIZED

from corepy.bench import calls, instructions, runner

ROOT = Path(__file__).resolve().parent.parent


class Machine:
    """A clock that moves when a function runs, and only then: each call takes the next of the given nanoseconds."""

    def __init__(self, *costs: int, first: int = 0):
        self.now = 0
        self.calls = 0
        self.costs = cycle(costs)
        self.first = first

    def clock(self) -> int:
        return self.now

    def function(self, *args, **keywords) -> None:
        self.calls += 1
        self.now += next(self.costs) + (self.first if self.calls == 1 else 0)


def test_constant_cost():
    """Of a function that always takes the same, every percentile is that, and the repeats do not differ."""
    machine = Machine(100_000)
    latency = runner.measure(machine.function, clock=machine.clock)

    assert (latency.p50, latency.p90, latency.p99, latency.max) == (100_000,) * 4
    assert (latency.spread, latency.batch) == (0.0, 1)


def test_percentiles_of_a_known_distribution():
    """Of 1000 costs the percentiles are those that lie at the ranks 500, 900 and 990; the slowest call is the maximum."""
    costs = np.random.default_rng(1).permutation(np.arange(1, 1001)) * 1000 + 1_000_000
    machine = Machine(*costs.tolist())
    latency = runner.measure(machine.function, clock=machine.clock, seconds=13.5, repeats=1)

    assert latency.samples == pytest.approx(13.5e9 / 1_001_000, rel=0.01)
    assert latency.p50 == pytest.approx(1_500_000, abs=2000)
    assert latency.p90 == pytest.approx(1_900_000, abs=2000)
    assert latency.p99 == pytest.approx(1_990_000, abs=2000)
    assert latency.max == 2_000_000


def test_rare_slow_calls_show_in_the_tail():
    """Two slow calls in a hundred are seen by P99, not by P50 and P90."""
    machine = Machine(*[30_000] * 98, 700_000, 700_000)
    latency = runner.measure(machine.function, clock=machine.clock, seconds=1)

    assert (latency.p50, latency.p90, latency.p99, latency.max) == (30_000, 30_000, 700_000, 700_000)


def test_short_calls_are_batched():
    """Calls shorter than BATCH are measured as many at once as fill it; the result is still that of one call."""
    machine = Machine(50)
    latency = runner.measure(machine.function, clock=machine.clock)

    assert latency.batch == runner.BATCH // 50
    assert (latency.p50, latency.max) == (50, 50)


def test_first_call_is_not_measured():
    """What the first call takes for compiling is in no figure."""
    machine = Machine(25_000, first=3_000_000_000)

    assert runner.measure(machine.function, clock=machine.clock).max == 25_000


def test_spread_between_repeats():
    """A function that becomes twice as slow shows a spread of its medians, of about its median."""
    machine = Machine(*[100_000] * 7000, *[200_000] * 100_000)
    latency = runner.measure(machine.function, clock=machine.clock, seconds=1, repeats=10)

    assert latency.p50 in (100_000, 200_000)
    assert latency.spread == 100_000 / latency.p50


def test_contenders_take_turns():
    """Several calls are measured there and back, so that a drift of the machine meets all of them alike."""
    machine = Machine(100_000)
    order = []

    def call(name):
        order.append(name)
        machine.function()

    found = runner.compare({n: partial(call, n) for n in "abc"}, clock=machine.clock, seconds=0.01, repeats=4)
    turns = [name for i, name in enumerate(order) if i == 0 or order[i - 1] != name]

    assert list(found) == ["a", "b", "c"]
    # The warm-ups, then four rounds, whose ends meet.
    assert "".join(turns) == "abc" + "abcbabcba"


def test_arguments_are_passed():
    """A call gets the positional and keyword arguments of its partial, whatever their names."""
    given = []
    machine = Machine(100_000)

    def call(*args, **keywords):
        given.append((args, keywords))
        machine.function()

    runner.measure(partial(call, 1, "x", batch=2, clock=3), clock=machine.clock, seconds=0.001)

    assert given
    assert all(one == ((1, "x"), {"batch": 2, "clock": 3}) for one in given)


@pytest.mark.parametrize("enabled", [True, False])
def test_garbage_collection_is_off_and_restored(enabled):
    """The collector is off in every call, warm-up included, and afterwards what it was before, also after an error."""
    machine, seen = Machine(100_000), set()

    def call():
        seen.add(gc.isenabled())
        machine.function()

    def broken():
        raise ZeroDivisionError

    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        runner.measure(call, clock=machine.clock, seconds=0.001)
        assert (seen, gc.isenabled()) == ({False}, enabled)
        with pytest.raises(ZeroDivisionError):
            runner.measure(broken)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_real_clock():
    """With the real clock the percentiles of a real function ascend."""
    latency = runner.measure(partial(np.add, np.ones(1000), 1.0), seconds=0.01)

    assert 0 < latency.p50 <= latency.p90 <= latency.p99 <= latency.max
    assert latency.samples >= 10


def test_overhead_is_described():
    """overhead() gives positive nanoseconds for an empty call and for reading the clock."""
    found = runner.overhead(calls=50)

    assert found.keys() == {"straight", "measured", "clock", "of_1_us"}
    assert min(found["straight"], found["measured"], found["clock"]) > 0


@pytest.mark.skipif(SANITIZED, reason="a sanitizer keeps what is freed")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_peak_memory():
    """The peak counts what a call frees again; a call that needs nothing needs no megabyte."""
    mebibyte = 2**20

    def call():
        # 4 more than are asserted: the smaller array may be given memory that the process had already.
        scratch = np.ones(44 * mebibyte // 8)
        return np.ones(5 * mebibyte // 8) + scratch[0]

    assert 40 < runner.peak_memory(call) / mebibyte < 56
    assert runner.peak_memory(int) < mebibyte


# --- instructions -----------------------------------------------------------------------------------------------------

valgrind = pytest.mark.skipif(shutil.which("valgrind") is None, reason="valgrind is not installed")


@pytest.mark.skipif(SANITIZED, reason="valgrind runs no process of a sanitizer")
@valgrind
def test_instructions_repeat():
    """Counts of two runs agree within 0.5 %; longer arrays take more; what is not applicable is left out."""
    specs = [("add", "float64", n, "contiguous") for n in (8, 1000)] + [("sum", "float64", 1000, "columns")]
    specs.append(("exp", "int32", 8, "contiguous"))
    try:
        first, second = instructions.count(specs), instructions.count(specs)
    except instructions.UnavailableError as error:
        pytest.skip(str(error))

    assert list(first) == list(second) == specs[:3]
    assert list(second.values()) == pytest.approx(list(first.values()), rel=0.005)
    assert 100 < first[specs[0]] < first[specs[1]] < 100_000


def test_instructions_by_difference():
    """Instructions are the difference of 2 N and N calls; the parts before the first and behind the last do not matter."""
    assert instructions._per_call([10**9, 500, 900, 4000, 7600, 10**7], [4, 4]) == [100.0, 900.0]
    with pytest.raises(instructions.UnavailableError, match="6 marks in place of 5"):
        instructions._per_call([1] * 7, [4, 4])


def test_instructions_need_valgrind(monkeypatch):
    """Without valgrind the error says what is missing, and is one that asv takes for "not applicable"."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(NotImplementedError, match="apt install valgrind"):
        instructions.count([("add", "float64", 8, "contiguous")])


# --- command line -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [["-m", "corepy.bench.runner"], [str(ROOT / "asv_bench" / "runner.py")]])
def test_command_line(child, how):
    """The runner is a program, installed and in the checkout; --json prints one object of all percentiles."""
    ran = child(*how, "exp", "sum", "--size", "100", "--seconds", "0.001", "--json")
    found = json.loads(ran.stdout)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert list(found) == ["exp", "sum"]
    assert all({"p50", "p90", "p99", "max", "spread", "batch", "samples"} == of.keys() for of in found.values())


def test_command_line_takes_all_operators_that_apply(child):
    """Without operators all are measured that take the dtype."""
    ran = child("-m", "corepy.bench.runner", "--dtype", "bool", "--size", "8", "--seconds", "0.0001", "--json")

    assert ran.returncode == 0, ran.stderr
    assert [n for n in calls.names() if "bool" in calls.dtypes(n)] == list(json.loads(ran.stdout))


def test_command_line_from_the_checkout():
    """python -m asv_bench.runner measures the installed Corepy, not the source tree it stands in."""
    command = [sys.executable, "-m", "asv_bench.runner", "add", "--seconds", "0.001"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert [line.split()[0] for line in ran.stdout.splitlines()] == ["P50", "add"]


@valgrind
def test_instructions_need_a_level_that_valgrind_runs(monkeypatch):
    """Where no level that was built runs under valgrind the error says so; any other failure is not hidden."""
    answers = iter(["corepy.errors.BackendError: this CPU runs x86_64_v3", "Segmentation fault"])

    def run(*arguments, **keywords):
        return subprocess.CompletedProcess([], 1, "", f"Traceback\n{next(answers)}\n")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(instructions.UnavailableError, match="no level that was built runs under valgrind: corepy"):
        instructions.count([("add", "float64", 8, "contiguous")])
    with pytest.raises(RuntimeError, match=r"(?s)ended with status 1:.*Segmentation fault"):
        instructions.count([("add", "float64", 8, "contiguous")])


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["nonsense"], "no operator named nonsense; there are: absolute, add, "),
        (["exp", "--dtype", "int32"], "exp has no loop for int32: it takes float32, float64"),
        (["exp", "--layout", "rows"], "exp has no rows: it is elementwise"),
    ],
)
def test_command_line_refuses(child, arguments, complaint):
    """What cannot be measured is refused in words."""
    ran = child("-m", "corepy.bench.runner", *arguments)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert complaint in ran.stderr
    assert "Traceback" not in ran.stderr


# --- the calls that are measured --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", calls.names())
def test_calls_of_every_operator(name):
    """Every operator has a call for each of its dtypes, whose results are finite for floats, the same when built again."""
    assert calls.usual_dtypes(name)
    for dtype in calls.dtypes(name):
        call, again = (calls.build(name, dtype, 100) for _ in range(2))
        results = call()
        for x, y in zip(call.args, again.args, strict=True):
            np.testing.assert_array_equal(x, y)
        if np.dtype(dtype).kind == "f":
            # the first windows have too few elements
            begin = call.keywords.get("window", 2) - 1 if name.startswith("move_") else 0
            for result in results if isinstance(results, tuple) else [results]:
                assert np.all(np.isfinite(result[begin:] if begin else result))


@pytest.mark.parametrize("name", calls.names())
def test_layouts_of_every_operator(name):
    """Every operator has strided calls, array operators both axes, elementwise ones of several arguments a scalar."""
    dtype = calls.usual_dtypes(name)[0]
    found = [spec[3] for spec in calls.applicable((name, dtype, 100, layout) for layout in calls.LAYOUTS)]
    for layout in found:
        calls.build(name, dtype, 100, layout)()
    strided = calls.build(name, dtype, 100, "strided").args[0]

    assert strided.strides == (2 * strided.itemsize,)
    assert found[:2] == ["contiguous", "strided"]
    assert "scalar" in found or "columns" in found or len(calls.build(name, dtype).args) == 1
