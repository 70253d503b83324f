"""python -m corepy: what it prints, and its exit status."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from backends import REFERENCE

import corepy
from corepy import __main__, _check, _corpus
from corepy.backend.dispatch import BACKEND, LEVELS, OPERATORS


@pytest.fixture
def command(monkeypatch, capsys):
    """Run the command line in this process: its exit status and what it printed."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["corepy", *arguments])
        status = __main__.main()
        return status, capsys.readouterr().out

    return run


@pytest.fixture
def published(monkeypatch):
    """Digests as a release would publish them, for the operators of these tests."""
    digests = {name: _check.check_operator(name).digest for name in ("add", "sum")}
    facts = {"version": corepy.__version__, "corpus": _corpus.ID, "digests": digests}
    monkeypatch.setattr(_check, "published", lambda: facts)
    return digests


def test_info(child):
    """info prints one fact a line, those of settings.describe() among them."""
    ran = child("-m", "corepy", "info")
    facts = dict(line.split(None, 1) for line in ran.stdout.splitlines())

    assert (ran.returncode, ran.stderr) == (0, "")
    assert corepy.__version__ == facts["version"]
    assert LEVELS[0] == facts["level"]
    assert np.__version__ == facts["numpy"]


@pytest.mark.parametrize("level", LEVELS)
def test_info_json(child, level):
    """info --json prints one JSON object, of the level that the environment asks for."""
    ran = child("-m", "corepy", "info", "--json", COREPY_LEVEL=level)
    facts = json.loads(ran.stdout)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert {"version", "backend", "level", "levels", "device", "numpy", "pythran", "compiler", "python"} <= facts.keys()
    assert (level, "native", len(OPERATORS)) == (facts["level"], facts["backend"], facts["operators"])


def test_info_of_the_reference(child):
    """With COREPY_BACKEND=reference, info says so."""
    facts = json.loads(child("-m", "corepy", "info", "--json", COREPY_BACKEND="reference").stdout)

    assert (facts["backend"], facts["level"]) == ("reference", "python")


def test_check_finds_no_difference(child):
    """check of two operators prints a digest for each and one for both, and ends with status 0."""
    ran = child("-m", "corepy", "check", "--operators", "add,sum")
    lines = [line.split() for line in ran.stdout.splitlines()]

    assert ran.returncode == 0, ran.stdout
    assert [words[0] for words in lines[:3]] == ["add", "sum", "all"]
    assert all(len(words[1]) == 64 and int(words[1], 16) for words in lines[:3])
    assert f"2 operators, native ({LEVELS[0]}): 0 differences" == ran.stdout.splitlines()[-1]


def test_every_operator_has_a_published_digest():
    """The package holds the digests of this version, one for each operator, on the corpus that check uses."""
    digests = _check.published()

    assert (corepy.__version__, _corpus.ID) == (digests["version"], digests["corpus"])
    assert sorted(_check.table()) == sorted(digests["digests"])


