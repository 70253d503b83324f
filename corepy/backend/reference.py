"""The same kernels, uncompiled: `corepy.backend.reference.<operator>` is what the compiled one is judged by.

With COREPY_BACKEND=reference all of Corepy runs on them, and a debugger steps through kernels/*.py.
"""

import functools
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np

from corepy import errors

__all__ = ["ReferenceBackend", "ReferenceUfunc"]

_EXPORT = re.compile(r"(\w+)\(([^)]*)\)")


@functools.cache
def _module(file: str) -> ModuleType:
    return import_module(f"corepy.kernels.{file}")


@functools.cache
def _exports(file: str) -> dict[str, list[list[str]]]:
    """Argument types of every `#pythran export ufunc` line of a kernel file, by kernel."""
    found: dict[str, list[list[str]]] = {}
    source = Path(_module(file).__file__).read_text(encoding="utf-8")
    for comment in re.findall(r"#pythran export ufunc .*(?:\n# .*)*", source):
        for kernel, types in _EXPORT.findall(comment):
            found.setdefault(kernel, []).append([t.strip() for t in types.split(",")])
    return found


def _as_compiled(kernel: Callable) -> Callable:
    """Compiled kernels refuse subclasses and other layouts, and raise no floating-point warnings; nor do these."""

    @functools.wraps(kernel)
    def call(*args):
        for x in args:
            if isinstance(x, np.ndarray) and not (type(x) is np.ndarray and x.flags.c_contiguous and x.flags.aligned):
                raise TypeError(f"{kernel.__name__} takes C-contiguous, aligned arrays, no subclasses")
        with np.errstate(all="ignore"):
            return kernel(*args)

    return call


def _with_rare(rare: Callable, kernel: Callable) -> Callable:
    """The kernel, but elements whose result is NaN though no argument is go to its __rare variant."""

    @functools.wraps(kernel)
    def call(*args):
        result = kernel(*args)
        again = np.isnan(result)
        for x in args:
            again &= ~np.isnan(x)
        result[again] = rare(*(x[again] for x in args))
        return result

    return call


