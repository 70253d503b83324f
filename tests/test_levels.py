"""One digest at every SIMD level, in the uncompiled source for some operators (CI does all); modules built with the overlay."""

import json
import os
import pkgutil
import re
import runpy
import shutil
import subprocess
import sys
import sysconfig
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from corepy import _check
from corepy.backend import native
from corepy.backend.dispatch import LEVELS

ROOT = Path(__file__).parent.parent
OVERLAY = ROOT / "kernels"


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """What `check --all-levels --json` prints; what the uncompiled source gives is published."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("COREPY_")}
    ran = subprocess.run(
        [sys.executable, "-m", "corepy", "check", "--all-levels", "--no-reference", "--json"],
        cwd=tmp_path_factory.mktemp("check"),
        env=inherited,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode in (0, 1), ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize("name", _check.table())
def test_one_digest_at_every_level(checked, name):
    """An operator has one digest over its corpus, whatever level it is compiled for."""
    digests = {level: found["digests"][name] for level, found in checked["levels"].items()}

    assert dict.fromkeys(LEVELS, digests[LEVELS[0]]) == digests


def test_nothing_differs_at_any_level(checked):
    """Every level is run, and in every layout gives the bits of contiguous arguments; digests may be unpublished yet."""
    assert [*LEVELS] == list(checked["levels"])
    assert {level: level for level in LEVELS} == {level: checked["levels"][level]["level"] for level in LEVELS}
    assert [d for d in checked["differences"] if "no digest published" not in d] == []


@pytest.mark.parametrize("level", LEVELS)
def test_native_equals_reference_in_one_process(child, level):
    """`check` of one level compares with the uncompiled source itself."""
    names = "exp,sum,floor_divide,argmin,random.normal"
    found = json.loads(child("-m", "corepy", "check", "--json", "--operators", names, COREPY_LEVEL=level).stdout)

    assert level == found["level"]
    assert [d for d in found["differences"] if "no digest published" not in d] == []


@pytest.mark.parametrize("level", LEVELS)
def test_level_is_taken_from_the_environment(child, level):
    """COREPY_LEVEL decides which modules are loaded."""
    program = (
        "import sys, corepy; corepy.exp; print(*[m for m in sys.modules if m.startswith('corepy.backend.native.exp')])"
    )

    assert f"corepy.backend.native.exponential_{level}" == child("-c", program, COREPY_LEVEL=level).stdout.strip()


def test_best_level_is_the_default(child):
    """Without COREPY_LEVEL, or with an empty one, the best level that is here is taken."""
    for environment in ({}, {"COREPY_LEVEL": ""}, {"COREPY_LEVEL": LEVELS[0]}):
        ran = child("-c", "from corepy import settings; print(settings.level)", **environment)
        assert LEVELS[0] == ran.stdout.strip()


@pytest.mark.parametrize("level", LEVELS)
def test_modules_were_built_with_the_overlay(level):
    """Only the overlay gives the kernel exp_ the name exp, raises for x // 0, and keeps status flags from the user."""
    exponential = import_module(f"corepy.backend.native.exponential_{level}")
    division = import_module(f"corepy.backend.native.division_{level}")

    assert exponential.exp_.__name__ == "exp"
    assert not hasattr(exponential, "exp")
    with pytest.raises(ZeroDivisionError, match=r"corepy\.floor_divide: integer division by zero"):
        division.floor_divide(1, 0)
    with np.errstate(all="raise"):
        assert np.inf == exponential.exp_(1000.0)


def _array_kernels(level):
    """Every compiled function and the types of its arguments, once for each prototype."""
    for name in (m.name for m in pkgutil.iter_modules(native.__path__) if m.name.endswith(f"_{level}")):
        module = import_module(f"{native.__name__}.{name}")
        for function in (f for f in vars(module).values() if callable(f) and not isinstance(f, np.ufunc)):
            for types in re.findall(r"^ *- \w+\((.*)\)$", function.__doc__, re.MULTILINE):
                yield function, re.findall(r"\w+(?:\[[:,]+\])?", types)


def _unfit(x):
    """An array in forms that kernels must not read: of other layouts, and those that mean something else."""
    if x.itemsize > 1:
        yield x.astype(x.dtype.newbyteorder())
        yield np.frombuffer(b"?" + x.tobytes(), x.dtype, offset=1).reshape(x.shape)
    yield np.repeat(x, 2, axis=-1)[..., ::2]
    yield x[::-1]
    yield np.ma.masked_array(x, mask=True)
    yield x.view(np.recarray)


@pytest.mark.parametrize("level", LEVELS)
def test_native_kernels_refuse_unfit_arrays(level):
    """No compiled function takes a byte-swapped, misaligned or strided array, a subclass or an int beyond int64, as any of its
    arguments.
    """
    tried = 0
    for function, types in _array_kernels(level):
        args = [np.ones((2,) * t.count(":"), t.partition("[")[0])[()] for t in types]
        for i, x in enumerate(args):
            beyond = (2**63, -(2**63) - 1) if isinstance(x, np.integer) else ()
            for unfit in _unfit(x) if isinstance(x, np.ndarray) else beyond:
                with pytest.raises(TypeError, match="takes no such arguments"):
                    function(*args[:i], unfit, *args[i + 1 :])
                tried += 1

    assert tried > 1000


