"""Classify handwritten digits with Corepy alone, step by step beside NumPy.

    pip install "corepy[examples]"
    python examples/quickstart.py

Even rows of the data teach what each digit looks like on average; each odd row is then given the digit whose average is
nearest. The digest printed last is the same on every machine, at every SIMD level and with COREPY_BACKEND=reference.
"""

import gc
import hashlib
import sys
from statistics import median
from time import perf_counter

import numpy as np

import corepy as cp

try:
    from sklearn.datasets import load_digits
except ImportError:
    sys.exit('The digits come with scikit-learn. Run: pip install "corepy[examples]" (in a checkout: ".[examples]")')

DIGITS = 10
# How far a step may be from NumPy's, relative and absolute; 0 asks for the same values. NumPy adds the sums behind the
# other steps in another order.
TOLERANCE = {
    "pixel means": 1e-12,
    "pixel deviations": 1e-12,
    "standardized": 1e-12,
    "class means": 1e-12,
    "squared distances": 1e-12,
    "probabilities": 1e-12,
    "nearest (argmin)": 0,
    "likeliest (argmax)": 0,
    "accuracy": 0,
}


def numpy_softmax(x, axis):
    powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return powers / np.sum(powers, axis=axis, keepdims=True)


def classify(lib, softmax, train, train_labels, test, test_labels):
    """Yield name and result of each step; `lib` is corepy or numpy, and computes every number."""
    mean = lib.mean(train, axis=0)
    yield "pixel means", mean

    deviation = lib.std(train, axis=0)
    yield "pixel deviations", deviation

    # A pixel that is the same in all images has no deviation: divide by 1.
    scale = lib.add(deviation, lib.equal(deviation, 0.0))
    train = lib.divide(lib.subtract(train, mean), scale)
    test = lib.divide(lib.subtract(test, mean), scale)
    yield "standardized", test

    centers = lib.empty((DIGITS, train.shape[1]))
    for digit in range(DIGITS):
        lib.mean(train[lib.equal(train_labels, digit)], axis=0, out=centers[digit])
    yield "class means", centers

    distances = lib.empty((len(test), DIGITS))
    for digit in range(DIGITS):
        lib.sum(lib.square(lib.subtract(test, centers[digit])), axis=1, out=distances[:, digit])
    yield "squared distances", distances

    probabilities = softmax(lib.negative(distances), axis=1)
    yield "probabilities", probabilities

    yield "nearest (argmin)", lib.argmin(distances, axis=1)

    labels = lib.argmax(probabilities, axis=1)
    yield "likeliest (argmax)", labels

    yield "accuracy", lib.mean(lib.equal(labels, test_labels))


def run(lib, softmax, data):
    """Results and seconds of all steps, by name."""
    results, seconds = {}, {}
    start = perf_counter()
    for name, result in classify(lib, softmax, *data):
        seconds[name] = perf_counter() - start
        results[name] = result
        start = perf_counter()
    return results, seconds


def latencies(data):
    """Median seconds of each step, Corepy's and NumPy's, of runs that take turns."""
    start = perf_counter()
    run(np, numpy_softmax, data)
    run(cp, cp.softmax, data)
    # About two seconds in all: some hundred runs natively, a few where kernels run as Python.
    repetitions = min(max(int(2.0 / (perf_counter() - start)), 3), 300)
    ours, theirs = [], []
    gc.collect()
    gc.disable()
    for _ in range(repetitions):
        ours.append(run(cp, cp.softmax, data)[1])
        theirs.append(run(np, numpy_softmax, data)[1])
    gc.enable()
    return [{name: median(r[name] for r in runs) for name in TOLERANCE} for runs in (ours, theirs)], repetitions


def digest(results):
    """SHA-256 over the bits of the probabilities and the labels, in little-endian order."""
    found = hashlib.sha256(results["probabilities"].astype("<f8").tobytes())
    found.update(results["likeliest (argmax)"].astype("<i8").tobytes())
    return found.hexdigest()


def main():
    pixels, labels = load_digits(return_X_y=True)
    data = pixels[0::2], labels[0::2], pixels[1::2], labels[1::2]
    about = cp.settings.describe()
    print(f"Corepy {about['version']} ({about['backend']}, {about['level']}), NumPy {about['numpy']}")
    print(f"{len(pixels)} digits of {pixels[0].size} pixels: {len(data[0])} to learn, {len(data[2])} to classify\n")

    results, _ = run(cp, cp.softmax, data)
    expected, _ = run(np, numpy_softmax, data)
    (ours, theirs), repetitions = latencies(data)

    print(f"{'step':<20}{'difference from NumPy':>23}{'median latency':>22}")
    print(f"{'':<20}{'allowed':>12}{'largest':>11}{'Corepy':>12}{'NumPy':>12}")
    for name, tolerance in TOLERANCE.items():
        np.testing.assert_allclose(results[name], expected[name], rtol=tolerance, atol=tolerance, err_msg=name)
        largest = np.max(np.abs(results[name] - expected[name]))
        times = f"{ours[name] * 1e6:>9.1f} us{theirs[name] * 1e6:>9.1f} us"
        print(f"{name:<20}{tolerance:>12.1g}{largest:>11.1g}{times}")
    print(f"{'all steps':<43}{sum(ours.values()) * 1e6:>9.1f} us{sum(theirs.values()) * 1e6:>9.1f} us\n")
    np.testing.assert_array_equal(results["nearest (argmin)"], results["likeliest (argmax)"])

    correct = cp.count_nonzero(cp.equal(results["likeliest (argmax)"], data[3]))
    print(f"accuracy  {results['accuracy']:.1%} ({correct} of {len(data[3])})")
    print(f"latency   medians of {repetitions} runs that take turns, after a warm-up")
    print(f"digest    {digest(results)}")


if __name__ == "__main__":
    main()
