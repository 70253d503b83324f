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
