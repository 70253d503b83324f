"""Corepy: numeric kernels with the same bits everywhere.

Elementwise operators are real numpy.ufuncs, array operators plain functions; both are compiled ahead of time from Python
source. See v1_SPEC.md for what they promise, and `python -m corepy check` for the proof on this machine.
"""

from importlib.util import find_spec

if find_spec("corepy._build") is None:
    from corepy._installed import replace_source_tree

    replace_source_tree()
else:
    import sys

    from corepy import creation, device, elementwise, errors, normalization, reductions, scans, settings
    from corepy._build import VERSION as __version__  # noqa: F401
    from corepy.creation import *  # noqa: F403
    from corepy.elementwise import *  # noqa: F403
    from corepy.normalization import *  # noqa: F403
    from corepy.reductions import *  # noqa: F403
    from corepy.scans import *  # noqa: F403

    setting = settings
    sys.modules["corepy.setting"] = settings

    __all__ = [
        *creation.__all__,
        *elementwise.__all__,
        *normalization.__all__,
        *reductions.__all__,
        *scans.__all__,
        "device",
        "errors",
        "setting",
        "settings",
    ]
