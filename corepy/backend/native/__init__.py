"""The compiled kernels: one extension module for each kernel file and SIMD level, in this folder."""

from collections.abc import Callable
from importlib import import_module

import numpy as np

__all__ = ["NativeBackend"]


class NativeBackend:
    """Kernels compiled for one SIMD level.

    Parameters
    ----------
    level : str
        One of the levels that were built and that this CPU runs, such as "x86_64_v3".
    """

    name = "native"

    def __init__(self, level: str):
        self.level = level

    def function(self, file: str, kernel: str) -> Callable:
        """The native function `kernel`; it takes exact dtypes and C-contiguous arrays only."""
        return getattr(import_module(f"{__name__}.{file}_{self.level}"), kernel)

    def ufunc(self, file: str, kernel: str) -> np.ufunc:
        """The numpy.ufunc made of `kernel` and its variants."""
        return self.function(file, kernel)
