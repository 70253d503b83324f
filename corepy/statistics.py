"""Statistics made of more than one reduction: ptp, nanptp, minmax, mean_var, average, cov, corrcoef."""

from collections.abc import Callable

import numpy as np

# Imported so that the operators that these are made of are registered.
from corepy import elementwise, errors, nan_reductions, products, reductions  # noqa: F401
from corepy._arguments import DTYPES, REFUSED, around_axis, axes, deliver, operand, public, reduced_shape, slices
from corepy._conversion import Conversion
from corepy._reduce import ddof_or_correction
from corepy.backend.dispatch import built, operator

__all__ = ["average", "corrcoef", "cov", "mean_var", "minmax", "nanptp", "ptp"]

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


def _rows(name: str, x, argument: str, rowvar) -> np.ndarray:
    """Variables as rows of float64."""
    array = operand(name, x, argument)
    if array.ndim > 2:
        raise errors.ShapeError(f"corepy.{name}: {argument} has {array.ndim} dimensions; it may have up to 2.")
    wide = array.astype(np.float64, copy=False)
    if array.ndim < 2:
        return wide.reshape(1, -1)
    return wide if rowvar else wide.T


def _weights(name: str, argument: str, x, n: int) -> np.ndarray:
    array = operand(name, x, argument)
    if array.shape != (n,):
        raise errors.ShapeError(
            f"corepy.{name}: {argument} has shape {array.shape}; it must be ({n},), one an observation."
        )
    if argument == "fweights" and array.dtype.kind == "f":
        raise errors.DTypeError(f"corepy.{name}: fweights has dtype {array.dtype}; it must be an integer type.")
    if np.any(array < 0):
        raise ValueError(f"corepy.{name}: {argument} holds a negative weight.")
    return array.astype(np.float64)


def _covariance(backend) -> Callable:
    kernel = backend.function("products", "products_of_rows")
    add, dot = built("sum", backend), built("sumprod", backend)

    def covariance(name, m, y, rowvar, ddof: float, fweights=None, aweights=None) -> np.ndarray:
        parts = [_rows(name, m, "m", rowvar)]
        n = parts[0].shape[1]
        if y is not None:
            parts.append(_rows(name, y, "y", rowvar))
            if parts[1].shape[1] != n:
                raise errors.ShapeError(
                    f"corepy.{name}: m has {n} observations and y {parts[1].shape[1]}; they must be as many."
                )
        weights = None
        left = n - ddof
        # Each of these operations of NumPy is exact or correctly rounded; sums are in the order of the kernels.
        if fweights is not None:
            weights = _weights(name, "fweights", fweights, n)
        if aweights is not None:
            reliability = _weights(name, "aweights", aweights, n)
            weights = reliability if weights is None else weights * reliability
        if weights is None:
            total, sums = np.float64(n), [add(part, axis=1) for part in parts]
        else:
            total, sums = add(weights), [dot(part, weights, axis=1) for part in parts]
            left = total - ddof
            if aweights is not None and ddof:
                left = total - ddof * dot(weights, reliability) / total
        k = sum(map(len, parts))
        x = np.empty((k, n))
        for part, center, into in zip(parts, sums, (x[: len(parts[0])], x[len(parts[0]) :]), strict=False):
            np.subtract(part, (center / total)[:, None], into)
        factors = x if weights is None else x * weights
        out = np.empty(k * k, np.float64)
        kernel(x.reshape(-1), factors.reshape(-1), k, n, out)
        return (out / max(left, 0.0)).reshape(k, k)

    return covariance


def _floating(name: str, dtype) -> np.dtype:
    """What dtype= asks for: float64 by default."""
    asked = np.dtype(np.float64 if dtype is None else dtype)
    if asked not in DTYPES or asked.kind != "f":
        raise errors.DTypeError(f"corepy.{name}: dtype is {asked}; it may be float32 or float64.")
    return asked


_VARIABLES = """    Parameters
    ----------
    m : array_like
        Variables as rows and observations as columns, or one variable: bool, an integer type, float32 or float64.
    y : array_like, optional
        Further variables and as many observations.
    rowvar : bool, default True
        Whether variables are rows; columns if False.
"""
_DTYPE = """    dtype : dtype, default float64
        Of the result: float32 or float64. It is computed in float64 and rounded once.
"""
_MATRIX = """    Returns
    -------
    ndarray or scalar
        Of shape (k, k) for k variables; a scalar for one.

    Raises
    ------
    DTypeError
        If a dtype is none of the above, or dtype no floating one.
    ShapeError
        If m or y has more than two dimensions, or their numbers of observations differ.
"""


def _build_cov(backend):
    covariance = _covariance(backend)

    def cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
        target = _floating("cov", dtype)
        shift = ddof_or_correction("cov", (0 if bias else 1) if ddof is None else ddof, None)
        with np.errstate(all="ignore"):
            matrix = covariance("cov", m, y, rowvar, np.float64(shift), fweights, aweights)
            return np.squeeze(matrix.astype(target, copy=False))[()]

    return public(
        cov,
        "cov",
        f"""Covariance matrix.

{_VARIABLES}    bias : bool, default False
        Divide by n instead of n - 1.
    ddof : float, optional
        Divide by n - ddof, whatever bias is.
    fweights : array_like, optional
        Integers: how often an observation was made.
    aweights : array_like, optional
        How much an observation weighs.
{_DTYPE}
{_MATRIX}    ValueError
        If a weight is negative.

    Notes
    -----
    Two passes: the means first, then the products of deviations from them, each sum in the order of `sumprod`. Where the
    divisor is not above 0, inf or NaN without a warning. The diagonal has the bits of `var` with the same ddof.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.cov([[0.0, 1.0, 2.0], [2.0, 1.0, 0.0]])
    array([[ 1., -1.],
           [-1.,  1.]])
    """,
    )


def _build_corrcoef(backend):
    covariance = _covariance(backend)

    def corrcoef(x, y=None, rowvar=True, *, dtype=None):
        target = _floating("corrcoef", dtype)
        with np.errstate(all="ignore"):
            matrix = covariance("corrcoef", x, y, rowvar, np.float64(1.0))
            if matrix.shape == (1, 1):
                return np.divide(matrix, matrix).astype(target)[0, 0]
            deviations = np.sqrt(np.diagonal(matrix))
            ratios = matrix / deviations[:, None] / deviations[None, :]
            return np.where(ratios > 1.0, 1.0, np.where(ratios < -1.0, -1.0, ratios)).astype(target, copy=False)

    return public(
        corrcoef,
        "corrcoef",
        f"""Matrix of Pearson's correlation coefficients.

{_VARIABLES.replace("    m :", "    x :")}{_DTYPE}
{_MATRIX.replace("If m", "If x")}
    Notes
    -----
    The covariances (see `cov`) over the standard deviations of both variables, held between -1 and 1. NaN where a variable
    does not vary.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.corrcoef([0.0, 1.0, 2.0], [4.0, 2.0, 0.0])
    array([[ 1., -1.],
           [-1.,  1.]])
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
cov = operator("cov", "products", "statistics", _build_cov)
corrcoef = operator("corrcoef", "products", "statistics", _build_corrcoef)
