"""What was measured, as tables (of Markdown, readable as they are) and as a picture."""

import math
import os
from collections.abc import Callable, Iterable

from corepy.backend.dispatch import OPERATORS

__all__ = ["columns", "families", "family", "geometric_means", "plot", "ratios", "refused_plot", "table", "text"]


def family(operator: str) -> str:
    """The kernel file of an elementwise operator, the family of any other."""
    known = OPERATORS[operator]
    return known.file if known.family == "elementwise" else known.family


def _time(ns: float) -> str:
    for unit, size in (("s", 1e9), ("ms", 1e6), ("us", 1e3)):
        if ns >= size:
            return f"{ns / size:.3g} {unit}"
    return f"{ns:.0f} ns"


def table(header: list[str], rows: Iterable[list[str]], texts: int = 1) -> str:
    """A table of Markdown in columns of equal width; the first ones are texts, numbers stand at the right."""
    rows = [header, *rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(header))]
    lines = [
        "| "
        + " | ".join(c.ljust(w) if i < texts else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    rule = "| " + " | ".join("-" * w if i < texts else "-" * (w - 1) + ":" for i, w in enumerate(widths))
    return "\n".join(f"{line} |" for line in (lines[0], rule, *lines[1:]))


def ratios(row: dict, column: str) -> tuple[float, float] | None:
    """How many times as long as Corepy another library takes: medians and P99s. None where it was not measured."""
    results = row["results"]
    if column.startswith("numpy at "):
        results, column = row.get("like_for_like", {}), "numpy"
    if column not in results:
        return None
    own, other = results["corepy"], results[column]
    return other["p50"] / own["p50"], other["p99"] / own["p99"]


def columns(data: dict) -> list[str]:
    """The peers that were measured, and NumPy held at a level."""
    measured = [p for p in data["facts"]["peers"] if any(p in row["results"] for row in data["rows"])]
    return measured + ([f"numpy at {data['like_for_like']}"] if data["like_for_like"] else [])


def _geometric_mean(values: list[float]) -> float:
    return math.exp(math.fsum(map(math.log, values)) / len(values))


def geometric_means(rows: list[dict], column: str) -> tuple[float, float, int] | None:
    """Of the ratios of medians and of P99s, and of how many of them."""
    found = [r for row in rows if (r := ratios(row, column))]
    if not found:
        return None
    return _geometric_mean([a for a, _ in found]), _geometric_mean([b for _, b in found]), len(found)


def _cell(pair: tuple | None) -> str:
    return "" if pair is None else f"{pair[0]:.2f} / {pair[1]:.2f}"


def _groups(rows: list[dict], key: Callable[[dict], str]) -> dict[str, list[dict]]:
    groups: dict[str, list[dict]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def families(data: dict) -> str:
    """A table of the geometric means of the ratios, by family."""
    groups = dict(sorted(_groups(data["rows"], lambda row: family(row["operator"])).items()))
    if len(groups) > 1:
        groups["all"] = data["rows"]
    lines = [[name, *(_cell(geometric_means(rows, c)) for c in columns(data))] for name, rows in groups.items()]
    return table(["family", *columns(data)], lines)


def text(data: dict) -> str:
    """Everything, for a terminal or a page of documentation."""
    facts, rows, others = data["facts"], data["rows"], columns(data)
    corepy = facts["corepy"]
    libraries = ", ".join(f"{name} {version}" for name, version in facts["peers"].items())
    parts = [
        f"{facts['cpu']}, Python {facts['python']}, Corepy {corepy['version']} ({corepy['level']}), {libraries}",
        "P50 and P99 of a call of Corepy, spread of its P50 between repeats; under each other library, how many times\n"
        "as long it takes: medians / P99s. Above 1, Corepy is faster.",
    ]
    several = len({row["layout"] for row in rows}) > 1
    lines = []
    for row in rows:
        own = row["results"]["corepy"]
        name = f"{row['operator']} {row['layout']}" if several else row["operator"]
        lines.append(
            [name, row["dtype"], str(row["size"]), _time(own["p50"]), _time(own["p99"]), f"{own['spread']:.0%}"]
            + [_cell(ratios(row, column)) for column in others]
        )
    parts.append(table(["operator", "dtype", "size", "P50", "P99", "spread", *others], lines, texts=2))
    if others and len(rows) > 1:
        parts += ["Geometric means:", families(data)]
    left_out = _groups(
        [{"peer": peer, "why": why, **row} for row in rows for peer, why in row["left_out"].items()],
        lambda row: f"{row['peer']} {row['operator']}: {row['why']}",
    )
    if left_out:
        parts.append("Left out:\n" + "\n".join(left_out))
    return "\n\n".join(parts)


# --- the picture ------------------------------------------------------------------------------------------------------

_COLORS = {
    "corepy": "#d62728",
    "numpy": "#1f77b4",
    "scipy": "#9467bd",
    "bottleneck": "#2ca02c",
    "numbagg": "#8c564b",
    "numba": "#17becf",
    "numexpr": "#bcbd22",
    "torch": "#ff7f0e",
    "jax": "#7f7f7f",
}


def refused_plot(path: str) -> str | None:
    """Why matplotlib would not draw into a file of this name."""
    from matplotlib.backend_bases import FigureCanvasBase

    known = FigureCanvasBase.get_supported_filetypes()
    suffix = os.path.splitext(path)[1].lstrip(".").lower()
    return None if suffix in known else f"--plot draws {', '.join(sorted(known))}; {path!r} is none of them."


def plot(data: dict, path: str) -> None:
    """Latency over size, a panel for each operator, dtype and layout: lines are P50, bands reach up to P99."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    panels = _groups(data["rows"], lambda row: " ".join((row["operator"], row["dtype"], row["layout"])))
    wide = min(4, len(panels))
    high = -(-len(panels) // wide)
    inches = 3.4 * wide, 2.7 * high + 0.8
    figure = Figure(figsize=inches)
    FigureCanvasAgg(figure)
    # Margins in inches: matplotlib's own layouts take minutes for a hundred panels.
    left, bottom, top = 0.8 / inches[0], 0.6 / inches[1], 1 - 0.7 / inches[1]
    axes = figure.subplots(high, wide, squeeze=False).reshape(-1)
    figure.subplots_adjust(left, bottom, 1 - 0.2 / inches[0], top, wspace=0.25, hspace=0.4)
    lines = {}
    for panel, (title, rows) in zip(axes, panels.items(), strict=False):
        rows = sorted(rows, key=lambda row: row["size"])
        for name, color in _COLORS.items():
            found = [(row["size"], row["results"][name]) for row in rows if name in row["results"]]
            if not found:
                continue
            sizes = [size for size, _ in found]
            medians, tails = ([latency[key] / 1000 for _, latency in found] for key in ("p50", "p99"))
            (lines[name],) = panel.plot(sizes, medians, color=color, marker=".", zorder=3 if name == "corepy" else 2)
            panel.fill_between(sizes, medians, tails, color=color, alpha=0.15, linewidth=0)
        panel.set(xscale="log", yscale="log", title=title.removesuffix(" contiguous"))
        # Ticks take most of the time of drawing.
        panel.minorticks_off()
        panel.grid(alpha=0.3)
    for panel in axes[len(panels) :]:
        panel.set_visible(False)
    figure.supxlabel("elements", y=0.1 / inches[1])
    figure.supylabel("us a call: P50, and up to P99", x=0.1 / inches[0])
    figure.legend(lines.values(), lines.keys(), loc="upper center", ncols=len(lines))
    figure.savefig(path, dpi=100)
