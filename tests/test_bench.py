"""python -m corepy bench: what it prints, writes and refuses; and that peers are found by name and judged by result."""

import importlib.util
import json
import math
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import corepy as cp
from corepy import __main__
from corepy.backend.dispatch import BACKEND, LEVELS
from corepy.bench import command, measure, peers, report

QUICK = ["--seconds", "0.001", "--repeats", "2", "--sizes", "8,100"]
LATENCY = {"p50", "p90", "p99", "max", "spread", "batch", "samples"}
needs_matplotlib = pytest.mark.skipif(importlib.util.find_spec("matplotlib") is None, reason="draws")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.fixture
def in_process(monkeypatch, capsys):
    """Run the command line in this process: its exit status, what it printed and what it complained about."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["corepy", "bench", *arguments])
        status = __main__.main()
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def test_tables(child):
    """A line for each operator, dtype and size, with a column for each peer, and geometric means by family."""
    ran = child("-m", "corepy", "bench", "exp", "sum,invert", "--peers", "numpy", *QUICK)
    lines = ran.stdout.splitlines()
    header = lines.index(next(line for line in lines if line.startswith("| operator")))
    rows = [cells(line) for line in lines[header + 2 : header + 14]]
    means = [cells(line)[0] for line in lines[lines.index("Geometric means:") + 4 :]]

    assert (ran.returncode, ran.stderr) == (0, "")
    assert cells(lines[header]) == ["operator", "dtype", "size", "P50", "P99", "spread", "numpy"]
    assert [row[:3] for row in rows] == [
        [name, dtype, size]
        for name, dtypes in (
            ("exp", ("float64", "float32")),
            ("sum", ("float64", "float32")),
            ("invert", ("int64", "int32")),
        )
        for dtype in dtypes
        for size in ("8", "100")
    ]
    assert all(float(part) > 0 for row in rows for part in row[6].split(" / "))
    assert means == ["bitwise", "exponential", "reductions", "all"]
    assert np.__version__ in lines[0]


def test_output_goes_to_a_file(tmp_path):
    """Output to a file is plain text without a progress bar, and nothing is complained about."""
    with open(tmp_path / "out", "wb") as out, open(tmp_path / "err", "wb") as err:
        subprocess.run(
            [sys.executable, "-m", "corepy", "bench", "add", "--peers", "numpy", *QUICK],
            stdout=out,
            stderr=err,
            cwd=tmp_path,
            check=True,
        )

    assert (tmp_path / "err").read_bytes() == b""
    assert all(32 <= byte < 127 or byte == 10 for byte in (tmp_path / "out").read_bytes())


def test_json(child, tmp_path):
    """--json writes the machine, the versions, and every figure of every contender."""
    ran = child("-m", "corepy", "bench", "add", "--peers", "numpy,scipy", "--json", "found.json", *QUICK)
    found = json.loads((tmp_path / "found.json").read_text())

    assert ran.returncode == 0, ran.stderr
    assert "| add " in ran.stdout
    assert {"cpu", "system", "python", "corepy", "peers", "date", "seconds", "repeats"} == found["facts"].keys()
    assert (found["facts"]["corepy"]["level"], found["interrupted"]) == (BACKEND.level, False)
    assert [(row["operator"], row["dtype"], row["size"]) for row in found["rows"]] == [
        ("add", dtype, size) for dtype in ("float64", "float32") for size in (8, 100)
    ]
    assert all({"corepy", "numpy"} == row["results"].keys() for row in found["rows"])
    assert all(latency.keys() == LATENCY for row in found["rows"] for latency in row["results"].values())


def test_json_on_the_output(child):
    """--json - prints one JSON object and no table."""
    ran = child("-m", "corepy", "bench", "add", "--dtypes", "int8", "--peers", "numpy", "--json", "-", *QUICK)

    assert [row["dtype"] for row in json.loads(ran.stdout)["rows"]] == ["int8", "int8"]


@pytest.mark.skipif(len(LEVELS) < 2, reason="one level only")
def test_like_for_like(child):
    """--like-for-like measures Corepy and NumPy at a level in another process, as one more column."""
    level = LEVELS[-1]
    arguments = ["exp", "--peers", "numpy", "--dtypes", "float64", "--like-for-like", level, "--json", "-", *QUICK]
    rows = json.loads(child("-m", "corepy", "bench", *arguments).stdout)["rows"]

    assert [{"corepy", "numpy"}] * 2 == [row["like_for_like"].keys() for row in rows]


@pytest.mark.parametrize("level", LEVELS)
def test_numpy_is_held_at_a_level(child, level):
    """The features that are disabled for a level leave NumPy those of the level and take those beyond."""
    beyond = {"x86_64_v2": "AVX2", "x86_64_v3": "AVX512F", "x86_64_v4": "AVX512_ICL"}
    within = {"x86_64_v2": "SSE42", "x86_64_v3": "AVX2", "x86_64_v4": "AVX512F"}
    program = "from numpy._core._multiarray_umath import __cpu_features__ as f; import json; print(json.dumps(f))"
    # NumPy names its dispatched features by level since 2.4, one by one before.
    ran = child("-W", "error", "-c", program, NPY_DISABLE_CPU_FEATURES=command._held(level))
    features = json.loads(ran.stdout)
    from numpy._core._multiarray_umath import __cpu_dispatch__ as dispatched

    assert ran.stderr == ""
    if level in within:
        assert features[within[level]]
        levels = {"x86_64_v2": ["X86_V3", "X86_V4"], "x86_64_v3": ["X86_V4"], "x86_64_v4": ["AVX512_ICL"]}
        assert not any(features[f] for f in [*levels[level], beyond[level]] if f in dispatched)


@needs_matplotlib
@pytest.mark.parametrize("name", ["latency.png", "latency.svg"])
def test_plot(in_process, tmp_path, name):
    """--plot draws a picture in the format that the file's name asks for."""
    status, _, _ = in_process("add", "sum", "--peers", "numpy", "--plot", str(tmp_path / name), *QUICK)
    drawn = (tmp_path / name).read_bytes()

    assert status == 0
    assert drawn.startswith(b"\x89PNG") if name.endswith("png") else b"<svg" in drawn


