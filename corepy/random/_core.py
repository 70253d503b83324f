"""A stream of random elements: its key, its position, and how sizes and outputs are read."""

import operator
import threading
from typing import Any

import numpy as np

from corepy import errors
from corepy.backend.dispatch import BACKEND
from corepy.random._kernels import Kernels
from corepy.random._parameters import require

__all__ = ["LAST", "NUMBERS", "Core", "seed_sequence", "shape_of", "wanted_shape"]

# Positions are below; a stream is longer than anything that can be drawn.
LAST = 2**62
_NAME = "Philox4x32-10"
# What is a parameter without a look at its shape.
NUMBERS = {float, int}
_empty = np.empty


def seed_sequence(caller: str, seed) -> np.random.SeedSequence:
    """The SeedSequence that an int, a sequence of ints or None stands for; anything else is a DTypeError."""
    try:
        if isinstance(seed, (bool, np.bool_, float, str, bytes, dict)):
            raise TypeError
        return np.random.SeedSequence(int(seed) if isinstance(seed, np.integer) else seed)
    except (TypeError, ValueError):
        raise errors.DTypeError(
            f"{caller} is {seed!r}; it must be a non-negative int, a sequence of them, or None."
        ) from None


def shape_of(size) -> tuple[int, ...]:
    """The shape that `size` means."""
    if type(size) is int and size >= 0:
        return (size,)
    try:
        shape = (operator.index(size),) if not isinstance(size, (tuple, list)) else tuple(map(operator.index, size))
    except TypeError:
        raise errors.DTypeError(f"size is {size!r}; it must be an int, a tuple of ints or None.") from None
    if min(shape, default=0) < 0:
        raise ValueError(f"corepy.random: size is {size}; negative dimensions are not allowed.")
    return shape


