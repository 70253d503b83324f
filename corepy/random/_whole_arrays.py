"""What the kernels that draw do, on whole arrays: the loops of their sources would take seconds uncompiled.

The formulas are those of `corepy.kernels`; what stands here is the order in which elements meet their words.
"""

from collections.abc import Callable
from importlib import import_module

import numpy as np

__all__ = ["FILLS", "KERNELS", "attempt", "fill"]

# What makes one element of one word, or two of two (the last), by kernel of draws.py.
FILLS = {
    "words": ("philox", "_word", False),
    "random_": ("philox", "_fraction", False),
    "random_single": ("philox", "_fraction24", False),
    "standard_normal": ("normal", "_normals", True),
    "standard_exponential": ("normal", "_exponential", False),
}


def attempt(stream: np.ndarray, number: int, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two words that the elements at some positions (uint64) have for an attempt of their own."""
    from corepy.kernels import philox

    with np.errstate(over="ignore"):
        return philox._attempt(positions, np.uint32(number), np.uint32(stream[1]), stream[0])


def fill(kernel: str) -> Callable:
    """A kernel that fills an array from a position on."""
    file, convert, of_pairs = FILLS[kernel]

    def filled(stream: np.ndarray, start: int, out: np.ndarray) -> None:
        function = getattr(import_module(f"corepy.kernels.{file}"), convert)
        skip = start % 2
        counters = np.arange((out.size + skip + 1) // 2, dtype=np.uint64) + np.uint64(start // 2)
        words = attempt(stream, 0, counters)
        with np.errstate(all="ignore"):
            values = np.stack(function(*words) if of_pairs else tuple(map(function, words)), axis=-1)
        out[...] = values.reshape(-1)[skip : skip + out.size]

    return filled


def _positions(start: int, step: int, places: np.ndarray) -> np.ndarray:
    return places.astype(np.uint64) * np.uint64(step) + np.uint64(start)


def _integers(stream: np.ndarray, start: int, width: np.ndarray, lowest: int, out: np.ndarray) -> None:
    from corepy.kernels import philox

    words = np.empty(out.size, np.uint64)
    fill("words")(stream, start, words)
    width = np.broadcast_to(width, out.shape)
    with np.errstate(over="ignore"):
        surplus = np.negative(width) % np.maximum(width, np.uint64(1))
        waiting, number = np.arange(out.size), 0
        while waiting.size:
            values, rest = philox._wide_product(words, width[waiting])
            values = np.where(width[waiting] == 0, words, values)
            out[waiting] = values.view(np.int64) + np.int64(lowest)
            waiting, number = waiting[rest < surplus[waiting]], number + 1
            words, _ = attempt(stream, number, _positions(start, 1, waiting))


def _accepted(
    stream, start, step, first, candidate: Callable, waiting: np.ndarray, given: tuple, blocks: int, *results
):
    """Fill results at the places `waiting` with the first candidates that are not NaN, of so many blocks an attempt."""
    number = first
    while waiting.size:
        positions = _positions(start, step, waiting)
        words = [word for block in range(blocks) for word in attempt(stream, number + block, positions)]
        with np.errstate(all="ignore"):
            found = candidate(*words, *(parameter[waiting] for parameter in given))
        found = found if isinstance(found, tuple) else (found,)
        accepted = found[0] == found[0]
        for result, values in zip(results, found, strict=True):
            result[waiting[accepted]] = values[accepted]
        waiting, number = waiting[~accepted], number + blocks


def _gammas(stream, start: int, lane: int, shape: np.ndarray, g: np.ndarray, t: np.ndarray) -> None:
    from corepy.kernels import variates

    given = (np.broadcast_to(shape, g.shape),)
    _accepted(stream, start, 1, 1 + (lane << 28), variates._gamma_candidate, np.arange(g.size), given, 2, g, t)


def _counted(stream, start: int, step: int, a: np.ndarray, b: np.ndarray, out: np.ndarray, inverse, candidate) -> None:
    a, b = np.broadcast_to(a, out.shape), np.broadcast_to(b, out.shape)
    small = np.flatnonzero(a * b < 10.0)
    at = _positions(start, step, small)
    even, odd = attempt(stream, 0, at >> np.uint64(1))
    with np.errstate(all="ignore"):
        for i, word in zip(small, np.where(at & np.uint64(1), odd, even), strict=True):
            # a loop of as many steps as the result is large
            out[i] = inverse(word, a[i], b[i])
    _accepted(stream, start, step, 1, candidate, np.flatnonzero(a * b >= 10.0), (a, b), 1, out)


def _poissons(stream, start: int, rate: np.ndarray, out: np.ndarray) -> None:
    from corepy.kernels import variates

    _counted(stream, start, 1, rate, np.ones(1), out, variates._poisson_inverse, variates._poisson_candidate)


def _binomials(stream, start: int, step: int, n: np.ndarray, p: np.ndarray, out: np.ndarray) -> None:
    from corepy.kernels import variates

    rarer = np.where(p > 0.5, 1.0 - p, p)
    _counted(stream, start, step, n, rarer, out, variates._binomial_inverse, variates._binomial_candidate)
    out[...] = np.where(p > 0.5, n.astype(np.int64) - out, out)


def _scaled(kernel: str) -> Callable:
    def scaled(stream, start: int, scale: float, shift: float, out: np.ndarray) -> None:
        fill(kernel)(stream, start, out)
        with np.errstate(all="ignore"):
            out *= scale
            out += shift

    return scaled


# Of draws.py and variates.py.
KERNELS = {
    "uniform": _scaled("random_"),
    "normal": _scaled("standard_normal"),
    "exponential": _scaled("standard_exponential"),
    "integers": _integers,
    "gammas": _gammas,
    "poissons": _poissons,
    "binomials": _binomials,
}
