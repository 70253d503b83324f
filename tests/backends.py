"""Every operator on every backend that runs here: compiled for each SIMD level, and uncompiled."""

from corepy.backend.dispatch import LEVELS, OPERATORS
from corepy.backend.native import NativeBackend
from corepy.backend.reference import ReferenceBackend

NATIVE = {level: {name: o.build(NativeBackend(level)) for name, o in OPERATORS.items()} for level in LEVELS}
REFERENCE = {name: o.build(ReferenceBackend()) for name, o in OPERATORS.items()}

UFUNCS = [name for name in OPERATORS if hasattr(REFERENCE[name], "types")]
# Those that take one array and any axes of it, and give one result; those that keep the axis they go along. Others have
# tests of their own.
ARRAY_OPERATORS = [name for name, o in OPERATORS.items() if o.family in ("reductions", "normalization")]
SLICEWISE = [name for name, o in OPERATORS.items() if o.family in ("scans", "windows")]
# Every loop of every elementwise operator: ("add", "dd->d").
LOOPS = [(name, loop) for name in UFUNCS for loop in REFERENCE[name].types]
