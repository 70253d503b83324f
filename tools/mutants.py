"""A check of the checks: spoil Corepy in one place at a time, and see that `check`, the build or a test notices.

    python tools/mutants.py            # all; those that compile a module take up to a minute each
    python tools/mutants.py lane FMA   # those whose description holds one of these words

Works on copies of this checkout and of the installed package, which must be of the same source. Prints a table (Markdown);
the exit status is 1 if a mutant survives, or a control does not.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import corepy

ROOT = Path(__file__).resolve().parent.parent
FMA = "-ffp-contract=off"


class Mutant(NamedTuple):
    """One change, and what is run to notice it: `check` of some operators, or some tests."""

    what: str
    file: str
    old: str
    new: str
    operators: str = ""
    # The kernel file to compile; without one, `check` runs the changed source uncompiled.
    module: str = ""
    tests: tuple[str, ...] = ()


MUTANTS = [
    # a last bit
    Mutant("exp: last bit of 1/6", "kernels/exponential.py", "0.1666666666666668 +", "0.16666666666666682 +", "exp"),
    Mutant(
        "log10: last bit of a constant", "kernels/logarithm.py", "0.434294480830431\n", "0.43429448083043105\n", "log10"
    ),
    Mutant(
        "exp: last bit of ln 2",
        "kernels/constants.py",
        "LN2_HI = 0.6931471805598903",
        "LN2_HI = 0.6931471805598904",
        "exp",
    ),
    Mutant(
        "sin: last bit of 1/120",
        "kernels/sine_cosine.py",
        "0.00833333333332209)",
        "0.008333333333322092)",
        "sin,cos,tan",
    ),
    Mutant(
        "cos: last bit of 1/24",
        "kernels/sine_cosine.py",
        "(0.041666666666666595 +",
        "(0.0416666666666666 +",
        "sin,cos,tan",
    ),
    Mutant(
        "gamma: last bit of a constant", "kernels/gamma.py", "0.015839800216624966 -", "0.01583980021662497 -", "gamma"
    ),
    Mutant(
        "erf: last bit of a coefficient",
        "kernels/special.py",
        "u * 0.11283791670949339)",
        "u * 0.1128379167094934)",
        "erf",
    ),
    Mutant("philox: last bit of a key's increment", "kernels/philox.py", "0xBB67AE85", "0xBB67AE84", "random.random"),
    Mutant(
        "normal: last bit of pi", "kernels/normal.py", "3.141592653589793 +", "3.1415926535897927 +", "random.normal"
    ),
    Mutant(
        "move_var: means subtracted the other way round",
        "kernels/window_spread.py",
        "(total2 * (1.0 / size2) - total * (1.0 / size)) + step",
        "total2 * (1.0 / size2) - (total * (1.0 / size) - step)",
        "move_var",
    ),
    # the order of operations
    Mutant("tree of lanes: neighbors first", "kernels/folds.py", "    width = 16\n", "    width = 8\n", "sum,mean,var"),
    Mutant("16 lanes", "kernels/folds.py", "for i in range(32, n - 31, 32)", "for i in range(33, n - 31, 32)", "sum"),
    Mutant(
        "lanes added the other way round",
        "kernels/folds.py",
        "step(lanes[j], lanes[j + width])",
        "step(lanes[j], lanes[width + width - 1 - j])",
        "sum",
    ),
    Mutant(
        "another order along columns",
        "kernels/folds.py",
        "lane[j] = step(lane[j], other[j])",
        "lane[j] = step(lane[j], lanes[half, j])",
        "sum",
    ),
    # what the build must hold
    *(
        Mutant(f"{name} compiled with FMA", "meson.build", FMA, "-ffp-contract=fast", name, module)
        for name, module in (
            ("exp", "exponential"),
            ("log", "logarithm"),
            ("sin", "trigonometric"),
            ("erf", "special"),
            ("cbrt", "roots"),
            ("arccosh,arctanh", "inverse_hyperbolic"),
            ("var", "reduction"),
            ("sumprod", "products"),
            ("move_var", "window_spread"),
            ("random.normal", "draws"),
        )
    ),
    Mutant(
        "compiled with -ffast-math", "meson.build", FMA, f"{FMA} -ffast-math".replace(" ", "', '"), "min,max", "extreme"
    ),
    Mutant(
        "RangeBasedSimplify not dropped: products",
        "tools/translate_kernels.py",
        '"RangeBasedSimplify", ',
        "",
        "vector_norm",
        "products",
    ),
    Mutant(
        "RangeBasedSimplify not dropped",
        "tools/translate_kernels.py",
        '"RangeBasedSimplify", ',
        "",
        "",
        "rounding",
        ("test_levels.py::test_passes_know_nan",),
    ),
    Mutant(
        "overlay not in effect",
        "meson.build",
        "'-I' + meson.current_source_dir() / 'kernels'",
        "'-I.'",
        "floor",
        "rounding",
    ),
    # checks of arguments
    Mutant(
        "native kernels take any layout",
        "kernels/pythonic/corepy.hpp",
        "PyArray_ISCARRAY_RO(reinterpret_cast<PyArrayObject *>(*given))",
        "true",
        "",
        "binning",
        ("test_levels.py::test_native_kernels_refuse_unfit_arrays",),
    ),
    Mutant(
        "integer division by zero not refused",
        "kernels/pythonic/ufunc_registration.cpp",
        'documented(ufunc, "ZeroDivisionError")',
        "false",
        "",
        "modulo",
        ("test_hazards.py", "test_ufuncs.py"),
    ),
    Mutant(
        "labels not bounded",
        "corepy/groups.py",
        "if largest >= count:",
        "if False:",
        tests=("test_hazards.py::test_hazard[integers_as_positions]",),
    ),
    Mutant(
        "axes not bounded", "corepy/_arguments.py", "if not -ndim <= a < ndim:", "if False:", tests=("test_hazards.py",)
    ),
    Mutant(
        "read-only out", "corepy/_arguments.py", "if not out.flags.writeable:", "if False:", tests=("test_hazards.py",)
    ),
]


# Without a change, nothing may be noticed.
CONTROLS = [
    Mutant("control: check", "kernels/folds.py", "import numpy as np", "import numpy as np", "exp,sum"),
    Mutant("control: build", "meson.build", FMA, FMA, "floor,ceil", "rounding"),
    Mutant("control: tests", "corepy/_arguments.py", "import", "import", tests=("test_hazards.py", "test_ufuncs.py")),
]


def _run(command: list[str], folder: Path, site: Path, **variables: str) -> subprocess.CompletedProcess:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COREPY_")}
    environment |= {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1", **variables}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def _noticed(mutant: Mutant, work: Path) -> str:
    """What noticed the mutant; empty if nothing did."""
    source, site = work / "source", work / "site"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".git", "build*", "__pycache__", ".venv", ".asv"))
    shutil.copytree(Path(corepy.__file__).parent, site / "corepy", ignore=shutil.ignore_patterns("__pycache__"))
    changed = source / mutant.file
    text = changed.read_text(encoding="utf-8")
    if text.count(mutant.old) == 0:
        raise SystemExit(f"{mutant.file} does not hold {mutant.old!r} any more: mend tools/mutants.py")
    changed.write_text(text.replace(mutant.old, mutant.new, 1), encoding="utf-8")
    backend = {}
    if mutant.module:
        build = work / "build"
        setup = _run(["meson", "setup", str(build), "-Dlevels=native"], source, site)
        if setup.returncode:
            raise SystemExit(setup.stdout + setup.stderr)
        listed = _run(["ninja", "-C", str(build), "-t", "targets", "all"], source, site).stdout
        targets = {t for t in (line.split(":")[0] for line in listed.splitlines()) if t.startswith(f"{mutant.module}_")}
        targets = [t for t in targets if t.endswith(".so")]
        if _run(["ninja", "-C", str(build), *targets], source, site).returncode:
            return "the build"
        for target in targets:
            shutil.copy(build / target, site / "corepy" / "backend" / "native")
        shutil.copy(build / "_build.py", site / "corepy")
    elif mutant.file.startswith("kernels/"):
        backend = {"COREPY_BACKEND": "reference"}
    for folder, place in ((source / "corepy", site / "corepy"), (source / "kernels", site / "corepy" / "kernels")):
        shutil.copytree(folder, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns("pythonic", "_build.py"))
    if mutant.operators:
        check = [sys.executable, "-m", "corepy", "check", "--operators", mutant.operators]
        return "`check`" if _run(check, work, site, **backend).returncode else ""
    for test in mutant.tests:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", f"{source}/tests/{test}"]
        if _run(command, work, site, **backend).returncode:
            return f"`{test}`"
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("words", nargs="*", help="run the mutants whose description holds one of these")
    words = parser.parse_args().words
    chosen = [m for m in CONTROLS + MUTANTS if not words or any(w.lower() in m.what.lower() for w in words)]
    wrong = 0
    print("| Change | Where | Noticed by |\n| --- | --- | --- |", flush=True)
    for mutant in chosen:
        with tempfile.TemporaryDirectory() as work:
            noticed = _noticed(mutant, Path(work))
        right = bool(noticed) != (mutant in CONTROLS)
        wrong += not right
        print(
            f"| {mutant.what} | `{mutant.file}` | {noticed or 'nothing'}{'' if right else ': **wrong**'} |", flush=True
        )
    print(f"\n{len(chosen)} rows, {wrong} wrong")
    return 1 if wrong or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
