"""Exponential windows by exact fractions: what they are judged by, and how far off they may be."""

import math
from fractions import Fraction

import numpy as np
from oracle import UNIT


def _sums(x, y, alpha):
    """For each element the decayed sums, exactly: of weights, of their squares, of x, y, xx, xy and yy, and of alpha; and how
    far the numbers are from the first.
    """
    alphas = [Fraction(a) for a in np.broadcast_to(np.asarray(alpha, np.float64), x.shape).tolist()]
    names = ("w", "x", "y", "xx", "xy", "yy", "abs", "alpha")
    total = dict.fromkeys((*names, "w2", "far_x", "far_y"), Fraction(0))
    first = None
    for v, w, a in zip(x.astype(np.float64).tolist(), y.astype(np.float64).tolist(), alphas, strict=True):
        total = total | {name: total[name] * (1 - a) for name in names} | {"w2": total["w2"] * (1 - a) ** 2}
        if v == v and w == w:
            v, w = Fraction(v), Fraction(w)
            first = first or (v, w)
            added = {"w": 1, "x": v, "y": w, "xx": v * v, "xy": v * w, "yy": w * w, "abs": abs(v), "alpha": a, "w2": 1}
            total = total | {name: total[name] + value for name, value in added.items()}
            total["far_x"] = max(total["far_x"], abs(v - first[0]))
            total["far_y"] = max(total["far_y"], abs(w - first[1]))
        yield total, first is not None


def _root(value: Fraction) -> Fraction:
    """The square root, to 200 bits or so."""
    shift = 2 * (400 + value.denominator.bit_length())
    return Fraction(math.isqrt((value.numerator << shift) // value.denominator), 1 << (shift // 2))


def _product(s, one: str, other: str) -> Fraction:
    """The unbiased covariance; None where there is none."""
    pairs = s["w"] ** 2 - s["w2"]
    return (s[one + other] * s["w"] - s[one] * s[other]) / pairs if pairs > 0 else None


def _correlation(s):
    spread = _product(s, "x", "x")
    other = _product(s, "y", "y")
    return _product(s, "x", "y") / _root(spread * other) if spread and other else None


_VALUES = {
    "count": lambda s, seen: s["w"],
    "sum": lambda s, seen: s["x"] if seen else None,
    "mean": lambda s, seen: s["x"] / s["w"] if s["w"] else None,
    "var": lambda s, seen: _product(s, "x", "x"),
    "std": lambda s, seen: None if (v := _product(s, "x", "x")) is None else _root(v),
    "cov": lambda s, seen: _product(s, "x", "y"),
    "corr": lambda s, seen: _correlation(s),
}


def _moment_error(k, s, one, other):
    """Deviations are known to 2**-53 of how far numbers are from the first."""
    a, b = (_root(_product(s, name, name) or Fraction(0)) for name in (one, other))
    far_a, far_b = (8 * k * UNIT * s[f"far_{name}"] for name in (one, other))
    return 16 * k * UNIT * a * b + 2 * (far_a * b + far_b * a) + far_a * far_b


def _correlation_error(k, s):
    if not (_product(s, "x", "x") and _product(s, "y", "y")):
        return Fraction(0)
    lost = sum(s[f"far_{name}"] / _root(_product(s, name, name)) for name in "xy")
    return min(Fraction(2), 32 * k * UNIT * (1 + lost))


_ERRORS = {
    "count": lambda k, s: 3 * k * UNIT * s["w"],
    "sum": lambda k, s: 3 * k * UNIT * s["abs"],
    "mean": lambda k, s: 8 * k * UNIT * s["abs"] / s["w"] if s["w"] else 0,
    "var": lambda k, s: _moment_error(k, s, "x", "x"),
    "std": lambda k, s: 16 * k * UNIT * (_root(_product(s, "x", "x") or Fraction(0)) + s["far_x"]),
    "cov": lambda k, s: _moment_error(k, s, "x", "y"),
    "corr": _correlation_error,
}


def truth(kind: str):
    def values(x, y=None, alpha=1.0, min_weight=0):
        found = []
        for s, seen in _sums(x, x if y is None else y, alpha):
            value = _VALUES[kind](s, seen) if s["alpha"] >= min_weight else None
            found.append(math.nan if value is None else value)
        return found

    return values


def error(kind: str):
    def errors(x, y=None, alpha=1.0, min_weight=0):
        every = _sums(x, x if y is None else y, alpha)
        return [_ERRORS[kind](k, s) for k, (s, _) in enumerate(every, start=1)]

    return errors


def calls(n: int) -> list[dict]:
    """Of few bits for long slices: fractions grow with every element."""
    falling = np.rint(np.linspace(32, 4, n)) / 64
    return [
        {"alpha": 0.25, "min_weight": 0.3},
        {"alpha": 0.1 if n < 10 else 0.09375},
        {"alpha": falling, "min_weight": 0.6},
    ]
