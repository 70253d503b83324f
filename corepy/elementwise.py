"""Elementwise operators: real numpy.ufuncs, by NumPy's names and the array API's."""

import numpy as np

from corepy.backend.dispatch import operator


def _ufunc(file: str, kernel: str) -> np.ufunc:
    return operator(kernel.rstrip("_"), file, "elementwise", lambda backend: backend.ufunc(file, kernel))


add = _ufunc("arithmetic", "add")
subtract = _ufunc("arithmetic", "subtract")
multiply = _ufunc("arithmetic", "multiply")
square = _ufunc("arithmetic", "square")
sqrt = _ufunc("arithmetic", "sqrt_")
negative = _ufunc("arithmetic", "negative")
positive = _ufunc("arithmetic", "positive")
absolute = abs = _ufunc("arithmetic", "absolute")
sign = _ufunc("arithmetic", "sign")
copysign = _ufunc("arithmetic", "copysign_")

divide = true_divide = _ufunc("division", "divide")
floor_divide = _ufunc("division", "floor_divide")
remainder = mod = _ufunc("division", "remainder_")
reciprocal = _ufunc("division", "reciprocal")

fmod = _ufunc("modulo", "fmod_")
divmod = _ufunc("modulo", "divmod_")

gcd = _ufunc("integer", "gcd_")
lcm = _ufunc("integer", "lcm_")

nextafter = _ufunc("floating", "nextafter_")
spacing = _ufunc("floating", "spacing_")
ldexp = _ufunc("floating", "ldexp_")
frexp = _ufunc("floating", "frexp_")
modf = _ufunc("floating", "modf_")

minimum = _ufunc("extrema", "minimum")
maximum = _ufunc("extrema", "maximum")
fmin = _ufunc("extrema", "fmin_")
fmax = _ufunc("extrema", "fmax_")
clip = _ufunc("extrema", "clip")

equal = _ufunc("comparison", "equal")
not_equal = _ufunc("comparison", "not_equal")
less = _ufunc("comparison", "less")
less_equal = _ufunc("comparison", "less_equal")
greater = _ufunc("comparison", "greater")
greater_equal = _ufunc("comparison", "greater_equal")

logical_and = _ufunc("logical", "logical_and")
logical_or = _ufunc("logical", "logical_or")
logical_xor = _ufunc("logical", "logical_xor")
logical_not = _ufunc("logical", "logical_not")
isfinite = _ufunc("logical", "isfinite_")
isinf = _ufunc("logical", "isinf_")
isnan = _ufunc("logical", "isnan_")
signbit = _ufunc("logical", "signbit_")

bitwise_and = _ufunc("bitwise", "bitwise_and")
bitwise_or = _ufunc("bitwise", "bitwise_or")
bitwise_xor = _ufunc("bitwise", "bitwise_xor")
invert = bitwise_invert = bitwise_not = _ufunc("bitwise", "invert")
left_shift = bitwise_left_shift = _ufunc("bitwise", "left_shift")
right_shift = bitwise_right_shift = _ufunc("bitwise", "right_shift")
bitwise_count = _ufunc("bitwise", "bitwise_count")

floor = _ufunc("rounding", "floor_")
ceil = _ufunc("rounding", "ceil_")
trunc = _ufunc("rounding", "trunc_")
rint = _ufunc("rounding", "rint_")

exp = _ufunc("exponential", "exp_")
exp2 = _ufunc("exponential", "exp2_")
exp10 = _ufunc("exponential", "exp10")
expm1 = _ufunc("exponential", "expm1_")
log = _ufunc("logarithm", "log_")
log2 = _ufunc("logarithm", "log2_")
log10 = _ufunc("logarithm", "log10_")
log1p = _ufunc("logarithm", "log1p_")
logaddexp = _ufunc("logaddexp", "logaddexp")
logaddexp2 = _ufunc("logaddexp", "logaddexp2")
expit = sigmoid = _ufunc("exponential", "expit")

power = pow = _ufunc("power", "power")
float_power = _ufunc("power", "float_power")
cbrt = _ufunc("roots", "cbrt_")
hypot = _ufunc("roots", "hypot_")

erf = _ufunc("special", "erf_")
erfc = _ufunc("special", "erfc_")
gamma = tgamma = _ufunc("gamma", "gamma")
lgamma = gammaln = _ufunc("lgamma", "lgamma_")

__all__ = [name for name, value in globals().items() if hasattr(value, "ntypes")]
