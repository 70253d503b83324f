"""Sums that are rounded once, whatever the order: exact_sum, and ExactSum, whose state can be merged."""

import numpy as np

from corepy import reductions  # noqa: F401
from corepy._arguments import axes, contiguous, deliver, operand, public, reduced_shape, slices
from corepy.backend.dispatch import BACKEND, built, operator

__all__ = ["ExactSum", "exact_sum"]

_DIGITS = {np.dtype(np.float32): 24, np.dtype(np.float64): 53}


def _bits(array: np.ndarray) -> np.ndarray:
    """Floats as float64, which holds them all, and these as their bits."""
    with np.errstate(invalid="ignore"):
        return contiguous(array.astype(np.float64, copy=False)).reshape(-1).view(np.int64)


def _build(backend):
    along = backend.function("exact", "exact_sum_axis")
    add = built("sum", backend)

    def exact_sum(x, axis=None, *, keepdims=False, out=None):
        array = operand("exact_sum", x)
        if array.dtype.kind != "f":
            return add(array, axis=axis, keepdims=keepdims, out=out)
        chosen = axes("exact_sum", axis, array.ndim)
        shape = reduced_shape(array.shape, chosen, keepdims)
        cube = slices(array, chosen)
        values = np.empty(cube.shape[0] * cube.shape[2], np.float64)
        along(_bits(cube), _DIGITS[array.dtype], *cube.shape, values)
        with np.errstate(over="ignore"):
            return deliver("exact_sum", values.astype(array.dtype).reshape(shape), out)

    return public(
        exact_sum,
        "exact_sum",
        """Sum of the elements, correctly rounded.

    Parameters
    ----------
    x : array_like
        bool, an integer type, float32 or float64.
    axis : int, tuple of int or None, default None
        Axis or axes to reduce; None is all of them.
    keepdims : bool, default False
        Keep reduced axes with length 1.
    out : ndarray, optional
        Where to put the result; its dtype must hold the result's ("same_kind").

    Returns
    -------
    ndarray or scalar
        float32 or float64 for floats; int64 or uint64 for bool and integers (they wrap around, as in `sum`).

    Raises
    ------
    AxisError
        If an axis is out of range or named twice.
    DTypeError
        If the dtype is none of the above.

    Notes
    -----
    The float nearest to the exact sum, ties to even: the order of the elements does not show. The value of math.fsum, but
    inf where that overflows, and NaN for inf - inf. A sum of 0 is 0.0. Added in a fixed-point number of 2240 bits.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.exact_sum([1e100, 1.0, -1e100, 1e-3])
    np.float64(1.001)
    """,
    )


class ExactSum:
    """A running sum of floats without rounding, which can be merged with others.

    The value is the float64 nearest to the exact sum of all that was added, however it was split and in whatever order.

    Parameters
    ----------
    x : array_like, optional
        What to begin with: see `add`.

    Examples
    --------
    >>> import corepy as cp
    >>> total = cp.ExactSum([1e100, 1.0])
    >>> total.add([-1e100])
    >>> total.merge(cp.ExactSum(0.5))
    >>> total.value()
    1.5
    """

    __slots__ = ("state",)

    def __init__(self, x=None):
        # 70 limbs of 32 bits, and how many NaN, inf and -inf there were.
        self.state = np.zeros(73, np.int64)
        if x is not None:
            self.add(x)

    def add(self, x) -> None:
        """Add every element of an array_like of bool, integers, float32 or float64.

        Raises
        ------
        DTypeError
            If the dtype is none of these.
        OverflowError
            If an integer is beyond 2**53: not every one is a float64.
        """
        array = operand("ExactSum", x)
        if array.dtype.kind in "iu" and array.dtype.itemsize == 8:
            exact = array.astype(np.float64)
            if np.any(np.abs(exact) > 2.0**53):
                raise OverflowError("corepy.ExactSum: x holds integers beyond 2**53, which float64 cannot hold.")
            array = exact
        BACKEND.function("exact", "exact_add")(_bits(array), self.state)

    def merge(self, other: "ExactSum") -> None:
        """Add what another ExactSum holds."""
        if not isinstance(other, ExactSum):
            raise TypeError(f"corepy.ExactSum: other is a {type(other).__name__}; it must be an ExactSum.")
        BACKEND.function("exact", "exact_merge")(self.state, other.state.copy())

    def value(self) -> float:
        """The sum, rounded once."""
        return float(BACKEND.function("exact", "exact_value")(self.state, 53))


exact_sum = operator("exact_sum", "exact", "reductions", _build)
