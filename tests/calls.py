"""Sample calls of any public callable, made from its loops or its signature: a new operator needs no line here.

What an operator takes beside arrays is known by the name of the parameter, in asv_bench/calls.py.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import arrays
import numpy as np
from corepy.bench.calls import named, required

import corepy
from corepy.backend.dispatch import OPERATORS

# Dtypes with which array operators are called: floats, and integers that are converted and that are not.
_ARRAY_DTYPES = ("float64", "float32", "int64", "int16", "uint8", "bool")


@dataclass(frozen=True)
class Call:
    """A call of `name`; `args` are arrays, and so are some of the keyword arguments."""

    name: str
    types: str
    args: tuple[Any, ...]
    keywords: dict[str, Any]

    def __str__(self) -> str:
        named = "".join(f", {k}={v}" for k, v in self.keywords.items() if not isinstance(v, np.ndarray))
        return f"{self.name} {self.types}{named}"

    def __call__(self, **more):
        return getattr(corepy, self.name)(*self.args, **self.keywords, **more)

    def mapped(self, change: Callable[[np.ndarray], Any]) -> "Call":
        """The same with every array changed."""
        keywords = {k: change(v) if isinstance(v, np.ndarray) else v for k, v in self.keywords.items()}
        return replace(self, args=tuple(map(change, self.args)), keywords=keywords)

    def having(self, **keywords) -> "Call":
        """The same with these keyword arguments."""
        return replace(self, keywords=self.keywords | keywords)


def parameters(name: str) -> dict[str, inspect.Parameter]:
    """The parameters of an array operator, by name; those of an elementwise one are arrays, and out= and where=."""
    operator = getattr(corepy, name)
    return {} if hasattr(operator, "types") else dict(inspect.signature(operator).parameters)


def axes(name: str, ndim: int) -> list[dict]:
    """Keyword arguments that name each kind of axis, if the operator has one."""
    return [{"axis": axis} for axis in (0, -1)[:ndim]] if "axis" in parameters(name) else []


def samples(name: str, shape: tuple[int, ...] = (4, 10)) -> Iterator[Call]:
    """A call for each loop of an elementwise operator; for several dtypes, and without and with axis=, of any other."""
    operator = getattr(corepy, name)
    n = int(np.prod(shape))
    if hasattr(operator, "types"):
        for loop in operator.types:
            args = [arrays.mixed(c, n, seed) for seed, c in enumerate(loop.split("->")[0])]
            yield Call(name, loop, tuple(x.reshape(shape) for x in arrays.accepted(operator, args)), {})
        return
    for dtype in _ARRAY_DTYPES:
        args = [arrays.mixed(dtype, n, seed) for seed in range(required(operator))]
        # Infinities and NaN would hide what becomes of the other elements.
        args = [np.where(np.abs(x) < 1e6, x, np.ones((), dtype)) for x in args]
        flat = Call(name, dtype, tuple(args), named(operator, n))
        # Some take one dimension only, or not fewer than two.
        yield flat
        yield replace(flat, args=tuple(x.reshape(shape) for x in args), keywords=named(operator, shape[-1]))
        for axis in axes(name, len(shape)):
            keywords = named(operator, shape[axis["axis"]]) | axis
            yield replace(flat, args=tuple(x.reshape(shape) for x in args), keywords=keywords)


def public() -> dict[str, Callable]:
    """Every function that users call: operators, creation functions and those of public modules that list theirs."""
    found = {name: getattr(corepy, name) for name in corepy.__all__}
    modules = {name: module for name, module in found.items() if isinstance(module, ModuleType)}
    for name in ("random",):
        if name in modules:
            # SeedSequence is NumPy's own class.
            found |= {f"{name}.{n}": getattr(modules[name], n) for n in modules[name].__all__ if n != "SeedSequence"}
    return {name: function for name, function in found.items() if callable(function)}


def operators() -> list[str]:
    """Every operator of the table."""
    return list(OPERATORS)
