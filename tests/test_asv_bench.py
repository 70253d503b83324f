"""The suites that asv runs: every operator is in them, without being listed."""

import importlib
import inspect
import json
import sys
from itertools import product
from pathlib import Path

import pytest

from corepy.backend.dispatch import OPERATORS

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def suites():
    """The suites as asv imports them: a package beside the checkout's Corepy, which is not imported."""
    sys.path.insert(0, str(ROOT))
    try:
        yield {name: importlib.import_module(f"asv_bench.{name}") for name in ("operators", "process")}
    finally:
        sys.path.remove(str(ROOT))


def benchmarks(module):
    """Classes that asv would find."""
    return {n: c for n, c in vars(module).items() if inspect.isclass(c) and not n.startswith("_")}


def test_every_operator_is_benchmarked(suites):
    """Each suite has each operator among its parameters, and finds a call of it for at least one of the others."""
    found = benchmarks(suites["operators"])

    assert {"Contiguous", "Layouts", "Tail", "Instructions", "Memory"} == set(found)
    for suite in found.values():
        assert sorted(OPERATORS) == sorted(suite.params[0])
        assert len(suite.params) == len(suite.param_names)


@pytest.mark.parametrize("name", OPERATORS)
def test_benchmarks_run(suites, name):
    """Every benchmark of an operator but the ones of large arrays runs for some of its parameters."""
    module = suites["operators"]
    ran = set()
    for label, suite in benchmarks(module).items():
        for parameters in product(*suite.params[1:]):
            if label in ("Instructions", "Memory", "Tail") or 100_000 in parameters:
                continue
            benchmark = suite()
            try:
                benchmark.setup(name, *parameters)
            except NotImplementedError:
                continue
            benchmark.time_call(name, *parameters)
            ran.add(label)

    assert ran == {"Contiguous", "Layouts"}


def test_p99_memory_and_instructions(suites):
    """The tracked figures are numbers; instructions are those of the cache, and not applicable where it has none."""
    module = suites["operators"]
    memory = module.Memory()
    memory.setup("sum", "columns")
    counted = {module._counted("sum", "float64"): 4000.0}
    instructions = module.Instructions()
    instructions.setup(counted, "sum", "float64")

    assert module.Tail().track_p99("sum", 8) > 0
    assert memory.track_peak_memory("sum", "columns") >= 0
    assert instructions.track_instructions(counted, "sum", "float64") == 4000.0
    with pytest.raises(NotImplementedError, match="no such call"):
        instructions.setup(counted, "sum", "scalar")


def test_instructions_are_skipped_with_a_reason(suites, capsys, monkeypatch):
    """Where instructions cannot be counted, the benchmark is not applicable and says why."""
    module = suites["operators"]

    def count(specs):
        raise module.instructions.UnavailableError("no valgrind here")

    monkeypatch.setattr(module.instructions, "count", count)
    benchmark = module.Instructions()
    with pytest.raises(NotImplementedError, match="no valgrind here"):
        benchmark.setup(benchmark.setup_cache(), "sum", "float64")

    assert capsys.readouterr().err == "skipped: no valgrind here\n"


def test_fresh_processes(suites, child):
    """The code that is timed in a fresh process runs there."""
    fresh = suites["process"].Fresh()
    for benchmark in (fresh.timeraw_import, fresh.timeraw_first_result, fresh.timeraw_second_result):
        timed = benchmark()
        code, setup = timed if isinstance(timed, tuple) else (timed, "")
        ran = child("-c", f"{setup}\n{code}")

        assert (ran.returncode, ran.stderr) == (0, "")


def test_configuration():
    """asv.conf.json names the suites' folder and this repository, and builds what the benchmarks need."""
    lines = (ROOT / "asv.conf.json").read_text(encoding="utf-8").splitlines()
    configuration = json.loads("\n".join(line for line in lines if not line.strip().startswith("//")))

    assert (ROOT / configuration["benchmark_dir"] / "operators.py").exists()
    assert configuration["repo"] == "."
    assert "-Dlevels=benchmarks" in configuration["build_command"][0]


def test_smoke_is_small(child):
    """With COREPY_SMOKE every benchmark keeps every operator, with the smallest arguments."""
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from asv_bench import operators as o\n"
        "print(o.SIZES, len(o.Contiguous.params[0]), list(o._COUNTED))"
    )
    ran = child("-c", program, COREPY_SMOKE="1")

    assert ran.stdout.strip() == f"(8,) {len(OPERATORS)} ['8 elements']"
