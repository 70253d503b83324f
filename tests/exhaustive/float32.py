"""Proof that float32 functions of one variable are correctly rounded, over all 2**32 inputs.

    python tests/exhaustive/float32.py exp log expit --jobs 2
    python tests/exhaustive/float32.py --count 1000000

The truth is the same function in float64 by NumPy or SciPy, rounded once. Where results within 2**-42 of that one (1024 ulp,
many times the error of such a function) would round to different float32, mpmath settles the input at 240 bits. A full run
adds its result to record.csv; one that was interrupted goes on where it stopped. To add a function, add a row to FUNCTIONS.
"""

import argparse
import csv
import datetime
import hashlib
import json
import multiprocessing
import sys
from pathlib import Path

import mpmath
import numpy as np
import scipy.special

import corepy

HERE = Path(__file__).parent
RECORD = HERE / "record.csv"
HEADER = ["function", "inputs", "misrounded", "date", "sha256"]
CHUNK = 2**24
CHUNKS = 2**32 // CHUNK
BLOCK = 2**16
MARGIN = 2.0**-42
SAMPLE_STEP = 4093


def _expit(x):
    e = np.exp(-np.abs(x))
    return np.where(x < 0, e, 1) / (1 + e)


def _sinpi(x):
    """Of integers, zero with the sign of x; of infinities, NaN."""
    nearest = np.rint(x)
    y = np.sin(np.pi * (x - nearest))
    return np.where(x == nearest, 0.0 * x, np.where(np.fmod(nearest, 2) == 0, y, -y))


def _cospi(x):
    nearest = np.rint(x)
    y = np.sin(np.pi * (0.5 - np.abs(x - nearest)))
    return np.where(np.fmod(nearest, 2) == 0, y, -y) + 0.0


def _gammaln(x):
    """SciPy's, but of -inf what C has."""
    return np.where(np.isinf(x), np.inf, scipy.special.gammaln(x))


def _log_abs_gamma(x):
    return mpmath.re(mpmath.loggamma(x))


def _logit(x):
    return np.where(np.abs(x - 0.5) < 0.25, 2 * np.arctanh(2 * x - 1), np.log(x / (1 - x)))


def _softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def _mish(x):
    q = np.exp(-np.abs(x))
    numerator = np.where(x < 0, q * (2 + q), 1 + 2 * q)
    return np.maximum(x, -1e4) * (numerator / (numerator + np.where(x < 0, 2, 2 * q * q)))


def _times_expit(x, y):
    return np.maximum(x, -1e4) * _expit(y)


def _gelu_tanh(x):
    return _times_expit(x, 2 * np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))


def _mp_softplus(x):
    return mpmath.log1p(mpmath.exp(x))


def _mp_gelu_tanh(x):
    v = 2 * mpmath.sqrt(2 / mpmath.pi) * (x + mpmath.mpf(44715) / 1000000 * x**3)
    return x / (1 + mpmath.exp(-v))


