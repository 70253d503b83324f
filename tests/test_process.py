"""What a process sees of Corepy: threads, memory, references and the reference backend."""

import json
import sys

import numpy as np
import pytest
from backends import ARRAY_OPERATORS, REFERENCE, UFUNCS
from compare import assert_same, bits
from environment import SANITIZED

import corepy
from corepy import errors

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

RUN_EVERYTHING = """
import numpy as np
def threads():
    import os
    return len(os.listdir("/proc/self/task"))
x = np.linspace(0.5, 2, 1_000_000)
before = threads()
import corepy as cp
from corepy.backend.dispatch import OPERATORS
for name, entry in OPERATORS.items():
    operator = getattr(cp, name)
    if entry.family not in ("elementwise", "reductions", "normalization"):
        continue
    for given in (x, np.arange(1, 1000)):
        try:
            operator(*[given] * getattr(operator, "nin", 1))
        except TypeError:
            pass
    if not hasattr(operator, "nin"):
        operator(x.reshape(1000, 1000), axis=0)
print(before, threads())
"""


@linux
def test_no_threads_of_our_own(child):
    """Importing Corepy and running every operator starts no thread beyond those of importing NumPy."""
    ran = child("-c", RUN_EVERYTHING)

    assert ran.returncode == 0, ran.stderr
    before, after = map(int, ran.stdout.split())
    assert before == after


MEMORY = """
import os, sys
import numpy as np
import corepy as cp

def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

def refused(call, error):
    try:
        call()
    except error:
        return
    raise AssertionError("no exception")

x = np.linspace(-5, 5, 1000)
square = x.reshape(20, 50)
zeros = np.zeros(10, int)
CALLS = {
    "ufunc": (100_000, lambda: cp.exp(x)),
    "ufunc, strided and broadcast": (100_000, lambda: cp.add(x[::-2], 1)),
    "ufunc, mixed dtypes": (100_000, lambda: cp.divide(zeros, 3)),
    "sum": (100_000, lambda: cp.sum(x)),
    "sum along an axis": (100_000, lambda: cp.sum(square, axis=0)),
    "softmax": (100_000, lambda: cp.softmax(square, axis=1)),
    "var of a Fortran array": (10_000, lambda: cp.var(square.T, axis=0)),
    "ZeroDivisionError": (10_000, lambda: refused(lambda: cp.floor_divide(zeros, zeros), ZeroDivisionError)),
    "DTypeError of a ufunc": (10_000, lambda: refused(lambda: cp.exp(1j), TypeError)),
    "DTypeError of sum": (10_000, lambda: refused(lambda: cp.sum(1j), TypeError)),
    "AxisError": (10_000, lambda: refused(lambda: cp.sum(square, axis=5), ValueError)),
    "empty slice": (10_000, lambda: refused(lambda: cp.min(zeros[:0, None], axis=0), ValueError)),
}
for label, (n, call) in CALLS.items():
    # CPython keeps up to 2 000 freed tuples of each length for the next.
    for _ in range(2_500):
        call()
    blocks, pages = sys.getallocatedblocks(), resident()
    for _ in range(n):
        call()
    grown = sys.getallocatedblocks() - blocks
    print(f"{label}\\t{grown}\\t{resident() - pages}")
"""


@linux
@pytest.mark.skipif(SANITIZED, reason="a sanitizer keeps what is freed")
def test_memory_is_steady(child):
    """Over 100 000 calls (10 000 that fail) neither Python's objects nor the resident memory grow."""
    ran = child("-c", MEMORY)
    grown = {
        label: (int(blocks), int(size)) for label, blocks, size in (l.split("\t") for l in ran.stdout.splitlines())
    }

    assert ran.returncode == 0, ran.stderr
    assert len(grown) == 12
    assert {label: found for label, found in grown.items() if found[0] > 500 or found[1] > 4_000_000} == {}


@pytest.mark.parametrize("name", [*UFUNCS, *ARRAY_OPERATORS])
def test_references_are_returned(name):
    """Calls, failed ones included, leave the reference counts of arguments and of their dtypes as they were."""
    operator = getattr(corepy, name)
    for dtype in map(np.dtype, ("float64", "float32", "int64", "int8", "bool")):
        x = np.ones((3, 4), dtype)

        def call(x=x):
            try:
                operator(*[x] * getattr(operator, "nin", 1))
                if name in ARRAY_OPERATORS:
                    operator(x, axis=0)
                    operator(x[0])
            except errors.CorepyError:
                pass

        call()
        counts = sys.getrefcount(x), sys.getrefcount(x.dtype)
        for _ in range(100):
            call()
        after = sys.getrefcount(x), sys.getrefcount(x.dtype)
        assert all(abs(a - b) < 50 for a, b in zip(counts, after, strict=True)), dtype


