"""What the elementwise functions are tried on. The tables stand in cases_<chapter>.py: one row a function, found from there."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import arrays
import numpy as np


def everywhere(*args):
    return np.logical_and.reduce([np.abs(x) < 1100 for x in args])


def finite(*args):
    return np.logical_and.reduce([np.isfinite(x) for x in args])


@dataclass(frozen=True)
class Cases:
    """`ranges`: for each argument, where results are neither 0 nor inf; half of all points are drawn from there.

    `hard`: inputs (tuples of inputs) that need more than a formula: the ends of the range, where results turn subnormal,
    results near midpoints. `special`: arguments, and the result that the documentation promises, in either dtype.
    `domain`: of arrays of arguments, where the truth is real and mpmath can give it; its results beyond the range of
    float64 have exponents without end, and are left to `special`.
    """

    name: str
    ranges: tuple[tuple[float, float], ...]
    hard: list
    special: list[tuple]
    domain: Callable[..., np.ndarray] = everywhere


def _drawn(low, high, dtype, seed):
    """Points in the range and at the edges of the dtype, small ones, and ones near 1."""
    rng = np.random.default_rng([2024, seed])
    points = [*rng.uniform(low, high, 1500), *arrays.edges(dtype), *arrays.mixed(dtype, 1000, seed=1 + seed)]
    # A value and its reciprocal have logarithms of one magnitude; small arguments matter to all.
    points += [*np.exp2(rng.uniform(-60, 9, 500)), *(1 + rng.uniform(-1, 1, 300) * 2.0 ** rng.uniform(-30, 0, 300))]
    return points


def points(cases: Cases, dtype: str) -> list[np.ndarray]:
    """An array for each argument, of points in the domain."""
    drawn = [_drawn(low, high, dtype, i) for i, (low, high) in enumerate(cases.ranges)]
    hard = [h if isinstance(h, tuple) else (h,) for h in cases.hard]
    with np.errstate(over="ignore"):
        args = [np.array([*of, *many], dtype) for of, many in zip(zip(*hard, strict=True), drawn, strict=True)]
    if len(args) > 1:
        # Every point of the first argument once with one of each kind of point of the second.
        args = [np.concatenate([x, x]) for x in args[:-1]] + [np.concatenate([args[-1], np.roll(args[-1], 777)])]
    inside = cases.domain(*args)
    return [x[inside] for x in args]


TABLE: dict[str, Cases] = {
    cases.name: cases
    for path in sorted(Path(__file__).parent.glob("cases_*.py"))
    for cases in import_module(path.stem).CASES
}
