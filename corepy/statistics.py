"""Statistics made of more than one reduction: ptp, nanptp, minmax, mean_var, average."""

from collections.abc import Callable

import numpy as np

# Imported so that the operators that these are made of are registered.
from corepy import elementwise, errors, nan_reductions, products, reductions  # noqa: F401
from corepy._arguments import REFUSED, around_axis, axes, deliver, operand, public, reduced_shape, slices
from corepy._conversion import Conversion
from corepy._reduce import ddof_or_correction
from corepy.backend.dispatch import built, operator

__all__ = ["average", "mean_var", "minmax", "nanptp", "ptp"]

_ARRAY = """    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    axis : int, tuple of int or None, default None
        Axis or axes to reduce; None is all of them, in C order.
"""
_KEEPDIMS = """    keepdims : bool, default False
        Keep reduced axes with length 1.
"""
_OUT = """    out : ndarray, optional
        Where to put the result; its dtype must hold the result's ("same_kind").
"""
_RAISES = """    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.
"""
_EMPTY = "    ValueError\n        If a slice is empty.\n"
_FLOATS = {np.dtype(np.float32), np.dtype(np.float64)}


def _both(kernel: Callable) -> tuple[Callable, Callable]:
    """The two results of a kernel: along axes; and of the common case, of one vector or along one axis of floats, with little
    around it (None in any other case).
    """

    def along(array: np.ndarray, chosen: tuple[int, ...], shape: tuple[int, ...], *parameters) -> tuple:
        cube = slices(array, chosen)
        values = np.empty(2 * cube.shape[0] * cube.shape[2], array.dtype)
        kernel(cube.reshape(-1), *cube.shape, values, *parameters)
        one, other = values.reshape(2, *shape)
        return one[()], other[()]

    def common(x: np.ndarray, axis, *parameters) -> tuple | None:
        if x.dtype not in _FLOATS:
            return None
        if axis is None:
            if x.ndim != 1 or not x.size:
                return None
            values = np.empty(2, x.dtype)
            kernel(x, 1, x.shape[0], 1, values, *parameters)
            return values[0], values[1]
        found = around_axis(x, axis)
        if found is None:
            return None
        kept, outer, n, inner = found
        values = np.empty((2, *kept), x.dtype)
        kernel(x.reshape(-1), outer, n, inner, values.reshape(-1), *parameters)
        return values[0], values[1]

    return along, common


def _build_minmax(backend):
    along, common = _both(backend.function("moments", "minmax_axis"))
    least, largest = built("min", backend), built("max", backend)

    def minmax(x, axis=None, *, keepdims=False):
        if not keepdims:
            try:
                if (found := common(x, axis)) is not None:
                    return found
            except REFUSED:
                pass
        array = operand("minmax", x)
        chosen = axes("minmax", axis, array.ndim)
        shape = reduced_shape(array.shape, chosen, keepdims)
        if array.size == 0 and 0 not in shape:
            raise ValueError(f"corepy.minmax: an empty slice has no element to return (x has shape {array.shape}).")
        if array.dtype.kind != "f":
            return least(array, axis=chosen, keepdims=keepdims), largest(array, axis=chosen, keepdims=keepdims)
        return along(array, chosen, shape)

    return public(
        minmax,
        "minmax",
        f"""Smallest and largest element, read once.

{_ARRAY}{_KEEPDIMS}
    Returns
    -------
    (min, max) : tuple of ndarrays or scalars
        What `min` and `max` give, bit for bit.

{_RAISES}{_EMPTY}
    Notes
    -----
    NaN and NaN if an element is NaN. A zero is 0.0, never -0.0. Floats are read once, integers twice.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.minmax([3.0, 1.0, 2.0])
    (np.float64(1.0), np.float64(3.0))
    """,
    )


def _build_mean_var(backend):
    along, common = _both(backend.function("moments", "mean_var_axis"))

    def mean_var(x, axis=None, *, ddof=0, correction=None, keepdims=False):
        if correction is None and not keepdims:
            try:
                if (found := common(x, axis, ddof + 0.0)) is not None:
                    return found
            except REFUSED:
                pass
        array = operand("mean_var", x)
        chosen = axes("mean_var", axis, array.ndim)
        shift = ddof_or_correction("mean_var", ddof, correction)
        array = array if array.dtype.kind == "f" else array.astype(np.float64)
        return along(array, chosen, reduced_shape(array.shape, chosen, keepdims), shift)

    return public(
        mean_var,
        "mean_var",
        f"""Mean and variance in one call.

{_ARRAY}    ddof : float, default 0
        The sum of squares is divided by n - ddof; also accepted as `correction`.
{_KEEPDIMS}
    Returns
    -------
    (mean, var) : tuple of ndarrays or scalars
        What `mean` and `var` give, bit for bit.

{_RAISES}
    Notes
    -----
    The sum, from which both follow, is taken once; see `var`.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.mean_var([1.0, 2.0, 3.0, 4.0])
    (np.float64(2.5), np.float64(1.25))
    """,
    )


