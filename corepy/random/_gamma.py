"""The gamma distribution, and what is made of gamma numbers."""

from math import prod

import numpy as np

from corepy import errors
from corepy.random._core import Core, shape_of
from corepy.random._parameters import flat, number_of, require, vector

__all__ = ["Gamma"]


class Gamma(Core):
    """The gamma distribution, beta and Dirichlet."""

    def standard_gamma(self, shape, size=None, dtype=np.float64, out=None):
        """Numbers of the gamma distribution of scale 1.

        Parameters
        ----------
        shape : float or array_like
            Shape of the distribution.
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.
        dtype : float64 or float32
        out : ndarray, optional
            Of that dtype: filled and returned.

        Returns
        -------
        float or ndarray
            float32 is float64 rounded.

        Raises
        ------
        ValueError
            If shape < 0.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).standard_gamma(2.5, size=3)
        array([2.32726592, 2.46093868, 4.15441873])
        """
        if np.dtype(dtype) not in (np.float64, np.float32):
            raise errors.DTypeError(f"corepy.random.standard_gamma: dtype is {dtype}; it must be float64 or float32.")
        if out is not None:
            if not isinstance(out, np.ndarray) or out.dtype != dtype:
                raise errors.DTypeError(
                    f"corepy.random.standard_gamma: out must be a numpy.ndarray of {np.dtype(dtype)}."
                )
            if size is not None and shape_of(size) != out.shape:
                raise errors.ShapeError(f"corepy.random.standard_gamma: out has shape {out.shape}, size is {size}.")
            size = out.shape
        wanted, (shape,) = self._parameters(size, shape)
        found = self._gamma("standard_gamma", wanted, shape, np.float64(1.0))
        if out is not None:
            out[...] = found.reshape(wanted)
            return out
        found = found.astype(dtype, copy=False)
        return found.item() if wanted is None else found.reshape(wanted)

    def _gamma(self, name: str, wanted, shape: np.ndarray, scale) -> np.ndarray:
        """scale times elements of the gamma distribution, flat."""
        require(shape >= 0, name, "shape < 0")
        require(scale >= 0, name, "scale < 0")
        size = number_of(wanted)
        shape, scale = flat(wanted or (), shape, scale)
        g, t = self._gammas(self._take(size), 0, shape, size)
        return self._kernels.gamma(g, t, scale, out=g)

    def _gammas(self, start: int, lane: int, shape: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
        """g and t of `size` elements, with g * exp(-t) of the gamma distribution; shape has no dimension or one."""
        g, t = np.empty(size), np.empty(size)
        self._kernels.gammas(self._stream, start, lane, vector(shape), g, t)
        return g, t

    def gamma(self, shape, scale=1.0, size=None):
        """Numbers of the gamma distribution.

        Parameters
        ----------
        shape, scale : float or array_like
            Its mean is their product.
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        float or ndarray

        Raises
        ------
        ValueError
            If shape < 0 or scale < 0.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).gamma(2.5, 10.0, size=3)
        array([23.27265916, 24.60938678, 41.54418728])
        """
        wanted, (shape, scale) = self._parameters(size, shape, scale)
        found = self._gamma("gamma", wanted, shape, scale)
        return found.item() if wanted is None else found.reshape(wanted)

    def beta(self, a, b, size=None):
        """Numbers of the beta distribution.

        Parameters
        ----------
        a, b : float or array_like
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        float or ndarray

        Raises
        ------
        ValueError
            If a <= 0 or b <= 0.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).beta(2.0, 3.0, size=3)
        array([0.23317311, 0.33227567, 0.54782596])
        """
        wanted, (a, b) = self._parameters(size, a, b)
        require(a > 0, "beta", "a <= 0")
        require(b > 0, "beta", "b <= 0")
        count = number_of(wanted)
        a, b = flat(wanted or (), a, b)
        start = self._take(count)
        x = self._kernels.beta(*self._gammas(start, 0, a, count), *self._gammas(start, 1, b, count))
        return x.item() if wanted is None else x.reshape(wanted)

    def dirichlet(self, alpha, size=None):
        """Vectors of positive numbers that add up to 1, of the Dirichlet distribution.

        Parameters
        ----------
        alpha : array_like of one dimension
        size : int, tuple of int or None
            How many vectors, as a shape.

        Returns
        -------
        ndarray
            Of the shape of size, and the vectors along the last axis: a position of the stream for each number.

        Raises
        ------
        ValueError
            If alpha has another number of dimensions, or a number that is not positive.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).dirichlet([1.0, 2.0, 3.0])
        array([0.10089569, 0.25658513, 0.64251917])
        """
        alpha = np.array(alpha, np.float64)
        require(alpha.ndim == 1 and alpha.size, "dirichlet", "alpha must have one dimension, and a number in it")
        require(alpha > 0, "dirichlet", "alpha <= 0")
        shape = (*(() if size is None else shape_of(size)), alpha.size)
        count = prod(shape)
        start = self._take(count)
        given = np.broadcast_to(alpha, shape).reshape(-1)
        logs = self._kernels.log_gamma(*self._gammas(start, 0, given, count)).reshape(shape)
        # The largest is 0, and the sum is taken from left to right.
        parts = self._kernels.exp(logs - logs.max(axis=-1, keepdims=True))
        total = np.zeros(shape[:-1])
        for i in range(alpha.size):
            total = total + parts[..., i]
        return parts / total[..., None]
