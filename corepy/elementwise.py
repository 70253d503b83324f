"""Elementwise operators: real numpy.ufuncs, by NumPy's names and the array API's.

A line here is an operator: its public name, the kernel file and the kernel. Its compiled module is loaded when the name is
first used, so that `import corepy` stays fast however many operators there are.
"""

import sys
from typing import Annotated

import numpy as np

from corepy.backend.dispatch import built, register

add: Annotated[np.ufunc, "arithmetic", "add"]
subtract: Annotated[np.ufunc, "arithmetic", "subtract"]
multiply: Annotated[np.ufunc, "arithmetic", "multiply"]
square: Annotated[np.ufunc, "arithmetic", "square"]
sqrt: Annotated[np.ufunc, "arithmetic", "sqrt_"]
negative: Annotated[np.ufunc, "arithmetic", "negative"]
positive: Annotated[np.ufunc, "arithmetic", "positive"]
absolute: Annotated[np.ufunc, "arithmetic", "absolute"]
abs: Annotated[np.ufunc, "arithmetic", "absolute"]
sign: Annotated[np.ufunc, "arithmetic", "sign"]
copysign: Annotated[np.ufunc, "arithmetic", "copysign_"]

divide: Annotated[np.ufunc, "division", "divide"]
true_divide: Annotated[np.ufunc, "division", "divide"]
floor_divide: Annotated[np.ufunc, "division", "floor_divide"]
remainder: Annotated[np.ufunc, "division", "remainder_"]
mod: Annotated[np.ufunc, "division", "remainder_"]
reciprocal: Annotated[np.ufunc, "division", "reciprocal"]

fmod: Annotated[np.ufunc, "modulo", "fmod_"]
divmod: Annotated[np.ufunc, "modulo", "divmod_"]

gcd: Annotated[np.ufunc, "integer", "gcd_"]
lcm: Annotated[np.ufunc, "integer", "lcm_"]

nextafter: Annotated[np.ufunc, "floating", "nextafter_"]
spacing: Annotated[np.ufunc, "floating", "spacing_"]
ldexp: Annotated[np.ufunc, "floating", "ldexp_"]
frexp: Annotated[np.ufunc, "floating", "frexp_"]
modf: Annotated[np.ufunc, "floating", "modf_"]

minimum: Annotated[np.ufunc, "extrema", "minimum"]
maximum: Annotated[np.ufunc, "extrema", "maximum"]
fmin: Annotated[np.ufunc, "extrema", "fmin_"]
fmax: Annotated[np.ufunc, "extrema", "fmax_"]
clip: Annotated[np.ufunc, "extrema", "clip"]
replace: Annotated[np.ufunc, "fill", "replace"]

equal: Annotated[np.ufunc, "comparison", "equal"]
not_equal: Annotated[np.ufunc, "comparison", "not_equal"]
less: Annotated[np.ufunc, "comparison", "less"]
less_equal: Annotated[np.ufunc, "comparison", "less_equal"]
greater: Annotated[np.ufunc, "comparison", "greater"]
greater_equal: Annotated[np.ufunc, "comparison", "greater_equal"]

logical_and: Annotated[np.ufunc, "logical", "logical_and"]
logical_or: Annotated[np.ufunc, "logical", "logical_or"]
logical_xor: Annotated[np.ufunc, "logical", "logical_xor"]
logical_not: Annotated[np.ufunc, "logical", "logical_not"]
isfinite: Annotated[np.ufunc, "logical", "isfinite_"]
isinf: Annotated[np.ufunc, "logical", "isinf_"]
isnan: Annotated[np.ufunc, "logical", "isnan_"]
signbit: Annotated[np.ufunc, "logical", "signbit_"]

bitwise_and: Annotated[np.ufunc, "bitwise", "bitwise_and"]
bitwise_or: Annotated[np.ufunc, "bitwise", "bitwise_or"]
bitwise_xor: Annotated[np.ufunc, "bitwise", "bitwise_xor"]
invert: Annotated[np.ufunc, "bitwise", "invert"]
bitwise_invert: Annotated[np.ufunc, "bitwise", "invert"]
bitwise_not: Annotated[np.ufunc, "bitwise", "invert"]
left_shift: Annotated[np.ufunc, "bitwise", "left_shift"]
bitwise_left_shift: Annotated[np.ufunc, "bitwise", "left_shift"]
right_shift: Annotated[np.ufunc, "bitwise", "right_shift"]
bitwise_right_shift: Annotated[np.ufunc, "bitwise", "right_shift"]
bitwise_count: Annotated[np.ufunc, "bitwise", "bitwise_count"]

floor: Annotated[np.ufunc, "rounding", "floor_"]
ceil: Annotated[np.ufunc, "rounding", "ceil_"]
trunc: Annotated[np.ufunc, "rounding", "trunc_"]
rint: Annotated[np.ufunc, "rounding", "rint_"]

