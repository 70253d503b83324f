"""What could end the process, run as a child by test_hazards.py: one JSON line for each attempt that was survived."""

import json
from itertools import product

import numpy as np

import corepy as cp

ARRAY_OPERATORS = "sum prod mean var std min max argmin argmax any all count_nonzero softmax logsumexp"
ARRAY_OPERATORS += " nansum nanprod nanmean nanvar nanstd nanmin nanmax nanargmin nanargmax count anynan allnan"
EMPTY_SHAPES = [(0,), (0, 3), (3, 0), (0, 0), (2, 0, 3), (0, 0, 0)]


def record(label, value):
    print(json.dumps([label, value]), flush=True)


def outcome(function, *args, **keywords):
    """What a call gives, as a list, or the name of the exception it raises."""
    try:
        return np.asarray(function(*args, **keywords)).tolist()
    except Exception as error:
        return type(error).__name__


def divide_at_the_limits(dtype, n):
    low, ones = np.full(n, np.iinfo(dtype).min, dtype), np.ones(n, dtype)
    minus = np.full(n, -1 if dtype.kind == "i" else np.iinfo(dtype).max, dtype)
    zeros = np.zeros(n, dtype)
    for function in (cp.floor_divide, cp.remainder):
        name = f"{function.__name__} {dtype} {n}"
        record(f"limit: {name}", sorted(set(outcome(function, low, minus))))
        record(f"zero: {name}", outcome(function, minus, zeros))
        record(f"zero: {name}, a scalar", outcome(function, minus, zeros[0]))
        record(f"zero: {name}, in place", outcome(function, ones, zeros, out=zeros.copy()))
        record(f"{name}, where", outcome(function, minus, zeros, where=False, out=ones.copy()) == ones.tolist())
    record(f"zero: reciprocal {dtype} {n}", outcome(cp.reciprocal, zeros))


def divide_by_method(dtype):
    values = np.array([5, 0, 1], dtype)
    record(f"zero: reduce {dtype}", outcome(cp.floor_divide.reduce, values))
    record(f"zero: accumulate {dtype}", outcome(cp.remainder.accumulate, values))
    record(f"zero: reduceat {dtype}", outcome(cp.remainder.reduceat, values, [0, 2]))
    record(f"zero: outer {dtype}", outcome(cp.floor_divide.outer, values, values))
    record(f"zero: at {dtype}", outcome(cp.floor_divide.at, np.ones(3, dtype), [0, 1], dtype.type(0)))


def shift(dtype, n):
    bits = 8 * dtype.itemsize
    counts = [0, 1, bits - 1, bits, bits + 1, 63, 64, 65, 100, 127]
    limits = np.iinfo(dtype)
    x = np.resize(np.array([1, limits.min, limits.max, limits.max - 1, 5], dtype), n)
    for count in counts + ([-1, -2, -64, -128] if dtype.kind == "i" else []):
        y = np.full(n, count, dtype)
        for name in ("left_shift", "right_shift"):
            found = outcome(getattr(cp, name), x, y)
            record(f"{name} {dtype} {n} by {count}", found == getattr(np, name)(x, y).tolist())


def reduce_wild_arrays(function):
    name = function.__name__
    for code, shape in product("?bBhHiIlLfd", EMPTY_SHAPES):
        for axis in (None, 0, -1, (), tuple(range(len(shape)))):
            outcome(function, np.empty(shape, code), axis=axis)
            record(f"{name} {code} {shape} {axis}", True)
    x = np.arange(1.0, 8.0)
    expected = outcome(function, x)
    record(f"{name}, byte-swapped", outcome(function, x.astype(x.dtype.newbyteorder())) == expected)
    skew = np.frombuffer(b"x" + x.tobytes(), np.uint8)[1:].view(np.float64)
    record(f"{name}, misaligned", outcome(function, skew) == expected)
    record(f"{name}, stride 0", outcome(function, np.broadcast_to(1.0, 10**6)) == outcome(function, np.ones(10**6)))


for code in "bhilBHIL":
    divide_by_method(np.dtype(code))
    for n in (1, 70):
        divide_at_the_limits(np.dtype(code), n)
        shift(np.dtype(code), n)
for name in ARRAY_OPERATORS.split():
    reduce_wild_arrays(getattr(cp, name))
for a, b in product((0, 1, 2, 5, 8, 1000), repeat=2):
    record(f"add {a} {b}", outcome(cp.add, np.ones(a), np.ones(b)) == outcome(np.add, np.ones(a), np.ones(b)))
record("end", True)
