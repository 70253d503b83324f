"""Corepy: numeric kernels with the same bits everywhere.

Elementwise operators are real numpy.ufuncs, array operators plain functions; both are compiled ahead of time from Python
source. See v1_SPEC.md for what they promise, and `python -m corepy check` for the proof on this machine.
"""

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corepy.binning import *  # noqa: F403
    from corepy.covariances import *  # noqa: F403
    from corepy.creation import *  # noqa: F403
    from corepy.elementwise import *  # noqa: F403
    from corepy.exact import *  # noqa: F403
    from corepy.exponential_windows import *  # noqa: F403
    from corepy.groups import *  # noqa: F403
    from corepy.nan_reductions import *  # noqa: F403
    from corepy.normalization import *  # noqa: F403
    from corepy.order_statistics import *  # noqa: F403
    from corepy.products import *  # noqa: F403
    from corepy.ranks import *  # noqa: F403
    from corepy.reductions import *  # noqa: F403
    from corepy.scans import *  # noqa: F403
    from corepy.statistics import *  # noqa: F403
    from corepy.window_statistics import *  # noqa: F403
    from corepy.windows import *  # noqa: F403

if find_spec("corepy._build") is None:
    from corepy._installed import replace_source_tree

    replace_source_tree()
else:
    import sys
    from importlib import import_module

    from corepy import device, errors, settings  # noqa: F401
    from corepy._build import VERSION as __version__  # noqa: F401
    from corepy.backend.dispatch import FRONTS

    setting = settings
    sys.modules["corepy.setting"] = settings

    _MODULES = ("device", "errors", "random", "setting", "settings")

    # Operators and creation functions are looked up when a name is first used: `import corepy` loads no kernel.
    def __getattr__(name: str) -> Any:
        if name == "__all__":
            return [*_MODULES, *(n for front in FRONTS for n in import_module(front).__all__)]
        if name == "random":
            return import_module("corepy.random")
        if not name.startswith("_"):
            for front in map(import_module, FRONTS):
                if name in front.__all__:
                    found = globals()[name] = getattr(front, name)
                    return found
        raise AttributeError(f"module 'corepy' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__getattr__("__all__")})