SIGN = """
#pythran export ufunc sign(float64)
def sign(x):
    if x > 0:
        return 1.0
    if x < 0:
        return -1.0
    return x
"""


def test_passes_know_nan():
    """The passes of Pythran that kernels are built with leave NaN and -0.0 what they are; all of Pythran's do not."""
    toolchain = pytest.importorskip("pythran.toolchain", reason="the compiler of kernels is needed to build only")
    translate_kernels = runpy.run_path(str(ROOT / "tools" / "translate_kernels.py"))
    built, spoiled = {}, {}
    for passes, found in ((translate_kernels["passes"](), built), (None, spoiled)):
        exec(toolchain.generate_py("sign", SIGN, optimizations=passes), found)

    assert [built["sign"](x) for x in (0.5, -np.inf)] == [1.0, -1.0]
    assert np.isnan(built["sign"](np.nan))
    assert np.signbit(built["sign"](-0.0))
    assert not np.isnan(spoiled["sign"](np.nan))


PART = """
def _fold_some_columns(x, out):
    for j in range(out.shape[0]):
        out[j] = 2.0 * x[j]
"""

TWICE = """
from .part import _fold_some_columns

#pythran export twice(float32[], float32[]), twice(float64[], float64[])
def twice(x, out):
    _fold_some_columns(x, out)
"""


OF_FEW_AND_MANY = """
#pythran export ufunc half_(float64)
def half_(x):
    return 0.5 * x


def _quarter(x):
    return 0.25 * x


#pythran export ufunc quarter_(float64)
def quarter_(x):
    return _quarter(x)


#pythran export ufunc polynomial_(float64)
def polynomial_(x):
    return 1.0 + x * (1.0 + x * (2.0 + x * (3.0 + x * (4.0 + x * (5.0 + x * (6.0 + x * 7.0))))))
"""


def test_translation(tmp_path):
    """Wrappers and folds of columns stay functions of their own, ufuncs of few operations are told apart; a kernel is
    translated again if what it is made of changed.
    """
    pytest.importorskip("pythran", reason="the compiler of kernels is needed to build only")
    kernel, part, output = tmp_path / "twice.py", tmp_path / "part.py", tmp_path / "twice.cpp"
    kernel.write_text(TWICE, encoding="utf-8")
    part.write_text(PART, encoding="utf-8")

    def run():
        command = [sys.executable, str(ROOT / "tools" / "translate_kernels.py"), str(tmp_path), str(kernel)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    def translate():
        run().check_returncode()
        return output.stat().st_mtime_ns

    first = translate()
    apart = re.findall(
        r"noinline\)\) *(?:static|inline).*?([_\w]+)(?:::operator\(\))?\(", output.read_text(), re.DOTALL
    )
    assert translate() == first
    os.utime(part)
    assert translate() > first
    assert [name.removeprefix("__pythran_imported__") for name in apart] == [
        "_fold_some_columns",
        "__pythran_wrap_twice0",
        "__pythran_wrap_twice1",
    ]

    kernel.write_text(OF_FEW_AND_MANY, encoding="utf-8")
    translate()
    told = re.findall(r"struct (\w+)\n *\{\n *typedef void few_operations;", output.read_text())
    assert told == ["half_"]

    output.unlink()
    for broken in (TWICE.replace("(x, out):", "(x, out)"), TWICE.replace("columns(x, out)\n", "columns(x, gone)\n")):
        kernel.write_text(broken, encoding="utf-8")
        failed = run()
        assert failed.returncode == 1
        assert "twice.py" in failed.stderr
        assert not output.exists()


TINY = """
#pythran export ufunc half_(float64)
def half_(x):
    return 0.5 * x
"""


def test_build_fails_without_the_overlay(tmp_path):
    """A kernel compiles with the overlay's folder on the include path, and without it stops with words that say why."""
    pythran = pytest.importorskip("pythran", reason="the compiler of kernels is needed to build only")
    compiler = shutil.which("g++") or shutil.which("clang++")
    if not compiler or not OVERLAY.is_dir():
        pytest.skip("needs a C++ compiler and the overlay headers of a checkout")
    (tmp_path / "tiny.py").write_text(TINY, encoding="utf-8")
    generated = tmp_path / "tiny.cpp"
    pythran.compile_pythranfile(str(tmp_path / "tiny.py"), output_file=str(generated), cpponly=True)
    command = [compiler, "-fsyntax-only", "-w", "-std=c++17", "-include", str(OVERLAY / "pythonic" / "corepy.hpp")]
    command += [
        "-DENABLE_PYTHON_MODULE",
        "-D__PYTHRAN__=3",
        "-DPYTHRAN_BLAS_NONE",
        "-DNPY_TARGET_VERSION=NPY_2_0_API_VERSION",
    ]
    system = [str(Path(pythran.__file__).parent), np.get_include(), sysconfig.get_path("include")]
    system = [option for folder in system for option in ("-isystem", folder)]

    def compiled(*options):
        return subprocess.run(
            [*command, *options, *system, str(generated)], capture_output=True, text=True, check=False
        )

    assert ((right := compiled(f"-I{OVERLAY}")).returncode, right.stderr) == (0, "")
    wrong = compiled()
    assert wrong.returncode != 0
    assert "overlay headers are not found ahead of Pythran's" in wrong.stderr
