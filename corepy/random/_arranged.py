"""Choices, orders, and vectors of correlated normal numbers."""

import operator
from collections.abc import MutableSequence

import numpy as np

from corepy import errors
from corepy.random._core import Core, shape_of

__all__ = ["Arranged"]


def _axis(name: str, axis, ndim: int) -> int:
    axis = operator.index(axis)
    if not -ndim <= axis < ndim:
        raise errors.AxisError(f"corepy.random.{name}: axis {axis} is out of bounds for array of dimension {ndim}")
    return axis % ndim


class Arranged(Core):
    """Choices, orders, and vectors of correlated normal numbers."""

    def _orders(self, rows: int, n: int) -> np.ndarray:
        """Permutations of 0 to n - 1, one a row: Fisher and Yates, from the end, with a position for each element."""
        width = np.arange(n, 0, -1, dtype=np.uint64)
        partners = self._fill(self._kernels.integers, (rows * n,), np.int64, (np.tile(width, rows), 0))
        orders = np.empty((rows, n), np.int64)
        self._kernels.exchange(partners, n, orders.reshape(-1))
        return orders

    def permutation(self, x, axis=0):
        """A random order of 0 to x - 1, or of the slices of an array along an axis.

        Parameters
        ----------
        x : int or array_like
        axis : int, default 0

        Returns
        -------
        ndarray
            A copy; x stays as it is.

        Raises
        ------
        AxisError
            If the axis is out of range.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).permutation(8)
        array([4, 5, 0, 7, 6, 3, 1, 2])
        """
        if isinstance(x, (int, np.integer)):
            return self._orders(1, operator.index(x))[0]
        x = np.asarray(x)
        axis = _axis("permutation", axis, x.ndim)
        return np.take(x, self._orders(1, x.shape[axis])[0], axis=axis)

    def shuffle(self, x, axis=0) -> None:
        """Bring a sequence, or the slices of an array along an axis, into a random order in place.

        Parameters
        ----------
        x : ndarray or mutable sequence
        axis : int, default 0

        Raises
        ------
        AxisError
            If the axis is out of range.
        DTypeError
            If x is nothing that can be changed.

        Examples
        --------
        >>> import corepy as cp
        >>> cards = ["ace", "king", "queen", "jack"]
        >>> cp.random.default_rng(42).shuffle(cards)
        >>> cards
        ['queen', 'ace', 'king', 'jack']
        """
        if isinstance(x, np.ndarray):
            if not x.flags.writeable:
                raise ValueError("corepy.random.shuffle: x is read-only.")
            axis = _axis("shuffle", axis, x.ndim)
            x[...] = np.take(x, self._orders(1, x.shape[axis])[0], axis=axis)
        elif isinstance(x, MutableSequence):
            if axis != 0:
                raise errors.AxisError(f"corepy.random.shuffle: axis {axis} of a sequence; it has axis 0 alone")
            x[:] = [x[i] for i in self._orders(1, len(x))[0].tolist()]
        else:
            raise errors.DTypeError(f"corepy.random.shuffle: x is a {type(x).__name__}; pass an array or a list.")

    def permuted(self, x, axis=None, out=None):
        """The elements of an array in a random order, each slice along the axis in one of its own.

        Parameters
        ----------
        x : array_like
        axis : int or None
            None for one order of all elements.
        out : ndarray, optional
            Of the shape and dtype of x; may be x.

        Returns
        -------
        ndarray

        Raises
        ------
        AxisError
            If the axis is out of range.
        ShapeError
            If out has another shape.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).permuted([[1, 2, 3, 4], [5, 6, 7, 8]], axis=1)
        array([[3, 1, 2, 4],
               [7, 8, 6, 5]])
        """
        given = np.asarray(x)
        if out is not None and (not isinstance(out, np.ndarray) or out.shape != given.shape):
            raise errors.ShapeError(f"corepy.random.permuted: out must be an ndarray of shape {given.shape}.")
        if axis is None:
            found = np.take(given, self._orders(1, given.size)[0]).reshape(given.shape)
        else:
            axis = _axis("permuted", axis, given.ndim)
            last = np.moveaxis(given, axis, -1)
            orders = self._orders(int(np.prod(last.shape[:-1], dtype=np.int64)), last.shape[-1])
            # take, not take_along_axis: without memory, NumPy's indexing with arrays ends the process.
            starts = last.shape[-1] * np.arange(orders.shape[0])[:, None]
            found = np.moveaxis(np.take(last, orders + starts).reshape(last.shape), -1, axis)
        if out is None:
            return np.ascontiguousarray(found).reshape(given.shape)
        np.copyto(out, found, casting="same_kind")
        return out

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        """Elements chosen at random.

        Parameters
        ----------
        a : int or array_like
            An int stands for 0 to a - 1.
        size : int, tuple of int or None
            How many, as a shape; None for one.
        replace : bool, default True
            Whether an element may be chosen again.
        p : array_like, optional
            Probabilities of the elements; equal ones by default.
        axis : int, default 0
            Along which a has its elements.
        shuffle : bool, default True
            Accepted for NumPy's sake: elements come in random order in any case.

        Returns
        -------
        int, element or ndarray

        Raises
        ------
        ValueError
            If there is nothing to choose from, more elements are asked for than there are, or p are no probabilities.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).choice(["red", "green", "blue"], size=4, p=[0.5, 0.3, 0.2])
        array(['green', 'green', 'red', 'blue'], dtype='<U5')
        """
        number = isinstance(a, (int, np.integer))
        elements = None if number else np.asarray(a)
        if elements is not None:
            axis = _axis("choice", axis, elements.ndim)
        n = operator.index(a) if number else elements.shape[axis]
        shape = () if size is None else shape_of(size)
        count = int(np.prod(shape, dtype=np.int64))
        if n < 0 or (n == 0 and count):
            raise ValueError(
                "corepy.random.choice: a must be a positive integer or not empty, unless no sample is taken."
            )
        if not replace and count > n:
            raise ValueError(f"corepy.random.choice: {count} elements without replacement from {n}.")
        if p is not None:
            p = np.asarray(p, np.float64)
            if p.shape != (n,):
                raise errors.ShapeError(f"corepy.random.choice: p has shape {p.shape}, there are {n} elements.")
            if not np.all(p >= 0):
                raise ValueError("corepy.random.choice: p has a number that is not a probability.")
            # From left to right, as np.cumsum adds.
            reached = np.cumsum(p)
            if abs(reached[-1] - 1.0) > 1e-8:
                raise ValueError("corepy.random.choice: p does not add up to 1.")
            if not replace and np.count_nonzero(p) < count:
                raise ValueError("corepy.random.choice: fewer elements than asked for have a p above 0.")
        if replace and p is None:
            indices = self.integers(0, n, size=count) if count else np.empty(0, np.int64)
        elif replace:
            indices = np.searchsorted(reached / reached[-1], self.random(count), side="right")
        elif p is None:
            indices = self._orders(1, n)[0][:count]
        else:
            # The first of n exponential clocks, then the second, and so on (Efraimidis and Spirakis 2006).
            with np.errstate(divide="ignore"):
                indices = np.argsort(self.standard_exponential(n) / p, kind="stable")[:count]
        indices = indices.reshape(shape)
        if number:
            return int(indices) if size is None else indices
        chosen = np.take(elements, indices, axis=axis)
        return chosen[()] if size is None else chosen

    def multivariate_normal(self, mean, cov, size=None, check_valid="warn", tol=1e-8, *, method="cholesky"):
        """Vectors of correlated normal numbers.

        Parameters
        ----------
        mean : array_like of one dimension
        cov : array_like of two dimensions
            Symmetric, and no eigenvalue below 0.
        size : int, tuple of int or None
            How many vectors, as a shape.
        check_valid : {"warn", "raise", "ignore"}
            What happens if cov is no covariance: here "warn" raises, too.
        tol : float
            How far cov may be from symmetric, and from having no negative eigenvalue, relative to its largest element.
        method : {"cholesky"}
            NumPy's "svd" and "eigh" are LAPACK's, with other bits on other machines.

        Returns
        -------
        ndarray
            Of the shape of size, and the vectors along the last axis: a position of the stream for each number.

        Raises
        ------
        ValueError
            If the shapes do not fit, cov is no covariance, or for another method.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).multivariate_normal([0.0, 10.0], [[1.0, 0.5], [0.5, 2.0]])
        array([-0.07759679, 11.34328219])
        """
        mean, cov = np.asarray(mean, np.float64), np.asarray(cov, np.float64)
        if method != "cholesky":
            raise ValueError(f'corepy.random.multivariate_normal: method is {method!r}; it must be "cholesky".')
        if check_valid not in ("warn", "raise", "ignore"):
            raise ValueError("corepy.random.multivariate_normal: check_valid must be 'warn', 'raise' or 'ignore'.")
        if mean.ndim != 1 or cov.shape != (mean.size, mean.size):
            raise errors.ShapeError(
                f"corepy.random.multivariate_normal: mean has shape {mean.shape} and cov {cov.shape}; (n,) and (n, n) fit."
            )
        factor = _cholesky(cov, tol, check_valid != "ignore")
        z = self.standard_normal((*(() if size is None else shape_of(size)), mean.size))
        found = np.broadcast_to(mean, z.shape).copy()
        for j in range(mean.size):
            found += z[..., j, None] * factor[:, j]
        return found


def _cholesky(cov: np.ndarray, tol: float, check: bool) -> np.ndarray:
    """The lower factor of a positive semidefinite matrix, column by column; elementwise operations alone, in one order."""
    n = cov.shape[0]
    limit = tol * max(np.max(np.abs(cov), initial=0.0), 0.0)
    if check and not np.all(np.abs(cov - cov.T) <= limit):
        raise ValueError("corepy.random.multivariate_normal: cov is not symmetric.")
    rest, factor = cov.copy(), np.zeros((n, n))
    for j in range(n):
        pivot = rest[j, j]
        if pivot <= limit:
            if check and (pivot < -limit or np.any(np.abs(rest[j:, j]) > np.sqrt(tol) * np.max(np.abs(cov)))):
                raise ValueError("corepy.random.multivariate_normal: cov is not positive semidefinite.")
            continue
        factor[j:, j] = rest[j:, j] / np.sqrt(pivot)
        rest[j:, j:] -= factor[j:, j, None] * factor[None, j:, j]
    return factor