# name: (formula in float64, within 1024 ulp or ABSOLUTE; formula in mpmath)
FUNCTIONS = {
    "exp": (np.exp, mpmath.exp),
    "exp2": (np.exp2, lambda x: mpmath.mpf(2) ** x),
    "exp10": (lambda x: np.power(10.0, x), lambda x: mpmath.mpf(10) ** x),
    "expm1": (np.expm1, mpmath.expm1),
    "log": (np.log, mpmath.log),
    "log2": (np.log2, lambda x: mpmath.log(x) / mpmath.ln2),
    "log10": (np.log10, mpmath.log10),
    "log1p": (np.log1p, mpmath.log1p),
    "cbrt": (np.cbrt, lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x))),
    "expit": (_expit, lambda x: 1 / (1 + mpmath.exp(-x))),
    "sin": (np.sin, mpmath.sin),
    "cos": (np.cos, mpmath.cos),
    "tan": (np.tan, mpmath.tan),
    "sinpi": (_sinpi, mpmath.sinpi),
    "cospi": (_cospi, mpmath.cospi),
    "deg2rad": (np.deg2rad, mpmath.radians),
    "rad2deg": (np.rad2deg, mpmath.degrees),
    "arcsin": (np.arcsin, mpmath.asin),
    "arccos": (np.arccos, mpmath.acos),
    "arctan": (np.arctan, mpmath.atan),
    "sinh": (np.sinh, mpmath.sinh),
    "cosh": (np.cosh, mpmath.cosh),
    "tanh": (np.tanh, mpmath.tanh),
    "arcsinh": (np.arcsinh, mpmath.asinh),
    "arccosh": (np.arccosh, mpmath.acosh),
    "arctanh": (np.arctanh, mpmath.atanh),
    "erf": (scipy.special.erf, mpmath.erf),
    "erfc": (scipy.special.erfc, mpmath.erfc),
    "gamma": (scipy.special.gamma, mpmath.gamma),
    "lgamma": (_gammaln, _log_abs_gamma),
    "logit": (_logit, lambda x: mpmath.log(x / (1 - x))),
    "log_expit": (lambda x: -_softplus(-x), lambda x: -_mp_softplus(-x)),
    "softplus": (_softplus, _mp_softplus),
    "relu": (lambda x: np.where(x > 0, x, 0 * np.abs(np.clip(x, -1, 1))), lambda x: max(x, mpmath.mpf(0))),
    "elu": (lambda x: np.where(x > 0, x, np.expm1(x)), lambda x: x if x > 0 else mpmath.expm1(x)),
    "silu": (lambda x: _times_expit(x, x), lambda x: x / (1 + mpmath.exp(-x))),
    "gelu": (lambda x: np.maximum(x, -1e4) * scipy.special.ndtr(x), lambda x: x * mpmath.ncdf(x)),
    "gelu_tanh": (_gelu_tanh, _mp_gelu_tanh),
    "mish": (_mish, lambda x: x * mpmath.tanh(_mp_softplus(x))),
    "hard_sigmoid": (
        lambda x: np.clip((x + 3) / 6, 0, 1),
        lambda x: min(max((x + 3) / 6, mpmath.mpf(0)), mpmath.mpf(1)),
    ),
}
# How far the formula may be from the truth where that is many times smaller than what it is the sum of.
ABSOLUTE = {"lgamma": 2.0**-44}
# Near 0 these are x / 2 + c * x**2 with c > 0: halves of subnormal numbers, which lie between two float32, are rounded up.
ABOVE_HALF = ("gelu", "gelu_tanh", "silu")


def canonical_bits(y):
    """The bits of float32 values, every NaN as 0x7fc00000."""
    return np.where(np.isnan(y), np.uint32(0x7FC00000), y.view(np.uint32))


def midpoints(y):
    """The lower and the upper rounding boundary of each float32, exact in float64; that of the last one is as if 2**128
    followed it, and there is none beyond inf.
    """
    here = np.clip(y.astype(np.float64), -(2.0**128), 2.0**128)
    for end in (-np.inf, np.inf):
        neighbor = np.clip(np.nextafter(y, np.float32(end)).astype(np.float64), -(2.0**128), 2.0**128)
        yield np.where(y == end, end, (here + neighbor) / 2)


def settle(formula, x, nearest):
    """The float32 next to formula(x), where `nearest` or a neighbor of it is known to be right."""
    with mpmath.workprec(240):
        truth = formula(mpmath.mpf(float(x)))
        for end, middle in zip((-np.inf, np.inf), midpoints(np.array([nearest])), strict=True):
            middle, neighbor = float(middle[0]), np.nextafter(nearest, np.float32(end))
            beyond = truth < middle if end < 0 else truth > middle
            if beyond or (truth == middle and int(neighbor.view(np.uint32)) % 2 == 0):
                return neighbor
    return nearest


def correctly_rounded(name, x):
    """The truth for an array of float32."""
    in_float64, in_mpmath = FUNCTIONS[name]
    value = in_float64(x.astype(np.float64))
    margin = np.abs(value) * MARGIN + ABSOLUTE.get(name, 0.0)
    if name in ABOVE_HALF:
        near = (x != 0) & (np.abs(x) < 2.0**-100)
        value = np.where(near, np.nextafter(x.astype(np.float64) / 2, np.inf), value)
        margin = np.where(near, 0.0, margin)
    y = value.astype(np.float32)
    unsettled = (value - margin).astype(np.float32) != (value + margin).astype(np.float32)
    for i in np.flatnonzero(unsettled & np.isfinite(value)):
        y[i] = settle(in_mpmath, x[i], y[i])
    return y


