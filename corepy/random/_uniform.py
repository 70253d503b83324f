"""Uniform numbers: floats, integers, bytes; and one distribution as a sequence."""

import operator

import numpy as np

from corepy import errors
from corepy.random._core import LAST, NUMBERS, Core, shape_of, wanted_shape
from corepy.random._parameters import require

__all__ = ["Stream", "Uniform"]


class Stream:
    """The elements of one distribution that a generator would draw from where it stands: a sequence without an end.

    Made by `Generator.stream`.
    """

    def __init__(self, generator: Core, name: str, args: tuple, keywords: dict):
        self._generator, self._name, self._args, self._keywords = generator._clone(), name, args, keywords
        if {"size", "out"} & keywords.keys() or any(np.ndim(value) for value in (*args, *keywords.values())):
            raise errors.DTypeError(
                f"corepy.random: stream({name!r}) takes parameters that are numbers, no size or out."
            )

    def _drawn(self, start: int, size: int | None):
        generator = self._generator.block(start, 1 if size is None else size)
        return getattr(generator, self._name)(*self._args, size=size, **self._keywords)

    def block(self, start: int, count: int) -> np.ndarray:
        """The elements start to start + count - 1, as an array."""
        return self._drawn(start, count)

    def __getitem__(self, index):
        if isinstance(index, slice):
            if index.stop is None:
                raise ValueError("corepy.random: a stream has no end; the slice must have one.")
            start, stop, step = index.indices(LAST)
            return self._drawn(start, max(stop - start, 0))[::step] if step > 0 else self[stop + 1 : start + 1][::step]
        index = operator.index(index)
        if index < 0:
            raise IndexError("corepy.random: a stream has no end to count from.")
        return self._drawn(index, None)


