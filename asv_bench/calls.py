"""What is measured: a typical call of any operator, made from the operator alone, so that a new one needs no line here."""

import contextlib
import functools
import inspect
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from math import isqrt

import numpy as np

import corepy
from corepy.backend.dispatch import OPERATORS

__all__ = [
    "DTYPES",
    "LAYOUTS",
    "NotApplicableError",
    "applicable",
    "build",
    "dtypes",
    "named",
    "names",
    "required",
    "usual_dtypes",
]

# contiguous: new one-dimensional arrays. strided: every other element of such. scalar: the last argument is one number.
# rows, columns: a square array along its last axis, and along its first.
LAYOUTS = ("contiguous", "strided", "scalar", "rows", "columns")
DTYPES = ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64")

# Floats are drawn from the first of these in which the results are finite: logarithms need the second, arcsin the third, logit
# the last.
_RANGES = ((-10.0, 10.0), (0.01, 10.0), (-0.99, 0.99), (1.01, 10.0), (0.01, 0.99))

# What an operator takes beside arrays, by the name of the parameter, for slices of n elements.
_PARAMETERS = {
    "window": lambda n: min(20, n),
    "alpha": lambda n: 0.1,
    "kth": lambda n: n // 2,
    "old": lambda n: 1,
    "new": lambda n: 2,
    "labels": lambda n: np.arange(n) % min(10, n),
    "q": lambda n: 0.3,
    "bins": lambda n: np.linspace(-10.0, 10.0, 33),
    "v": lambda n: np.linspace(-10.0, 10.0, n),
}

# Array operators that do not take every dtype.
_TAKEN = {
    "bincount": [d for d in DTYPES if "int" in d],
    "ptp": [d for d in DTYPES if d != "bool"],
    "nanptp": [d for d in DTYPES if d != "bool"],
}


class NotApplicableError(NotImplementedError):
    """This operator has no such dtype or layout. asv takes a NotImplementedError for "not applicable"."""


def names() -> list[str]:
    """Every public operator."""
    return sorted(OPERATORS)


def _loop(operator, dtype: np.dtype) -> list[np.dtype]:
    """The argument types of an elementwise operator's loop for a dtype: all of that dtype, or at least the first."""
    loops = [[np.dtype(c) for c in types.split("->")[0]] for types in operator.types]
    found = [types for types in loops if types[0] == dtype]
    return next((types for types in found if set(types) == {dtype}), found[0] if found else [])


def dtypes(name: str) -> list[str]:
    """The dtypes for which there are calls of an operator, without conversion of arguments."""
    operator = getattr(corepy, name)
    if not hasattr(operator, "types"):
        return list(_TAKEN.get(name, DTYPES))
    return [d for d in DTYPES if _loop(operator, np.dtype(d))]


def _drawn(dtype: np.dtype, size: int, limits: tuple[float, float], seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    if dtype.kind == "b":
        return random.integers(0, 2, size).astype(dtype)
    if dtype.kind in "iu":
        return random.integers(1, 100, size, dtype)
    return random.uniform(*limits, size).astype(dtype)


@functools.cache
def _limits(name: str, types: tuple[np.dtype, ...]) -> tuple[float, float]:
    operator = getattr(corepy, name)
    for limits in _RANGES:
        drawn = (_drawn(dtype, 200, limits, seed) for seed, dtype in enumerate(types))
        results = operator(*drawn, **named(operator, 200))
        if all(np.all(np.isfinite(r)) for r in (results if isinstance(results, tuple) else (results,))):
            return limits
    return _RANGES[0]


def required(operator) -> int:
    """How many arrays an array operator must be given."""
    parameters = inspect.signature(operator).parameters.values()
    return sum(p.default is p.empty and p.name not in _PARAMETERS for p in parameters)


def named(operator, n: int) -> dict:
    """What an array operator must be given beside arrays."""
    if hasattr(operator, "types"):
        return {}
    return {p: _PARAMETERS[p](n) for p in inspect.signature(operator).parameters if p in _PARAMETERS}


def usual_dtypes(name: str) -> list[str]:
    """float64 and float32, or int64 and int32 for an operator of integers."""
    has = dtypes(name)
    return [d for d in ("float64", "float32") if d in has] or [d for d in ("int64", "int32") if d in has]


def _types(name: str, dtype: str, size: int, layout: str) -> list[np.dtype]:
    """The dtypes of the arguments, if there is such a call."""
    operator = getattr(corepy, name)
    elementwise = hasattr(operator, "types")
    types = _loop(operator, np.dtype(dtype)) if elementwise else [np.dtype(dtype)] * required(operator)
    if not types or dtype not in dtypes(name):
        raise NotApplicableError(f"{name} has no loop for {dtype}: it takes {', '.join(dtypes(name))}")
    if layout in ("rows", "columns") and (elementwise or size < 4):
        raise NotApplicableError(f"{name} has no {layout}: it is elementwise, or {size} elements make no square")
    if layout in ("rows", "columns") and "axis" not in inspect.signature(operator).parameters:
        raise NotApplicableError(f"{name} has no axis")
    if layout == "scalar" and (not elementwise or len(types) == 1):
        raise NotApplicableError(f"{name} takes no scalar beside an array")
    return types


def build(name: str, dtype: str = "float64", size: int = 1000, layout: str = "contiguous") -> partial:
    """One call of an operator, ready to be made: the same arguments, bit for bit, whenever and wherever it is built.

    Parameters
    ----------
    name : str
        A public operator.
    dtype : str
        Of the arguments.
    size : int
        How many elements an argument has.
    layout : str
        One of LAYOUTS.

    Raises
    ------
    NotApplicableError
        If there is no such call.
    """
    operator = getattr(corepy, name)
    types = _types(name, dtype, size, layout)
    limits = _limits(name, tuple(types)) if np.dtype(dtype).kind == "f" else (1.0, 100.0)
    seed = zlib.crc32(f"{name} {dtype}".encode())
    args = [corepy.asarray(_drawn(t, 2 * size, limits, seed + i)) for i, t in enumerate(types)]
    if layout == "strided":
        args = [x[::2] for x in args]
    elif layout in ("rows", "columns"):
        side = isqrt(size)
        args = [corepy.asarray(x[: side * side].reshape(side, side)) for x in args]
        return partial(operator, *args, **named(operator, side), axis=-1 if layout == "rows" else 0)
    else:
        args = [corepy.asarray(x[:size]) for x in args]
    if layout == "scalar":
        args[-1] = args[-1][0].item()
    return partial(operator, *args, **named(operator, size))


def applicable(specs: Iterable[tuple[str, str, int, str]]) -> Iterator[tuple[str, str, int, str]]:
    """Those of the given arguments of `build` for which there is a call."""
    for spec in specs:
        with contextlib.suppress(NotApplicableError):
            _types(*spec)
            yield spec