def test_plot_needs_matplotlib(in_process, monkeypatch):
    """Without matplotlib --plot is refused before anything is measured."""
    monkeypatch.setattr(command, "find_spec", lambda _: None)
    with pytest.raises(SystemExit, match=r"--plot needs matplotlib: pip install corepy\[bench\]"):
        in_process("add", "--peers", "numpy", "--plot", "x.png")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["nonsense"], "no operator named nonsense. There are: absolute, add, "),
        (["exq"], "no operator named exq. Did you mean exp"),
        (["add,nonsense,sum"], "no operator named nonsense"),
        ([","], "no operator is named"),
        (["exp", "--dtypes", "float16"], "no dtype named float16. Did you mean float32 or float64?"),
        (["exp", "--dtypes", "int32"], "nothing to measure: no such dtype or layout (exp takes float32, float64)"),
        (["exp", "--layouts", "diagonal"], "no layout named diagonal. There are: contiguous, strided, "),
        (["exp", "--sizes", "1,a"], "--sizes is '1,a'; it must be positive integers"),
        (["exp", "--sizes", "0"], "--sizes is '0'; it must be positive integers"),
        (["exp", "--peers", "nunpy"], "no peer named nunpy. Did you mean "),
        (["exp", "--like-for-like", "x86_64_v9"], f"level 'x86_64_v9' is not available here. Choose: {LEVELS[0]}"),
        (["exp", "--seconds", "0"], "--seconds and --repeats must be positive."),
        (["exp", "--json", "/nonexistent/found.json"], "cannot write /nonexistent/found.json: "),
    ],
)
def test_refused(in_process, capsys, arguments, complaint):
    """What cannot be measured or written is refused at once, in one line that says what can."""
    with pytest.raises(SystemExit) as refused:
        in_process(*arguments)
    line = str(refused.value)

    assert line.startswith("corepy bench: ")
    assert complaint in line
    assert (len(line.splitlines()), capsys.readouterr().out) == (1, "")