class ReferenceUfunc:
    """What a numpy.ufunc does with a kernel, in Python: loops by dtype, broadcasting, out=, where=, casting=, dtype=.

    Not here: reduce and its siblings, `__array_ufunc__`, and the keyword arguments order, subok and signature.
    """

    def __init__(self, name: str, kernels: list[tuple[Callable, list[list[str]]]], doc: str):
        loops = [(kernel, [np.dtype(t) for t in types]) for kernel, signatures in kernels for types in signatures]
        # The order of NumPy's search: ascending by the widest argument. The rest is the order of the compiled ufunc.
        loops.sort(key=lambda loop: (max(t.num for t in loop[1]), [t.num for t in loop[1]]))
        self.__name__ = self.__qualname__ = name
        self.__doc__ = doc
        self.nin = len(loops[0][1])
        # Other kernels see whole arrays.
        self._by_element = "one element at a time" in doc
        self._loops = [(kernel, types, self._result_dtypes(kernel, types)) for kernel, types in loops]
        self.nout = len(self._loops[0][2])
        self.nargs = self.nin + self.nout
        self.types = [
            "->".join("".join(t.char for t in dtypes) for dtypes in (types, results))
            for _, types, results in self._loops
        ]
        self.ntypes = len(self.types)

    def __repr__(self) -> str:
        return f"<ReferenceUfunc '{self.__name__}'>"

    def _compute(self, kernel: Callable, operands: list[np.ndarray]) -> tuple[np.ndarray, ...]:
        """The results of a kernel, one or two, for flat arrays."""
        with np.errstate(all="ignore"):
            if self._by_element:
                elements = [kernel(*row) for row in zip(*operands, strict=True)]
                found = np.array(elements, elements[0].dtype if elements else operands[0].dtype)
            elif operands[0].size == 1:
                # np.float64 of one float32 in an array is a scalar in NumPy 2.0.
                found = kernel(*(np.repeat(x, 2) for x in operands))
                found = tuple(x[:1] for x in found) if isinstance(found, tuple) else found[:1]
            else:
                found = kernel(*operands)
        return tuple(map(np.asarray, found if isinstance(found, tuple) else (found,)))

    def _result_dtypes(self, kernel: Callable, types: list[np.dtype]) -> tuple[np.dtype, ...]:
        return tuple(x.dtype for x in self._compute(kernel, [np.ones(1, t) for t in types]))

    def _no_loop(self, given: list[np.dtype]) -> errors.DTypeError:
        names = ", ".join(f"numpy.{t.type.__name__}" for t in given)
        accepted = "; ".join(", ".join(t.name for t in types) for _, types, _ in self._loops)
        return errors.DTypeError(
            f"corepy.{self.__name__}: no loop for ({names}). It accepts ({accepted}). "
            "Convert first, for example with x.astype(numpy.float64)."
        )

    def _loop(self, args: tuple, dtype: np.dtype | None, casting: str):
        """The first loop that all arguments cast to safely; Python's numbers take the dtype of the others (NEP 50)."""
        weak = [type(x) in (int, float) for x in args]
        given = [np.asarray(x).dtype for x in args]
        if any(t.num > np.dtype(np.float64).num for t in given):
            raise self._no_loop(given)
        if all(t.kind == "b" for t in given) and "If every argument is bool." in self.__doc__:
            raise self._no_loop(given)
        if all(t.kind in "biu" for t in given) and "Integers are divided as float64." in self.__doc__:
            dtype = np.dtype(np.float64) if dtype is None else dtype
        # A number of a higher kind than all arrays, or among numbers alone, is what NumPy makes of it: int64 or float64.
        rank = max(("biuf".index(t.kind) for t, w in zip(given, weak, strict=True) if not w), default=-1)
        weak = [w and rank >= "biuf".index(t.kind) for t, w in zip(given, weak, strict=True)]
        rule = "safe" if dtype is None else casting
        for kernel, types, results in self._loops:
            if dtype is not None and results[0] != dtype:
                continue
            if all(
                t.kind in ("iuf" if g.kind == "i" else "f") if w else np.can_cast(g, t, rule)
                for g, t, w in zip(given, types, weak, strict=True)
            ):
                return kernel, types, results
        raise self._no_loop(given)

    def __call__(self, *args, out=None, where=True, dtype=None, casting="same_kind"):
        if self.nin < len(args) <= self.nargs and out is None:
            args, out = args[: self.nin], args[self.nin :]
        if len(args) != self.nin:
            raise TypeError(f"{self.__name__}() takes from {self.nin} to {self.nargs} positional arguments")
        out = out if isinstance(out, tuple) else (out,)
        kernel, types, results = self._loop(tuple(args), None if dtype is None else np.dtype(dtype), casting)
        operands = [
            np.asarray(x, dtype=t if type(x) in (int, float) else None) for x, t in zip(args, types, strict=True)
        ]
        shape = np.broadcast_shapes(*(x.shape for x in operands), () if where is True else np.shape(where))
        flat = [np.broadcast_to(x, shape).astype(t).reshape(-1) for x, t in zip(operands, types, strict=True)]
        chosen = np.broadcast_to(where, shape).reshape(-1)
        if "ZeroDivisionError" in self.__doc__ and types[-1].kind in "iu" and not np.all(flat[-1][chosen]):
            raise ZeroDivisionError(f"corepy.{self.__name__}: integer division by zero")
        if "raised to a negative integer." in self.__doc__ and types[-1].kind == "i" and np.any(flat[-1][chosen] < 0):
            raise ValueError(
                f"corepy.{self.__name__}: an integer raised to a negative integer. "
                "Convert first, for example with x.astype(numpy.float64)."
            )
        computed = self._compute(kernel, [x[chosen] for x in flat])
        if tuple(x.dtype for x in computed) != results:
            raise AssertionError(f"{self.__name__}: the kernel returned {computed}, its loop says {results}")
        delivered = tuple(
            self._deliver(values, shape, chosen, place, where, casting)
            for values, place in zip(computed, (*out, None)[: self.nout], strict=True)
        )
        return delivered if self.nout > 1 else delivered[0]

    @staticmethod
    def _deliver(computed, shape, chosen, out, where, casting):
        """Computed values in their shape, or in `out`."""
        values = computed.reshape(shape) if where is True else np.empty(shape, computed.dtype)
        if where is not True:
            values[chosen.reshape(shape)] = computed
        if out is None:
            return values[()]
        if out.shape != np.broadcast_shapes(shape, out.shape):
            raise ValueError(f"non-broadcastable output operand with shape {out.shape}: the result has {shape}")
        np.copyto(out, values, where=where, casting=casting)
        return out


class ReferenceBackend:
    """Kernels as Python runs them. ufunc() gives ReferenceUfuncs, function() the kernels themselves."""

    name = "reference"
    level = "python"

    def function(self, file: str, kernel: str) -> Callable:
        return _as_compiled(getattr(_module(file), kernel))

    def ufunc(self, file: str, kernel: str) -> ReferenceUfunc:
        module, name = _module(file), kernel.rstrip("_")
        variants = [k for k in _exports(file) if k.partition("__")[0].rstrip("_") == name]
        rare = sorted(k for k in variants if "__rare" in k)
        kernels = []
        for k in variants:
            for types in _exports(file)[k] if k not in rare else []:
                chain = [getattr(module, v) for v in (k, *rare) if types in _exports(file)[v]]
                kernels.append((functools.reduce(_with_rare, reversed(chain)), [types]))
        return ReferenceUfunc(name, kernels, getattr(module, kernel).__doc__)


def __getattr__(name: str):
    from corepy.backend import dispatch

    if name not in dispatch.OPERATORS:
        raise AttributeError(f"module {__name__!r} has no operator {name!r}")
    return dispatch.OPERATORS[name].build(ReferenceBackend())


def __dir__() -> list[str]:
    from corepy.backend import dispatch

    return [*globals(), *dispatch.OPERATORS]
