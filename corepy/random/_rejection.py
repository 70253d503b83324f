"""Distributions whose elements may take several attempts, each a function of the element's position and the attempt."""

from collections.abc import Callable

import numpy as np

from corepy.random._core import Core

__all__ = ["Rejection"]

# So many elements at once stay in a CPU's cache.
_PART = 4096


class Rejection(Core):
    """Draws that do not depend on how many elements are asked for at once."""

    def _accepted(self, candidate: Callable, words: int, positions: np.ndarray, lane: int, given: tuple, *results):
        """Fill results (arrays as long as positions) with the first candidates that are not NaN.

        A candidate is made of 2 or 4 words, of one or two blocks an attempt; lanes are separate sequences of attempts.
        Parameters are numbers, or arrays as long as positions.
        """
        stream, kernels = self._stream, self._kernels
        blocks = words // 2
        for begin in range(0, positions.size, _PART):
            waiting = np.arange(begin, min(begin + _PART, positions.size))
            attempt = 1 + (lane << 28)
            while waiting.size:
                at = positions[waiting]
                drawn = [w for b in range(blocks) for w in kernels.attempt(stream, attempt + b, at)]
                found = candidate(*drawn, *(p if p.ndim == 0 else p[waiting] for p in given))
                found = found if isinstance(found, tuple) else (found,)
                accepted = found[0] == found[0]
                done = waiting[accepted]
                for result, values in zip(results, found, strict=True):
                    result[done] = values[accepted]
                waiting = waiting[~accepted]
                attempt += blocks

    def _gammas(self, start: int, lane: int, shape: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
        """g and t of `size` elements, with g * exp(-t) of the gamma distribution; shape has no dimension or one."""
        g, t = np.empty(size), np.empty(size)
        self._accepted(self._kernels.gamma_candidate, 4, _positions(start, size), lane, (shape,), g, t)
        return g, t


def _positions(start: int, count: int) -> np.ndarray:
    return np.arange(start, start + count, dtype=np.uint64)
