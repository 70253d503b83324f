"""Write the tables and the picture of docs/performance.md from what `python -m corepy bench --json` measured.

    python tools/performance_page.py numpy.json axes.json peers.json

The first file holds all operators beside NumPy and SciPy; the second array operators with --layouts rows,columns; the third
some operators beside all peers. --like-for-like adds a second figure to the tables of the first two. A file may be several
with commas between them: their rows are joined, which lets a long run be made in parts.
"""

import json
import sys
from pathlib import Path

from corepy.bench import report

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = DOCS / "performance.md"


def read(paths: str) -> dict:
    """One measurement, joined from its parts."""
    parts = [json.loads(Path(path).read_text(encoding="utf-8")) for path in paths.split(",")]
    return parts[0] | {"rows": [row for part in parts for row in part["rows"]]}


def machine(data: dict) -> str:
    facts = data["facts"]
    libraries = ", ".join(f"{name} {version}" for name, version in facts["peers"].items())
    corepy = facts["corepy"]
    return (
        f"{facts['cpu']}, {facts['date']}: Python {facts['python']}, Corepy {corepy['version']} at {corepy['level']} "
        f"({corepy['compiler']}), {libraries}."
    )


def operators(data: dict, by: str) -> str:
    """Ratios of medians of each operator, by width of the dtype and one more key; and those with both held at a level."""
    held = report.columns(data)[-1] if data["like_for_like"] else None
    values = sorted({row[by] for row in data["rows"]}, reverse=by == "layout")
    wide = {"float64": "64 bit", "int64": "64 bit", "float32": "32 bit", "int32": "32 bit"}
    cells: dict[str, dict[tuple, str]] = {}
    for row in data["rows"]:
        other = report.ratios(row, "numpy") or report.ratios(row, "scipy")
        same_level = report.ratios(row, held) if held else None
        if other:
            text = f"{other[0]:.2f}" + (f" / {same_level[0]:.2f}" if same_level else "")
            cells.setdefault(row["operator"], {})[wide[row["dtype"]], row[by]] = text
    columns = [(width, value) for width in ("64 bit", "32 bit") for value in values]
    header = [
        f"{width}, {value:_}".replace("_", " ") if by == "size" else f"{width}, {value}" for width, value in columns
    ]
    lines = [[name, *(found.get(c, "") for c in columns)] for name, found in sorted(cells.items())]
    return report.table(["operator", *header], lines)


def main() -> int:
    numpy, axes, others = map(read, sys.argv[1:4])
    blocks = {
        "machine": machine(numpy),
        "families": report.families(numpy),
        "operators": operators(numpy, "size"),
        "axes": operators(axes, "layout"),
        "machine of peers": machine(others),
        "peers": report.families(others),
    }
    page = PAGE.read_text(encoding="utf-8")
    for name, block in blocks.items():
        begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->"
        before, _, rest = page.partition(begin)
        page = before + begin + block + "\n" + end + rest.partition(end)[2]
    PAGE.write_text(page, encoding="utf-8")
    report.plot(others, str(DOCS / "latency.png"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
