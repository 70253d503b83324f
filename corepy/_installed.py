"""In a checkout `python -m corepy` finds this source tree first: import the installed package in its place."""

import sys
from importlib import import_module
from pathlib import Path


def replace_source_tree() -> None:
    tree = Path(__file__).resolve().parent.parent
    kept = list(sys.path)
    for name in [m for m in sys.modules if m == "corepy" or m.startswith("corepy.")]:
        del sys.modules[name]
    sys.path[:] = [p for p in kept if Path(p or ".").resolve() != tree]
    try:
        import_module("corepy")
    except ModuleNotFoundError as error:
        if error.name != "corepy":
            raise
        raise ImportError(
            f"{tree} holds Corepy's source, and Corepy is not installed. Run: pip install {tree}"
        ) from None
    finally:
        sys.path[:] = kept
