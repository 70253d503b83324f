"""Decided once, at import: which backend and which SIMD level; and the table of all operators.

COREPY_BACKEND is native (default) or reference; COREPY_LEVEL is one of the levels of this build that this CPU runs, the
best one by default. Nothing switches under a running program.
"""

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from corepy import _build, errors
from corepy.backend import cpu
from corepy.backend.native import NativeBackend

__all__ = ["BACKEND", "FRONTS", "LEVELS", "OPERATORS", "Operator", "built", "operator", "register"]  # noqa: F822

# Levels that were built and that this CPU runs, the best one first.
LEVELS = [level for level in cpu.levels() if level in _build.LEVELS]


def _choose(variable: str, choices: list[str]) -> str:
    value = os.environ.get(variable) or choices[0]
    if value not in choices:
        raise errors.BackendError(f"{variable}={value!r} is not available here. Choose one of: {', '.join(choices)}.")
    return value


def _backend():
    if _choose("COREPY_BACKEND", ["native", "reference"]) == "reference":
        from corepy.backend.reference import ReferenceBackend

        return ReferenceBackend()
    if not LEVELS:
        raise errors.BackendError(
            f"This Corepy was built for {', '.join(_build.LEVELS)}; this CPU runs {', '.join(cpu.levels()) or 'none'}. "
            "Build it here (pip install --no-binary corepy corepy) or set COREPY_BACKEND=reference."
        )
    return NativeBackend(_choose("COREPY_LEVEL", LEVELS))


BACKEND = _backend()


class Operator(NamedTuple):
    """One public operator: where its kernel is, and what builds it on a backend."""

    name: str
    file: str
    family: str
    build: Callable[[Any], Any]


# Modules whose `__all__` is public and whose import registers operators, in the order in which a name is looked for.
FRONTS = (
    "corepy.elementwise",
    "corepy.creation",
    "corepy.reductions",
    "corepy.nan_reductions",
    "corepy.normalization",
    "corepy.products",
    "corepy.statistics",
    "corepy.covariances",
    "corepy.order_statistics",
    "corepy.exact",
    "corepy.scans",
    "corepy.ranks",
    "corepy.windows",
    "corepy.window_statistics",
    "corepy.exponential_windows",
    "corepy.groups",
    "corepy.binning",
)

_REGISTERED: dict[str, Operator] = {}


def register(name: str, file: str, family: str, build: Callable[[Any], Any]) -> None:
    """Enter an operator into the table; `built` builds it."""
    _REGISTERED[name] = Operator(name, file, family, build)


def built(name: str, backend: Any = BACKEND) -> Any:
    """A registered operator on a backend, that of this process by default."""
    return _REGISTERED[name].build(backend)


def operator(name: str, file: str, family: str, build: Callable[[Any], Any]) -> Any:
    """Register an operator and build it at once."""
    register(name, file, family, build)
    return built(name)


def __getattr__(name: str) -> dict[str, Operator]:
    # The whole table needs every front; a program that computes needs those it uses.
    if name != "OPERATORS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    for front in FRONTS:
        import_module(front)
    return _REGISTERED
