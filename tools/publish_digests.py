"""Write corepy/digests.json: the digests that this version is released with.

    python tools/publish_digests.py

Runs every operator at every SIMD level of this machine and uncompiled, and writes only what they all agree on. The digest of
all, which it prints, stands in CHANGELOG.md beside the reason for its change; a test compares.
"""

import json
import sys
from pathlib import Path

from corepy import __version__, _corpus
from corepy._check import check_all_levels, combined, table

TARGET = Path(__file__).resolve().parent.parent / "corepy" / "digests.json"


def main() -> int:
    found = {level: report["digests"] for level, report in check_all_levels(sorted(table()))}
    for name in sorted(table()):
        if len({digests[name] for digests in found.values()}) > 1:
            print(f"{name}: levels disagree, nothing is written", file=sys.stderr)
            return 1
    published = {"version": __version__, "corpus": _corpus.ID, "digests": found["reference"]}
    TARGET.write_text(json.dumps(published, indent=1) + "\n", encoding="utf-8")
    print(f"{len(table())} digests of {', '.join(found)} written to {TARGET}; install again to have them checked")
    print(f"Digest of all operators: {combined(published['digests'])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
