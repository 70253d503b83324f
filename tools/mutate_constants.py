"""A check of `check`: change the last bits of every coefficient of every kernel, one at a time, and see a result change.

    python tools/mutate_constants.py                    # all kernel files: half an hour
    python tools/mutate_constants.py exponential gamma  # these

Works in this process, on the uncompiled source of the installed package and the corpus of `check`. Coefficients are numbers
of ten digits or more. Those of single.py are left out, and others of float32 functions are noticed late: their results are
correctly rounded, so that last bits show in a few of 2**32 inputs, of which tests/exhaustive/record.csv keeps the digests.

Prints a table (Markdown): how many coefficients are noticed when their last bit changes, their last 4, 8, ... bits, and never.
The last bit of the coefficient of t**12 in exp moves a result by 2**-40 of its own last bit: no set of inputs shows that.
"""

import ast
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import numpy as np

from corepy import _check, _corpus, kernels
from corepy.backend.reference import ReferenceBackend

BITS = (1, 4, 8, 12, 16, 24, 32, 40, 48)
FOLDER = Path(kernels.__path__[0])
FILES = sorted(path.stem for path in FOLDER.glob("*.py"))
SOURCES = {file: (FOLDER / f"{file}.py").read_text(encoding="utf-8") for file in FILES}
IMPORTS = {
    file: {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom) and node.level}
    for file, source in SOURCES.items()
}


def _users(file: str) -> list[str]:
    """The file and those that import from it, directly or not, each behind those that it imports from."""
    found = {file}
    while more := {f for f in FILES if IMPORTS[f] & found} - found:
        found |= more
    ordered = [file]
    while len(ordered) < len(found):
        ordered += [f for f in sorted(found.difference(ordered)) if not IMPORTS[f] & found.difference(ordered)]
    return ordered


def _coefficients(source: str) -> Iterator[tuple[ast.Constant, str]]:
    """Every number of ten digits or more, as it is and as it is written; powers of two are limits or scales."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float) and math.frexp(node.value)[0] != 0.5:
            text = ast.get_source_segment(source, node)
            if sum(c.isdigit() for c in text.split("e")[0].strip("0.")) >= 10:
                yield node, text


def _changed(source: str, node: ast.Constant, bits: int) -> str:
    lines = source.splitlines(keepends=True)
    value = (np.float64(node.value).view(np.int64) ^ 2 ** (bits - 1)).view(np.float64)
    line = lines[node.lineno - 1]
    lines[node.lineno - 1] = line[: node.col_offset] + repr(float(value)) + line[node.end_col_offset :]
    return "".join(lines)


def _run(files: list[str], source: str) -> None:
    """Run kernel files again, the first with another source."""
    for file in files:
        module = import_module(f"corepy.kernels.{file}")
        exec(compile(source if file == files[0] else SOURCES[file], module.__file__, "exec"), module.__dict__)


class Operators:
    """What operators give for the floats of the corpus."""

    def __init__(self) -> None:
        self.table, self.backend = _check.table(), ReferenceBackend()
        self.known: dict[str, tuple[list, list[np.ndarray]]] = {}

    def _bits(self, operator: Callable, cases: list) -> list[np.ndarray]:
        return [_check._bits(r) for _, args, kwargs in cases for r in _check._results(operator(*args, **kwargs))]

    def of(self, files: list[str]) -> list[str]:
        # Array operators take a second each, and have their coefficients from files of elementwise ones.
        found = [n for f in files for n, op in self.table.items() if op.file == f and op.family != "reductions"]
        for name in found:
            if name not in self.known:
                operator = self.table[name].build(self.backend)
                cases = [c for c in _corpus.cases(operator) if not c[1] or c[1][0].dtype.kind == "f"]
                self.known[name] = cases, self._bits(operator, cases)
        return found

    def differ(self, name: str) -> bool:
        cases, expected = self.known[name]
        found = self._bits(self.table[name].build(self.backend), cases)
        return any(not np.array_equal(a, b) for a, b in zip(found, expected, strict=True))


def _noticed(operators: Operators, source: str, node: ast.Constant, users: list[str]) -> int:
    """How many of the last bits of a coefficient must change for a result to change; 0 if even 50 do not do."""
    _run(users, _changed(source, node, 50))
    depending = [name for name in operators.of(users) if operators.differ(name)]
    for bits in BITS if depending else ():
        _run(users, _changed(source, node, bits))
        if any(map(operators.differ, depending)):
            return bits
    return 0


def main(chosen: list[str]) -> None:
    operators, late = Operators(), []
    print("| File | Coefficients |", *(f"{b} |" for b in BITS), "never |\n| --- |", "--- | " * (len(BITS) + 2))
    for file in chosen or [f for f in FILES if f != "single"]:
        users, source, found = _users(file), SOURCES[file], Counter()
        operators.of(users)
        for node, text in _coefficients(source):
            bits = _noticed(operators, source, node, users)
            found[bits] += 1
            if bits != 1:
                late.append(f"{file}.py, line {node.lineno}: {text} ({bits or 'never'})")
            _run(users, source)
        if found:
            print(f"| `{file}` | {found.total()} |", *(f"{found[b] or ''} |" for b in (*BITS, 0)), flush=True)
    print(*["", *late], sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