def wanted_shape(size, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape that `size` means, for parameters that broadcast to `shape`."""
    wanted = shape_of(size)
    if not shape:
        return wanted
    fits = len(shape) <= len(wanted) and all(a in (1, b) for a, b in zip(shape[::-1], wanted[::-1], strict=False))
    if not fits:
        raise errors.ShapeError(f"corepy.random: parameters of shape {shape} do not broadcast to size {wanted}.")
    return wanted


def _exhausted(count: int, left: int) -> ValueError:
    return ValueError(f"corepy.random: {count} elements are asked for, this block has {left} left.")


class Core:
    """What every generator has: a stream, a position in it, and a lock that hands out positions."""

    _kernels = Kernels(BACKEND)

    def __init__(self, seed=None):
        self._lock = threading.Lock()
        made = isinstance(seed, np.random.SeedSequence)
        self._reset(seed if made else seed_sequence(f"corepy.random.{type(self).__name__}: seed", seed))

    def _reset(self, seed: np.random.SeedSequence) -> None:
        low, high, number = (int(word) for word in seed.generate_state(3, np.uint32))
        self._seed = seed
        self._place(low | high << 32, number, 0, LAST)

    def _place(self, key: int, number: int, position: int, end: int) -> None:
        stream = np.array([key, number], np.uint64)
        with self._lock:
            self._stream, self._position, self._end = stream, position, end

    def _saved(self) -> tuple:
        with self._lock:
            return self._seed, int(self._stream[0]), int(self._stream[1]), self._position, self._end

    def _restore(self, saved: tuple) -> None:
        self._seed = saved[0]
        self._place(*saved[1:])

    def _clone(self):
        made = object.__new__(type(self))
        made._lock = threading.Lock()
        made._restore(self._saved())
        return made

    def __reduce__(self):
        return _restored, (type(self), self._saved())

    def __copy__(self):
        return self._clone()

    def __repr__(self) -> str:
        return f"<corepy.random.{type(self).__name__} ({_NAME}) at position {self._position}>"

    def _take(self, count: int) -> int:
        """The position from which the caller may draw `count` elements: nobody else will be given them."""
        with self._lock:
            start = self._position
            end = start + count
            if end > self._end:
                raise _exhausted(count, self._end - start)
            self._position = end
        return start

    @property
    def position(self) -> int:
        """Number of elements that were drawn (or skipped) so far.

        Examples
        --------
        >>> import corepy as cp
        >>> generator = cp.random.default_rng(42)
        >>> _ = generator.random(10)
        >>> generator.position
        10
        """
        return self._position

    @property
    def seed_seq(self) -> np.random.SeedSequence:
        """The SeedSequence that `spawn` extends."""
        return self._seed

    @property
    def state(self) -> dict[str, Any]:
        """The state as a dictionary of ints, ready for json.dumps; assign one to return to it.

        Examples
        --------
        >>> import corepy as cp
        >>> generator = cp.random.default_rng(42)
        >>> before = generator.state
        >>> x = generator.random()
        >>> generator.state = before
        >>> x == generator.random()
        True
        """
        _, key, number, position, end = self._saved()
        return {
            "bit_generator": _NAME,
            "state": {"key": key, "stream": number, "position": position, "end": end},
        }

    @state.setter
    def state(self, value: dict[str, Any]) -> None:
        try:
            if value["bit_generator"] != _NAME:
                raise ValueError
            found = [operator.index(value["state"][name]) for name in ("key", "stream", "position", "end")]
            if not (0 <= found[0] < 2**64 and 0 <= found[1] < 2**32 and 0 <= found[2] <= found[3] <= LAST):
                raise ValueError
        except (KeyError, TypeError, ValueError):
            raise ValueError(f"corepy.random: {value!r} is no state of a Corepy generator.") from None
        self._place(*found)

    def spawn(self, n_children: int) -> list:
        """Independent generators, from `numpy.random.SeedSequence.spawn`.

        Parameters
        ----------
        n_children : int

        Returns
        -------
        list of Generator
            Each has a key and a stream number of its own, 96 bits in all.

        Examples
        --------
        >>> import corepy as cp
        >>> first, second = cp.random.default_rng(42).spawn(2)
        >>> first.random() == second.random()
        False
        """
        return [type(self)(seed) for seed in self._seed.spawn(n_children)]

    def jumped(self, jumps: int = 1):
        """A generator at the same position of another stream: 2**96 blocks further on for each jump.

        Parameters
        ----------
        jumps : int, default 1
            2**32 jumps lead back.

        Returns
        -------
        Generator

        Examples
        --------
        >>> import corepy as cp
        >>> generator = cp.random.default_rng(42)
        >>> generator.jumped().jumped().random() == generator.jumped(2).random()
        True
        """
        made = self._clone()
        _, key, number, position, _ = self._saved()
        made._place(key, (number + operator.index(jumps)) % 2**32, position, LAST)
        return made

    def block(self, start: int, count: int):
        """A generator of the `count` elements that begin `start` elements from here; this one stays where it is.

        Parameters
        ----------
        start, count : int
            Non-negative.

        Returns
        -------
        Generator
            It refuses to draw more than `count` elements.

        Raises
        ------
        ValueError
            If that is beyond the end.

        Examples
        --------
        >>> import numpy as np, corepy as cp
        >>> generator = cp.random.default_rng(42)
        >>> parts = [generator.block(start, 25).random(25) for start in (0, 25, 50, 75)]
        >>> np.array_equal(np.concatenate(parts), generator.random(100))
        True
        """
        start, count = operator.index(start), operator.index(count)
        made = self._clone()
        _, key, number, position, end = self._saved()
        if start < 0 or count < 0 or position + start + count > end:
            raise ValueError(f"corepy.random: no block of {count} elements, {start} from here.")
        made._place(key, number, position + start, position + start + count)
        return made

    def _vector(self, kernel, size: int) -> np.ndarray:
        """The common call, with little around it: so many float64 that a kernel draws."""
        out = _empty(size)
        kernel(self._stream, self._take(size), out)
        return out

    def _fill(self, kernel, shape: tuple[int, ...], dtype, parameters: tuple = ()) -> np.ndarray:
        """A new array, filled by a kernel with as many elements of the stream."""
        result = np.empty(shape, dtype)
        start = self._take(result.size)
        kernel(self._stream, start, *parameters, result.reshape(-1))
        return result

    def _fill_into(self, kernel, out, size, dtype: np.dtype, own: np.dtype) -> np.ndarray:
        """The same into the caller's array, for a kernel that makes elements of dtype `own`."""
        if not isinstance(out, np.ndarray):
            raise errors.DTypeError(f"corepy.random: out is a {type(out).__name__}; it must be a numpy.ndarray.")
        if out.dtype != dtype:
            raise errors.DTypeError(f"corepy.random: out has dtype {out.dtype}; dtype is {dtype}.")
        if size is not None and shape_of(size) != out.shape:
            raise errors.ShapeError(f"corepy.random: out has shape {out.shape}, size is {size}.")
        if not out.flags.writeable:
            raise ValueError("corepy.random: out is read-only.")
        if type(out) is np.ndarray and out.flags.carray and out.dtype == own:
            start = self._take(out.size)
            kernel(self._stream, start, out.reshape(-1))
        else:
            out[...] = self._fill(kernel, out.shape, own)
        return out

    def _standard(self, kernel, single, size, dtype, out):
        """Elements of a distribution without parameters; `single` is its kernel of float32, if that is another one."""
        if size is None and out is None and dtype is np.float64:
            return self._vector(kernel, 1).item()
        if dtype is not np.float64 and (dtype := np.dtype(dtype)) not in (np.float64, np.float32):
            raise errors.DTypeError(f"corepy.random: dtype is {dtype}; it must be float64 or float32.")
        own = np.dtype(np.float64)
        if dtype == np.float32 and single is not None:
            kernel, own = single, np.dtype(np.float32)
        if out is not None:
            return self._fill_into(kernel, out, size, np.dtype(dtype), own)
        found = self._fill(kernel, (1,) if size is None else shape_of(size), own).astype(dtype, copy=False)
        return found.item() if size is None else found

    def _parameters(self, size, *given) -> tuple[tuple[int, ...] | None, list]:
        """The shape of the result (None for a Python number) and the parameters in float64, copied: what is checked is used."""
        parameters, numbers = [], True
        for p in given:
            if type(p) in NUMBERS:
                parameters.append(np.float64(p))
            else:
                parameters.append(np.array(p, np.float64))
                numbers = numbers and not parameters[-1].ndim
        shape = () if numbers else np.broadcast_shapes(*(p.shape for p in parameters))
        if size is None:
            return (shape or None), parameters
        return wanted_shape(size, shape), parameters

    def _scaled_vector(self, kernel, size: int, scale: float, shift: float) -> np.ndarray:
        out = _empty(size)
        kernel(self._stream, self._take(size), scale, shift, out)
        return out

    def _scaled(self, name: str, standard, scaled, size, shift, scale):
        """shift + scale * z for the elements z that a kernel draws, and another kernel at once for numbers."""
        if type(size) is int and type(shift) in NUMBERS and type(scale) in NUMBERS and scale >= 0:
            return self._scaled_vector(scaled, size, float(scale), float(shift))
        shape, (shift, scale) = self._parameters(size, shift, scale)
        require(scale >= 0, name, "scale < 0")
        return self._transformed(standard, self._kernels.affine, shape, scale, shift)

    def _transformed(self, kernel, transform, shape, *parameters):
        """What a ufunc makes of the elements that a kernel draws, and of parameters; a Python number if shape is None."""
        z = self._fill(kernel, (1,) if shape is None else shape, np.float64)
        transform(z, *parameters, out=z)
        return z.item() if shape is None else z


def _restored(kind: type, saved: tuple):
    made = object.__new__(kind)
    made._lock = threading.Lock()
    made._restore(saved)
    return made
