"""python -m corepy bench: Corepy beside its peers."""

import argparse
import contextlib
import datetime
import itertools
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec

from corepy import settings
from corepy._terminal import chosen, operators, progress
from corepy.backend.dispatch import LEVELS
from corepy.bench import calls, peers, report

__all__ = ["add_arguments", "run"]

# What NumPy must not use, to be at the level of Corepy: CPU features by how their names begin.
_BEYOND = {
    "x86_64_v2": ("AVX", "FMA", "F16C", "XOP", "X86_V3", "X86_V4"),
    "x86_64_v3": ("AVX512", "X86_V4"),
    "x86_64_v4": ("AVX512_CLX", "AVX512_CNL", "AVX512_ICL", "AVX512_SPR"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("operators", nargs="*", metavar="OPERATOR", help="by default all")
    add("--sizes", default="8,1000,100000", metavar="N,...", help="elements of an argument (default: %(default)s)")
    add("--dtypes", metavar="A,...", help="by default float64 and float32, or int64 and int32")
    add(
        "--layouts", default="contiguous", metavar="A,...", help=f"of {', '.join(calls.LAYOUTS)} (default: %(default)s)"
    )
    add("--peers", metavar="A,...", help=f"of {', '.join(peers.PEERS)}; by default all that are installed")
    add(
        "--like-for-like",
        metavar="LEVEL",
        help="one more column: Corepy at this SIMD level beside NumPy held at the same",
    )
    add("--seconds", type=float, default=0.1, help="for each call of each library (default: %(default)s)")
    add("--repeats", type=int, default=10, help="turns that this time is divided into (default: %(default)s)")
    add("--json", metavar="FILE", help="write all figures to a file; - for the output, in place of the tables")
    add("--plot", metavar="FILE", help="draw latency over size (needs matplotlib)")


def _refuse(text: str) -> None:
    raise SystemExit(f"corepy bench: {text}")


def _sizes(text: str) -> list[int]:
    try:
        sizes = [int(n) for n in text.split(",")]
    except ValueError:
        sizes = [0]
    if min(sizes) < 1:
        _refuse(f"--sizes is {text!r}; it must be positive integers with commas between them, such as 8,1000.")
    return sizes


def _peers(text: str | None) -> list[str]:
    versions = peers.installed()
    if text is None:
        return list(versions)
    names = chosen("bench", "peer", [text], list(peers.PEERS))
    if missing := [n for n in names if n not in versions]:
        _refuse(f"{', '.join(missing)} cannot be imported here. Installed are: {', '.join(versions)}.")
    return names


def _writable(path: str) -> None:
    """Better now than when all is measured."""
    try:
        with open(path, "a"):
            pass
    except OSError as error:
        _refuse(f"cannot write {path}: {error.strerror}.")


def _specs(arguments: argparse.Namespace) -> list[tuple[str, str, int, str]]:
    """All calls to be measured."""
    names = operators("bench", arguments.operators)
    given = None if arguments.dtypes is None else chosen("bench", "dtype", [arguments.dtypes], list(calls.DTYPES))
    layouts = chosen("bench", "layout", [arguments.layouts], list(calls.LAYOUTS))
    sizes = _sizes(arguments.sizes)
    every = (
        (name, dtype, size, layout)
        for name in names
        for dtype, layout, size in itertools.product(given or calls.usual_dtypes(name), layouts, sizes)
    )
    specs = list(calls.applicable(every))
    if not specs:
        takes = "; ".join(f"{name} takes {', '.join(calls.dtypes(name))}" for name in names[:5])
        _refuse(f"there is nothing to measure: no such dtype or layout ({takes}).")
    return specs


def _held(level: str) -> str:
    """The features of this CPU that NumPy would use beyond a level, for NPY_DISABLE_CPU_FEATURES."""
    from numpy._core._multiarray_umath import __cpu_dispatch__ as known
    from numpy._core._multiarray_umath import __cpu_features__ as has

    return " ".join(f for f in known if has[f] and f.startswith(_BEYOND.get(level, "no feature")))


def _measured(job: dict, environment: dict[str, str]) -> Iterator[dict]:
    """What the process of `measure` writes, one result after the other."""
    command = [sys.executable, "-m", "corepy.bench.measure"]
    environment = os.environ | peers.ENVIRONMENT | environment
    with tempfile.TemporaryFile("w+") as complaints:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": complaints}
        with subprocess.Popen(command, env=environment, text=True, **pipes) as running:
            try:
                json.dump(job, running.stdin)
                running.stdin.close()
                for line in running.stdout:
                    yield json.loads(line)
            except BaseException:
                # Popen itself would not wait for a process that Ctrl-C interrupts.
                running.terminate()
                running.wait()
                raise
        if running.returncode:
            complaints.seek(0)
            _refuse(f"the measuring process ended with status {running.returncode}:\n{complaints.read()}")


def _cpu() -> str:
    with contextlib.suppress(OSError, StopIteration), open("/proc/cpuinfo") as cpuinfo:
        return next(line.split(":", 1)[1].strip() for line in cpuinfo if line.startswith("model name"))
    return platform.processor() or platform.machine()


def _facts(arguments: argparse.Namespace, names: list[str]) -> dict:
    versions = peers.installed()
    return {
        "cpu": _cpu(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "corepy": settings.describe(),
        "peers": {name: versions[name] for name in names},
        "date": datetime.date.today().isoformat(),
        "seconds": arguments.seconds,
        "repeats": arguments.repeats,
    }


def run(arguments: argparse.Namespace) -> int:
    """Measure, print, write and draw; 130 if interrupted, with what was measured until then."""
    specs = _specs(arguments)
    names = _peers(arguments.peers)
    level = arguments.like_for_like
    if level is not None and level not in LEVELS:
        _refuse(f"level {level!r} is not available here. Choose: {', '.join(LEVELS)}.")
    if arguments.seconds <= 0 or arguments.repeats < 1:
        _refuse("--seconds and --repeats must be positive.")
    if arguments.plot is not None:
        if find_spec("matplotlib") is None:
            _refuse("--plot needs matplotlib: pip install corepy[bench]")
        if reason := report.refused_plot(arguments.plot):
            _refuse(reason)
    for path in (arguments.json, arguments.plot):
        if path not in (None, "-"):
            _writable(path)

    job = {"calls": specs, "peers": names, "seconds": arguments.seconds, "repeats": arguments.repeats}
    passes = [_measured(job, {})]
    if level is not None:
        held = {"COREPY_BACKEND": "native", "COREPY_LEVEL": level, "NPY_DISABLE_CPU_FEATURES": _held(level)}
        passes.append(_measured(job | {"peers": ["numpy"]}, held))
    rows: dict[tuple, dict] = {}
    interrupted = False
    with contextlib.ExitStack() as stack:
        for results in passes:
            stack.callback(results.close)
        try:
            for i, found in enumerate(progress(itertools.chain(*passes), len(specs) * len(passes), "call")):
                key = tuple(found.pop("call"))
                if i < len(specs):
                    rows[key] = dict(zip(("operator", "dtype", "size", "layout"), key, strict=True)) | found
                else:
                    rows[key]["like_for_like"] = found["results"]
        except KeyboardInterrupt:
            interrupted = True
    data = {"facts": _facts(arguments, names), "like_for_like": level, "rows": list(rows.values())}
    if arguments.json == "-":
        print(json.dumps(data | {"interrupted": interrupted}))
    else:
        print(report.text(data))
    if arguments.json not in (None, "-"):
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump(data | {"interrupted": interrupted}, file, indent=1)
    if arguments.plot is not None and rows:
        report.plot(data, arguments.plot)
    if interrupted:
        print(f"interrupted: {len(rows)} of {len(specs)} calls are measured", file=sys.stderr)
        return 130
    return 0
