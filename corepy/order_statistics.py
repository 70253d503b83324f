"""Order statistics: median, quantile and percentile, and those that leave NaN out."""

from collections.abc import Callable
from math import prod

import numpy as np

from corepy import errors
from corepy._arguments import REFUSED, around_axis, axes, contiguous, deliver, operand, public, reduced_shape
from corepy._reduce import AVERAGE, Kernels, described, reduction
from corepy.backend.dispatch import operator

__all__ = ["median", "nanmedian", "nanpercentile", "nanquantile", "percentile", "quantile"]

_FLOAT = "ndarray or scalar\n        float32 for float32, float64 for everything else."

median = reduction(
    "median",
    Kernels("order_statistics", "median", AVERAGE, first=(0,)),
    doc=described(
        "Median of the elements.",
        _FLOAT,
        "The mean of the two in the middle if their number is even, rounded once. NaN, without a warning, if an element is NaN"
        "\n    or the slice is empty. By selection: the time grows as n.",
        ">>> cp.median([3.0, 1.0, 2.0, 10.0])\n    np.float64(2.5)",
    ),
)
nanmedian = reduction(
    "nanmedian",
    Kernels("order_statistics", "median", AVERAGE, first=(1,)),
    doc=described(
        "Median of the elements that are not NaN.",
        _FLOAT,
        "The mean of the two in the middle if their number is even, rounded once. NaN, without a warning, where there is no\n"
        "    number. By selection: the time grows as n.",
        ">>> cp.nanmedian([3.0, float('nan'), 2.0, 10.0])\n    np.float64(3.0)",
    ),
)

# Methods that interpolate at n * q + (alpha + q * (1 - alpha - beta)) - 1 (Hyndman, Fan: Sample quantiles in statistical
# packages, 1996), by alpha and beta.
_CONTINUOUS = {
    "interpolated_inverted_cdf": (0.0, 1.0),
    "hazen": (0.5, 0.5),
    "weibull": (0.0, 0.0),
    "linear": (1.0, 1.0),
    "median_unbiased": (1.0 / 3.0, 1.0 / 3.0),
    "normal_unbiased": (3.0 / 8.0, 3.0 / 8.0),
}


