"""How calls scale over the user's threads: two threads on two cores should make twice as many calls as one.

python -m asv_bench.threads exp sum --size 100000 --keep-memory

glibc gives the memory of a result back to the system and asks for it anew in the next call, and threads wait for each other
there. With --keep-memory it keeps what it has (MALLOC_TRIM_THRESHOLD_ and its like, which any program may set).
"""

import argparse
import os
import sys
import threading
from functools import partial
from time import perf_counter

from . import calls

# Seconds that a round takes of one thread: so short that other processes leave some rounds alone.
ROUND = 0.01
KEPT = {f"MALLOC_{limit}_": str(2**30) for limit in ("TRIM_THRESHOLD", "MMAP_THRESHOLD", "TOP_PAD")}


def _run(call: partial, n: int) -> None:
    function, args, keywords = call.func, call.args, call.keywords
    for _ in range(n):
        function(*args, **keywords)


def _seconds(copies: list[partial], n: int) -> float:
    """How long it takes one thread for each call, all beginning together, to make it n times."""
    together = threading.Barrier(len(copies) + 1)

    def run(call):
        together.wait()
        _run(call, n)

    threads = [threading.Thread(target=run, args=(call,)) for call in copies]
    for thread in threads:
        thread.start()
    together.wait()
    begin = perf_counter()
    for thread in threads:
        thread.join()
    return perf_counter() - begin


def scaling(spec: tuple[str, str, int, str], threads: int = 2, rounds: int = 15) -> tuple[float, float]:
    """Seconds a call takes one thread, and the calls of several threads in that time: best rounds of each, taken by turns."""
    copies = [calls.build(*spec) for _ in range(threads)]
    begin = perf_counter()
    _run(copies[0], 3)
    n = max(1, round(ROUND * 3 / (perf_counter() - begin)))
    alone, beside = [], []
    for _ in range(rounds):
        alone.append(_seconds(copies[:1], n))
        beside.append(_seconds(copies, n))
    return min(alone) / n, threads * min(alone) / min(beside)


class Threads:
    """Two threads that call an operator at once."""

    params = (calls.names(), (100_000,))
    param_names = ("operator", "size")
    unit = "calls in the time of one"

    def track_scaling(self, operator, size):
        return scaling((operator, calls.usual_dtypes(operator)[0], size, "contiguous"), rounds=5)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("operators", nargs="*", default=calls.names())
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--keep-memory", action="store_true", help="start again with glibc's allocator keeping its memory"
    )
    options = parser.parse_args()
    if options.keep_memory and not KEPT.items() <= os.environ.items():
        os.execve(sys.executable, [sys.executable, "-m", "asv_bench.threads", *sys.argv[1:]], os.environ | KEPT)
    for name in options.operators:
        spec = (name, calls.usual_dtypes(name)[0], options.size, "contiguous")
        alone, ratio = scaling(spec, options.threads)
        print(f"{name:<24} {alone * 1e6:9.1f} us {ratio:5.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
