"""Sums of products without an array of the products, and vector norms: sumprod, vecdot, ss, vector_norm."""

from collections.abc import Callable
from math import prod
from typing import NamedTuple

import numpy as np

from corepy import errors, reductions  # noqa: F401
from corepy._arguments import REFUSED, around_axis, axes, contiguous, deliver, operand, public, reduced_shape, slices
from corepy.backend.dispatch import built, operator

__all__ = ["ss", "sumprod", "vecdot", "vector_norm"]

_FLOAT64 = np.dtype(np.float64)


class _Kernels(NamedTuple):
    """The kernels of one working dtype."""

    flat: Callable
    along: Callable

    def common(self, x: np.ndarray, y: np.ndarray, axis) -> np.ndarray | None:
        """The same with little around it: of vectors, or along one axis of C-contiguous arrays; None in any other case."""
        if axis is None:
            return self.flat(x, y) if x.ndim == 1 else None
        found = around_axis(x, axis)
        if found is None:
            return None
        kept, outer, n, inner = found
        values = np.empty(kept, x.dtype)
        self.along(x.reshape(-1), y.reshape(-1), outer, n, inner, values.reshape(-1))
        return values

    def reduce(self, x: np.ndarray, y: np.ndarray, chosen: tuple[int, ...], result=None) -> np.ndarray:
        """Sums of products along some axes of two arrays of one shape and the working dtype, flattened; float64 if that is the
        result's dtype.
        """
        cube, other = slices(x, chosen), slices(y, chosen)
        if cube.shape != other.shape:
            # One of them was moved, the other not: the layouts differ.
            cube, other = slices(contiguous(x), chosen), slices(contiguous(y), chosen)
        outer, n, inner = cube.shape
        values = np.empty(outer * inner, result or x.dtype)
        self.along(cube.reshape(-1), other.reshape(-1), outer, n, inner, values)
        return values


def _kernels(backend) -> dict[np.dtype, _Kernels]:
    floats = _Kernels(backend.function("products", "sumprod"), backend.function("products", "sumprod_axis"))
    integers = _Kernels(
        backend.function("products", "sumprod__integer"), backend.function("products", "sumprod__integer_axis")
    )
    return {np.dtype(np.float32): floats, np.dtype(np.float64): floats, np.dtype(np.int64): integers}


def _alike(x, y) -> bool:
    """Whether two arguments are arrays of one shape and dtype."""
    return type(x) is type(y) is np.ndarray and x.shape == y.shape and x.dtype == y.dtype


