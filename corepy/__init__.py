"""Corepy: numeric kernels with the same bits everywhere.

Elementwise operators are real numpy.ufuncs, array operators plain functions; both are compiled ahead of time from Python
source. See v1_SPEC.md for what they promise, and `python -m corepy check` for the proof on this machine.
"""

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corepy.binning import *  # noqa: F403
    from corepy.creation import *  # noqa: F403
    from corepy.elementwise import *  # noqa: F403
    from corepy.groups import *  # noqa: F403
    from corepy.nan_reductions import *  # noqa: F403
    from corepy.normalization import *  # noqa: F403
    from corepy.order_statistics import *  # noqa: F403
    from corepy.products import *  # noqa: F403
    from corepy.reductions import *  # noqa: F403
    from corepy.scans import *  # noqa: F403
    from corepy.statistics import *  # noqa: F403
    from corepy.windows import *  # noqa: F403
