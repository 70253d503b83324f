"""What Corepy raises. Every class also derives from the built-in a NumPy user would catch."""

import numpy as np

__all__ = [
    "AxisError",
    "BackendError",
    "CorepyError",
    "DTypeError",
    "DeviceError",
    "ExperimentalWarning",
    "ShapeError",
]


class CorepyError(Exception):
    """Base of all exceptions of Corepy's own."""


class DTypeError(CorepyError, TypeError):
    """An argument's dtype (or type) is not supported by the operator."""


class ShapeError(CorepyError, ValueError):
    """An argument's shape does not fit the others."""


class AxisError(CorepyError, np.exceptions.AxisError):
    """An axis is out of range for the array, or named twice."""


class DeviceError(CorepyError, ValueError):
    """A device other than "cpu" was asked for."""


class BackendError(CorepyError, ImportError):
    """The backend or the SIMD level asked for does not exist here."""


class ExperimentalWarning(UserWarning):
    """A third-party backend was asked for; Corepy promises nothing for it."""
