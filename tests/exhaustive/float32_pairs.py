"""Measurement of the error of float32 functions of two arguments, over 10**8 random pairs and all pairs of special values.

    python tests/exhaustive/float32_pairs.py power hypot --jobs 2
    python tests/exhaustive/float32_pairs.py power --chunks 10

The truth is the same function in float64 by NumPy or SciPy, which is off by less than a thousandth of what is asked here. Where
the result seems to be beyond 0.5005 ulp, or the truth is a small sum of larger numbers, mpmath gives it at 240 bits. A run
adds its result, and how many pairs it has seen, to record32_pairs.csv; one that was interrupted goes on where it stopped,
and so does one of more chunks than the last. To add a function, add a row to FUNCTIONS.
"""

import argparse
import csv
import datetime
import hashlib
import itertools
import json
import multiprocessing
import sys
from pathlib import Path

import mpmath
import numpy as np
import scipy.special

import corepy

HERE = Path(__file__).parent
RECORD = HERE / "record32_pairs.csv"
HEADER = ["function", "random pairs", "special pairs", "beyond the bound", "ulp", "at", "date", "sha256"]
CHUNK = 2**20
CHUNKS = 96
LIMIT = 0.501
# of sums that are near 0 (logaddexp); no other function comes near to it without being right
ABSOLUTE = 2.0**-57
SPECIAL = [
    0.0,
    2.0**-149,
    2.0**-126 - 2.0**-149,
    2.0**-126,
    2.0**-24,
    0.25,
    1 / 3,
    0.5,
    1 - 2.0**-24,
    1.0,
    1 + 2.0**-23,
]
SPECIAL += [1.5, 2.0, 2.5, 3.0, 10.0, 88.0, 127.0, 128.0, 149.0, 2.0**23 + 1, 2.0**24 - 1, 2.0**24, 2.0**64, 2.0**127]
SPECIAL += [float(np.finfo(np.float32).max), np.inf]


def _logaddexp(x, y):
    return max(x, y) + mpmath.log1p(mpmath.exp(-abs(x - y)))


def _logaddexp2(x, y):
    return max(x, y) + mpmath.log1p(mpmath.mpf(2) ** -abs(x - y)) / mpmath.ln2


# name: (function in float64; in mpmath; range of the first argument, and of the second)
FUNCTIONS = {
    "power": (np.power, lambda x, y: mpmath.power(x, y).real, (0, 10), (-40, 40)),
    "hypot": (np.hypot, mpmath.hypot, (-10, 10), (-10, 10)),
    "arctan2": (np.arctan2, mpmath.atan2, (-10, 10), (-10, 10)),
    "logaddexp": (np.logaddexp, _logaddexp, (-20, 20), (-20, 20)),
    "logaddexp2": (np.logaddexp2, _logaddexp2, (-20, 20), (-20, 20)),
    "xlogy": (scipy.special.xlogy, lambda x, y: x * mpmath.log(y), (-10, 10), (0, 10)),
    "xlog1py": (scipy.special.xlog1py, lambda x, y: x * mpmath.log1p(y), (-10, 10), (-1, 10)),
}


def random_pairs(name, chunk):
    """Any bits; uniform in the ranges; uniform in exponent; the first near 1, the second of any size up to 2**30."""
    rng = np.random.default_rng([chunk, *name.encode()])
    first, second = FUNCTIONS[name][2:]
    n = CHUNK // 4
    signs = rng.choice([-1, 1], (3, n))
    pairs = [
        rng.integers(0, 2**32, (2, n), np.uint32).view(np.float32),
        np.array([rng.uniform(*first, n), rng.uniform(*second, n)]),
        np.exp2(rng.uniform(-30, 30, (2, n))) * [np.ones(n) if first[0] == 0 else signs[0], signs[1]],
        np.array(
            [
                1 + rng.uniform(-0.5, 0.5, n) * np.exp2(rng.integers(-23, 0, n)),
                np.exp2(rng.uniform(-10, 30, n)) * signs[2],
            ]
        ),
    ]
    return np.concatenate([pair.astype(np.float32) for pair in pairs], axis=1)


def special_pairs():
    values = np.array([*SPECIAL, *(-v for v in SPECIAL), np.nan], np.float32)
    return np.array(list(itertools.product(values, values)), np.float32).T


