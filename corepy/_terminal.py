"""What the commands of `python -m corepy` share: a progress bar, and operators named by the user."""

import contextlib
import difflib
import sys
from collections.abc import Iterable

from corepy.backend.dispatch import OPERATORS

__all__ = ["chosen", "operators", "progress"]


def progress(items: Iterable, total: int, unit: str) -> Iterable:
    """A progress bar on a terminal (where tqdm is installed: pip install corepy[cli]); nothing in a pipe."""
    with contextlib.suppress(ImportError):
        from tqdm import tqdm

        return tqdm(items, total=total, unit=unit, leave=False, disable=not sys.stderr.isatty(), file=sys.stderr)
    return items


def chosen(command: str, what: str, texts: list[str], known: list[str]) -> list[str]:
    """The names in texts, each a list with commas; all that are known where there are none. Others end the program."""
    names = [n.strip() for text in texts for n in text.split(",") if n.strip()] if texts else list(known)
    if not names:
        raise SystemExit(f"corepy {command}: no {what} is named. There are: {', '.join(known)}.")
    if unknown := [n for n in names if n not in known]:
        close = {match for name in unknown for match in difflib.get_close_matches(name, known)}
        meant = f" Did you mean {' or '.join(sorted(close))}?" if close else ""
        raise SystemExit(
            f"corepy {command}: no {what} named {', '.join(unknown)}.{meant} There are: {', '.join(known)}."
        )
    return list(dict.fromkeys(names))


def operators(command: str, texts: list[str]) -> list[str]:
    """The operators in texts; all of them where there are none."""
    return chosen(command, "operator", texts, sorted(OPERATORS))
