"""What this process runs on, and the one seed for everything random.

`corepy.setting` is the same module.
"""

import random

import numpy as np

from corepy import _build, errors
from corepy.backend import dispatch

__all__ = ["backend", "describe", "device", "level", "levels", "seed"]

backend: str = dispatch.BACKEND.name
level: str = dispatch.BACKEND.level
levels: list[str] = dispatch.LEVELS
device: str = "cpu"


def seed(n) -> None:
    """Seed Python's `random` and NumPy's legacy global generator at once.

    Parameters
    ----------
    n : int, sequence of int or None
        Non-negative. None takes fresh entropy from the operating system.

    Raises
    ------
    DTypeError
        If n is anything else.

    Examples
    --------
    >>> import random
    >>> import corepy as cp
    >>> cp.settings.seed(42)
    >>> random.random()
    0.6394267984578837
    """
    n = int(n) if isinstance(n, np.integer) else n
    try:
        if isinstance(n, (bool, float, str, bytes)):
            raise TypeError
        sequence = np.random.SeedSequence(n)
    except (TypeError, ValueError):
        raise errors.DTypeError(
            f"corepy.settings.seed: n is {n!r}; it must be a non-negative int, a sequence of them, or None."
        ) from None
    # One integer seeds Python's generator as random.seed(n) would; a sequence has no such form.
    random.seed(n if isinstance(n, int) else int.from_bytes(sequence.generate_state(8).tobytes(), "little"))
    np.random.seed(n if isinstance(n, int) and n < 2**32 else sequence.generate_state(8))  # noqa: NPY002 (that is its job)


def describe() -> dict[str, object]:
    """Version, backend, SIMD level, device, and what this build was made with.

    Returns
    -------
    dict
        Of strings and lists of strings, ready for json.dumps.

    Examples
    --------
    >>> import corepy as cp
    >>> cp.settings.describe()["device"]
    'cpu'
    """
    return {
        "version": _build.VERSION,
        "backend": backend,
        "level": level,
        "levels": list(levels),
        "built": list(_build.LEVELS),
        "device": device,
        "numpy": np.__version__,
        "pythran": _build.PYTHRAN,
        "compiler": _build.COMPILER,
    }