exp: Annotated[np.ufunc, "exponential", "exp_"]
exp2: Annotated[np.ufunc, "exponential", "exp2_"]
exp10: Annotated[np.ufunc, "exponential", "exp10"]
expm1: Annotated[np.ufunc, "exponential", "expm1_"]
log: Annotated[np.ufunc, "logarithm", "log_"]
log2: Annotated[np.ufunc, "logarithm", "log2_"]
log10: Annotated[np.ufunc, "logarithm", "log10_"]
log1p: Annotated[np.ufunc, "logarithm", "log1p_"]
logaddexp: Annotated[np.ufunc, "logaddexp", "logaddexp"]
logaddexp2: Annotated[np.ufunc, "logaddexp", "logaddexp2"]
expit: Annotated[np.ufunc, "exponential", "expit"]
sigmoid: Annotated[np.ufunc, "exponential", "expit"]

power: Annotated[np.ufunc, "power", "power"]
pow: Annotated[np.ufunc, "power", "power"]
float_power: Annotated[np.ufunc, "power", "float_power"]
cbrt: Annotated[np.ufunc, "roots", "cbrt_"]
hypot: Annotated[np.ufunc, "roots", "hypot_"]

sin: Annotated[np.ufunc, "trigonometric", "sin_"]
cos: Annotated[np.ufunc, "trigonometric", "cos_"]
tan: Annotated[np.ufunc, "trigonometric", "tan_"]
sinpi: Annotated[np.ufunc, "angles", "sinpi_"]
cospi: Annotated[np.ufunc, "angles", "cospi_"]
deg2rad: Annotated[np.ufunc, "angles", "deg2rad"]
radians: Annotated[np.ufunc, "angles", "deg2rad"]
rad2deg: Annotated[np.ufunc, "angles", "rad2deg"]
degrees: Annotated[np.ufunc, "angles", "rad2deg"]
arcsin: Annotated[np.ufunc, "inverse_trigonometric", "arcsin"]
asin: Annotated[np.ufunc, "inverse_trigonometric", "arcsin"]
arccos: Annotated[np.ufunc, "inverse_trigonometric", "arccos"]
acos: Annotated[np.ufunc, "inverse_trigonometric", "arccos"]
arctan: Annotated[np.ufunc, "inverse_trigonometric", "arctan"]
atan: Annotated[np.ufunc, "inverse_trigonometric", "arctan"]
arctan2: Annotated[np.ufunc, "arctan2", "arctan2"]
atan2: Annotated[np.ufunc, "arctan2", "arctan2"]
sinh: Annotated[np.ufunc, "hyperbolic", "sinh_"]
cosh: Annotated[np.ufunc, "hyperbolic", "cosh_"]
tanh: Annotated[np.ufunc, "hyperbolic", "tanh_"]
arcsinh: Annotated[np.ufunc, "inverse_hyperbolic", "arcsinh"]
asinh: Annotated[np.ufunc, "inverse_hyperbolic", "arcsinh"]
arccosh: Annotated[np.ufunc, "inverse_hyperbolic", "arccosh"]
acosh: Annotated[np.ufunc, "inverse_hyperbolic", "arccosh"]
arctanh: Annotated[np.ufunc, "inverse_hyperbolic", "arctanh"]
atanh: Annotated[np.ufunc, "inverse_hyperbolic", "arctanh"]

erf: Annotated[np.ufunc, "special", "erf_"]
erfc: Annotated[np.ufunc, "special", "erfc_"]
gamma: Annotated[np.ufunc, "gamma", "gamma"]
tgamma: Annotated[np.ufunc, "gamma", "gamma"]
lgamma: Annotated[np.ufunc, "lgamma", "lgamma_"]
gammaln: Annotated[np.ufunc, "lgamma", "lgamma_"]

logit: Annotated[np.ufunc, "logistic", "logit"]
log_expit: Annotated[np.ufunc, "logistic", "log_expit"]
softplus: Annotated[np.ufunc, "logistic", "softplus"]
xlogy: Annotated[np.ufunc, "logistic", "xlogy"]
xlog1py: Annotated[np.ufunc, "logistic", "xlog1py"]

relu: Annotated[np.ufunc, "activation", "relu"]
elu: Annotated[np.ufunc, "activation", "elu"]
silu: Annotated[np.ufunc, "activation", "silu"]
gelu: Annotated[np.ufunc, "activation", "gelu"]
gelu_tanh: Annotated[np.ufunc, "activation", "gelu_tanh"]
mish: Annotated[np.ufunc, "activation", "mish"]
hard_sigmoid: Annotated[np.ufunc, "activation", "hard_sigmoid"]

_KERNELS = {name: line.__metadata__ for name, line in sys.modules[__name__].__annotations__.items()}

__all__ = list(_KERNELS)

for _file, _kernel in _KERNELS.values():
    register(_kernel.rstrip("_"), _file, "elementwise", lambda backend, at=(_file, _kernel): backend.ufunc(*at))


def __getattr__(name: str) -> np.ufunc:
    if name not in _KERNELS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    ufunc = globals()[name] = built(_KERNELS[name][1].rstrip("_"))
    return ufunc


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