def _broadcast(x: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """np.broadcast_to, which takes 5 us also where it has nothing to do."""
    return x if x.shape == shape else np.broadcast_to(x, shape)


def _working(x: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """x in the dtype that its kernels take: integers are summed modulo 2**64, whatever their sign is called."""
    if dtype.kind == "f":
        return x.astype(dtype, copy=False)
    return x.astype(np.uint64).view(np.int64) if dtype.kind == "u" else x.astype(np.int64, copy=False)


def _widest(dtype: np.dtype) -> np.dtype:
    return dtype if dtype.kind == "f" else np.dtype(np.uint64 if dtype.kind == "u" else np.int64)


_PARAMETERS = """    axis : int, tuple of int or None, default None
        Axis or axes to reduce; None is all of them, in C order.
    keepdims : bool, default False
        Keep reduced axes with length 1.
    out : ndarray, optional
        Where to put the result; its dtype must hold the result's ("same_kind").
"""
_RAISES = """    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.
"""
_SUM_NOTES = """    Notes
    -----
    Each product is rounded to float64 and added in the order of `sum`: the result has the bits of `sum(x * y)` in float64,
    and the error is at most (n / 32 + 6) * 2**-53 * sum(abs(x * y)). float32 in float64 and rounded once: their products are
    exact. The sum of nothing is 0.
"""


def _build_sumprod(backend):
    kernels = _kernels(backend)

    def sumprod(x, y, axis=None, *, keepdims=False, out=None):
        if out is None and not keepdims:
            try:
                if _alike(x, y) and (found := kernels[x.dtype].common(x, y, axis)) is not None:
                    return found
            except REFUSED:
                pass
        first, second = operand("sumprod", x), operand("sumprod", y, "y")
        try:
            together = np.broadcast(first, second).shape
        except ValueError:
            raise errors.ShapeError(
                f"corepy.sumprod: x has shape {first.shape} and y {second.shape}; they must broadcast."
            ) from None
        # Before there are views: what is asked for an axis may give back an array's memory.
        chosen = axes("sumprod", axis, len(together))
        shape = reduced_shape(together, chosen, keepdims)
        first, second = _broadcast(first, together), _broadcast(second, together)
        result = _widest(np.result_type(first, second))
        found = kernels[result if result.kind == "f" else np.dtype(np.int64)]
        values = found.reduce(_working(first, result), _working(second, result), chosen)
        return deliver("sumprod", values.view(result).reshape(shape), out)

    return public(
        sumprod,
        "sumprod",
        f"""Sum of products of two arrays' elements, without an array of the products.

    Parameters
    ----------
    x, y : array_like
        bool, an integer type, float32 or float64, of shapes that broadcast.
{_PARAMETERS}
    Returns
    -------
    ndarray or scalar
        int64 or uint64 for bool and integers (they wrap around), float32 or float64 for floats.

{_RAISES}    ShapeError
        If the shapes do not broadcast.

{_SUM_NOTES}
    Examples
    --------
    >>> import corepy as cp
    >>> cp.sumprod([1.0, 2.0, 3.0], [4.0, 5.0, 6.0])
    np.float64(32.0)
    """,
    )


def _build_ss(backend):
    kernels = _kernels(backend)

    def ss(x, axis=None, *, keepdims=False, out=None):
        if out is None and not keepdims:
            try:
                if (found := kernels[x.dtype].common(x, x, axis)) is not None:
                    return found
            except REFUSED:
                pass
        array = operand("ss", x)
        result = _widest(array.dtype)
        chosen = axes("ss", axis, array.ndim)
        shape = reduced_shape(array.shape, chosen, keepdims)
        wide = _working(array, result)
        values = kernels[wide.dtype].reduce(wide, wide, chosen).view(result)
        return deliver("ss", values.reshape(shape), out)

    return public(
        ss,
        "ss",
        f"""Sum of the squares of the elements.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
{_PARAMETERS}
    Returns
    -------
    ndarray or scalar
        int64 or uint64 for bool and integers (they wrap around), float32 or float64 for floats.

{_RAISES}
    Notes
    -----
    bottleneck's name. The bits of `sumprod(x, x)`. The sum of nothing is 0.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.ss([1.0, 2.0, 3.0])
    np.float64(14.0)
    """,
    )


def _build_vecdot(backend):
    kernels = _kernels(backend)

    def vecdot(x1, x2, *, axis=-1, out=None):
        if out is None:
            try:
                if axis is not None and _alike(x1, x2):
                    along = None if x1.ndim == 1 and axis in (-1, 0) else axis
                    if (found := kernels[x1.dtype].common(x1, x2, along)) is not None:
                        return found
            except REFUSED:
                pass
        first, second = operand("vecdot", x1, "x1"), operand("vecdot", x2, "x2")
        (a,) = _one_axis("vecdot", axis, first.ndim)
        (b,) = _one_axis("vecdot", axis, second.ndim)
        if first.shape[a] != second.shape[b]:
            raise errors.ShapeError(
                f"corepy.vecdot: x1 has {first.shape[a]} elements along axis {axis}, x2 has {second.shape[b]}."
            )
        result = np.result_type(first, second)
        first, second = np.moveaxis(first, a, -1), np.moveaxis(second, b, -1)
        try:
            together = np.broadcast(first, second).shape
        except ValueError:
            raise errors.ShapeError(
                f"corepy.vecdot: x1 has shape {first.shape[:-1]} beside axis {axis} and x2 {second.shape[:-1]}; "
                "they must broadcast."
            ) from None
        first, second = _broadcast(first, together), _broadcast(second, together)
        wide = _widest(result)
        found = kernels[wide if wide.kind == "f" else np.dtype(np.int64)]
        values = found.reduce(_working(first, wide), _working(second, wide), (first.ndim - 1,)).view(wide)
        return deliver("vecdot", values.reshape(first.shape[:-1]).astype(result, copy=False), out)

    return public(
        vecdot,
        "vecdot",
        f"""Dot product of vectors along one axis of two arrays.

    Parameters
    ----------
    x1, x2 : array_like
        bool, an integer type, float32 or float64; of equal length along the axis, the other axes broadcast.
    axis : int, default -1
        The axis of the vectors, in both arrays.
    out : ndarray, optional
        Where to put the result; its dtype must hold the result's ("same_kind").

    Returns
    -------
    ndarray or scalar
        The dtype that the arguments promote to, as in NumPy: small integers wrap around.

{_RAISES}    ShapeError
        If the lengths along the axis differ or the other axes do not broadcast.

{_SUM_NOTES}
    Examples
    --------
    >>> import corepy as cp
    >>> cp.vecdot([[1.0, 2.0], [3.0, 4.0]], [1.0, 10.0])
    array([21., 43.])
    """,
    )


def _one_axis(name: str, axis, ndim: int) -> tuple[int, ...]:
    if axis is None or isinstance(axis, (tuple, list)):
        raise errors.DTypeError(f"corepy.{name}: axis is {axis!r}; it must be an int.")
    return axes(name, axis, ndim)


def _build_vector_norm(backend):
    kernels = _kernels(backend)
    floats, of_vector = kernels[_FLOAT64], backend.function("products", "norm")
    add, largest, least, count = (built(name, backend) for name in ("sum", "max", "min", "count_nonzero"))
    absolute, power = backend.ufunc("arithmetic", "absolute"), backend.ufunc("power", "power")

    def norm(array: np.ndarray, chosen: tuple[int, ...], order: float) -> np.ndarray:
        """The norms of floats, in float64 or rounded."""
        # None has a shorter way than a tuple.
        axis = None if len(chosen) == array.ndim else chosen
        if order == 2:
            return np.sqrt(kernels[array.dtype].reduce(array, array, chosen, _FLOAT64))
        if order == 0:
            return np.asarray(count(array, axis), np.float64)
        if order == np.inf:
            # The size of one of the extremes: no array of sizes is made.
            return np.maximum(absolute(largest(array, axis)), absolute(least(array, axis)))
        if order == 1:
            return add(absolute(array), axis)
        if order == -np.inf:
            return least(absolute(array), axis)
        sizes = absolute(array.astype(np.float64, copy=False))
        return power(add(power(sizes, np.float64(order)), axis), np.float64(1 / order))

    def short(x: np.ndarray, axis, order):
        """The norms that need little around them; None for all others, and for everything that is not so."""
        vector = axis is None and x.ndim == 1 and x.dtype.kind == "f"
        if type(order) is int and order == 2:
            if vector:
                return of_vector(x)
            if x.dtype == _FLOAT64:
                return None if (found := floats.common(x, x, axis)) is None else np.sqrt(found)
        elif type(x) is np.ndarray and x.dtype.kind == "f" and x.size and type(order) in (int, float):
            if order == 1 and (axis is None or type(axis) is int):
                return add(absolute(x), axis)
            if order == np.inf and vector:
                return max(abs(largest(x)), abs(least(x)))
        return None

    def vector_norm(x, axis=None, *, keepdims=False, ord=2, out=None):  # noqa: A002
        if out is None and not keepdims:
            try:
                if (found := short(x, axis, ord)) is not None:
                    return found
            except REFUSED:
                pass
        array = operand("vector_norm", x)
        chosen = axes("vector_norm", axis, array.ndim)
        shape = reduced_shape(array.shape, chosen, keepdims)
        try:
            # Adding refuses strings, which float() would read.
            order = float(ord + 0.0)
        except (OverflowError, TypeError, ValueError):
            raise errors.DTypeError(f"corepy.vector_norm: ord is {ord!r}; it must be a number, inf or -inf.") from None
        if np.isnan(order):
            raise ValueError("corepy.vector_norm: ord is nan; it must be a number, inf or -inf.")
        if np.isinf(order) and prod(array.shape[a] for a in chosen) == 0 and 0 not in shape:
            raise ValueError(
                f"corepy.vector_norm: an empty slice has no extreme, ord={ord} (x has shape {array.shape})."
            )
        result = array.dtype if array.dtype.kind == "f" else np.dtype(np.float64)
        with np.errstate(all="ignore"):
            values = np.asarray(norm(array.astype(result, copy=False), chosen, order), result)
        return deliver("vector_norm", values.reshape(shape), out)

    return public(
        vector_norm,
        "vector_norm",
        f"""Norm of vectors: (sum of abs(x)**ord) ** (1 / ord), for all elements or along axes.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
{_PARAMETERS}    ord : int or float, default 2
        Which norm: 2 (Euclidean), 1 (sum of sizes), inf and -inf (largest and smallest size), 0 (how many are not zero) or
        any other number.

    Returns
    -------
    ndarray or scalar
        float32 for float32, float64 for everything else.

{_RAISES}    ValueError
        If ord is NaN, or infinite and a slice is empty.

    Notes
    -----
    Computed in float64 and rounded once; sums are in the order of `sum`. Squares or powers that overflow or underflow in
    float64 make the norm inf or lose digits, as in NumPy.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.vector_norm([3.0, 4.0])
    np.float64(5.0)
    >>> cp.vector_norm([[3.0, -4.0], [1.0, 2.0]], axis=1, ord=1)
    array([7., 3.])
    """,
    )


sumprod = operator("sumprod", "products", "products", _build_sumprod)
ss = operator("ss", "products", "reductions", _build_ss)
vecdot = operator("vecdot", "products", "products", _build_vecdot)
vector_norm = operator("vector_norm", "products", "reductions", _build_vector_norm)
