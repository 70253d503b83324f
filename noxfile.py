"""Corepy on other Pythons, NumPys and compilers: every build must give the published digests.

    nox                          # all of it; a build takes some minutes
    nox -s digests               # check only, on every row of BUILDS
    nox -s tests-3.13            # the whole test suite on one Python

Builds are for this machine's SIMD level. `tools/check_aarch64.sh` and `tools/mutants.py` are sessions too.
"""

import os
import stat
from pathlib import Path

import nox

nox.options.error_on_missing_interpreters = False

# Python, NumPy, compiler and what is added to its command line (the last -O counts).
BUILDS = [
    nox.param("3.11", "numpy>=2", "g++", "", id="gcc"),
    nox.param("3.11", "numpy==2.0.*", "g++", "", id="numpy-2.0"),
    nox.param("3.12", "numpy>=2", "g++", "", id="python-3.12"),
    nox.param("3.13", "numpy>=2", "g++", "", id="python-3.13"),
    nox.param("3.11", "numpy>=2", "g++", "-O2", id="O2"),
    nox.param("3.11", "numpy>=2", "clang++", "", id="clang"),
]


def _install(session: nox.Session, compiler: str = "g++", flags: str = "", *options: str) -> None:
    """Install this checkout, built for this machine's level by a compiler with some more flags."""
    wrapper = Path(session.create_tmp()).resolve() / "c++"
    wrapper.write_text(f'#!/bin/sh\nexec {compiler} "$@" {flags}\n', encoding="utf-8")
    wrapper.chmod(wrapper.stat().st_mode | stat.S_IXUSR)
    settings = [f"--config-settings=setup-args={o}" for o in ("-Dlevels=native", *options)]
    session.install(".", *settings, env={"CXX": str(wrapper)})


@nox.session
@nox.parametrize("python,numpy,compiler,flags", BUILDS)
def digests(session: nox.Session, numpy: str, compiler: str, flags: str) -> None:
    """`check` on one build: exit status 1 if a digest is not the published one."""
    _install(session, compiler, flags)
    session.install(numpy)
    session.chdir(session.create_tmp())
    session.run("python", "-m", "corepy", "info")
    session.run("python", "-m", "corepy", "check")


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """The test suite."""
    session.install("-r", "tests/requirements.txt")
    _install(session)
    session.run("pytest", *session.posargs)


@nox.session(python=False)
def aarch64(session: nox.Session) -> None:
    """The digests of an aarch64 build under qemu."""
    session.run("tools/check_aarch64.sh", external=True)


@nox.session
def mutants(session: nox.Session) -> None:
    """Spoiled copies of Corepy, each of which must be noticed."""
    session.install("-r", "tests/requirements.txt", "meson", "ninja")
    _install(session)
    session.run("python", "tools/mutants.py", *session.posargs)


@nox.session
def sanitizers(session: nox.Session) -> None:
    """The test suite on kernels with AddressSanitizer and UndefinedBehaviorSanitizer."""
    session.install("-r", "tests/requirements.txt")
    _install(session, "g++", "-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -O1")
    # Where exceptions come from must be loaded before the sanitizer looks for it.
    names = ("libasan.so", "libstdc++.so")
    found = [session.run("g++", f"-print-file-name={n}", external=True, silent=True).strip() for n in names]
    # Python keeps memory to its end. Without the pool, its own small blocks are watched too.
    options = "detect_leaks=0:allocator_may_return_null=1"
    checks = {"LD_PRELOAD": " ".join(map(os.path.realpath, found)), "ASAN_OPTIONS": options, "PYTHONMALLOC": "malloc"}
    checks["COREPY_TEST_PATIENCE"] = "10"
    session.run("pytest", "-x", *session.posargs, env=checks)
