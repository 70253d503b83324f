"""The fixed inputs of `python -m corepy check`: the same on every machine, made of integers alone."""

import inspect
from collections.abc import Iterator

import numpy as np

from corepy.backend.dispatch import OPERATORS

__all__ = ["ID", "cases", "inputs"]

# Changes whenever the inputs do: digests of different corpora cannot be compared.
ID = 3

_INTEGERS = (0, 1, 2, 3, 5, 7, 8, 10, 31, 32, 63, 64, 100, 127)
_FLOATS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 7.0, 10.0, 88.5, 100.25, 104.0, 709.5, 745.0, 1e-3, 1e-9, 1e9, np.inf, np.nan)


def _random_bits(n: int, seed: int) -> np.ndarray:
    """n uint64 by splitmix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014)."""
    state = np.arange(1, n + 1, dtype=np.uint64) + np.uint64(seed << 32)
    with np.errstate(over="ignore"):
        z = state * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def _specials(dtype: np.dtype) -> np.ndarray:
    if dtype.kind == "b":
        return np.array([False, True])
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        values = [v for v in _INTEGERS if v <= limits.max] + [limits.max, limits.max - 1, limits.min, limits.min + 1]
        if dtype.kind == "i":
            values += [-v for v in _INTEGERS]
        return np.array(values, dtype)
    limits = np.finfo(dtype)
    values = [*_FLOATS, limits.max, limits.smallest_normal, limits.smallest_subnormal, limits.eps, 1 + limits.eps]
    values += [1 - limits.epsneg, 3 * limits.smallest_subnormal, limits.smallest_normal - limits.smallest_subnormal]
    return np.array([*values, *(-v for v in values)], dtype)


