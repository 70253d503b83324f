"""Discrete distributions."""

from math import prod

import numpy as np

from corepy import errors
from corepy.random._core import Core, shape_of
from corepy.random._parameters import flat, number_of, require, vector

__all__ = ["Discrete"]

# Where counts become floats: below, every integer is one.
_EXACT = 2.0**53


class Discrete(Core):
    """Discrete distributions."""

    def poisson(self, lam=1.0, size=None):
        """Numbers of the Poisson distribution.

        Parameters
        ----------
        lam : float or array_like
            The mean.
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        int or ndarray of int64

        Raises
        ------
        ValueError
            If lam < 0, or above 9e15.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).poisson(3.5, size=8)
        array([4, 4, 3, 6, 4, 6, 3, 2])
        """
        wanted, (lam,) = self._parameters(size, lam)
        require(lam >= 0, "poisson", "lam < 0")
        require(lam <= 9e15, "poisson", "lam above 9e15")
        (lam,) = flat(wanted or (), lam)
        size = number_of(wanted)
        k = np.empty(size, np.int64)
        self._kernels.poissons(self._stream, self._take(size), vector(lam), k)
        return int(k[0]) if wanted is None else k.reshape(wanted)

    def binomial(self, n, p, size=None):
        """Numbers of the binomial distribution.

        Parameters
        ----------
        n : int or array_like of integers
            Trials, at most 2**53.
        p : float or array_like
            Probability of a success.
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        int or ndarray of int64

        Raises
        ------
        ValueError
            If n < 0 or n > 2**53, or p is not in [0, 1].

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).binomial(10, 0.5, size=8)
        array([5, 5, 5, 7, 5, 7, 5, 4])
        """
        if np.asarray(n).dtype.kind == "f" and not np.all(np.floor(n) == np.asarray(n)):
            raise errors.DTypeError("corepy.random.binomial: n must be an integer.")
        wanted, (n, p) = self._parameters(size, n, p)
        require((n >= 0) & (n <= _EXACT), "binomial", "n < 0, or n > 2**53")
        require((p >= 0) & (p <= 1), "binomial", "p < 0, p > 1 or p is NaN")
        n, p = flat(wanted or (), n, p)
        size = number_of(wanted)
        k = np.empty(size, np.int64)
        self._kernels.binomials(self._stream, self._take(size), 1, vector(n), vector(p), k)
        return int(k[0]) if wanted is None else k.reshape(wanted)

    def geometric(self, p, size=None):
        """Numbers of trials until the first success.

        Parameters
        ----------
        p : float or array_like
            Probability of a success.
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        int or ndarray of int64
            At least 1; numbers beyond int64 are its largest float, 2**63 - 1024.

        Raises
        ------
        ValueError
            If p is not in (0, 1].

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).geometric(0.25, size=8)
        array([2, 2, 3, 1, 3, 1, 3, 5])
        """
        wanted, (p,) = self._parameters(size, p)
        require((p > 0) & (p <= 1), "geometric", "p <= 0, p > 1 or p is NaN")
        k = self._transformed(self._kernels.standard_exponential, self._kernels.geometric, wanted, p)
        return int(k) if wanted is None else k.astype(np.int64)

    def multinomial(self, n, pvals, size=None):
        """Vectors of counts of n trials with several outcomes.

        Parameters
        ----------
        n : int or array_like of integers
            Trials.
        pvals : array_like
            Probabilities of the outcomes, along the last axis; what they lack of 1 is added to the last one.
        size : int, tuple of int or None
            How many vectors, as a shape; None for that of n and pvals.

        Returns
        -------
        ndarray of int64
            The vectors along the last axis: a position of the stream for each outcome.

        Raises
        ------
        ValueError
            If n < 0, a probability is not in [0, 1], or all but the last add up to more than 1.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).multinomial(20, [0.5, 0.3, 0.2], size=2)
        array([[ 9,  6,  5],
               [11,  5,  4]])
        """
        n, pvals = np.array(n, np.float64), np.array(pvals, np.float64)
        require(pvals.ndim >= 1 and pvals.shape[-1] >= 1, "multinomial", "pvals has no outcome")
        require((n >= 0) & (n <= _EXACT), "multinomial", "n < 0, or n > 2**53")
        require((pvals >= 0) & (pvals <= 1), "multinomial", "pvals < 0, pvals > 1 or pvals contains NaNs")
        before = np.zeros(pvals.shape[:-1])
        for i in range(pvals.shape[-1] - 1):
            before = before + pvals[..., i]
        require(before <= 1 + 1e-12, "multinomial", "sum(pvals[:-1]) > 1.0")
        batch = np.broadcast_shapes(n.shape, pvals.shape[:-1])
        if size is not None:
            wanted = shape_of(size)
            if batch and np.broadcast_shapes(batch, wanted) != wanted:
                raise errors.ShapeError(f"corepy.random.multinomial: {batch} does not broadcast to size {wanted}.")
            batch = wanted
        outcomes = pvals.shape[-1]
        counts = np.zeros((*batch, outcomes), np.int64)
        start, k = self._take(counts.size), np.empty(prod(batch), np.int64)
        left, share = np.array(np.broadcast_to(n, batch)).reshape(-1), np.ones(pvals.shape[:-1])
        for i in range(outcomes - 1):
            p = pvals[..., i]
            given = np.minimum(np.divide(p, share, out=np.zeros(share.shape), where=share > 0), 1.0)
            self._kernels.binomials(self._stream, start + i, outcomes, left, *map(vector, flat(batch, given)), k)
            counts[..., i] = k.reshape(batch)
            left -= k
            share = share - p
        counts[..., -1] = left.astype(np.int64).reshape(batch)
        return counts
