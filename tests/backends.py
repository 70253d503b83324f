"""Every operator on every backend that runs here: compiled for each SIMD level, and uncompiled."""

from corepy.backend.dispatch import LEVELS, OPERATORS
from corepy.backend.native import NativeBackend
from corepy.backend.reference import ReferenceBackend

NATIVE = {level: {name: o.build(NativeBackend(level)) for name, o in OPERATORS.items()} for level in LEVELS}
REFERENCE = {name: o.build(ReferenceBackend()) for name, o in OPERATORS.items()}

UFUNCS = [name for name in OPERATORS if hasattr(REFERENCE[name], "types")]
# Those that keep the axis they go along, and those that reduce (or, softmax, take) any axes.
SLICEWISE = [name for name, o in OPERATORS.items() if o.family in ("scans", "windows")]
ARRAY_OPERATORS = [name for name in OPERATORS if name not in UFUNCS and name not in SLICEWISE]
# Every loop of every elementwise operator: ("add", "dd->d").
LOOPS = [(name, loop) for name in UFUNCS for loop in REFERENCE[name].types]
