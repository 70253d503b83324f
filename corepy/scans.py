"""Operators whose result at an element depends on those before it: cumulative sums, products and extremes."""

import inspect
from collections.abc import Callable

import numpy as np

from corepy import errors
from corepy._arguments import DTYPES, REFUSED, along, deliver, integer, one_axis, operand, public
from corepy.backend.dispatch import operator

__all__ = [
    "bfill",
    "cummax",
    "cummin",
    "cumprod",
    "cumsum",
    "cumulative_prod",
    "cumulative_sum",
    "diff",
    "ffill",
    "nancummax",
    "nancummin",
    "nancumprod",
    "nancumsum",
    "push",
]

_INT64, _UINT64, _FLOAT64 = map(np.dtype, (np.int64, np.uint64, np.float64))


def _accumulator(dtype: np.dtype) -> tuple[np.dtype, np.dtype]:
    """The dtype of a sum's results, and the one it is computed in: uint64 wraps around as int64 does."""
    if dtype.kind == "f":
        return dtype, dtype
    return (_UINT64 if dtype.kind == "u" else _INT64), _INT64


def _selected(dtype: np.dtype) -> tuple[np.dtype, np.dtype]:
    """The dtype of an extreme, which is that of the elements, and the one it is found in."""
    return dtype, dtype if dtype.kind == "f" else _UINT64 if dtype == _UINT64 else _INT64


_SHARED = """{summary}

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    axis : int or None, default None
        Axis along which to go; None is all elements in C order, and a result of one dimension.{more}
    out : ndarray, optional
        Where to put the result; its dtype must hold the result's ("same_kind").

    Returns
    -------
    ndarray
        {results}

    Raises
    ------
    AxisError
        If the axis is out of range.
    DTypeError
        If a dtype is none of the above.

    Notes
    -----
    {notes}

    Examples
    --------
    >>> import corepy as cp
    {example}
    """
_MORE = """
    dtype : dtype, optional
        One of the above, to which x is converted first; it becomes the result's.
    include_initial : bool, default False
        Begin with {}, so that the result is one longer than x along the axis."""
_WIDEST = "int64 or uint64 for bool and integers (they wrap around), float32 or float64 for floats."
_ROUNDED = """One element after the other, {}. float32 goes on in float64, and each result is rounded once. Before that,
    the k-th is within k * 2**-53 times {}."""


def _accumulate(name: str, kernel: str, kind: int, plan: Callable, backend) -> tuple[dict, Callable]:
    """What the fast path needs for a dtype: kernel and result; and the general path."""
    kernels = {"f": backend.function("scan", kernel)}
    kernels["i"] = kernels["u"] = backend.function("scan", f"{kernel}__integer")
    plans = {given: plan(given) for given in DTYPES}

    def general(x, axis, out, dtype=None, initial=None):
        array = operand(name, x)
        if dtype is not None:
            array = array.astype(dtype, copy=False)
        array = array.reshape(-1) if axis is None else np.atleast_1d(array)
        axis = 0 if axis is None else one_axis(name, axis, array.ndim)
        result, working = plans[DTYPES[array.dtype]]
        flattened, outer, n, inner = along(array.astype(working, copy=False), axis)
        values = np.empty(array.shape, working)
        kernels[working.kind](flattened, outer, n, inner, values.reshape(-1), kind)
        values = values.astype(result if dtype is None else dtype, copy=False)
        if initial is not None:
            first = np.full((*values.shape[:axis], 1, *values.shape[axis + 1 :]), initial, values.dtype)
            values = np.concatenate([first, values], axis=axis)
        return deliver(name, values, out)

    flat = {g: (kernels[g.kind], r) for g, (r, working) in plans.items() if r == working == g}
    return flat, general


def _sums(name: str, kind: int, summary: str, notes: str, example: str) -> Callable:
    neutral = kind % 2

    def build(backend):
        flat, general = _accumulate(name, "sums", kind, _accumulator, backend)

        def cumulative(x, axis=None, *, dtype=None, out=None, include_initial=False):
            if axis is None and dtype is None and out is None and not include_initial:
                try:
                    if x.ndim == 1:
                        function, result = flat[x.dtype]
                        values = np.empty(x.shape, result)
                        function(x, 1, x.size, 1, values, kind)
                        return values
                except REFUSED:
                    pass
            if dtype is not None and (dtype := np.dtype(dtype)) not in DTYPES:
                raise errors.DTypeError(
                    f"corepy.{name}: dtype is {dtype}; it may be bool, int8 to int64, uint8 to uint64, float32 or float64."
                )
            return general(x, axis, out, dtype, neutral if include_initial else None)

        doc = _SHARED.format(summary=summary, more=_MORE.format(neutral), results=_WIDEST, notes=notes, example=example)
        return public(cumulative, name, doc)

    return operator(name, "scan", "scans", build)


