"""Operators that rescale slices: softmax."""

from math import prod

import numpy as np

from corepy._arguments import axes, deliver, operand, public
from corepy.backend.dispatch import operator

__all__ = ["softmax"]


def _build_softmax(backend):
    kernel = backend.function("normalization", "softmax")

    def softmax(x, axis=None, *, out=None):
        array = operand("softmax", x)
        chosen = axes("softmax", axis, array.ndim)
        last = range(array.ndim - len(chosen), array.ndim)
        moved = np.moveaxis(array, chosen, last)
        dtype = array.dtype if array.dtype.kind == "f" else np.float64
        n = prod(moved.shape[a] for a in last)
        rows = np.require(moved, dtype, ["C", "A"]).reshape(-1)
        result = np.empty(rows.shape, dtype)
        kernel(rows, rows.size // n if n else 0, n, result)
        return deliver("softmax", np.moveaxis(result.reshape(moved.shape), last, chosen), out)

    return public(softmax, "softmax", kernel.__doc__)


softmax = operator("softmax", "normalization", "normalization", _build_softmax)
