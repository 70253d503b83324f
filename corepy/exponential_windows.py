"""Moving statistics whose weights decay exponentially, with numbagg's names: move_exp_nansum to move_exp_nancorr."""

from collections.abc import Callable

import numpy as np

from corepy import errors
from corepy._arguments import along, contiguous, one_axis, operand, public, require_shape
from corepy.backend.dispatch import operator

__all__ = [
    *("move_exp_nancorr", "move_exp_nancount", "move_exp_nancov", "move_exp_nanmean", "move_exp_nanstd"),
    *("move_exp_nansum", "move_exp_nanvar"),
]

_FLOAT64 = np.dtype(np.float64)
_COUNT, _SUM, _MEAN = range(3)

_DOC = """{summary}

    Parameters
    ----------
    {arrays} : array_like
        bool, an integer type, float32 or float64{together}.
    alpha : float or array_like
        How fast weights decay, above 0 and at most 1: each step along the axis multiplies those of all elements before
        by 1 - alpha. A number, or one for each element along the axis.
    min_weight : float, default 0
        Where the weights of the {numbers} so far, each times its alpha, sum up to less, the result is NaN.
    axis : int, default -1
        Axis along which to go.

    Returns
    -------
    ndarray
        Of the shape of x; float32 for float32, else float64.

    Raises
    ------
    AxisError
        If the axis is out of range.
    DTypeError
        If a dtype is none of the above, alpha or min_weight is not a real number, or the axis is not an int.
    ShapeError
        If alpha has neither no dimension nor one element for each one along the axis{unequal}.
    ValueError
        If alpha is not in (0, 1], or min_weight is NaN.

    Notes
    -----
    The weight of the i-th element in the k-th result is the product of 1 - alpha[j] for j from i + 1 to k. NaN has none, and
    weights decay past it. {notes} Float32 is computed in float64 and rounded once; alpha is float64 for either.

    Examples
    --------
    >>> import corepy as cp
    {example}
    """
_ONE = {"arrays": "x", "together": "", "unequal": "", "numbers": "numbers"}
_TWO = {
    "arrays": "x, y",
    "together": ", of one shape",
    "unequal": ", or x and y differ in shape",
    "numbers": "pairs of numbers",
}


def _alphas(name: str, alpha, n: int) -> tuple[np.ndarray, int]:
    """As float64, and the step from the one of an element to that of the next."""
    if type(alpha) is float and 0.0 < alpha <= 1.0:
        return np.array([alpha]), 0
    array = np.asarray(alpha)
    if array.dtype.kind not in "iuf":
        raise errors.DTypeError(f"corepy.{name}: alpha is {alpha!r}; it must be a real number or an array of such.")
    if array.ndim and array.shape != (n,):
        raise errors.ShapeError(
            f"corepy.{name}: alpha has shape {array.shape}; it must be one number or have shape {(n,)}, one for each "
            "element along the axis."
        )
    array = array.astype(_FLOAT64).reshape(-1)
    if not np.all((array > 0) & (array <= 1)):
        wrong = array[~((array > 0) & (array <= 1))][0]
        raise ValueError(f"corepy.{name}: alpha is {wrong}; it must be above 0 and at most 1.")
    # A kernel looks at one even where there is no element.
    return (array, int(array.size > 1)) if array.size else (np.ones(1), 0)


def _least(name: str, min_weight) -> float:
    try:
        if isinstance(min_weight, (bool, str)):
            raise TypeError
        least = float(min_weight)
    except (TypeError, ValueError):
        raise errors.DTypeError(f"corepy.{name}: min_weight is {min_weight!r}; it must be a real number.") from None
    if least != least:
        raise ValueError(f"corepy.{name}: min_weight is nan; it must be a number.")
    return least


def _numbers(name: str, x, argument: str = "x") -> np.ndarray:
    array = operand(name, x, argument)
    return array if array.dtype.kind == "f" else array.astype(_FLOAT64)


