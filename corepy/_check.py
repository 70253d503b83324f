"""The proof a user can run: every operator on fixed inputs, native against reference against the published digests."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files

import numpy as np

from corepy import _build, _corpus
from corepy.backend.dispatch import BACKEND, LEVELS, OPERATORS, Operator
from corepy.backend.reference import ReferenceBackend

__all__ = ["Report", "check_all_levels", "check_operator", "combined", "published", "run", "table"]


@dataclass
class Report:
    """One operator: its digest, and what differs, in words (empty if nothing does)."""

    operator: str
    digest: str
    differences: list[str] = field(default_factory=list)


def table() -> dict[str, Operator]:
    """All that is checked, by name: operators, and the distributions of corepy.random."""
    from corepy.random._cases import DRAWS

    return OPERATORS | DRAWS


def published() -> dict:
    """The digests that this version of Corepy was released with."""
    return json.loads(files("corepy").joinpath("digests.json").read_text(encoding="utf-8"))


def _results(found) -> tuple:
    """What a call gives, as a tuple: some operators have two results."""
    return found if isinstance(found, tuple) else (found,)


def _bits(result) -> np.ndarray:
    """A result as unsigned integers; every NaN counts as the same NaN."""
    array = np.ascontiguousarray(result)
    if array.dtype.kind == "f":
        array = np.where(np.isnan(array), array.dtype.type(np.nan), array)
        array = np.copysign(array, np.where(np.isnan(array), array.dtype.type(1), array))
    return array.view(np.uint8 if array.dtype.kind == "b" else f"u{array.dtype.itemsize}")


def _ulp_distance(a: np.ndarray, b: np.ndarray) -> int | None:
    """How many floats lie between two, plus one; None if one is NaN."""
    if np.isnan(a) or np.isnan(b):
        return None
    places = [int(abs(x).view(f"u{x.itemsize}")) * (-1 if np.signbit(x) else 1) for x in (a, b)]
    return abs(places[0] - places[1])


def _first_difference(args: tuple, native, reference) -> str | None:
    native, reference = np.asarray(native), np.asarray(reference)
    if native.dtype != reference.dtype or native.shape != reference.shape:
        return f"native gives {native.dtype}{list(native.shape)}, reference {reference.dtype}{list(reference.shape)}"
    unequal = np.flatnonzero(_bits(native) != _bits(reference))
    if not unequal.size:
        return None
    i = unequal[0]
    a, b = native.reshape(-1)[i], reference.reshape(-1)[i]
    given = (
        [np.asarray(x).reshape(-1)[i] for x in args]
        if args and native.size == np.size(args[0])
        else ["the whole slice"]
    )
    distance = _ulp_distance(a, b) if a.dtype.kind == "f" else None
    apart = "" if distance is None else f", {distance} ulp apart"
    return (
        f"{unequal.size} of {native.size} results differ; the first, for ({', '.join(map(repr, given))}), is {a!r} "
        f"(bits {_bits(a).reshape(-1)[0]:#x}) natively and {b!r} (bits {_bits(b).reshape(-1)[0]:#x}) in the reference{apart}"
    )


def _layouts(args: tuple) -> Iterator[tuple[str, tuple]]:
    """The same arguments in other places: every third element, backwards, one element off alignment to 64 bytes."""
    yield "strided", tuple(np.repeat(x, 3, axis=-1)[..., ::3] for x in args)
    yield "reversed", tuple(np.ascontiguousarray(x[..., ::-1])[..., ::-1] for x in args)
    yield "shifted", tuple(np.concatenate([x.reshape(-1)[:1], x.reshape(-1)])[1:].reshape(x.shape) for x in args)
    yield "Fortran", tuple(np.asfortranarray(x) for x in args)


def check_operator(name: str, *, expected: str | None = None, compare: bool = True) -> Report:
    """Run one operator on the corpus, on this process's backend and, to compare, on the reference."""
    checked = table()[name]
    operator, reference = checked.build(BACKEND), checked.build(ReferenceBackend())
    digest = hashlib.sha256()
    report = Report(name, "")
    for turn, (label, args, kwargs) in enumerate(_corpus.cases(operator)):
        results = _results(operator(*args, **kwargs))
        for result in results:
            bits = _bits(result)
            digest.update(f"{label}: {np.asarray(result).dtype.name}{list(np.shape(result))}\n".encode())
            digest.update(bits.astype(bits.dtype.newbyteorder("<")).tobytes())
        if compare and BACKEND.name != "reference":
            for result, other in zip(results, _results(reference(*args, **kwargs)), strict=True):
                difference = _first_difference(args, result, other)
                if difference:
                    report.differences.append(f"{name}({label}): {difference}")
        layouts = list(_layouts(args))
        if BACKEND.name == "reference":
            # By turns: uncompiled kernels take minutes for all.
            layouts = [layouts[turn % len(layouts)]]
        for layout, moved in layouts:
            for result, other in zip(results, _results(operator(*moved, **kwargs)), strict=True):
                if not np.array_equal(_bits(other), _bits(result)):
                    report.differences.append(
                        f"{name}({label}): {layout} arguments give other bits than contiguous ones"
                    )
    report.digest = digest.hexdigest()
    if expected is not None and expected != report.digest:
        report.differences.append(f"{name}: digest {report.digest[:16]}, published {expected[:16]}")
    return report


def combined(digests: dict[str, str]) -> str:
    """One digest of all."""
    lines = "".join(f"{name} {digest}\n" for name, digest in sorted(digests.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def run(names: Iterable[str], *, compare: bool = True) -> Iterator[Report]:
    """Check the named operators one after the other."""
    digests = published()
    known = digests["digests"] if digests["corpus"] == _corpus.ID and digests["version"] == _build.VERSION else {}
    for name in names:
        report = check_operator(name, expected=known.get(name), compare=compare)
        if name not in known:
            report.differences.append(f"{name}: no digest published for version {_build.VERSION}, corpus {_corpus.ID}")
        yield report


def _check_apart(level: str, *arguments: str) -> dict:
    """What `check --json` prints in a process of its own, at a level or on the reference."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COREPY_")}
    environment |= {"COREPY_BACKEND": "reference"} if level == "reference" else {"COREPY_LEVEL": level}
    command = [sys.executable, "-m", "corepy", "check", "--json", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(f"the check of {level} ended with status {done.returncode}:\n{done.stderr}")
    return json.loads(done.stdout)


def check_all_levels(names: list[str], *, compare: bool = True) -> Iterator[tuple[str, dict]]:
    """Check the reference (if asked to `compare`) and every level that was built and that this CPU runs, each in a process of
    its own.

    The reference runs once, for its digests; beside a level only for operators whose digest is another one there.

    Yields
    ------
    (str, dict)
        "reference" or the level, and what `check --json` prints there.
    """
    reference = None
    if compare:
        reference = _check_apart("reference", "--operators", ",".join(names))
        yield "reference", reference
    for level in LEVELS:
        found = _check_apart(level, "--no-reference", "--operators", ",".join(names))
        others = [name for name in names if reference and found["digests"][name] != reference["digests"][name]]
        if others:
            detailed = _check_apart(level, "--operators", ",".join(others))["differences"]
            found["differences"] += [d for d in detailed if d not in found["differences"]]
        yield level, found
