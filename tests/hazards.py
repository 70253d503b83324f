"""What could end the process, hang it or spoil a number, tried on every public callable; test_hazards.py runs it as a child.

    python tests/hazards.py HAZARD [OPERATOR...]

Each case is named on stdout before it is tried, so that one that ends the process is known; failures follow as lines of
their own. A case is a label, what is tried, and what is expected of its outcome: a value, or an exception.
"""

import faulthandler
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import nullcontext

import numpy as np
from calls import operators, public
from environment import PATIENCE
from expected import Case, outcome
from hazards_of_arguments import (
    empty,
    foreign,
    half,
    layouts,
    many_dimensions,
    no_dimensions,
    objects,
    strangers,
    subclasses,
    zero_strides,
)
from hazards_of_calls import (
    address_space,
    huge,
    integer_limits,
    integers_as_positions,
    mutated,
    no_memory,
    out_overlaps,
    out_refused,
    recursion,
    resized,
    shapes,
    special_values,
)

from corepy.backend.dispatch import OPERATORS

# Bytes that a hazard may take, so that what is too large is refused and does not fill the machine.
MEMORY = 6 * 2**30
# After so long a hazard counts as hung.
SECONDS = 400 * PATIENCE

HAZARDS: dict[str, Callable[[str], Iterator[Case]]] = {
    hazard.__name__: hazard
    for hazard in (
        *(layouts, zero_strides, empty, no_dimensions, many_dimensions, subclasses),
        *(foreign, half, objects, strangers, out_refused, out_overlaps),
        *(special_values, integer_limits, integers_as_positions, shapes),
        *(huge, no_memory, mutated, resized, recursion),
    )
}


def _run(hazard: str, names: tuple[str, ...]) -> None:
    cases = failures = 0
    everything = [n for n in public() if n not in OPERATORS] if hazard == "strangers" else operators()
    for name in names or everything:
        for label, attempt, judge in HAZARDS[hazard](name):
            os.write(1, f"try {label}\n".encode())
            cases += 1
            try:
                judge(outcome(attempt))
            except AssertionError as error:
                failures += 1
                os.write(1, f"fail {label}: {str(error)[:500]!r}\n".encode())
    os.write(1, f"end {cases} {failures}\n".encode())


def main(hazard: str, *names: str) -> None:
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", "the matrix subclass", PendingDeprecationWarning)
    warnings.simplefilter("ignore", np.exceptions.ComplexWarning)
    faulthandler.enable()
    faulthandler.dump_traceback_later(SECONDS, exit=True)
    # A label of 2**31 asks for as many groups.
    with address_space(MEMORY) if sys.platform == "linux" else nullcontext():
        _run(hazard, names)


if __name__ == "__main__":
    main(*sys.argv[1:])