def _place(method: str, n: np.ndarray, q: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rank of the lower element, and how far behind it on the way to the next one, of quantiles of n elements."""
    if method in ("lower", "higher", "midpoint", "nearest", "linear"):
        at = (n - 1) * q
        if method == "lower":
            at = np.floor(at)
        elif method == "higher":
            at = np.ceil(at)
        elif method == "nearest":
            at = np.rint(at)
        elif method == "midpoint":
            at = 0.5 * (np.floor(at) + np.ceil(at))
    elif method == "inverted_cdf":
        at = np.ceil(n * q - 1)
    elif method == "averaged_inverted_cdf":
        at = n * q - 1
        at = np.where(at == np.floor(at), at + 0.5, np.ceil(at))
    elif method == "closest_observation":
        at = n * q - 1.5
        even = (at == np.floor(at)) & (np.fmod(np.floor(at), 2) != 0)
        at = np.where(even, at, np.floor(at) + 1)
    else:
        alpha, beta = _CONTINUOUS[method]
        at = n * q + (alpha + q * (1 - alpha - beta)) - 1
    at = np.clip(at, 0, np.maximum(n - 1, 0))
    low = np.floor(at)
    return low.astype(np.int64), at - low


METHODS = (
    *("inverted_cdf", "averaged_inverted_cdf", "closest_observation", *_CONTINUOUS),
    *("lower", "higher", "midpoint", "nearest"),
)


def _between(low: np.ndarray, high: np.ndarray, part: np.ndarray) -> np.ndarray:
    """From low to high, in float64: monotonic, and exact at both ends."""
    low, high = low.astype(np.float64), high.astype(np.float64)
    step = high - low
    found = np.where(part >= 0.5, high - step * (1 - part), low + step * part)
    return np.where((part == 0) | (low == high), low, found)


def _one_part_between(low, high, part: float):
    """The same of one part above 0, where low and high differ: also of Python's floats."""
    step = high - low
    return high - step * (1.0 - part) if part >= 0.5 else low + step * part


def _quantile(name: str, skip: bool, hundred: float, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        first = backend.function("order_statistics", "numbers_first")
        select = backend.function("order_statistics", "select_ranks")

        def at_ranks(rows: np.ndarray, counts: np.ndarray, ranks: np.ndarray, n: int) -> np.ndarray:
            """The elements at ranks, which are those of each slice or, in one row, of all."""
            # take and put: without memory, NumPy's indexing with arrays ends the process.
            several, asked = ranks.shape
            order = np.argsort(ranks, axis=1, kind="stable")
            values = np.empty((counts.size, asked), rows.dtype)
            if several == 1:
                ascending = np.empty(values.shape, np.int64)
                ascending[...] = np.take(ranks, order)
                select(rows, counts.size, n, counts, ascending.reshape(-1), asked, values.reshape(-1))
                return np.take(values, np.argsort(order[0]), axis=1)
            order += asked * np.arange(several)[:, None]
            select(rows, several, n, counts, np.take(ranks, order).reshape(-1), asked, values.reshape(-1))
            found = np.empty(ranks.shape, rows.dtype)
            np.put(found, order, values)
            return found

        def linear(x: np.ndarray, parts: list[float]) -> list[float]:
            """Of one slice of floats, as below, in Python's floats: arrays of a few numbers take 20 us longer."""
            n = x.size
            row, numbers = np.empty(n + 1, x.dtype), np.empty(1, np.int64)
            first(x, 1, n, row, numbers)
            count = int(numbers[0])
            if count == 0 or (count < n and not skip):
                return [np.nan] * len(parts)
            places = [(count - 1) * part for part in parts]
            ranks = sorted({min(int(at) + i, count - 1) for at in places for i in (0, 1)})
            values = np.empty(len(ranks), x.dtype)
            select(row, 1, n, numbers, np.array(ranks), len(ranks), values)
            at_rank = dict(zip(ranks, values.tolist(), strict=True))
            found = []
            for at in places:
                low, high, part = at_rank[int(at)], at_rank[min(int(at) + 1, count - 1)], at - int(at)
                found.append(low if part == 0.0 or low == high else _one_part_between(low, high, part))
            return found

        def linear_of_rows(x: np.ndarray, axis: int, parts: list[float]) -> np.ndarray | None:
            """Of slices of floats along the last axis, in x's dtype; None where one holds NaN, and for any other axis."""
            around = around_axis(x, axis)
            if around is None or around[3] != 1:
                return None
            kept, count, n, _ = around
            rows, numbers = np.empty(count * (n + 1), x.dtype), np.empty(count, np.int64)
            first(x.reshape(-1), count, n, rows, numbers)
            if int(numbers.min()) < n:
                return None
            places = [(n - 1) * part for part in parts]
            ranks = sorted({min(int(at) + i, n - 1) for at in places for i in (0, 1)})
            wanted = np.empty((count, len(ranks)), np.int64)
            wanted[...] = ranks
            values = np.empty(wanted.shape, x.dtype)
            select(rows, count, n, numbers, wanted.reshape(-1), len(ranks), values.reshape(-1))
            at_rank = dict(zip(ranks, values.T.astype(np.float64), strict=True))
            found = np.empty((len(parts), count), x.dtype)
            with np.errstate(all="ignore"):
                for row, at in zip(found, places, strict=True):
                    low, high, part = at_rank[int(at)], at_rank[min(int(at) + 1, n - 1)], at - int(at)
                    row[...] = low if part == 0.0 else np.where(low == high, low, _one_part_between(low, high, part))
            return found.reshape(len(parts), *kept)

        def quick(x, q, axis):
            """One slice of floats, or those along the last axis, and a few parts; None where that is not so."""
            try:
                if isinstance(q, float) or type(q) is int:
                    parts = [q / hundred]
                elif type(q) is np.ndarray and q.dtype == np.float64 and q.size <= 16:
                    parts = [part / hundred for part in q.reshape(-1).tolist()]
                else:
                    return None
                if x.dtype.kind != "f" or not all(0.0 <= part <= 1.0 for part in parts):
                    return None
                if axis is not None:
                    found = linear_of_rows(x, axis, parts)
                    if found is None:
                        return None
                    return found[0] if isinstance(q, (float, int)) else found.reshape(q.shape + found.shape[1:])
                if x.ndim == 1:
                    found = linear(x, parts)
                    return (
                        x.dtype.type(found[0])
                        if isinstance(q, (float, int))
                        else np.array(found, x.dtype).reshape(q.shape)[()]
                    )
            except REFUSED:
                pass
            return None

        def quantile(x, q, axis=None, *, method="linear", keepdims=False, out=None):
            if out is None and not keepdims and method == "linear":
                found = quick(x, q, axis)
                if found is not None:
                    return found
            array, asked = operand(name, x), operand(name, q, "q")
            if asked.dtype.kind == "b":
                raise errors.DTypeError(f"corepy.{name}: q has dtype bool; it must hold numbers from 0 to {hundred:g}.")
            if method not in METHODS:
                raise ValueError(f"corepy.{name}: method is {method!r}; it must be one of {', '.join(METHODS)}.")
            parts = asked.astype(np.float64).reshape(-1) / hundred
            if not np.all((parts >= 0) & (parts <= 1)):
                raise ValueError(f"corepy.{name}: q holds a number that is not from 0 to {hundred:g}.")
            chosen = axes(name, axis, array.ndim)
            shape = reduced_shape(array.shape, chosen, keepdims)
            kept = [a for a in range(array.ndim) if a not in chosen]
            dtype = array.dtype if array.dtype.kind == "f" else np.dtype(np.float64)
            n, count = prod(array.shape[a] for a in chosen), prod(shape)
            with np.errstate(all="ignore"):
                flat = contiguous(array.transpose(*kept, *chosen).astype(dtype, copy=False)).reshape(-1)
                rows, counts = np.empty(count * (n + 1), dtype), np.empty(count, np.int64)
                first(flat, count, n, rows, counts)
                # Without NaN, the places are the same in all slices.
                places = counts[:1] if count and n and counts.min() == n else counts
                low, part = _place(method, places[:, None].astype(np.float64), parts[None, :])
                none = (places == 0) if skip else (places == 0) | (places < n)
                last = np.maximum(places - 1, 0)[:, None]
                ranks = np.concatenate([low, np.minimum(low + 1, last)], axis=1)
                np.copyto(ranks, -1, where=none[:, None])
                found = at_ranks(rows, counts, ranks, n)
                values = _between(found[:, : parts.size], found[:, parts.size :], part).astype(dtype)
            return deliver(name, np.ascontiguousarray(values.T).reshape(asked.shape + shape), out)

        return public(
            quantile,
            name,
            f"""{summary}

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    q : array_like
        Which: from 0 to {hundred:g}, of any shape.
    axis : int, tuple of int or None, default None
        Axis or axes to reduce; None is all of them, in C order.
    method : str, default "linear"
        NumPy's methods: {", ".join(METHODS[:3])}, {", ".join(METHODS[3:6])}, {", ".join(METHODS[6:8])},
        {", ".join(METHODS[8:])}.
    keepdims : bool, default False
        Keep reduced axes with length 1.
    out : ndarray, optional
        Where to put the result; its dtype must hold the result's ("same_kind").

    Returns
    -------
    ndarray or scalar
        float32 for float32, float64 for everything else; of the shape of q, then that of the reduced x.

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If a dtype is none of the above.
    ValueError
        If q is not from 0 to {hundred:g}, or the method is unknown.

    Notes
    -----
    {notes} Integers are taken as float64.
    Interpolated in float64 and rounded once. By selection: the time grows as n.

    Examples
    --------
    >>> import corepy as cp
    {example}
    """,
        )

    return operator(name, "order_statistics", "quantiles", build)


_STRICT = "NaN, without a warning, if an element is NaN or the slice is empty."
_LEAVING = "NaN, without a warning, where there is no number."
quantile = _quantile(
    "quantile",
    False,
    1.0,
    "Quantiles of the elements.",
    _STRICT,
    ">>> cp.quantile([1.0, 2.0, 3.0, 4.0], [0.25, 0.5])\n    array([1.75, 2.5 ])",
)
percentile = _quantile(
    "percentile",
    False,
    100.0,
    "Percentiles of the elements.",
    _STRICT,
    ">>> cp.percentile([1.0, 2.0, 3.0, 4.0], 25)\n    np.float64(1.75)",
)
nanquantile = _quantile(
    "nanquantile",
    True,
    1.0,
    "Quantiles of the elements that are not NaN.",
    _LEAVING,
    ">>> cp.nanquantile([1.0, float('nan'), 3.0], 0.5)\n    np.float64(2.0)",
)
nanpercentile = _quantile(
    "nanpercentile",
    True,
    100.0,
    "Percentiles of the elements that are not NaN.",
    _LEAVING,
    ">>> cp.nanpercentile([1.0, float('nan'), 3.0], 50)\n    np.float64(2.0)",
)
