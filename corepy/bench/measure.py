"""The process that measures: reads a job from stdin, and writes each result to stdout as one line of JSON.

A process of its own, because threads, the SIMD level of NumPy and that of Corepy are settled at import.
"""

import json
import sys
import warnings
from dataclasses import asdict
from functools import partial

import numpy as np

from . import calls, peers, runner

# float32 functions of other libraries are a few ulp off, and so are sums in another order.
_TOLERANCE = {"float32": 1e-4, "float64": 1e-9}


def _same(result, expected) -> bool:
    """Whether a peer computed what Corepy did, but for rounding and the dtype of the result."""
    result, expected = np.asarray(result), np.asarray(expected)
    if result.shape != expected.shape:
        return False
    tolerance = _TOLERANCE.get(expected.dtype.name, 0.0)
    return np.allclose(result.astype(np.float64), expected.astype(np.float64), tolerance, tolerance, equal_nan=True)


def _contenders(job: dict, spec: list) -> tuple[dict[str, partial], dict[str, str]]:
    """The calls to be measured, and why those that are left out are."""
    call = calls.build(*spec)
    expected = call()
    found, left_out = {"corepy": call}, {}
    for name in job["peers"]:
        try:
            other = peers.PEERS[name].call(spec[0], call)
            if other is None:
                continue
            if _same(other(), expected):
                found[name] = other
            else:
                left_out[name] = "computes something else"
        except Exception as error:  # whatever another library raises for what it cannot do
            left_out[name] = f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0][:100]}"
    return found, left_out


def main() -> None:
    job = json.load(sys.stdin)
    warnings.simplefilter("ignore")
    with np.errstate(all="ignore"):
        for spec in job["calls"]:
            found, left_out = _contenders(job, spec)
            latencies = runner.compare(found, seconds=job["seconds"], repeats=job["repeats"])
            results = {name: asdict(latency) for name, latency in latencies.items()}
            print(json.dumps({"call": spec, "results": results, "left_out": left_out}), flush=True)


if __name__ == "__main__":
    main()
