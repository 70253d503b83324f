"""Comparisons that see everything: bits, sign of zero, dtype, byte order and shape. Any NaN equals any NaN."""

import numpy as np


def bits(x) -> np.ndarray:
    """The elements as unsigned integers, every NaN as the same one. A bool is the byte that stands for it in memory."""
    array = np.asarray(x)
    array = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("="), copy=False)).reshape(array.shape)
    if array.dtype.kind == "f":
        array = np.where(np.isnan(array), np.abs(array.dtype.type(np.nan)), array)
    return array.view(f"u{array.dtype.itemsize}")


def describe(x) -> str:
    """Dtype (with its byte order) and shape in words."""
    array = np.asarray(x)
    return f"{array.dtype.newbyteorder('=').name if array.dtype.isnative else array.dtype.str}{list(array.shape)}"


def results(found) -> tuple:
    """What a call gave, as a tuple: some operators have two results."""
    return found if isinstance(found, tuple) else (found,)


def assert_same(expected, actual, context: str = "") -> None:
    """Fail, with the first difference in words, unless both have one dtype, one shape and the same bits; tuples are
    compared result by result.
    """
    if isinstance(expected, tuple):
        assert isinstance(actual, tuple), f"a tuple is expected, got {actual!r} ({context})"
        for i, (one, other) in enumerate(zip(expected, actual, strict=True)):
            assert_same(one, other, f"{context}, result {i}")
        return
    where = f" ({context})" if context else ""
    assert describe(expected) == describe(actual), f"expected == actual{where}"
    a, b = bits(expected).reshape(-1), bits(actual).reshape(-1)
    unequal = np.flatnonzero(a != b)
    if unequal.size:
        i = unequal[0]
        x, y = np.asarray(expected).reshape(-1)[i], np.asarray(actual).reshape(-1)[i]
        raise AssertionError(
            f"{unequal.size} of {a.size} elements differ{where}; the first, at {i}: "
            f"expected {x!r} (bits {int(a[i]):#x}), got {y!r} (bits {int(b[i]):#x})"
        )
