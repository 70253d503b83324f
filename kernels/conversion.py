"""Between float32 and float64, without a report of what becomes of special values."""

import numpy as np


#pythran export widen(float32[], float64[])
def widen(x, out):
    for i in range(x.shape[0]):
        out[i] = np.float64(x[i])


#pythran export narrow(float64[], float32[])
def narrow(x, out):
    for i in range(x.shape[0]):
        out[i] = np.float32(x[i])


def _in_float64(function, row, window, min_count, target):
    """A function of a copy of the row, for another thread may write to it; of float64 alone, or gcc takes twice as long."""
    n = row.shape[0]
    numbers = np.empty(n)
    results = np.empty(n)
    for k in range(n):
        numbers[k] = np.float64(row[k])
    function(numbers, window, min_count, results)
    for k in range(n):
        target[k] = results[k]
