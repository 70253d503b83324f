"""To float64, in which some operators compute whatever they are given, and back to float32 where that is the result's dtype."""

import numpy as np

from corepy._arguments import contiguous

__all__ = ["Conversion"]

_FLOAT32, _FLOAT64 = np.dtype(np.float32), np.dtype(np.float64)


class Conversion:
    """By kernels: NumPy would report what becomes of special values, and np.errstate takes longer than ten elements."""

    def __init__(self, backend, copy: bool = False):
        self._widen = backend.function("conversion", "widen")
        self._narrow = backend.function("conversion", "narrow")
        self._copy = copy

    def to_float64(self, array: np.ndarray) -> np.ndarray:
        """The elements in C order, in one dimension; of a copy where kernels need one."""
        if array.dtype == _FLOAT32:
            wide = np.empty(array.size, _FLOAT64)
            self._widen(contiguous(array).reshape(-1), wide)
            return wide
        flat = contiguous(array).reshape(-1)
        # An astype that has nothing to do takes 0.2 us.
        return flat.astype(_FLOAT64) if self._copy or array.dtype != _FLOAT64 else flat

    def to_float32(self, values: np.ndarray) -> np.ndarray:
        """C-contiguous float64, rounded."""
        narrow = np.empty(values.shape, _FLOAT32)
        self._narrow(values.reshape(-1), narrow.reshape(-1))
        return narrow
