"""Continuous distributions."""

import numpy as np

from corepy.random._gamma import Gamma
from corepy.random._parameters import require

__all__ = ["Continuous"]


class Continuous(Gamma):
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
        return self._scaled("normal", self._kernels.standard_normal, self._kernels.normal, size, loc, scale)

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
        return self._scaled(
            "exponential", self._kernels.standard_exponential, self._kernels.exponential, size, 0.0, scale
        )

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
        shape, (mean, sigma) = self._parameters(size, mean, sigma)
        require(sigma >= 0, "lognormal", "sigma < 0")
        return self._transformed(self._kernels.standard_normal, self._kernels.lognormal, shape, mean, sigma)

    def _scaled_uniform(self, name: str, size, loc, scale):
        shape, (loc, scale) = self._parameters(size, loc, scale)
        require(scale >= 0, name, "scale < 0")
        return self._transformed(self._kernels.random_, getattr(self._kernels, name), shape, loc, scale)

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
        return self._scaled_uniform("laplace", size, loc, scale)

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
        return self._scaled_uniform("logistic", size, loc, scale)

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
        shape, (scale,) = self._parameters(size, scale)
        require(scale >= 0, "rayleigh", "scale < 0")
        return self._transformed(self._kernels.standard_exponential, self._kernels.rayleigh, shape, scale)

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
        shape, (a,) = self._parameters(size, a)
        require(a >= 0, "weibull", "a < 0")
        return self._transformed(self._kernels.standard_exponential, self._kernels.weibull, shape, a)

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
        shape, (a,) = self._parameters(size, a)
        require(a > 0, "pareto", "a <= 0")
        return self._transformed(self._kernels.standard_exponential, self._kernels.pareto, shape, a)

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
        shape, (left, mode, right) = self._parameters(size, left, mode, right)
        require(left <= mode, "triangular", "left > mode")
        require(mode <= right, "triangular", "mode > right")
        require(left < right, "triangular", "left == right")
        return self._transformed(self._kernels.random_, self._kernels.triangular, shape, left, mode, right)
