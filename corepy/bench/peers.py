"""The libraries that Corepy is measured beside, as data: what they call an operator, and how they want its arguments.

A peer is asked for an operator by Corepy's name of it, or by the one in its table where that differs. Whether it computes the
same is not believed but tried: a result that is not Corepy's, within a tolerance, is not measured.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any

import numpy as np

__all__ = ["ENVIRONMENT", "PEERS", "Peer", "installed"]

# One thread each, read when the libraries are imported; NPROC is JAX's.
ENVIRONMENT = {
    "MKL_NUM_THREADS": "1",
    "NPROC": "1",
    "NUMBA_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}

_NAN_FREE = {name: f"nan{name}" for name in ("sum", "mean", "std", "var", "min", "max", "argmin", "argmax")}

_EXPRESSIONS = {
    "add": "a + b",
    "subtract": "a - b",
    "multiply": "a * b",
    "divide": "a / b",
    "remainder": "a % b",
    "power": "a ** b",
    "square": "a * a",
    "negative": "-a",
    "absolute": "abs(a)",
    "reciprocal": "1 / a",
    "equal": "a == b",
    "not_equal": "a != b",
    "less": "a < b",
    "less_equal": "a <= b",
    "greater": "a > b",
    "greater_equal": "a >= b",
    "bitwise_and": "a & b",
    "bitwise_or": "a | b",
    "bitwise_xor": "a ^ b",
    "invert": "~a",
    "left_shift": "a << b",
    "right_shift": "a >> b",
}


def _by_name(module: str, call: partial, name: str, **keywords) -> partial | None:
    """The call as made to a function of a module."""
    function = getattr(import_module(module), name, None)
    return partial(function, *call.args, **call.keywords, **keywords) if callable(function) else None


def _numexpr(_, call: partial, name: str) -> partial | None:
    import numexpr

    numexpr.set_num_threads(1)
    names = "abc"[: len(call.args)]
    if call.keywords or (name not in _EXPRESSIONS and name not in numexpr.expressions.functions):
        return None
    expression = _EXPRESSIONS.get(name, f"{name}({', '.join(names)})")
    return partial(numexpr.evaluate, expression, local_dict=dict(zip(names, call.args, strict=True)))


def _numba(module: str, call: partial, name: str) -> partial | None:
    import numba

    function = getattr(import_module(module), name, None)
    if function is None:
        return None
    names = ", ".join("abc"[: len(call.args)])
    words = "".join(f", {word}={value!r}" for word, value in call.keywords.items())
    compiled = numba.njit(error_model="numpy")(
        eval(f"lambda {names}: function({names}{words})", {"function": function})
    )
    return partial(compiled, *call.args)


def _torch(module: str, call: partial, name: str, **keywords) -> partial | None:
    import torch

    torch.set_num_threads(1)
    function = getattr(torch, name, None) or getattr(torch.special, name, None)
    if function is None:
        return None
    args = [torch.from_numpy(x) if isinstance(x, np.ndarray) else x for x in call.args]
    words = {"dim" if word == "axis" else word: value for word, value in call.keywords.items()}
    return partial(function, *args, **keywords | words)


def _jax(module: str, call: partial, name: str) -> partial | None:
    import jax

    jax.config.update("jax_enable_x64", True)
    # Computed where it is called: the time is that of the result, as for all others.
    jax.config.update("jax_cpu_enable_async_dispatch", False)
    function = next((getattr(m, name) for m in map(import_module, module.split()) if hasattr(m, name)), None)
    if function is None:
        return None
    args = [jax.numpy.asarray(x) if isinstance(x, np.ndarray) else x for x in call.args]
    return partial(jax.jit(partial(function, **call.keywords)), *args)


@dataclass(frozen=True)
class Peer:
    """One library.

    `find(module, call, name, **keywords)` makes its call from Corepy's, or returns None where it has no such operator.
    `names` holds its other names, with the keyword arguments that make it mean the same.
    """

    module: str
    find: Callable[..., partial | None] = _by_name
    names: Mapping[str, str | tuple[str, dict[str, Any]]] = field(default_factory=lambda: MappingProxyType({}))

    def call(self, operator: str, call: partial) -> partial | None:
        """This library's counterpart of a call of Corepy."""
        name = self.names.get(operator, operator)
        name, keywords = (name, {}) if isinstance(name, str) else name
        return self.find(self.module, call, name, **keywords)


PEERS = {
    "numpy": Peer("numpy"),
    "scipy": Peer("scipy.special", names={"lgamma": "gammaln"}),
    "bottleneck": Peer("bottleneck", names=_NAN_FREE),
    "numbagg": Peer(
        "numbagg",
        names=_NAN_FREE | {"var": ("nanvar", {"ddof": 0}), "std": ("nanstd", {"ddof": 0}), "count": "nancount"},
    ),
    "numba": Peer("numpy", _numba),
    "numexpr": Peer("numexpr", _numexpr),
    "torch": Peer(
        "torch",
        _torch,
        names={
            "invert": "bitwise_not",
            "left_shift": "bitwise_left_shift",
            "right_shift": "bitwise_right_shift",
            "rint": "round",
            "var": ("var", {"correction": 0}),
            "std": ("std", {"correction": 0}),
            "min": "amin",
            "max": "amax",
            # It wants to be told of the one dimension.
            "softmax": ("softmax", {"dim": -1}),
            "logsumexp": ("logsumexp", {"dim": -1}),
        },
    ),
    "jax": Peer("jax.numpy jax.scipy.special jax.nn", _jax),
}


def installed() -> dict[str, str]:
    """The peers that are installed, with their versions; none is imported."""
    return {name: version(name) for name in PEERS if find_spec(name) is not None}
