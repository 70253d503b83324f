"""Operators that rescale slices: softmax."""

from math import prod

import numpy as np

from corepy._arguments import axes, contiguous, deliver, operand, public
from corepy.backend.dispatch import operator

__all__ = ["softmax"]

_FLOATS = {np.dtype(np.float32), np.dtype(np.float64)}


def _build_softmax(backend):
    kernel = backend.function("normalization", "softmax")

    def softmax(x, axis=None, *, out=None):
        if (
            out is None
            and type(x) is np.ndarray
            and x.ndim
            and ((type(axis) is int and axis in (-1, x.ndim - 1)) or (axis is None and x.ndim == 1))
            and x.dtype in _FLOATS
            and x.size
            and x.flags.carray
        ):
            # The common case, without the generality below.
            values = np.empty(x.shape, x.dtype)
            if x.ndim == 2:
                kernel(x, values)
            else:
                kernel(x.reshape(-1, x.shape[-1]), values.reshape(-1, x.shape[-1]))
            return values
        array = operand("softmax", x)
        chosen = axes("softmax", axis, array.ndim)
        n = prod(array.shape[a] for a in chosen)
        dtype = array.dtype if array.dtype.kind == "f" else np.dtype(np.float64)
        order = (*(a for a in range(array.ndim) if a not in chosen), *chosen)
        trailing = order == tuple(range(array.ndim))
        moved = contiguous((array if trailing else array.transpose(order)).astype(dtype, copy=False))
        values = np.empty((moved.size // n if n else 0, n), dtype)
        kernel(moved.reshape(values.shape), values)
        result = values.reshape(moved.shape)
        return deliver("softmax", result if trailing else result.transpose(np.argsort(order)), out)

    return public(softmax, "softmax", kernel.__doc__)


softmax = operator("softmax", "normalization", "normalization", _build_softmax)