ON_REFERENCE = """
import json
import numpy as np
import corepy as cp
from corepy.backend.dispatch import BACKEND

assert BACKEND.name == cp.settings.backend == "reference"
x = np.array([0.1, -1.5, 3.25, 700.0, -0.0, np.inf, 2.0, 1e-310])
y = np.array([3, -7, 2, 100, 5, 1, -1, 8], np.int16)
results = {
    "exp": cp.exp(x), "log": cp.log(np.abs(x)), "expit": cp.expit(x.astype(np.float32)), "add": cp.add(x, y),
    "floor_divide": cp.floor_divide(100, y), "clip": cp.clip(x, -1, 2), "less": cp.less(x, 2),
    "divide": cp.divide(y, 4),
    "in place": cp.multiply(x[:4].copy(), 2, out=np.zeros(4)), "sum": cp.sum(x[:5]), "var": cp.var(y, ddof=1),
    "softmax": cp.softmax(x[:4].reshape(2, 2), axis=0), "argmax": cp.argmax(y), "min": cp.min(y.reshape(2, 4), axis=1),
    "logsumexp": cp.logsumexp(x[:4]), "any": cp.any(y), "mean of float32": cp.mean(x[:5].astype(np.float32)),
}
print(json.dumps({k: [np.asarray(v).dtype.str, np.asarray(v).tobytes().hex()] for k, v in results.items()}))
"""


def test_reference_backend_gives_the_same_bits(child):
    """A program run with COREPY_BACKEND=reference prints the bits it prints natively."""
    native = child("-c", ON_REFERENCE.replace('== "reference"', '== "native"'))
    reference = child("-c", ON_REFERENCE, COREPY_BACKEND="reference")

    assert (native.returncode, reference.returncode) == (0, 0), native.stderr + reference.stderr
    assert json.loads(native.stdout) == json.loads(reference.stdout)


def test_reference_backend_needs_no_compiled_module(child):
    """With COREPY_BACKEND=reference no extension module of Corepy is imported."""
    program = (
        "import sys; from corepy import *; print([m for m in sys.modules if m.startswith('corepy.backend.native.')])"
    )

    assert child("-c", program, COREPY_BACKEND="reference").stdout.strip() == "[]"


def test_level_has_no_effect_on_the_reference(child):
    """With COREPY_BACKEND=reference, COREPY_LEVEL is not looked at."""
    ran = child("-c", "import corepy; print(corepy.add(1, 2))", COREPY_BACKEND="reference", COREPY_LEVEL="nonsense")

    assert ran.stdout.strip() == "3", ran.stderr


def test_one_level_is_loaded(child):
    """A program loads the compiled modules of one level, and the reference of none."""
    names = "[m for m in sys.modules if m.startswith('corepy.backend.native.')]"
    levels = f"{{level for level in _build.LEVELS for m in {names} if m.endswith(level)}}"
    ran = child("-c", f"import sys; from corepy import *; from corepy import _build; print(*{levels})")

    assert len(ran.stdout.split()) == 1


def test_import_loads_no_kernel(child):
    """`import corepy` loads no compiled module, and a name that is used the module that it is in."""
    names = "[m.rpartition('.')[2][:8] for m in sys.modules if m.startswith('corepy.backend.native.')]"
    ran = child("-c", f"import sys, corepy; print({names}); corepy.rint; print({names})")

    assert ran.stdout.split() == ["[]", "['rounding']"], ran.stderr


def test_unknown_name():
    """A name that Corepy does not have is an AttributeError that says it; those it has are listed and stay the same."""
    with pytest.raises(AttributeError, match="'corepy' has no attribute 'epx'"):
        corepy.epx  # noqa: B018
    with pytest.raises(AttributeError, match="no attribute 'epx'"):
        corepy.elementwise.epx  # noqa: B018

    assert set(corepy.__all__) <= set(dir(corepy))
    assert all(getattr(corepy, name) is getattr(corepy, name) for name in corepy.__all__)


def test_reference_is_an_attribute(child):
    """corepy.backend.reference.<operator> can be reached after import corepy alone."""
    ran = child("-c", "import corepy; print(corepy.backend.reference.add(1, 2))")

    assert ran.stdout.strip() == "3", ran.stderr


@pytest.mark.parametrize("name", ["add", "exp", "clip", "logical_not"])
def test_reference_takes_out_and_where(name):
    """A reference ufunc fills out=, positional or named, where where= is true, as the native one does."""
    args = [np.arange(1.0, 7.0).reshape(2, 3)] * REFERENCE[name].nin
    where = np.array([True, False, True])
    for operator in (REFERENCE[name], getattr(corepy, name)):
        expected = operator(*args)
        out = np.zeros_like(expected)
        assert out is operator(*args, out)
        assert_same(expected, out)
        out = np.zeros_like(expected)
        assert out is operator(*args, out=out, where=where)
        assert_same(np.where(where, expected, np.zeros_like(expected)), out)


def test_no_nan_differs():
    """The comparison of these tests takes every NaN for one, and nothing else."""
    nans = np.array([0x7FF8000000000000, 0xFFF8000000000001, 0x7FF0000000000001], np.uint64).view(np.float64)

    assert len(set(bits(nans).tolist())) == 1
    for a, b in (
        (0.0, -0.0),
        (np.float32(1), np.float64(1)),
        (np.ones(1), np.ones((1, 1))),
        (1.0, np.nextafter(1.0, 2)),
    ):
        with pytest.raises(AssertionError):
            assert_same(a, b)