def _extremes(name: str, kind: int, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        flat, general = _accumulate(name, "extremes", kind, _selected, backend)

        def cumulative(x, axis=None, *, out=None):
            if axis is None and out is None:
                try:
                    if x.ndim == 1:
                        function, result = flat[x.dtype]
                        values = np.empty(x.shape, result)
                        function(x, 1, x.size, 1, values, kind)
                        return values
                except REFUSED:
                    pass
            return general(x, axis, out)

        doc = _SHARED.format(summary=summary, more="", results="Of the dtype of x.", notes=notes, example=example)
        return public(cumulative, name, doc)

    return operator(name, "scan", "scans", build)


def _build_diff(backend):
    subtract = backend.ufunc("arithmetic", "subtract")
    not_equal = backend.ufunc("comparison", "not_equal")

    def diff(x, n=1, axis=-1, *, prepend=None, append=None):
        """Differences of neighboring elements: x[i + 1] - x[i].

        Parameters
        ----------
        x : array_like
            bool, an integer type, float32 or float64.
        n : int, default 1
            How many times differences are taken; for 0, x is copied.
        axis : int, default -1
            Axis along which they are taken.
        prepend, append : array_like, optional
            What to put before or behind x along the axis first; a scalar is one element for each slice.

        Returns
        -------
        ndarray
            Of the dtype of x (with what is put around it); n shorter along the axis.

        Raises
        ------
        AxisError
            If the axis is out of range.
        DTypeError
            If the dtype is none of the above, or n or the axis is not an int.
        ValueError
            If n is negative.

        Notes
        -----
        Integers wrap around; of bool the result is whether neighbors differ. Floats are subtracted as by `subtract`:
        correctly rounded, float32 in float32.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.diff([1, 4, 9, 16])
        array([3, 5, 7])
        """
        if type(n) is type(axis) is int and n == 1 and axis == -1 and prepend is append is None:
            try:
                if x.ndim == 1 and x.dtype.kind != "b" and type(x) is np.ndarray:
                    return subtract(x[1:], x[:-1])
            except REFUSED:
                pass
        array = operand("diff", x)
        axis = one_axis("diff", axis, array.ndim)
        if (times := integer("diff", "n", n)) < 0:
            raise ValueError(f"corepy.diff: n is {times}; it must not be negative.")
        around = [prepend, array, append]
        for i in (0, 2):
            if around[i] is not None:
                part = operand("diff", around[i])
                if part.ndim == 0:
                    part = np.broadcast_to(part, (*array.shape[:axis], 1, *array.shape[axis + 1 :]))
                around[i] = part
        if prepend is not None or append is not None:
            array = operand("diff", np.concatenate([part for part in around if part is not None], axis=axis))
        step = not_equal if array.dtype.kind == "b" else subtract
        every = (slice(None),) * axis
        for _ in range(min(times, array.shape[axis])):
            array = np.asarray(step(array[(*every, slice(1, None))], array[(*every, slice(None, -1))]))
        return array if times and array.shape else array.copy()

    return public(diff, "diff", inspect.cleandoc(diff.__doc__))


_FILLED = """{summary}

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    {limit} : int, optional
        How many NaN of a run are filled at most; all by default.
    axis : int, default -1
        Axis along which to go.

    Returns
    -------
    ndarray
        A new array of the dtype and shape of x. Integers and bool, which have no NaN, are copied.

    Raises
    ------
    AxisError
        If the axis is out of range.
    DTypeError
        If the dtype is none of the above, or {limit} or the axis is not an int.
    ValueError
        If {limit} is negative.

    Notes
    -----
    Nothing is computed: each element is one of x. A NaN with no number {before} it stays.

    Examples
    --------
    >>> import corepy as cp
    {example}
    """


def _fills(name: str, limit: str, backward: bool, summary: str, example: str) -> Callable:
    def build(backend):
        kernel = backend.function("fill", "fill")

        def general(x, most, axis):
            array = operand(name, x)
            axis = one_axis(name, axis, array.ndim)
            if most is not None and (most := integer(name, limit, most)) < 0:
                raise ValueError(f"corepy.{name}: {limit} is {most}; it must not be negative.")
            if array.dtype.kind != "f":
                return np.array(array, order="C")
            flattened, outer, n, inner = along(array, axis)
            values = np.empty(array.shape, array.dtype)
            most = n if most is None else min(most, n)
            kernel(flattened, outer, n, inner, values.reshape(-1), most, backward)
            return values

        def flat(x):
            """One dimension of floats and no limit; None where that is not so."""
            try:
                if x.ndim == 1 and x.dtype.kind == "f":
                    values = np.empty(x.shape, DTYPES[x.dtype])
                    kernel(x, 1, x.size, 1, values, x.size, backward)
                    return values
            except REFUSED:
                pass
            return None

        if limit == "n":

            def fill(x, n=None, axis=-1):
                found = flat(x) if n is None and axis == -1 else None
                return general(x, n, axis) if found is None else found

        else:

            def fill(x, limit=None, axis=-1):
                found = flat(x) if limit is None and axis == -1 else None
                return general(x, limit, axis) if found is None else found

        before = "behind" if backward else "before"
        return public(fill, name, _FILLED.format(summary=summary, limit=limit, before=before, example=example))

    return operator(name, "fill", "scans", build)


_SUM = _ROUNDED.format("{}", "the sum of the absolute values it adds")
_PRODUCT = _ROUNDED.format("{}", "itself, if nothing overflows or underflows")
_PROPAGATED = "NaN from the first NaN on. Of equal elements (0.0 and -0.0) the first stays."
_SKIPPED = (
    "NaN is passed over; what precedes the first number is NaN. Of equal elements (0.0 and -0.0) the first stays."
)

cumulative_sum = _sums(
    "cumulative_sum",
    0,
    "Sums of all elements up to each one.",
    _SUM.format("beginning with the first"),
    ">>> cp.cumulative_sum([1, 2, 3])\n    array([1, 3, 6])",
)
cumulative_prod = _sums(
    "cumulative_prod",
    1,
    "Products of all elements up to each one.",
    _PRODUCT.format("beginning with the first"),
    ">>> cp.cumulative_prod([1, 2, 3, 4])\n    array([ 1,  2,  6, 24])",
)
cumsum = cumulative_sum
cumprod = cumulative_prod
nancumsum = _sums(
    "nancumsum",
    2,
    "Sums of all numbers up to each element; NaN counts as 0.",
    _SUM.format("0.0 in the place of NaN"),
    ">>> cp.nancumsum([1.0, float('nan'), 3.0])\n    array([1., 1., 4.])",
)
nancumprod = _sums(
    "nancumprod",
    3,
    "Products of all numbers up to each element; NaN counts as 1.",
    _PRODUCT.format("1.0 in the place of NaN"),
    ">>> cp.nancumprod([2.0, float('nan'), 3.0])\n    array([2., 2., 6.])",
)
cummin = _extremes(
    "cummin",
    0,
    "Least of all elements up to each one.",
    _PROPAGATED,
    ">>> cp.cummin([3, 1, 2, 0])\n    array([3, 1, 1, 0])",
)
cummax = _extremes(
    "cummax",
    1,
    "Greatest of all elements up to each one.",
    _PROPAGATED,
    ">>> cp.cummax([1, 3, 2, 4])\n    array([1, 3, 3, 4])",
)
nancummin = _extremes(
    "nancummin",
    2,
    "Least of all numbers up to each element.",
    _SKIPPED,
    ">>> cp.nancummin([3.0, float('nan'), 2.0])\n    array([3., 3., 2.])",
)
nancummax = _extremes(
    "nancummax",
    3,
    "Greatest of all numbers up to each element.",
    _SKIPPED,
    ">>> cp.nancummax([float('nan'), 1.0, 2.0])\n    array([nan,  1.,  2.])",
)
diff = operator("diff", "arithmetic", "scans", _build_diff)
ffill = _fills(
    "ffill",
    "limit",
    False,
    "The last number before it in the place of each NaN.",
    ">>> cp.ffill([1.0, float('nan'), float('nan'), 4.0], limit=1)\n    array([ 1.,  1., nan,  4.])",
)
bfill = _fills(
    "bfill",
    "limit",
    True,
    "The next number behind it in the place of each NaN.",
    ">>> cp.bfill([1.0, float('nan'), float('nan'), 4.0], limit=1)\n    array([ 1., nan,  4.,  4.])",
)
push = _fills(
    "push",
    "n",
    False,
    "The last number before it in the place of each NaN, as `ffill`, with bottleneck's signature.",
    ">>> cp.push([float('nan'), 2.0, float('nan'), float('nan')])\n    array([nan,  2.,  2.,  2.])",
)
