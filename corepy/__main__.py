"""python -m corepy info | check | bench"""

import argparse
import json
import os
import subprocess
import sys

from corepy import _check, settings
from corepy._terminal import chosen, progress
from corepy.backend import cpu
from corepy.backend.dispatch import BACKEND, LEVELS, OPERATORS
from corepy.bench import command


def _info(arguments: argparse.Namespace) -> int:
    facts = settings.describe() | {
        "cpu levels": cpu.levels(),
        "python": sys.version.split()[0],
        "operators": len(OPERATORS),
    }
    if arguments.json:
        print(json.dumps(facts))
        return 0
    for key, value in facts.items():
        print(f"{key:<11} {', '.join(value) if isinstance(value, list) else value}")
    return 0


def _print_differences(differences: list[str]) -> None:
    for difference in differences:
        print(f"DIFFERENT  {difference}")


def _check_levels(names: list[str], as_json: bool, compare: bool) -> int:
    levels = dict(progress(_check.check_all_levels(names, compare=compare), len(LEVELS) + compare, "level"))
    differences = [f"{level}: {d}" for level, found in levels.items() for d in found["differences"]]
    for name in names:
        if len({found["digests"][name] for found in levels.values()}) > 1:
            each = ", ".join(f"{level} {found['digests'][name][:16]}" for level, found in levels.items())
            differences.append(f"{name}: levels disagree ({each})")
    if as_json:
        print(json.dumps({"levels": levels, "differences": differences}))
        return int(bool(differences))
    for level, found in levels.items():
        print(f"{level:<10} {found['all']}")
    _print_differences(differences)
    print(f"{len(names)} operators on {', '.join(levels)}: {len(differences)} differences")
    return int(bool(differences))


def _check_here(names: list[str], as_json: bool, compare: bool) -> int:
    reports = []
    for report in progress(_check.run(names, compare=compare), len(names), "operator"):
        reports.append(report)
        if not as_json and not sys.stderr.isatty():
            print(f"{report.operator:<15} {report.digest}", flush=True)
    digests = {r.operator: r.digest for r in reports}
    differences = [d for r in reports for d in r.differences]
    if as_json:
        found = {
            "level": BACKEND.level,
            "digests": digests,
            "all": _check.combined(digests),
            "differences": differences,
        }
        print(json.dumps(found))
        return int(bool(differences))
    if sys.stderr.isatty():
        for name, digest in digests.items():
            print(f"{name:<15} {digest}")
    print(f"{'all':<15} {_check.combined(digests)}")
    _print_differences(differences)
    print(f"{len(names)} operators, {BACKEND.name} ({BACKEND.level}): {len(differences)} differences")
    return int(bool(differences))


def _check_command(arguments: argparse.Namespace) -> int:
    names = chosen(
        "check", "operator", [] if arguments.operators is None else [arguments.operators], sorted(_check.table())
    )
    if arguments.all_levels:
        return _check_levels(names, arguments.json, not arguments.no_reference)
    if arguments.level and arguments.level != BACKEND.level:
        if arguments.level not in LEVELS:
            raise SystemExit(
                f"corepy check: level {arguments.level!r} is not available here. Choose: {', '.join(LEVELS)}."
            )
        # The level is decided at import: another one needs another process.
        command = [sys.executable, "-m", "corepy", "check", "--operators", ",".join(names)]
        environment = os.environ | {"COREPY_LEVEL": arguments.level, "COREPY_BACKEND": "native"}
        command += ["--json"] * arguments.json + ["--no-reference"] * arguments.no_reference
        return subprocess.run(command, env=environment, check=False).returncode
    return _check_here(names, arguments.json, not arguments.no_reference)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m corepy", description="Numeric kernels with the same bits everywhere."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    info = commands.add_parser("info", help="version, SIMD level, backend, CPU and what this build was made with")
    info.add_argument("--json", action="store_true", help="print one JSON object")
    info.set_defaults(run=_info)

    check = commands.add_parser(
        "check",
        help="prove that this machine computes the published bits",
        description="Runs every operator on a fixed corpus, compares native with the uncompiled source and with the "
        "published digests, and prints one SHA-256 for each. Exit status: 0 if nothing differs, 1 if something does.",
    )
    check.add_argument("--operators", metavar="A,B,...", help="only these operators")
    where = check.add_mutually_exclusive_group()
    where.add_argument("--level", help=f"this SIMD level only (here: {', '.join(LEVELS) or 'none'})")
    where.add_argument(
        "--all-levels", action="store_true", help="every level of this machine and the uncompiled source"
    )
    check.add_argument(
        "--no-reference", action="store_true", help="compare with the published digests only: six times as fast"
    )
    check.add_argument("--json", action="store_true", help="print one JSON object")
    check.set_defaults(run=_check_command)

    bench = commands.add_parser(
        "bench",
        help="measure Corepy beside NumPy and what else is installed",
        description="Latency of calls: Corepy and other libraries by turns in one process, one thread each.",
    )
    command.add_arguments(bench)
    bench.set_defaults(run=command.run)

    arguments = parser.parse_args()
    try:
        return arguments.run(arguments)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141


if __name__ == "__main__":
    sys.exit(main())
