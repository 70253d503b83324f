"""Hazards under valgrind's memcheck: kernels read and write nothing but their arrays, and decide by nothing that nobody wrote.

    python tools/memcheck.py                # the hazards that reach native code, at level x86_64_v3: valgrind knows no AVX-512
    python tools/memcheck.py layouts empty  # these; OPERATORS=sum,exp in the environment: only these operators
    EVERY=8 python tools/memcheck.py        # every eighth case of each operator: some minutes instead of twenty

Prints a row (Markdown) for each hazard; the exit status is 1 if memcheck finds an error in or below a compiled kernel, or a
case ends the process. What it finds in Python and NumPy alone is not counted.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests"
# Hazards of threads, of memory (labels of 2**31 need the limit lifted below) and of what never reaches a kernel are left out.
HAZARDS = (
    "layouts",
    "zero_strides",
    "empty",
    "no_dimensions",
    "out_overlaps",
    "special_values",
    "integer_limits",
    "shapes",
)
# The hazards' own limits, of time and of memory, are not meant for valgrind. Nor is what they compare results with, most of it
# the uncompiled source: it takes most of the time, and says no more here than without valgrind.
PROGRAM = """
import itertools, os, sys
import hazards
hazards.SECONDS, hazards.MEMORY = 86400, 2**40
every, hazard = int(os.environ.get("EVERY", "1")), sys.argv[1]
cases = hazards.HAZARDS[hazard]
chosen = lambda name: itertools.islice(cases(name), 0, None, every)
hazards.HAZARDS[hazard] = lambda name: ((label, attempt, lambda _: None) for label, attempt, _ in chosen(name))
hazards.main(*sys.argv[1:])
"""


def _errors(report: str) -> list[str]:
    """Those of memcheck's errors that have a compiled kernel among their frames."""
    return [error for error in re.split(r"(?m)^==\d+== $", report) if "corepy/backend/native" in error]


def main(chosen: list[str]) -> int:
    if shutil.which("valgrind") is None:
        print("skipped: valgrind is not installed (apt install valgrind)")
        return 0
    # Without Python's pool of small blocks, the ends of all are seen.
    environment = os.environ | {"PYTHONMALLOC": "malloc", "COREPY_LEVEL": "x86_64_v3", "COREPY_BACKEND": "native"}
    command = ["valgrind", "--quiet", "--error-limit=no", "--keep-debuginfo=yes", sys.executable, "-c", PROGRAM]
    names = [n for n in os.environ.get("OPERATORS", "").split(",") if n]
    wrong = 0
    print("| Hazard | Cases | Errors in kernels |\n| --- | --- | --- |", flush=True)
    for hazard in chosen or HAZARDS:
        ran = subprocess.run(
            [*command, hazard, *names], cwd=TESTS, env=environment, capture_output=True, text=True, check=False
        )
        last = ran.stdout.splitlines()[-1:] or ["no output"]
        ended, errors = re.fullmatch(r"end (\d+) 0", last[0]), _errors(ran.stderr)
        print(f"| `{hazard}` | {ended[1] if ended else f'ended in {last[0]!r}'} | {len(errors)} |", flush=True)
        if errors or not ended:
            wrong += 1
            print(*errors[:10] or [ran.stderr[-3000:]], sep="\n", file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
