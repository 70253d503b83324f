"""Where kernels come from: compiled modules (native) or the same source, uncompiled (reference)."""

from importlib import import_module


def __getattr__(name: str):
    # Not imported with Corepy: few programs need the reference.
    if name == "reference":
        return import_module("corepy.backend.reference")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