def _range(name: str, high: str, low: str, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        largest, least, difference = built(high, backend), built(low, backend), built("subtract", backend)
        # Of what has no NaN to leave out, both extremes are found in one pass.
        along, common = _both(backend.function("moments", "minmax_axis")) if name == "ptp" else (None, None)

        def ptp(x, axis=None, *, keepdims=False, out=None):
            if common and out is None and not keepdims:
                try:
                    if (found := common(x, axis)) is not None:
                        return difference(found[1], found[0])
                except REFUSED:
                    pass
            array = operand(name, x)
            chosen = axes(name, axis, array.ndim)
            shape = reduced_shape(array.shape, chosen, keepdims)
            if array.size == 0 and 0 not in shape:
                raise ValueError(f"corepy.{name}: an empty slice has no element to return (x has shape {array.shape}).")
            if array.dtype.kind == "b":
                raise errors.DTypeError(f"corepy.{name}: x has dtype bool, which has no subtraction; use any and all.")
            if along and array.dtype.kind == "f":
                lowest, highest = along(array, chosen, shape)
            else:
                # None and an int have shorter ways than tuples
                short = None if len(chosen) == array.ndim else chosen[0] if len(chosen) == 1 else chosen
                lowest, highest = least(array, axis=short), largest(array, axis=short)
            return deliver(name, np.asarray(difference(highest, lowest)).reshape(shape), out)

        return public(
            ptp,
            name,
            f"""{summary}

{_ARRAY}{_KEEPDIMS}{_OUT}
    Returns
    -------
    ndarray or scalar
        The dtype of x.

{_RAISES}{_EMPTY}
    Notes
    -----
    {notes} The difference of integers wraps around, as in NumPy; bool has none and is a
    DTypeError.

    Examples
    --------
    >>> import corepy as cp
    {example}
    """,
        )

    return operator(name, "moments", "statistics", build)


def _build_average(backend):
    mean, add, dot = built("mean", backend), built("sum", backend), built("sumprod", backend)
    conversion = Conversion(backend)

    def of_vectors(x, weights):
        """Of float32 or float64 with little around it; ZeroDivisionError for weights that sum to zero."""
        single = x.dtype.itemsize == 4
        if single:
            x, weights = conversion.to_float64(x), conversion.to_float64(weights)
        # Divided as Python's numbers: without a warning.
        found = np.float64(float(dot(x, weights)) / float(add(weights)))
        return conversion.to_float32(np.array([found]))[0] if single else found

    def average(x, axis=None, weights=None, *, returned=False, keepdims=False):
        if not (returned or keepdims):
            try:
                if weights is None:
                    if around_axis(x, axis) is not None or (
                        axis is None and type(x) is np.ndarray and x.dtype in _FLOATS
                    ):
                        return mean(x, axis)
                elif (
                    axis is None
                    and x.ndim == 1
                    and x.dtype == weights.dtype
                    and x.dtype.kind == "f"
                    and x.shape == weights.shape
                ):
                    return of_vectors(x, weights)
            except (*REFUSED, ZeroDivisionError):
                pass
        array = operand("average", x)
        chosen = axes("average", axis, array.ndim)
        if weights is None:
            result = mean(array, axis=chosen, keepdims=keepdims)
            if not returned:
                return result
            n = array.size // max(np.asarray(result).size, 1)
            return result, np.full_like(result, n)[()]
        factors = operand("average", weights, "weights")
        if factors.shape != array.shape:
            if factors.shape != tuple(array.shape[a] for a in chosen):
                raise errors.ShapeError(
                    f"corepy.average: weights has shape {factors.shape}; it must be x's, {array.shape}, or that of the "
                    f"chosen axes, {tuple(array.shape[a] for a in chosen)}."
                )
            factors = factors.reshape([n if a in chosen else 1 for a, n in enumerate(array.shape)])
        dtype = np.result_type(array, factors)
        dtype = dtype if array.dtype.kind == "f" else np.dtype(np.float64)
        wide = np.broadcast_to(factors, array.shape).astype(np.float64, copy=False)
        scale = np.asarray(add(wide, axis=chosen, keepdims=keepdims))
        if np.any(scale == 0):
            raise ZeroDivisionError("corepy.average: weights sum to zero, there is no average.")
        with np.errstate(all="ignore"):
            result = (dot(array.astype(np.float64, copy=False), wide, axis=chosen, keepdims=keepdims) / scale).astype(
                dtype
            )
            return (result[()], scale.astype(dtype)[()]) if returned else result[()]

    return public(
        average,
        "average",
        f"""Weighted average.

{_ARRAY}    weights : array_like, optional
        Of the shape of x, or of the chosen axes; all 1 by default.
    returned : bool, default False
        Give the sum of the weights, too.
{_KEEPDIMS}
    Returns
    -------
    ndarray or scalar, or a tuple of two
        float32 if x and weights are, float64 for everything else.

{_RAISES}    ShapeError
        If weights has another shape.
    ZeroDivisionError
        If weights sum to zero.

    Notes
    -----
    sumprod(x, weights) / sum(weights) in float64, rounded once; the mean if there are no weights.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.average([1.0, 2.0, 4.0], weights=[2, 1, 1])
    np.float64(2.0)
    """,
    )


minmax = operator("minmax", "moments", "statistics", _build_minmax)
mean_var = operator("mean_var", "moments", "statistics", _build_mean_var)
ptp = _range(
    "ptp",
    "max",
    "min",
    "Largest element minus the smallest.",
    "NaN if an element is NaN.",
    ">>> cp.ptp([3.0, 1.0, 2.0])\n    np.float64(2.0)",
)
nanptp = _range(
    "nanptp",
    "nanmax",
    "nanmin",
    "Largest element minus the smallest, of those that are not NaN.",
    "NaN, without a warning, where a slice holds nothing else.",
    ">>> cp.nanptp([3.0, float('nan'), 2.0])\n    np.float64(1.0)",
)
average = operator("average", "products", "statistics", _build_average)
