"""Covariances and correlations of variables: cov and corrcoef, with NumPy's signatures."""

from collections.abc import Callable

import numpy as np

# Imported so that the operators that these are made of are registered.
from corepy import errors, products, reductions  # noqa: F401
from corepy._arguments import DTYPES, operand, public
from corepy._reduce import ddof_or_correction
from corepy.backend.dispatch import built, operator

__all__ = ["corrcoef", "cov"]


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


cov = operator("cov", "products", "statistics", _build_cov)
corrcoef = operator("corrcoef", "products", "statistics", _build_corrcoef)
