"""Continuous distributions."""

from math import prod

import numpy as np

from corepy import errors
from corepy.random._core import shape_of
from corepy.random._rejection import Rejection

__all__ = ["Continuous"]


def _require(condition, name: str, words: str) -> None:
    """A ValueError unless the condition holds everywhere; comparisons with NaN do not."""
    if not np.all(condition):
        raise ValueError(f"corepy.random.{name}: {words}.")


def _count(wanted: tuple[int, ...] | None) -> int:
    return 1 if wanted is None else prod(wanted)


def _flat(shape: tuple[int, ...], *parameters: np.ndarray) -> list[np.ndarray]:
    """Parameters as numbers, or as vectors of as many elements as the shape has."""
    return [p if p.ndim == 0 else np.broadcast_to(p, shape).reshape(-1) for p in parameters]


class Continuous(Rejection):
    """Continuous distributions."""

    def standard_normal(self, size=None, dtype=np.float64, out=None):
        """Normal numbers of mean 0 and variance 1.

        Parameters
        ----------
        size : int, tuple of int or None
            Shape of the result; None for one number.
        dtype : float64 or float32
        out : ndarray, optional
            Of that dtype: filled and returned.

        Returns
        -------
        float or ndarray
            Within 9.5; float32 is float64 rounded.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).standard_normal(3)
        array([-0.07759679,  1.04475472,  1.22753715])
        """
        if type(size) is int and dtype is np.float64 and out is None:
            return self._vector(self._kernels.standard_normal, size)
        return self._standard(self._kernels.standard_normal, None, size, dtype, out)

    def standard_exponential(self, size=None, dtype=np.float64, method="inv", out=None):
        """Exponential numbers of mean 1.

        Parameters
        ----------
        size : int, tuple of int or None
            Shape of the result; None for one number.
        dtype : float64 or float32
        method : {"inv", "zig"}
            Accepted for NumPy's sake: it is -log(u) in any case, below 45.1.
        out : ndarray, optional
            Of that dtype: filled and returned.

        Returns
        -------
        float or ndarray
            float32 is float64 rounded.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).standard_exponential(3)
        array([0.54876684, 0.48906284, 0.75715049])
        """
        if type(size) is int and dtype is np.float64 and out is None:
            return self._vector(self._kernels.standard_exponential, size)
        return self._standard(self._kernels.standard_exponential, None, size, dtype, out)

    def _scaled(self, name: str, kernel, size, shift, scale):
        if type(size) is int and type(shift) is float and type(scale) is float and 0.0 <= scale < 1e300:
            return self._affine_vector(kernel, size, shift, scale)
        shape, (shift, scale) = self._parameters(size, shift, scale)
        _require(scale >= 0, name, "scale < 0")
        return self._affine(kernel, shape, shift, scale)

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Normal numbers.

        Parameters
        ----------
        loc, scale : float or array_like
            Mean and standard deviation.
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        float or ndarray

        Raises
        ------
        ValueError
            If scale < 0.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).normal(10.0, 2.0, size=3)
        array([ 9.84480642, 12.08950943, 12.4550743 ])
        """
        return self._scaled("normal", self._kernels.standard_normal, size, loc, scale)

    def exponential(self, scale=1.0, size=None):
        """Exponential numbers.

        Parameters
        ----------
        scale : float or array_like
            The mean.
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        float or ndarray

        Raises
        ------
        ValueError
            If scale < 0.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).exponential(2.0, size=3)
        array([1.09753368, 0.97812568, 1.51430097])
        """
        return self._scaled("exponential", self._kernels.standard_exponential, size, 0.0, scale)

    def _transformed(self, size, parameters: tuple, kernel, transform, checks=()):
        """transform(elements that a kernel draws, parameters), as numbers or as arrays of one shape."""
        shape, parameters = self._parameters(size, *parameters)
        for check in checks:
            check(*parameters)
        z = self._fill(kernel, (1,) if shape is None else shape, np.float64)
        with np.errstate(all="ignore"):
            z = transform(z, *parameters)
        return z.item() if shape is None else z

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        """Numbers whose logarithm is normal.

        Parameters
        ----------
        mean, sigma : float or array_like
            Of the logarithm.
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        float or ndarray

        Raises
        ------
        ValueError
            If sigma < 0.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).lognormal(size=3)
        array([0.92533746, 2.84270117, 3.41281393])
        """
        return self._transformed(
            size,
            (mean, sigma),
            self._kernels.standard_normal,
            lambda z, mean, sigma: self._kernels.exp(z * sigma + mean),
            [lambda mean, sigma: _require(sigma >= 0, "lognormal", "sigma < 0")],
        )

    def laplace(self, loc=0.0, scale=1.0, size=None):
        """Numbers of the Laplace (double exponential) distribution.

        Parameters
        ----------
        loc, scale : float or array_like
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        float or ndarray

        Raises
        ------
        ValueError
            If scale < 0.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).laplace(size=3)
        array([ 0.1688015 ,  0.25670238, -0.06400331])
        """

        def transform(u, loc, scale):
            # u >= 0.5: log(2 * (1 - u)), whose argument is never 0; below, log(2 * u) with half a step for 0
            half = np.where(u < 0.5, u + 2.0**-54, 1.0 - u)
            return loc + scale * np.copysign(self._kernels.log(2.0 * half), 0.5 - u) * -1.0

        return self._transformed(
            size,
            (loc, scale),
            self._kernels.random,
            transform,
            [lambda loc, scale: _require(scale >= 0, "laplace", "scale < 0")],
        )

    def logistic(self, loc=0.0, scale=1.0, size=None):
        """Numbers of the logistic distribution.

        Parameters
        ----------
        loc, scale : float or array_like
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        float or ndarray

        Raises
        ------
        ValueError
            If scale < 0.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).logistic(size=3)
        array([ 0.31318184,  0.46078672, -0.12415544])
        """
        return self._transformed(
            size,
            (loc, scale),
            self._kernels.random,
            lambda u, loc, scale: loc + scale * self._kernels.log((u + 2.0**-54) / (1.0 - u)),
            [lambda loc, scale: _require(scale >= 0, "logistic", "scale < 0")],
        )

    def rayleigh(self, scale=1.0, size=None):
        """Numbers of the Rayleigh distribution.

        Parameters
        ----------
        scale : float or array_like
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        float or ndarray

        Raises
        ------
        ValueError
            If scale < 0.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).rayleigh(size=3)
        array([1.04763242, 0.98900237, 1.23056937])
        """
        return self._transformed(
            size,
            (scale,),
            self._kernels.standard_exponential,
            lambda z, scale: scale * np.sqrt(2.0 * z),
            [lambda scale: _require(scale >= 0, "rayleigh", "scale < 0")],
        )

    def weibull(self, a, size=None):
        """Numbers of the Weibull distribution of scale 1.

        Parameters
        ----------
        a : float or array_like
            Shape of the distribution.
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        float or ndarray

        Raises
        ------
        ValueError
            If a < 0.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).weibull(2.0, size=3)
        array([0.74078799, 0.69933028, 0.87014395])
        """
        return self._transformed(
            size,
            (a,),
            self._kernels.standard_exponential,
            lambda z, a: np.where(a == 0, 0.0, self._kernels.power(z, 1.0 / a)),
            [lambda a: _require(a >= 0, "weibull", "a < 0")],
        )

    def pareto(self, a, size=None):
        """Numbers of the Pareto II (Lomax) distribution.

        Parameters
        ----------
        a : float or array_like
            Shape of the distribution.
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        float or ndarray

        Raises
        ------
        ValueError
            If a <= 0.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).pareto(3.0, size=3)
        array([0.20072108, 0.17706134, 0.28708954])
        """
        return self._transformed(
            size,
            (a,),
            self._kernels.standard_exponential,
            lambda z, a: self._kernels.expm1(z / a),
            [lambda a: _require(a > 0, "pareto", "a <= 0")],
        )

    def triangular(self, left, mode, right, size=None):
        """Numbers of the triangular distribution.

        Parameters
        ----------
        left, mode, right : float or array_like
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        float or ndarray

        Raises
        ------
        ValueError
            Unless left <= mode <= right and left < right.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).triangular(0.0, 1.0, 4.0, size=3)
        array([1.74876493, 1.84556492, 1.47572018])
        """

        def check(left, mode, right):
            _require(left <= mode, "triangular", "left > mode")
            _require(mode <= right, "triangular", "mode > right")
            _require(left < right, "triangular", "left == right")

        def transform(u, left, mode, right):
            width, rise, fall = right - left, mode - left, right - mode
            upward = left + np.sqrt(u * (width * rise))
            return np.where(u * width <= rise, upward, right - np.sqrt((1.0 - u) * (width * fall)))

        return self._transformed(size, (left, mode, right), self._kernels.random, transform, [check])

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
        _require(shape >= 0, name, "shape < 0")
        _require(scale >= 0, name, "scale < 0")
        size = _count(wanted)
        shape, scale = _flat(wanted or (), shape, np.asarray(scale))
        g, t = self._gammas(self._take(size), 0, shape, size)
        with np.errstate(all="ignore"):
            g *= self._kernels.exp(-t)
            g *= scale
        return g

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

    def _log_gammas(self, start: int, lane: int, shape: np.ndarray, size: int) -> np.ndarray:
        """Logarithms of elements of the gamma distribution: those of small shapes are far below the smallest float."""
        g, t = self._gammas(start, lane, shape, size)
        return self._kernels.log(g) - t

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
        _require(a > 0, "beta", "a <= 0")
        _require(b > 0, "beta", "b <= 0")
        count = _count(wanted)
        a, b = _flat(wanted or (), a, b)
        start = self._take(count)
        x = self._kernels.expit(self._log_gammas(start, 0, a, count) - self._log_gammas(start, 1, b, count))
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
        alpha = np.asarray(alpha, np.float64)
        _require(alpha.ndim == 1 and alpha.size, "dirichlet", "alpha must have one dimension, and a number in it")
        _require(alpha > 0, "dirichlet", "alpha <= 0")
        shape = (*(() if size is None else shape_of(size)), alpha.size)
        count = prod(shape)
        logs = self._log_gammas(self._take(count), 0, np.broadcast_to(alpha, shape).reshape(-1), count).reshape(shape)
        # The largest is 0, and the sum is taken from left to right.
        parts = self._kernels.exp(logs - logs.max(axis=-1, keepdims=True))
        total = np.zeros(shape[:-1])
        for i in range(alpha.size):
            total = total + parts[..., i]
        return parts / total[..., None]
