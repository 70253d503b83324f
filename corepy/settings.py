"""What this process runs on, and the one seed for everything random.

`corepy.setting` is the same module.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from corepy import _build
from corepy.backend import dispatch

__all__ = ["backend", "describe", "device", "level", "levels", "seed", "seeded"]

backend: str = dispatch.BACKEND.name
level: str = dispatch.BACKEND.level
levels: list[str] = dispatch.LEVELS
device: str = "cpu"


def seed(n) -> None:
    """Seed Python's `random`, NumPy's legacy global generator and Corepy's global generator at once.

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
    >>> cp.random.random()
    0.5776617213327583
    """
    from corepy.random import _GLOBAL, _core

    sequence = _core.seed_sequence("corepy.settings.seed: n", n)
    n = int(n) if isinstance(n, np.integer) else n
    # One integer seeds Python's generator as random.seed(n) would; a sequence has no such form.
    random.seed(n if isinstance(n, int) else int.from_bytes(sequence.generate_state(8).tobytes(), "little"))
    np.random.seed(n if isinstance(n, int) and n < 2**32 else sequence.generate_state(8))  # noqa: NPY002 (that is its job)
    _GLOBAL._reset(sequence)


@contextmanager
def seeded(n) -> Iterator[None]:
    """Within the block all three global generators are seeded as by `seed`; afterwards they go on from where they were.

    Parameters
    ----------
    n : int, sequence of int or None
        As for `seed`.

    Raises
    ------
    DTypeError
        If n is anything else.

    Examples
    --------
    >>> import corepy as cp
    >>> with cp.settings.seeded(42):
    ...     cp.random.random()
    0.5776617213327583
    """
    from corepy.random import _GLOBAL

    saved = random.getstate(), np.random.get_state(), _GLOBAL._saved()  # noqa: NPY002
    try:
        seed(n)
        yield
    finally:
        random.setstate(saved[0])
        np.random.set_state(saved[1])  # noqa: NPY002
        _GLOBAL._restore(saved[2])


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