class Uniform(Core):
    """Uniform distributions."""

    # Of one number at each position and parameters that are numbers.
    STREAMS = (
        *(
            "random",
            "integers",
            "uniform",
            "standard_normal",
            "normal",
            "lognormal",
            "standard_exponential",
            "exponential",
        ),
        *("standard_gamma", "gamma", "beta", "poisson", "binomial", "geometric", "laplace", "logistic", "rayleigh"),
        *("weibull", "pareto", "triangular"),
    )

    def stream(self, distribution: str, *args, **keywords) -> Stream:
        """A distribution as a sequence: element i without those before it.

        Parameters
        ----------
        distribution : str
            Name of a method that draws one number at a time, such as "normal".
        *args, **keywords
            Its arguments, numbers; no size and no out.

        Returns
        -------
        Stream
            stream[i], stream[i:j] and stream.block(start, count) are what this generator would draw from where it stands.

        Raises
        ------
        DTypeError
            If the distribution has no such elements.

        Examples
        --------
        >>> import corepy as cp
        >>> generator = cp.random.default_rng(42)
        >>> uniforms = generator.stream("uniform", 10.0, 20.0)
        >>> uniforms[999_999] == generator.uniform(10.0, 20.0, size=1_000_000)[-1]
        np.True_
        """
        if distribution not in self.STREAMS:
            raise errors.DTypeError(
                f"corepy.random: no stream of {distribution!r}. There are: {', '.join(sorted(self.STREAMS))}."
            )
        return Stream(self, distribution, args, keywords)

    def random(self, size=None, dtype=np.float64, out=None):
        """Uniform numbers in [0, 1).

        Parameters
        ----------
        size : int, tuple of int or None
            Shape of the result; None for one number.
        dtype : float64 (53 bits) or float32 (24 bits)
        out : ndarray, optional
            Of that dtype: filled and returned.

        Returns
        -------
        float or ndarray

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).random(3)
        array([0.57766172, 0.61320079, 0.46900095])
        """
        if type(size) is int and dtype is np.float64 and out is None:
            return self._vector(self._kernels.random_, size)
        return self._standard(self._kernels.random_, self._kernels.random_single, size, dtype, out)

    def uniform(self, low=0.0, high=1.0, size=None):
        """Uniform numbers in [low, high).

        Parameters
        ----------
        low, high : float or array_like
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.

        Returns
        -------
        float or ndarray
            low + (high - low) * u for u of `random`; rounding may give high.

        Raises
        ------
        ValueError
            If high < low, or the range is not finite.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).uniform(-1.0, 1.0, size=2)
        array([0.15532344, 0.22640158])
        """
        if type(size) is int and type(low) in NUMBERS and type(high) in NUMBERS:
            width = float(high) - float(low)
            if 0.0 <= width < np.inf:
                return self._scaled_vector(self._kernels.uniform, size, width, float(low))
        shape, (low, high) = self._parameters(size, low, high)
        with np.errstate(over="ignore", invalid="ignore"):
            width = high - low
        if not np.all(np.isfinite(width)):
            raise OverflowError("corepy.random.uniform: the range exceeds valid bounds.")
        require(width >= 0, "uniform", "high < low")
        return self._transformed(self._kernels.random_, self._kernels.affine, shape, width, low)

    def integers(self, low, high=None, size=None, dtype=np.int64, endpoint=False):
        """Integers from low to high, exclusive (inclusive with endpoint), or from 0 to low; without bias.

        Parameters
        ----------
        low, high : int or array_like of integers
        size : int, tuple of int or None
            Shape of the result; None for that of the parameters.
        dtype : an integer dtype or bool, default int64
        endpoint : bool, default False

        Returns
        -------
        int or ndarray

        Raises
        ------
        ValueError
            If there is no such integer, or the dtype cannot hold one.

        Examples
        --------
        >>> import corepy as cp
        >>> cp.random.default_rng(42).integers(1, 6, size=10, endpoint=True)
        array([4, 4, 3, 6, 4, 6, 4, 2, 4, 4])
        """
        dtype = np.dtype(np.int64) if dtype is np.int64 else np.dtype(dtype).newbyteorder("=")
        if dtype.kind not in "biu":
            raise errors.DTypeError(f"corepy.random.integers: dtype is {dtype}; it must be an integer dtype or bool.")
        lowest, last = (0, low) if high is None else (low, high)
        try:
            lowest, last = operator.index(lowest), operator.index(last) - (not endpoint)
        except TypeError:
            return self._integers_of_arrays(lowest, last, size, dtype, endpoint)
        limits = (0, 1) if dtype.kind == "b" else (np.iinfo(dtype).min, np.iinfo(dtype).max)
        if not (limits[0] <= lowest and last <= limits[1]):
            raise ValueError(f"corepy.random.integers: {lowest} to {last} is out of bounds for {dtype}.")
        if last < lowest:
            raise ValueError(f"corepy.random.integers: there is no integer from {lowest} to {last}.")
        shape = (1,) if size is None else shape_of(size)
        width = last - lowest + 1
        if width < 2**64:
            signed = lowest if lowest < 2**63 else lowest - 2**64
            drawn = self._fill(self._kernels.integers, shape, np.int64, (np.array([width], np.uint64), signed))
        else:
            drawn = self._fill(self._kernels.words, shape, np.uint64)
            drawn += np.uint64(lowest % 2**64)
            drawn = drawn.view(np.int64)
        drawn = drawn.astype(dtype, copy=False)
        if size is not None:
            return drawn
        return int(drawn[0]) if dtype == np.int64 else drawn[0]

    def _integers_of_arrays(self, low, high, size, dtype: np.dtype, endpoint: bool):
        low, high = np.asarray(low), np.asarray(high)
        for bound in (low, high):
            if bound.dtype.kind not in "biu":
                raise errors.DTypeError(
                    f"corepy.random.integers: bounds must be integers, one has dtype {bound.dtype}."
                )
        limits = (0, 1) if dtype.kind == "b" else (np.iinfo(dtype).min, np.iinfo(dtype).max)
        if np.any(low < limits[0]) or np.any(high > limits[1] + (not endpoint)):
            raise ValueError(f"corepy.random.integers: the bounds exceed those of {dtype}.")
        if np.any(low > high if endpoint else low >= high):
            raise ValueError("corepy.random.integers: low >= high.")
        shape = np.broadcast_shapes(low.shape, high.shape)
        wanted = shape if size is None else wanted_shape(size, shape)
        low, high = (
            low.astype(np.int64 if low.dtype.kind != "u" else np.uint64).astype(np.uint64),
            high.astype(np.uint64),
        )
        width = high - low + np.uint64(bool(endpoint))
        return self._bounded(wanted, low, width).astype(dtype, copy=False)

    def _bounded(self, shape, low: np.ndarray, width: np.ndarray) -> np.ndarray:
        """low + integers below width, modulo 2**64, as int64; parameters are uint64 that broadcast to shape."""
        widths = np.broadcast_to(width, shape).reshape(-1)
        values = self._fill(self._kernels.integers, shape, np.int64, (np.ascontiguousarray(widths), 0))
        values += low.view(np.int64)
        return values

    def bytes(self, length: int) -> bytes:
        """Random bytes.

        Parameters
        ----------
        length : int

        Returns
        -------
        bytes
            Eight for each position, the last ones cut off.

        Examples
        --------
        >>> import corepy as cp
        >>> len(cp.random.default_rng(42).bytes(10))
        10
        """
        length = operator.index(length)
        words = self._fill(self._kernels.words, (-(-length // 8),), np.uint64)
        return words.astype("<u8", copy=False).tobytes()[:length]