def misrounded(name, bits):
    """The input bits for which corepy's result is not the truth."""
    wrong = []
    with np.errstate(all="ignore"):
        for start in range(0, len(bits), BLOCK):
            block = bits[start : start + BLOCK]
            x = block.view(np.float32)
            got = canonical_bits(getattr(corepy, name)(x))
            wrong += block[got != canonical_bits(correctly_rounded(name, x))].tolist()
    return wrong


def check_chunk(task):
    name, chunk = task
    return chunk, misrounded(name, np.arange(chunk * CHUNK, (chunk + 1) * CHUNK, dtype=np.uint32))


def output_hash(name, starts, step=1):
    """SHA-256 of the little-endian bits of the results, in the order of the input bits."""
    digest = hashlib.sha256()
    with np.errstate(all="ignore"):
        for start in starts:
            bits = np.arange(start, start + CHUNK, step, dtype=np.uint32)
            # in blocks that stay in the cache: a third of the time
            for block in np.split(bits, range(BLOCK, bits.size, BLOCK)):
                digest.update(canonical_bits(getattr(corepy, name)(block.view(np.float32))).astype("<u4").data)
    return digest.hexdigest()


def progress_bar(iterable, total, label):
    """tqdm on a terminal, otherwise a line every sixteenth."""
    if sys.stderr.isatty():
        try:
            from tqdm import tqdm
        except ImportError:
            pass
        else:
            yield from tqdm(iterable, total=total, desc=label)
            return
    for done, item in enumerate(iterable, 1):
        yield item
        if done * 16 // total != (done - 1) * 16 // total:
            print(f"{label}: {done}/{total}", file=sys.stderr, flush=True)


def report(name, inputs, wrong):
    print(f"{name}: {inputs} inputs, {len(wrong)} misrounded", flush=True)
    for bits in wrong[:10]:
        x = np.array([bits], np.uint32).view(np.float32)
        with np.errstate(all="ignore"):
            got, right = getattr(corepy, name)(x)[0], correctly_rounded(name, x)[0]
        print(f"  0x{bits:08x}  {name}({x[0]!r}) = {got!r}, not {right!r}")


def prove(name, jobs):
    """Check all inputs, chunk by chunk, and record the result."""
    path = HERE / f"progress_{name}.json"
    # an interrupted run is worth nothing once the function has changed
    state = {"sample": output_hash(name, range(0, 2**32, CHUNK), SAMPLE_STEP), "wrong": {}}
    if path.exists():
        earlier = json.loads(path.read_text())
        state = earlier if earlier["sample"] == state["sample"] else state
    todo = [(name, chunk) for chunk in range(CHUNKS) if str(chunk) not in state["wrong"]]
    with multiprocessing.Pool(jobs) as pool:
        for chunk, wrong in progress_bar(pool.imap_unordered(check_chunk, todo), len(todo), name):
            state["wrong"][str(chunk)] = wrong
            path.write_text(json.dumps(state))
    wrong = sorted(bits for chunk in state["wrong"].values() for bits in chunk)
    report(name, 2**32, wrong)
    digest = output_hash(name, progress_bar(range(0, 2**32, CHUNK), CHUNKS, "sha256"))
    rows = list(csv.reader(RECORD.open(newline="")))[1:] if RECORD.exists() else []
    rows = [row for row in rows if row[0] != name]
    rows.append([name, 2**32, len(wrong), datetime.datetime.now(datetime.UTC).date().isoformat(), digest])
    with RECORD.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *sorted(rows, key=lambda row: row[0])])
    path.unlink()
    return wrong


def sample(name, count):
    """Check evenly spread inputs; nothing is recorded."""
    bits = (np.arange(count, dtype=np.uint64) * 2**32 // count).astype(np.uint32)
    wrong = misrounded(name, bits)
    report(name, count, wrong)
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    choices = ["all", *FUNCTIONS]
    parser.add_argument(
        "functions", nargs="*", default="all", choices=choices, metavar="function", help=", ".join(choices)
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--count", type=int, help="check only so many evenly spread inputs")
    arguments = parser.parse_args()
    wrong = 0
    for name in FUNCTIONS if "all" in arguments.functions else arguments.functions:
        wrong += len(sample(name, arguments.count) if arguments.count else prove(name, arguments.jobs))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