def _of_one(name: str, kernel: str, kind: int | bool, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        function = backend.function("exponential_window", kernel)

        def move(x, *, alpha, min_weight=0, axis=-1):
            array = _numbers(name, x)
            shape = array.shape
            axis, least = one_axis(name, axis, len(shape)), _least(name, min_weight)
            alphas, step = _alphas(name, alpha, shape[axis])
            require_shape(name, shape, array)
            flat, outer, n, inner = along(array, axis)
            values = np.empty(shape, array.dtype)
            function(flat, alphas, step, outer, n, inner, least, values.reshape(-1), kind)
            return values

        return public(move, name, _DOC.format(summary=summary, notes=notes, example=example, **_ONE))

    return operator(name, "exponential_window", "windows", build)


def _of_two(name: str, correlation: bool, summary: str, notes: str, example: str) -> Callable:
    def build(backend):
        function = backend.function("exponential_window", "exponential_pairs")

        def move(x, y, *, alpha, min_weight=0, axis=-1):
            first, second = _numbers(name, x), _numbers(name, y, "y")
            if first.shape != second.shape:
                raise errors.ShapeError(
                    f"corepy.{name}: x has shape {first.shape} and y {second.shape}; they must be equal."
                )
            shape = first.shape
            axis, least = one_axis(name, axis, len(shape)), _least(name, min_weight)
            alphas, step = _alphas(name, alpha, shape[axis])
            require_shape(name, shape, first, second)
            result = np.promote_types(first.dtype, second.dtype)
            with np.errstate(invalid="ignore"):  # a signaling NaN of float32
                first, second = first.astype(result, copy=False), second.astype(result, copy=False)
            flat, outer, n, inner = along(first, axis)
            other = contiguous(second).reshape(-1)
            values = np.empty(shape, result)
            function(flat, other, alphas, step, outer, n, inner, least, values.reshape(-1), correlation)
            return values

        return public(move, name, _DOC.format(summary=summary, notes=notes, example=example, **_TWO))

    return operator(name, "exponential_window", "windows", build)


_SPREAD = """The {} is the one of probability weights, without bias: the sum of w * {} over the sum of w, over
    1 - (sum of w**2) / (sum of w)**2. NaN before the second number{}. Deviations are summed about a mean that moves along, of
    elements less the first number: nothing large cancels, and what is the same in all leaves no trace."""
_INFINITE = "The first infinity makes it and all that follow infinite or NaN."

move_exp_nancount = _of_one(
    "move_exp_nancount",
    "exponential_sums",
    _COUNT,
    "Sum of the weights of all numbers up to each element.",
    "The k-th result, counted from 1, is within 3 k * 2**-53 of itself.",
    ">>> cp.move_exp_nancount([1.0, 2.0, float('nan')], alpha=0.5)\n    array([1.  , 1.5 , 0.75])",
)
move_exp_nansum = _of_one(
    "move_exp_nansum",
    "exponential_sums",
    _SUM,
    "Weighted sum of all numbers up to each element; NaN before the first.",
    f"Before rounding, the k-th, counted from 1, is within 3 k * 2**-53 times the weighted sum of absolute values. {_INFINITE}",
    ">>> cp.move_exp_nansum([1.0, 2.0, float('nan')], alpha=0.5)\n    array([1.  , 2.5 , 1.25])",
)
move_exp_nanmean = _of_one(
    "move_exp_nanmean",
    "exponential_sums",
    _MEAN,
    "Weighted mean of all numbers up to each element; NaN before the first.",
    "Before rounding, the k-th, counted from 1, is within 8 k * 2**-53 times the weighted mean of absolute values. "
    f"{_INFINITE}",
    ">>> cp.move_exp_nanmean([1.0, 4.0, float('nan')], alpha=0.5)\n    array([1., 3., 3.])",
)
move_exp_nanvar = _of_one(
    "move_exp_nanvar",
    "exponential_variance",
    False,
    "Weighted variance of all numbers up to each element; never negative.",
    f"{_SPREAD.format('variance', '(x - mean)**2', '')} {_INFINITE}",
    ">>> cp.move_exp_nanvar([1.0, 4.0, float('nan')], alpha=0.5)\n    array([nan, 4.5, 4.5])",
)
move_exp_nanstd = _of_one(
    "move_exp_nanstd",
    "exponential_variance",
    True,
    "Square root of the weighted variance of all numbers up to each element.",
    f"{_SPREAD.format('variance', '(x - mean)**2', '')} {_INFINITE}",
    ">>> cp.move_exp_nanstd([1.0, 3.0, float('nan')], alpha=0.5).round(6)\n    array([     nan, 1.414214, 1.414214])",
)
move_exp_nancov = _of_two(
    "move_exp_nancov",
    False,
    "Weighted covariance of all pairs of numbers up to each element.",
    f"{_SPREAD.format('covariance', '(x - mean of x) * (y - mean of y)', ' in both')} {_INFINITE}",
    ">>> cp.move_exp_nancov([1.0, 4.0], [2.0, 8.0], alpha=0.5)\n    array([nan,  9.])",
)
move_exp_nancorr = _of_two(
    "move_exp_nancorr",
    True,
    "Weighted correlation of all pairs of numbers up to each element; from -1 to 1.",
    f"NaN before the second pair of numbers, and where x or y is constant. {_INFINITE}",
    ">>> cp.move_exp_nancorr([1.0, 4.0, 1.0], [2.0, 8.0, 2.0], alpha=0.5)\n    array([nan,  1.,  1.])",
)