def _fractions(n: int, seed: int) -> np.ndarray:
    """n float64 from 0 to 1, of 53 bits."""
    return (_random_bits(n, seed) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _floats(dtype: np.dtype, bits: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Four kinds: any bit pattern; 24 bits, below 128; all bits, evenly below 1024; all bits, exponents from -8 to 7."""
    limits, unsigned = np.finfo(dtype), np.dtype(f"u{dtype.itemsize}").type
    pattern = bits.astype(unsigned)
    exponent_but_4_bits = unsigned((2 * limits.maxexp - 16) << limits.nmant)
    near_one = (pattern & ~exponent_but_4_bits) + unsigned((limits.maxexp - 9) << limits.nmant)
    few_bits = ((bits >> np.uint64(40)).astype(np.int32) - 2**23).astype(dtype) * dtype.type(2.0**-16)
    even = ((bits >> np.uint64(11)).astype(np.float64) - 2.0**52) * 2.0**-42
    drawn = [pattern.view(dtype), few_bits, even.astype(dtype), near_one.view(dtype)]
    return np.choose((kinds % np.uint64(4)).astype(np.intp), drawn)


def inputs(dtype: np.dtype, n: int, seed: int) -> np.ndarray:
    """n values: special ones, then random ones of several kinds."""
    special = _specials(dtype)[:n]
    bits = _random_bits(n - special.size, seed)
    if dtype.kind == "b":
        drawn = bits % np.uint64(2) == np.uint64(1)
    elif dtype.kind in "iu":
        drawn = bits.astype(dtype)
        small = (bits >> np.uint64(32)).astype(dtype) % dtype.type(20)
        drawn = np.where(np.arange(bits.size) % 2 == 0, drawn, small)
    else:
        drawn = _floats(dtype, bits, _random_bits(bits.size, seed + 1000))
    return np.concatenate([special, drawn.astype(dtype)])


def _paired(x: np.ndarray, y: np.ndarray, turn: int) -> tuple[np.ndarray, np.ndarray]:
    """Every special value of x with every one of y, then both as they come."""
    a, b = _specials(x.dtype), _specials(y.dtype)
    return np.concatenate([np.repeat(a, b.size), x]), np.concatenate([np.tile(b, a.size), np.roll(y, turn)])


# Ranges in which a product and a sum that the compiler fuses change one result in 10 000 to 50 000, elsewhere fewer.
_DENSE = dict.fromkeys(("log", "log2", "log10"), (1.2, 1.4142))
_DENSE |= {"arccosh": (1.0, 1.1), "arctanh": (0.1, 0.2), "cbrt": (5.9, 6.6)}


def _ufunc_cases(operator) -> Iterator[tuple[str, tuple]]:
    no_zero = "ZeroDivisionError" in operator.__doc__
    no_negative = "raised to a negative integer." in operator.__doc__
    for loop in operator.types:
        dtypes = [np.dtype(c) for c in loop.split("->")[0]]
        # Fused products and sums change one result of exp in 4000.
        n = 60_000 if dtypes[0].kind == "f" else 3000
        args = [inputs(d, n, seed) for seed, d in enumerate(dtypes)]
        if len(args) > 1:
            args[:2] = _paired(args[0], args[1], 1)
            args = [args[0], args[1], *(np.resize(a, args[0].size) for a in args[2:])]
        if no_zero and dtypes[-1].kind in "iu":
            args[-1] = np.where(args[-1] == 0, args[-1].dtype.type(1), args[-1])
        if no_negative and dtypes[-1].kind == "i":
            args[-1] = np.where(args[-1] < 0, ~args[-1], args[-1])
        yield ", ".join(d.name for d in dtypes), tuple(args)
    if operator.__name__ in _DENSE:
        low, high = _DENSE[operator.__name__]
        yield f"float64, {low} to {high}", (low + (high - low) * _fractions(200_000, 7),)


def _finite(dtype: np.dtype) -> np.ndarray:
    """1200 values without infinities and NaNs, which would hide the order of summation."""
    x = inputs(dtype, 2400, 9)[-1200:]
    return np.where(np.abs(x) < 1e6, x, dtype.type(1)) if dtype.kind == "f" else x


def _array_cases() -> Iterator[tuple[str, tuple, dict]]:
    for dtype in map(np.dtype, "?bBhHiIqQfd"):
        for n in (1, 2, 7, 31, 32, 33, 100, 300):
            tail = _specials(dtype).size if n < 100 else 0
            x = inputs(dtype, n + tail, n)[tail:]
            yield f"{dtype.name}[{n}]", (x,), {}
        finite = _finite(dtype)
        yield f"{dtype.name}[600]", (finite[:600],), {}
        for shape, axis in (
            ((5, 41), 0),
            ((5, 41), 1),
            ((70, 3), 0),
            ((3, 34, 4), 1),
            ((3, 34, 4), (0, 2)),
            ((2, 9), None),
        ):
            x = finite[: np.prod(shape)].reshape(shape)
            yield f"{dtype.name}{list(shape)}, axis={axis}", (x,), {"axis": axis}
    # Fused products and sums change one of ten such sums.
    x = _fractions(3600, 11) - 0.5
    yield "float64[90, 40], axis=0", (x.reshape(90, 40),), {"axis": 0}
    yield "float64[40, 90], axis=1", (x.reshape(40, 90),), {"axis": 1}


def _products_cases() -> Iterator[tuple[str, tuple, dict]]:
    for label, (x,), _ in _array_cases():
        yield label, (x, np.roll(x, 1)), {"axis": -1} if x.ndim > 1 else {}


def _average_cases() -> Iterator[tuple[str, tuple, dict]]:
    yield from _array_cases()
    weights = _fractions(3600, 12).reshape(40, 90)
    yield "float64[40, 90], weights", (_fractions(3600, 11).reshape(40, 90),), {"axis": 1, "weights": weights}


def _without_bool() -> Iterator[tuple[str, tuple, dict]]:
    yield from (case for case in _array_cases() if case[1][0].dtype.kind != "b")


def _matrices() -> Iterator[tuple[str, tuple, dict]]:
    yield from ((label, args, {}) for label, args, _ in _array_cases() if args[0].ndim < 3)


def _group_cases() -> Iterator[tuple[str, tuple, dict]]:
    for label, (x,), keywords in _array_cases():
        axis = keywords.get("axis", -1)
        if isinstance(axis, int):
            # Every group has an element: integers without one are refused.
            labels = np.arange(x.shape[axis]) * 7 % 11 % min(5, x.shape[axis])
            labels[: labels.max() + 1] = np.arange(labels.max() + 1)
            yield label, (x, labels), {"axis": axis}


def _counted_cases() -> Iterator[tuple[str, tuple, dict]]:
    for n in (1, 100, 3000):
        yield f"int64[{n}]", (np.arange(n) * 7919 % 101,), {}
        yield f"int64[{n}], weights", (np.arange(n) * 7919 % 101, np.arange(n) * 0.1), {}


def _binned_cases() -> Iterator[tuple[str, tuple, dict]]:
    for label, (x,), _ in _array_cases():
        if x.ndim == 1 and x.dtype.kind != "b":
            yield label, (x, np.array([-3, 0, 1, 1, 8, 100], x.dtype if x.dtype.kind != "u" else np.float64)), {}
            finite = x[np.abs(x.astype(np.float64)) < 1e6]
            yield f"{label}, 7 bins", (finite,), {"bins": 7}


def _sorted_cases() -> Iterator[tuple[str, tuple, dict]]:
    for label, (x,), _ in _array_cases():
        if x.ndim == 1:
            yield label, (np.sort(x), x), {"side": "right" if x.size % 2 else "left"}


def _digitized_cases() -> Iterator[tuple[str, tuple, dict]]:
    yield from ((label, args[::-1], {}) for label, args, _ in _sorted_cases() if not np.any(args[0] != args[0]))


def _quantile_cases() -> Iterator[tuple[str, tuple, dict]]:
    methods = ("linear", "hazen", "lower", "inverted_cdf", "median_unbiased")
    for i, (label, (x,), keywords) in enumerate(_array_cases()):
        yield label, (x,), keywords | {"q": np.array([0.0, 0.125, 0.5, 1.0]), "method": methods[i % 5]}


# The inputs of operators that take more than one array and axes, by their family or name.
_OTHERS = {
    "products": _products_cases,
    "groups": _group_cases,
    "quantiles": _quantile_cases,
    "average": _average_cases,
    "bincount": _counted_cases,
    "histogram": _binned_cases,
    "searchsorted": _sorted_cases,
    "digitize": _digitized_cases,
    **dict.fromkeys(("ptp", "nanptp"), _without_bool),
    **dict.fromkeys(("cov", "corrcoef"), _matrices),
}


# What an operator that keeps its axis is given, by the name of the parameter, for slices of n elements.
_PARAMETERS = {
    "window": lambda n: min(5, n),
    "min_count": lambda n: min(3, n),
    "alpha": lambda n: 0.25,
    "kth": lambda n: n // 2,
    "old": lambda n: 0,
    "new": lambda n: 3,
}


def _slicewise_cases(operator) -> Iterator[tuple[str, tuple, dict]]:
    parameters = inspect.signature(operator).parameters
    arrays = [p for p in ("x", "y") if p in parameters]
    given = {p: make for p, make in _PARAMETERS.items() if p in parameters}
    for label, (x,), keywords in _array_cases():
        axis = keywords.get("axis", -1)
        if x.dtype.kind != "b" and axis in (-1, 0, 1) and x.shape[axis] > 0:
            named = {p: make(x.shape[axis]) for p, make in given.items()}
            yield label, tuple(np.roll(x, i) for i, _ in enumerate(arrays)), named | {"axis": axis}
    if "window" in given:
        # The low parts of sums show where numbers are far larger than their differences.
        x = _finite(np.dtype(np.float64))[:500] + 2.0**30
        named = {p: make(100) for p, make in given.items()} | {"window": 75}
        yield "float64[500], window 75", tuple(np.roll(x, i) for i, _ in enumerate(arrays)), named


def cases(operator) -> Iterator[tuple[str, tuple, dict]]:
    """Label, positional and keyword arguments of every call of one operator."""
    if hasattr(operator, "cases"):
        yield from operator.cases
    elif hasattr(operator, "types"):
        for label, args in _ufunc_cases(operator):
            yield label, args, {}
    elif OPERATORS[name := operator.__name__].family in ("scans", "windows"):
        yield from _slicewise_cases(operator)
    else:
        yield from _OTHERS.get(name, _OTHERS.get(OPERATORS[name].family, _array_cases))()
