"""Measurement of the error of float64 functions, against MPFR, over millions of points a function.

    python tests/exhaustive/float64.py exp log
    python tests/exhaustive/float64.py exp --count 100000

Points are drawn with fixed seeds from the rules of a function's row in FUNCTIONS: uniform in value, uniform in exponent, and
near roots, boundaries and other places where an error may hide. A full run adds the largest errors that were met to
record64.csv; one that was interrupted goes on where it stopped. To add a function, add a row to FUNCTIONS.
"""

import argparse
import csv
import datetime
import hashlib
import json
import math
import multiprocessing
import sys
from dataclasses import dataclass
from pathlib import Path

import gmpy2
import numpy as np

import corepy

HERE = Path(__file__).parent
RECORD = HERE / "record64.csv"
HEADER = ["function", "points", "ulp", "at", "ulp if subnormal", "at", "date", "sha256"]
CHUNK = 2**16
CHUNKS = 160
TINY = 2.0**-1022


def uniform(low, high):
    return lambda rng, n: rng.uniform(low, high, n)


def exponents(low, high, sign=None):
    """Any mantissa with an exponent from low to high; of both signs, or of one."""

    def draw(rng, n):
        magnitude = np.ldexp(rng.uniform(1, 2, n), rng.integers(low, high, n))
        return magnitude * (rng.choice([-1, 1], n) if sign is None else sign)

    return draw


def near(*points):
    """Around each point: its next neighbors, and others from afar to nearby."""

    def draw(rng, n):
        center = rng.choice(np.array(points, np.float64), n)
        spread = np.where(center == 0, 1, np.abs(center)) * np.ldexp(rng.uniform(-1, 1, n), rng.integers(-52, -2, n))
        steps = rng.integers(-20, 21, n) * np.spacing(center)
        return center + np.where(rng.random(n) < 0.2, steps, spread)

    return draw


@dataclass(frozen=True)
class Function:
    """`truth` in MPFR; rules that draw one argument, or for two arguments pairs of rules, each for a share of a chunk."""

    truth: object
    rules: tuple
    precision: int = 100


LN2 = 0.6931471805599453
FUNCTIONS = {
    "exp": Function(
        gmpy2.exp,
        (
            uniform(-745.2, 709.79),
            uniform(-2, 2),
            exponents(-56, 10),
            near(*(k * LN2 / 2 for k in range(-9, 10)), 709.782712893384, -708.3964185322641, -745.13),
        ),
    ),
    "log": Function(gmpy2.log, (exponents(-1074, 1024, 1), uniform(0, 2), near(1.0, 2**-0.5, 2**0.5, 0.5, 2.0))),
}


def measure(task):
    """Largest errors of one chunk: (ulp, arguments) where the truth is normal, and where it is subnormal."""
    name, chunk = task
    function = FUNCTIONS[name]
    rng = np.random.default_rng([chunk, *name.encode()])
    shares = [len(part) for part in np.array_split(np.empty(CHUNK), len(function.rules))]
    drawn = [
        [draw(rng, n) for draw in (rule if isinstance(rule, tuple) else (rule,))]
        for rule, n in zip(function.rules, shares, strict=True)
    ]
    args = [np.concatenate(part) for part in zip(*drawn, strict=True)]
    # the truth in two parts, so that its distance from the result comes out in float64
    high, low = np.empty(CHUNK), np.empty(CHUNK)
    # of tiny results as a multiple of 2**-200, so that it does not underflow
    scale = np.empty(CHUNK)
    with gmpy2.context(precision=function.precision, emin=-5000, emax=5000):
        for i, values in enumerate(zip(*(x.tolist() for x in args), strict=True)):
            truth = function.truth(*map(gmpy2.mpfr, values))
            high[i] = nearest = float(truth)
            scale[i] = 1.0 if abs(nearest) > 1e-200 else 2.0**200
            low[i] = (truth - nearest) * scale[i] if math.isfinite(nearest) else 0.0
    with np.errstate(all="ignore"):
        result = getattr(corepy, name)(*args)
        error = np.abs((result - high) * scale - low) / (np.spacing(np.abs(high)) * scale)
        # equal infinities and NaN are right; what rounds to inf was given to float64 as inf
        error = np.where((result == high) & ~np.isfinite(high) | np.isnan(result) & np.isnan(high), 0.0, error)
        error = np.where(np.isnan(error), np.inf, error)
    digest = hashlib.sha256(np.where(np.isnan(result), np.nan, result).astype("<f8").data).hexdigest()
    worst = []
    for among in (np.abs(high) >= TINY, np.abs(high) < TINY):
        i = int(np.argmax(np.where(among, error, -1.0)))
        worst.append([float(error[i]), [float(x[i]).hex() for x in args]] if among[i] and error[i] else [0.0, []])
    return chunk, worst, digest


def progress_bar(iterable, total, label):
    """A line every sixteenth."""
    for done, item in enumerate(iterable, 1):
        yield item
        if done * 16 // total != (done - 1) * 16 // total:
            print(f"{label}: {done}/{total}", file=sys.stderr, flush=True)


def run(name, jobs, chunks):
    """Measure, going on from what an interrupted run has left, and give the chunks' results."""
    path = HERE / f"progress64_{name}.json"
    # an interrupted run is worth nothing once the function or its points have changed
    state = {"first": measure((name, 0)), "done": {}}
    state["first"] = json.loads(json.dumps(state["first"]))
    if path.exists():
        earlier = json.loads(path.read_text())
        state = earlier if earlier["first"] == state["first"] else state
    todo = [(name, chunk) for chunk in range(chunks) if str(chunk) not in state["done"]]
    with multiprocessing.Pool(jobs) as pool:
        for chunk, worst, digest in progress_bar(pool.imap_unordered(measure, todo), len(todo), name):
            state["done"][str(chunk)] = [worst, digest]
            path.write_text(json.dumps(state))
    path.unlink(missing_ok=True)
    return [state["done"][str(chunk)] for chunk in range(chunks)]


def report(name, jobs, chunks, record):
    results = run(name, jobs, chunks)
    normal, subnormal = (max((worst[i] for worst, _ in results), key=lambda pair: pair[0]) for i in (0, 1))
    places = [" ".join(at) for _, at in (normal, subnormal)]
    print(f"{name}: {chunks * CHUNK} points, {normal[0]:.4f} ulp at {places[0]}", flush=True)
    if places[1]:
        print(f"  where the result is subnormal: {subnormal[0]:.4f} ulp at {places[1]}", flush=True)
    if not record:
        return
    digest = hashlib.sha256("".join(d for _, d in results).encode()).hexdigest()
    rows = list(csv.reader(RECORD.open(newline="")))[1:] if RECORD.exists() else []
    rows = [row for row in rows if row[0] != name]
    errors = [f"{normal[0]:.4f}", places[0], f"{subnormal[0]:.4f}" if places[1] else "", places[1]]
    rows.append([name, chunks * CHUNK, *errors, datetime.datetime.now(datetime.UTC).date().isoformat(), digest])
    with RECORD.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *sorted(rows, key=lambda row: row[0])])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("functions", nargs="+", choices=FUNCTIONS, metavar="function", help=", ".join(FUNCTIONS))
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--count", type=int, help="measure only about so many points; nothing is recorded")
    arguments = parser.parse_args()
    for name in arguments.functions:
        chunks = -(-arguments.count // CHUNK) if arguments.count else CHUNKS
        report(name, arguments.jobs, chunks, record=not arguments.count)


if __name__ == "__main__":
    main()
