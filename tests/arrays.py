"""Inputs at the edges: the values, memory layouts and shapes that all tests draw from.

Modeled on bottleneck's array_generator and NumPy's interesting_binop_operands.
"""

import ctypes
import mmap
import sys
from collections.abc import Callable, Iterator

import numpy as np

DTYPES = [np.dtype(c) for c in "?bBhHiIlLfd"]

# fmt: off
SHAPES = [(), (0,), (1,), (33,), (0, 3), (3, 0), (1, 1), (2, 5), (40, 3), (3, 40), (2, 3, 4), (2, 0, 4), (3, 1, 9)]

_INTEGERS = (0, 1, 2, 3, 5, 7, 8, 10, 15, 16, 31, 32, 33, 63, 64, 65, 100, 127)
_FLOATS = (
    0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 7.0, 10.0, 88.7, 103.9, 104.0, 709.7, 745.1, 746.0, 1e-9, 1e-3, 1e9,
    2.0**23 - 0.5, 2.0**31, 2.0**52 - 0.5, 2.0**53, 2.0**63, np.inf, np.nan,
)
# fmt: on


def edges(dtype) -> np.ndarray:
    """Every value at which something may change: zeros, ones, limits, subnormals, infinities, NaN and neighbors."""
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        return np.array([False, True])
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        values = {*_INTEGERS, limits.max, limits.max - 1, limits.max // 2 + 1, limits.min, limits.min + 1}
        values |= {-v for v in values if limits.min <= -v <= limits.max} if dtype.kind == "i" else set()
        return np.array(sorted(values, key=lambda v: (abs(v), v < 0)), dtype)
    limits = np.finfo(dtype)
    tiny, normal = limits.smallest_subnormal, limits.smallest_normal
    values = [*_FLOATS, limits.max, limits.max / 2, normal, normal - tiny, normal + tiny, tiny, 2 * tiny, 3 * tiny]
    values += [1 + limits.eps, 1 - limits.epsneg, limits.eps, np.sqrt(limits.max), np.sqrt(normal)]
    return np.array([signed for v in values for signed in (v, -v)], dtype)


def mixed(dtype, n: int, seed: int = 0) -> np.ndarray:
    """n values drawn with a fixed seed: edges, any bit pattern and values of moderate size."""
    return from_bytes(dtype, np.random.default_rng(seed).bytes(8 * n))


def from_bytes(dtype, drawn: bytes) -> np.ndarray:
    """Eight bytes make one value: half of them an edge, a quarter of moderate size, a quarter any bit pattern."""
    dtype = np.dtype(dtype)
    words = np.frombuffer(drawn, "<u8", len(drawn) // 8)
    kind, rest = words % np.uint64(4), words >> np.uint64(2)
    edge = edges(dtype)[rest % np.uint64(edges(dtype).size)]
    if dtype.kind == "b":
        moderate = any_pattern = rest % np.uint64(2) == np.uint64(1)
    elif dtype.kind in "iu":
        any_pattern = rest.astype(dtype)
        moderate = (rest % np.uint64(20)).astype(dtype)
    else:
        any_pattern = words.byteswap().astype(f"u{dtype.itemsize}").view(dtype)
        # 24 bits and a scale by a power of two: exact, of magnitude below 128.
        moderate = ((rest >> np.uint64(30)) % np.uint64(2**24)).astype(np.int32) - 2**23
        moderate = moderate.astype(dtype) * dtype.type(2.0**-16)
    return np.where(kind < np.uint64(2), edge, np.where(kind == np.uint64(2), moderate, any_pattern)).astype(dtype)


def grid(dtypes) -> list[np.ndarray]:
    """Every edge of each argument's dtype with every edge of the others', then 500 mixed values."""
    every = np.meshgrid(*(edges(d) for d in dtypes), indexing="ij")
    return [
        np.concatenate([e.reshape(-1), mixed(d, 500, seed)])
        for seed, (e, d) in enumerate(zip(every, dtypes, strict=True))
    ]


def without_zeros(divisor: np.ndarray) -> np.ndarray:
    """The same with 1 for 0."""
    return np.where(divisor == 0, divisor.dtype.type(1), divisor)


def accepted(operator, args: list[np.ndarray]) -> list[np.ndarray]:
    """The arguments without what an operator refuses as its last one: zero divisors, negative powers of integers."""
    *others, last = args
    if last.dtype.kind in "iu" and "ZeroDivisionError" in operator.__doc__:
        last = without_zeros(last)
    if last.dtype.kind == "i" and "raised to a negative integer." in operator.__doc__:
        last = np.where(last < 0, ~last, last)
    return [*others, last]


def placed(value, neutral, n: int) -> Iterator[np.ndarray]:
    """n elements, all neutral but one: value at the head, at the tail and around each boundary of SIMD registers."""
    for position in sorted({p for p in (0, 1, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, n - 2, n - 1) if 0 <= p < n}):
        array = np.full(n, neutral)
        array[position] = value
        yield array


def _strided(x: np.ndarray) -> np.ndarray:
    return np.repeat(x, 3, axis=-1)[..., ::3]


def _reversed(x: np.ndarray) -> np.ndarray:
    everywhere = (slice(None, None, -1),) * x.ndim
    return x[everywhere].copy()[everywhere]


def _inner(x: np.ndarray) -> np.ndarray:
    """The middle of a larger array."""
    larger = np.ones([n + 3 for n in x.shape], x.dtype)
    view = larger[tuple(slice(1, n + 1) for n in x.shape)]
    view[...] = x
    return view


def _record_field(x: np.ndarray) -> np.ndarray:
    """A field of packed records: strided and misaligned at once."""
    records = np.zeros(x.shape, [("pad", "u1"), ("value", x.dtype)])
    records["value"] = x
    return records["value"]


def _misaligned(x: np.ndarray) -> np.ndarray:
    memory = np.zeros(x.nbytes + 1, np.uint8)
    view = memory[1:].view(x.dtype).reshape(x.shape)
    view[...] = x
    return view


def _shifted(x: np.ndarray) -> np.ndarray:
    """Contiguous and aligned for its dtype, but never at a multiple of 16 bytes."""
    memory = np.zeros(x.nbytes + 16 + x.itemsize, np.uint8)
    start = -memory.ctypes.data % 16 + x.itemsize
    view = memory[start : start + x.nbytes].view(x.dtype).reshape(x.shape)
    view[...] = x
    return view


def _read_only(x: np.ndarray) -> np.ndarray:
    array = x.copy()
    array.setflags(write=False)
    return array


def _axes_rotated(x: np.ndarray) -> np.ndarray:
    """Axes in no simple order: neither C nor Fortran from three dimensions on."""
    order = (*range(1, x.ndim), 0)
    return np.ascontiguousarray(x.transpose(order)).transpose(np.argsort(order))


# Each gives an array of the same values (and, but for byte-swapped, dtype) in other memory.
LAYOUTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "contiguous": lambda x: x.copy(),
    "strided": lambda x: _strided(x) if x.ndim else x,
    "reversed": lambda x: _reversed(x) if x.ndim else x,
    "Fortran": lambda x: np.asfortranarray(x) if x.ndim else x,
    "axes rotated": lambda x: _axes_rotated(x) if x.ndim else x,
    "inner part": lambda x: _inner(x) if x.ndim else x,
    "shifted": lambda x: _shifted(x) if x.ndim else x,
    "read-only": _read_only,
    "record field": lambda x: _record_field(x) if x.ndim else x,
    "byte-swapped": lambda x: x.astype(x.dtype.newbyteorder()),
    "misaligned": _misaligned,
    "byte-swapped, reversed": lambda x: _reversed(x.astype(x.dtype.newbyteorder())) if x.ndim else x,
}


def before_a_wall(x: np.ndarray) -> np.ndarray:
    """A copy that ends where a page begins that nobody may touch: reading or writing on ends the process (Linux)."""
    if sys.platform != "linux":
        return np.array(x)
    size = -(-max(x.nbytes, 1) // mmap.PAGESIZE) * mmap.PAGESIZE
    memory = mmap.mmap(-1, size + mmap.PAGESIZE)
    wall = ctypes.addressof(ctypes.c_char.from_buffer(memory)) + size
    assert ctypes.CDLL(None).mprotect(ctypes.c_void_p(wall), mmap.PAGESIZE, 0) == 0
    copy = np.frombuffer(memory, x.dtype, x.size, size - x.nbytes).reshape(x.shape)
    copy[...] = x
    return copy


def broadcast(x: np.ndarray, n: int, axis: int = 0) -> np.ndarray:
    """x repeated n times along a new axis of stride 0."""
    return np.broadcast_to(np.expand_dims(x, axis), (*x.shape[:axis], n, *x.shape[axis:]))