def test_change_log_tells_the_digests():
    """Whoever publishes other digests has to say so in the change log."""
    text = (Path(__file__).parent.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = text.split("\n## ")[1]
    written = re.findall(r"Digest of all operators: `([0-9a-f]{64})`", newest)

    assert written == [_check.combined(_check.published()["digests"])]


def test_check_json(command, published):
    """check --json prints one JSON object with the same digests, their combination and the differences."""
    status, printed = command("check", "--json", "--operators", "add, sum")
    found = json.loads(printed)

    assert status == 0
    assert {"level", "digests", "all", "differences"} == found.keys()
    assert (BACKEND.level, published, []) == (found["level"], found["digests"], found["differences"])
    assert _check.combined(published) == found["all"]


def test_check_order_does_not_matter(command, published):
    """The combined digest is that of the set of operators."""
    one = json.loads(command("check", "--json", "--operators", "add,sum")[1])
    other = json.loads(command("check", "--json", "--operators", "sum,add")[1])

    assert one["all"] == other["all"]


def test_check_sees_another_digest(command, published):
    """A digest that is not the published one is a difference, named, and status 1."""
    published["sum"] = "0" * 64
    status, printed = command("check", "--operators", "add,sum")

    assert status == 1
    assert "DIFFERENT  sum: digest " in printed
    assert "published 0000000000000000" in printed
    assert "1 differences" in printed.splitlines()[-1]


def test_check_sees_a_missing_digest(command, published):
    """An operator without a published digest is a difference."""
    del published["add"]
    status, printed = command("check", "--operators", "add,sum")

    assert status == 1
    assert f"DIFFERENT  add: no digest published for version {corepy.__version__}, corpus {_corpus.ID}" in printed


def test_check_ignores_digests_of_another_version(command, published, monkeypatch):
    """Digests of another version or corpus are not compared with."""
    facts = _check.published() | {"corpus": _corpus.ID + 1}
    monkeypatch.setattr(_check, "published", lambda: facts)

    assert command("check", "--operators", "add,sum")[0] == 1


def test_check_sees_native_differ_from_reference(command, monkeypatch):
    """An operator whose native bits are not the reference's is a difference, with the first value that shows it."""
    operator = OPERATORS["less"]

    def build(backend):
        return REFERENCE["less_equal"] if backend.name == "reference" else operator.build(backend)

    monkeypatch.setitem(OPERATORS, "less", operator._replace(build=build))
    status, printed = command("check", "--operators", "less")

    assert status == 1
    assert "DIFFERENT  less(float64, float64): " in printed
    assert "natively and" in printed


@pytest.mark.parametrize(("dtype", "ulp"), [(np.float32, 1), (np.float64, 2)])
def test_check_tells_the_distance_of_floats(command, monkeypatch, dtype, ulp):
    """A float that differs is reported with its distance from the reference's."""
    operator = OPERATORS["exp"]

    def build(backend):
        def off(x, **kwargs):
            result = operator.build(backend)(x, **kwargs)
            if backend.name == "reference" or result.dtype != dtype:
                return result
            for _ in range(ulp):
                result = np.where(x == 0, np.nextafter(result, dtype(2)), result)
            return result

        off.types, off.__doc__ = operator.build(backend).types, operator.build(backend).__doc__
        return off

    monkeypatch.setitem(OPERATORS, "exp", operator._replace(build=build))
    status, printed = command("check", "--operators", "exp")

    assert status == 1
    assert f"in the reference, {ulp} ulp apart" in printed


def test_check_sees_layouts_differ(command, monkeypatch):
    """An operator whose bits depend on the memory layout, as NumPy's sum, is a difference."""
    operator = OPERATORS["sum"]

    def numpy_sum(x, axis=None):
        with np.errstate(all="ignore"):
            return np.sum(x, axis=axis)

    numpy_sum.__name__ = "sum"
    monkeypatch.setitem(OPERATORS, "sum", operator._replace(build=lambda backend: numpy_sum))
    status, printed = command("check", "--operators", "sum")

    assert status == 1
    assert "arguments give other bits than contiguous ones" in printed


@pytest.mark.parametrize("operators", ["nonsense", "add,nonsense,sum"])
def test_check_of_an_unknown_operator(child, operators):
    """An operator that does not exist is refused before anything runs, with the names that do."""
    ran = child("-m", "corepy", "check", "--operators", operators)

    assert (ran.returncode, ran.stdout) == (1, "")
    assert "corepy check: no operator named nonsense. There are: absolute, add, " in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("operators", [",", " "])
def test_check_of_no_operators(child, operators):
    """A list without an operator proves nothing, and so is refused."""
    ran = child("-m", "corepy", "check", "--operators", operators)

    assert ran.returncode != 0
    assert "0 differences" not in ran.stdout


def test_check_of_an_unknown_level(child):
    """A level that is not here is refused, with those that are."""
    ran = child("-m", "corepy", "check", "--level", "x86_64_v9", "--operators", "add")

    assert ran.returncode == 1
    assert f"level 'x86_64_v9' is not available here. Choose: {', '.join(LEVELS)}." in ran.stderr


@pytest.mark.parametrize("level", LEVELS)
def test_check_level(child, level):
    """check --level runs that level, in a process of its own if need be."""
    ran = child("-m", "corepy", "check", "--json", "--level", level, "--operators", "exp")

    assert level == json.loads(ran.stdout)["level"]


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["check", "--nonsense"], ["check", "--level", "x", "--all-levels"]]
)
def test_wrong_usage(child, arguments):
    """A wrong command line prints its usage and ends with status 2."""
    ran = child("-m", "corepy", *arguments)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("usage: python -m corepy")


def test_output_goes_to_a_file(tmp_path):
    """Output to a file is plain text: no progress bar, no control characters, nothing lost."""
    with open(tmp_path / "out", "wb") as out, open(tmp_path / "err", "wb") as err:
        subprocess.run(
            [sys.executable, "-m", "corepy", "check", "--operators", "add,sum,exp"],
            stdout=out,
            stderr=err,
            cwd=tmp_path,
            check=False,
        )
    printed = (tmp_path / "out").read_bytes()

    assert (tmp_path / "err").read_bytes() == b""
    assert all(32 <= byte < 127 or byte == 10 for byte in printed)
    assert [line.split()[0] for line in printed.splitlines()[:4]] == [b"add", b"sum", b"exp", b"all"]


def test_reader_may_go_away(tmp_path):
    """A closed pipe (| head -1) ends the command without a traceback."""
    command = [sys.executable, "-m", "corepy", "check", "--operators", "add,sum,mean,exp,log"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as running:
        running.stdout.readline()
        running.stdout.close()
        complaint = running.stderr.read()

    assert complaint == b""
