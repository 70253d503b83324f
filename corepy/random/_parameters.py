"""Parameters of distributions: what they must be, and as many as elements."""

from math import prod

import numpy as np

__all__ = ["flat", "number_of", "require", "vector"]


def require(condition, name: str, words: str) -> None:
    """A ValueError unless the condition holds everywhere; comparisons with NaN do not."""
    # np.all takes 3 us
    if condition is not np.True_ and not np.all(condition):
        raise ValueError(f"corepy.random.{name}: {words}.")


def number_of(wanted: tuple[int, ...] | None) -> int:
    return 1 if wanted is None else prod(wanted)


def flat(shape: tuple[int, ...], *parameters: np.ndarray) -> list[np.ndarray]:
    """Parameters as numbers, or as vectors of as many elements as the shape has."""
    return [p if p.ndim == 0 else np.broadcast_to(p, shape).reshape(-1) for p in parameters]


def vector(parameter: np.ndarray) -> np.ndarray:
    """What kernels take of what `flat` gives: one element for all, or one for each."""
    return parameter.reshape(-1)