def test_refusal_ends_the_program(child):
    """A refusal goes to stderr, without a traceback, with status 1."""
    ran = child("-m", "corepy", "bench", "nonsense")

    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("corepy bench: no operator named nonsense. There are: ")
    assert len(ran.stderr.splitlines()) == 1


def test_missing_peer_is_refused(in_process, monkeypatch):
    """A peer that is not installed is refused by name, with those that are."""
    monkeypatch.setattr(peers, "find_spec", lambda name: name == "numpy" or None)
    with pytest.raises(SystemExit, match=r"scipy cannot be imported here\. Installed are: numpy\."):
        in_process("exp", "--peers", "scipy")


def _result(operator, *, p50=1000.0):
    latency = dict.fromkeys(LATENCY, p50)
    return {"call": [operator, "float64", 8, "contiguous"], "results": {"corepy": latency}, "left_out": {}}


def test_interrupted(in_process, monkeypatch, tmp_path):
    """Ctrl-C prints and writes what was measured until then; the status is that of an interrupted program."""

    def measured(job, environment):
        yield _result("add")
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "_measured", measured)
    path = tmp_path / "found.json"
    status, out, err = in_process("add", "exp", "--sizes", "8", "--dtypes", "float64", "--json", str(path))

    assert (status, err) == (130, "interrupted: 1 of 2 calls are measured\n")
    assert "| add " in out
    assert [row["operator"] for row in json.loads(path.read_text())["rows"]] == ["add"]
    assert json.loads(path.read_text())["interrupted"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_interrupt_from_the_terminal(tmp_path):
    """A SIGINT to the whole group, as Ctrl-C sends it, ends both processes without a traceback."""
    arguments = ["-m", "corepy", "bench", "add", "--peers", "numpy", "--seconds", "1000"]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    # what a shell starts in the background inherits a SIGINT that is ignored
    options["preexec_fn"] = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen([sys.executable, *arguments], cwd=tmp_path, **options) as running:
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")

        def measuring(child):
            process = Path("/proc") / child
            return b"measure" in (process / "cmdline").read_bytes() and "numpy" in (process / "maps").read_text()

        while not (child := children.read_text().strip()) or not measuring(child):
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGINT)
        try:
            _, complaint = running.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            raise

    assert (running.returncode, complaint) == (130, "interrupted: 0 of 6 calls are measured\n")
    assert not Path(f"/proc/{child}").exists()


def test_broken_measurement_is_reported(in_process, monkeypatch):
    """A measuring process that dies is reported with its own words."""
    monkeypatch.setitem(peers.ENVIRONMENT, "COREPY_LEVEL", "nonsense")
    with pytest.raises(SystemExit, match=r"(?s)ended with status 1:.*COREPY_LEVEL='nonsense' is not available here"):
        in_process("add", "--peers", "numpy")


# --- peers ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", peers.installed())
def test_peer_computes_the_same(name):
    """Each installed peer finds the operators it has, and their results are Corepy's but for rounding."""
    calls = {
        "add": partial(cp.add, np.arange(1.0, 5.0), np.full(4, 0.5)),
        "sum": partial(cp.sum, np.arange(1.0, 5.0)),
        "std": partial(cp.std, np.arange(1.0, 5.0)),
        "expit": partial(cp.expit, np.arange(1.0, 5.0)),
    }
    has = {
        "numpy": {"add", "sum", "std"},
        "numba": {"add", "sum", "std"},
        "scipy": {"expit"},
        "bottleneck": {"sum", "std"},
        "numbagg": {"sum", "std"},
        "numexpr": {"add", "sum"},
        "torch": {"add", "sum", "std", "expit"},
        "jax": {"add", "sum", "std", "expit"},
    }
    found = {operator: peers.PEERS[name].call(operator, call) for operator, call in calls.items()}

    assert has[name] == {operator for operator, call in found.items() if call}
    for operator, call in found.items():
        if call:
            assert measure._same(call(), calls[operator]())


