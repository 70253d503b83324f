"""Instructions of one call, counted by valgrind's callgrind: they repeat where the clock does not.

One process under valgrind serves any number of calls, since starting it with Python and NumPy takes ten seconds. In it, a
function that nobody else calls marks the profile: callgrind begins a new part wherever `getppid` is entered. Each call is
made N times up to a mark, then 2 N times up to another, and the difference is N calls without what surrounds them.
"""

import gc
import itertools
import json
import operator
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from . import calls, runner

__all__ = ["UnavailableError", "count"]

_MARK = "getppid"
_TOTALS = re.compile(r"^totals: (\d+)", re.MULTILINE)
# The caches that CPython fills at a function's first calls.
_WARM_UP = 32


class UnavailableError(NotImplementedError):
    """Instructions cannot be counted here. asv takes a NotImplementedError for "not applicable"."""


def _repeats(size: int) -> int:
    """How many calls to count. What happens once in several calls, such as a longer search for memory, is up to 1000
    instructions: of 16 calls, and of long ones, it is below 0.2 %.
    """
    return 16 if size <= 1000 else 4


def _make_calls(specs: list[list]) -> None:
    built = [calls.build(*spec) for spec in specs]
    for call in built:
        runner.loop(call, time.perf_counter_ns)(1, _WARM_UP)
    loops = [runner.loop(call, _end_mark()) for call in built]
    gc.collect()
    gc.disable()
    # The part of the first mark holds the start of the process: it belongs to no call.
    os.getppid()
    for run, (_, _, size, _) in zip(loops, specs, strict=True):
        run(1, _repeats(size))
        run(1, 2 * _repeats(size))


def _end_mark() -> Callable[[], int]:
    """The clock of a loop of one batch that marks its end alone: it begins where the one before ends."""
    return map(operator.call, itertools.cycle((int, os.getppid))).__next__


def count(specs: Iterable[tuple[str, str, int, str]]) -> dict[tuple[str, str, int, str], float]:
    """Instructions that each of the given calls takes.

    Parameters
    ----------
    specs : iterable of tuple
        Arguments of `calls.build`. Those that are not applicable are left out of the result.

    Raises
    ------
    UnavailableError
        If valgrind is missing, or cannot run the SIMD levels that were built: it knows none beyond x86_64_v3.
    """
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        raise UnavailableError("instructions are counted by valgrind, which is not installed (apt install valgrind)")
    wanted = list(calls.applicable(specs))
    root = Path(__file__).resolve().parents[__package__.count(".") + 1]
    # The level is the best one that valgrind's CPU has.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COREPY_")} | {
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
    }
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile"
        command = [valgrind, "--quiet", "--tool=callgrind", f"--dump-before={_MARK}", "--combine-dumps=yes"]
        command += [f"--callgrind-out-file={profile}", sys.executable, "-m", f"{__package__}.instructions"]
        done = subprocess.run(
            command, input=json.dumps(wanted), env=environment, capture_output=True, text=True, check=False
        )
        if "BackendError" in done.stderr:
            raise UnavailableError(
                f"no level that was built runs under valgrind: {done.stderr.strip().splitlines()[-1]}"
            )
        if done.returncode:
            raise RuntimeError(f"the process under valgrind ended with status {done.returncode}:\n{done.stderr}")
        parts = [int(total) for total in _TOTALS.findall(profile.read_text())]
    return dict(zip(wanted, _per_call(parts, [_repeats(size) for _, _, size, _ in wanted]), strict=True))


def _per_call(parts: list[int], repeats: list[int]) -> list[float]:
    """Instructions of one of each of the calls from all parts of the profile: the start, N and 2 N calls of each, the end."""
    n = len(repeats)
    if len(parts) != 2 * n + 2:
        raise UnavailableError(
            f"callgrind found {len(parts) - 1} marks in place of {2 * n + 1}: who else calls {_MARK}?"
        )
    # The first part ends before the first call, the last one is the end of the process.
    return [(b - a) / count for a, b, count in zip(parts[1:-1:2], parts[2:-1:2], repeats, strict=True)]


if __name__ == "__main__":
    _make_calls(json.load(sys.stdin))