def errors(name, x, y, result):
    """In ulp of the truth; inf where NaN, infinity or the sign of zero is wrong."""
    in_float64, in_mpmath = FUNCTIONS[name][:2]
    wide = x.astype(np.float64), y.astype(np.float64)
    truth = in_float64(*wide)
    # the float32 after the largest is 2**128, as if there were no infinities
    got = np.clip(result.astype(np.float64), -(2.0**128), 2.0**128)
    bounded = np.clip(truth, -(2.0**128), 2.0**128)
    ulp = np.ldexp(1.0, np.where(bounded == 0, -149, np.maximum(np.frexp(bounded)[1] - 24, -149)))
    error = np.abs(got - bounded) / ulp
    same = (np.isnan(result) & np.isnan(truth)) | ((result == truth) & (np.signbit(result) == np.signbit(truth)))
    # what is infinite in float64 must be that infinity, and a zero must have the sign of the truth
    forced = np.isnan(truth) | np.isnan(result) | np.isinf(truth)
    forced |= (result == 0) & (np.signbit(result) != np.signbit(truth)) & (truth == 0)
    cancelled = np.abs(truth) < np.abs(np.maximum(*wide)) * 2.0**-12
    cancelled &= name.startswith("logaddexp") & np.isfinite(truth)
    error = np.where(same & ~cancelled, 0.0, np.where(forced, np.inf, error))
    with mpmath.workprec(240):
        for i in np.flatnonzero(((error > 0.5005) & ~forced & np.isfinite(wide).all(0)) | cancelled):
            exact = in_mpmath(*(mpmath.mpf(float(v[i])) for v in wide))
            exact = min(max(exact, -(mpmath.mpf(2) ** 128)), mpmath.mpf(2) ** 128)
            off = abs(exact - float(got[i]))
            unit = mpmath.ldexp(1, max(int(mpmath.frexp(exact)[1]) - 24, -149) if exact else -149)
            error[i] = 0.0 if cancelled[i] and off < ABSOLUTE else float(off / unit)
    return error


def check(task):
    """Of a chunk: number beyond the limit, largest error and its arguments, digest of results; -1 is all special pairs."""
    name, chunk = task
    x, y = special_pairs() if chunk < 0 else random_pairs(name, chunk)
    with np.errstate(all="ignore"):
        result = getattr(corepy, name)(x, y)
        error = errors(name, x, y, result)
    worst = int(np.argmax(error))
    digest = hashlib.sha256(np.where(np.isnan(result), np.float32(np.nan), result).astype("<f4").data).hexdigest()
    return chunk, [
        int((error > LIMIT).sum()),
        float(error[worst]),
        [float(x[worst]).hex(), float(y[worst]).hex()],
        digest,
    ]


def prove(name, jobs, chunks):
    """Check all special pairs and so many chunks, and record the result."""
    path = HERE / f"progress_pairs_{name}.json"
    # an interrupted run is worth nothing once the function has changed
    first = check((name, 0))[1]
    done = {"0": first, "-1": check((name, -1))[1]}
    if path.exists():
        earlier = json.loads(path.read_text())
        done |= earlier if earlier["0"] == json.loads(json.dumps(first)) else {}
    todo = [(name, chunk) for chunk in range(chunks) if str(chunk) not in done]
    with multiprocessing.Pool(jobs) as pool:
        for chunk, found in pool.imap_unordered(check, todo):
            done[str(chunk)] = found
            path.write_text(json.dumps(done))
            print(f"{name}: {len(done) - 1} chunks", file=sys.stderr, flush=True)
    total = len(done) - 1
    beyond = sum(found[0] for found in done.values())
    _, ulp, at, _ = max(done.values(), key=lambda found: found[1])
    print(
        f"{name}: {total * CHUNK} pairs, {beyond} beyond {LIMIT} ulp, the largest {ulp:.6f} ulp at {' '.join(at)}",
        flush=True,
    )
    digest = hashlib.sha256("".join(done[k][3] for k in sorted(done, key=int)).encode()).hexdigest()
    rows = list(csv.reader(RECORD.open(newline="")))[1:] if RECORD.exists() else []
    date = datetime.datetime.now(datetime.UTC).date().isoformat()
    row = [name, total * CHUNK, special_pairs().shape[1], beyond, f"{ulp:.6f}", " ".join(at), date, digest]
    rows = sorted([row, *(row for row in rows if row[0] != name)], key=lambda row: row[0])
    with RECORD.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])
    if total >= CHUNKS:
        path.unlink(missing_ok=True)
    return beyond


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("functions", nargs="+", choices=FUNCTIONS, metavar="function", help=", ".join(FUNCTIONS))
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--chunks", type=int, default=CHUNKS, help=f"how many times {CHUNK} pairs (default {CHUNKS})")
    arguments = parser.parse_args()
    beyond = [prove(name, arguments.jobs, arguments.chunks) for name in arguments.functions]
    return 1 if any(beyond) else 0


if __name__ == "__main__":
    sys.exit(main())