def test_other_results_are_not_measured(monkeypatch):
    """A peer's function of the same name that computes something else, or fails, is left out with the reason."""
    monkeypatch.setitem(
        peers.PEERS, "numpy", peers.Peer("numpy", names={"add": "subtract", "exp": ("sum", {"axis": 9})})
    )
    job = {"peers": ["numpy"]}
    found, left_out = measure._contenders(job, ["add", "float64", 8, "contiguous"])
    failed, reason = measure._contenders(job, ["exp", "float64", 8, "contiguous"])

    assert (list(found), left_out) == (["corepy"], {"numpy": "computes something else"})
    assert list(failed) == ["corepy"]
    assert reason["numpy"].startswith("AxisError: axis 9 is out of bounds")


def test_results_are_compared_by_value():
    """Results are the same within rounding, in any dtype, but not in another shape; integers are exact."""
    x = np.array([1.0, np.nan, np.inf])

    assert measure._same(x * (1 + 1e-12), x)
    assert measure._same(np.array([1, 2]), np.array([1.0, 2.0]))
    assert not measure._same(x * 1.01, x)
    assert not measure._same(x[:, None], x)
    assert not measure._same(np.array([1, 3]), np.array([1, 2]))


THREADS = """
import sys, time
import numpy as np
from functools import partial
import corepy as cp
from corepy.bench import peers

x = np.linspace(0.1, 1, 1_000_000)
calls = {"exp": partial(cp.exp, x), "add": partial(cp.add, x, x), "sum": partial(cp.sum, x)}
name = sys.argv[1]
own = others = 0.0
for operator, call in calls.items():
    if other := peers.PEERS[name].call(operator, call):
        other()
        process, thread = time.process_time(), time.thread_time()
        for _ in range(30):
            other()
        own += time.thread_time() - thread
        others += time.process_time() - process
print(others / own if own else 1.0)
"""


@pytest.mark.parametrize("name", peers.installed())
def test_one_thread_each(child, name):
    """In the environment of the measuring process a library computes in the thread that calls it, and in no other."""
    ran = child("-c", THREADS, name, **peers.ENVIRONMENT)

    assert ran.returncode == 0, ran.stderr
    assert float(ran.stdout) < 1.3


# --- tables -----------------------------------------------------------------------------------------------------------


def test_ratios_and_geometric_means():
    """Ratios are another's time by Corepy's, of medians and of P99s; their geometric mean is the root of their product."""
    rows = [
        {"results": {"corepy": {"p50": 10.0, "p99": 20.0}, "numpy": {"p50": 40.0, "p99": 20.0}}},
        {"results": {"corepy": {"p50": 10.0, "p99": 20.0}, "numpy": {"p50": 10.0, "p99": 80.0}}},
        {"results": {"corepy": {"p50": 10.0, "p99": 20.0}}},
    ]
    medians, tails, n = report.geometric_means(rows, "numpy")

    assert report.ratios(rows[0], "numpy") == (4.0, 1.0)
    assert report.ratios(rows[2], "numpy") is None
    assert (math.isclose(medians, 2.0), math.isclose(tails, 2.0), n) == (True, True, 2)
    assert report.geometric_means(rows, "scipy") is None


def test_ratios_like_for_like():
    """The column of NumPy at a level is relative to Corepy at that level."""
    row = {
        "results": {"corepy": {"p50": 10.0, "p99": 20.0}},
        "like_for_like": {"corepy": {"p50": 30.0, "p99": 50.0}, "numpy": {"p50": 90.0, "p99": 100.0}},
    }

    assert report.ratios(row, "numpy at x86_64_v3") == (3.0, 2.0)


def test_table():
    """A table is Markdown: texts at the left, numbers at the right, columns of equal width."""
    assert report.table(["a", "bb"], [["word", "1"], ["x", "234"]]) == (
        "| a    |  bb |\n| ---- | --: |\n| word |   1 |\n| x    | 234 |"
    )
