"""Reductions along axes: sum, prod, mean, var, std, min, max, argmin, argmax, any, all, count_nonzero, logsumexp."""

from corepy._reduce import (
    ACCUMULATE,
    AVERAGE,
    COUNT,
    LOCATE,
    SELECT,
    TEST,
    Kernels,
    Masking,
    highest,
    lowest,
    reduction,
    spread,
)

__all__ = [
    "all",
    "any",
    "argmax",
    "argmin",
    "count_nonzero",
    "logsumexp",
    "max",
    "mean",
    "min",
    "prod",
    "std",
    "sum",
    "var",
]

_ZERO, _ONE = Masking(lambda _: 0), Masking(lambda _: 1)
_NAN_MEAN = Kernels("nan_reduction", "nan_mean", AVERAGE, "nan_moment_axis", first=(1,), last=(0.0,))
_NAN_VAR = Kernels("nan_reduction", "nan_spread", AVERAGE, "nan_moment_axis", first=(0,), along_first=(2,))
_NAN_STD = Kernels("nan_reduction", "nan_spread", AVERAGE, "nan_moment_axis", first=(1,), along_first=(3,))

sum = reduction("sum", Kernels("reduction", "sum_", ACCUMULATE), masking=_ZERO)
prod = reduction("prod", Kernels("reduction", "prod", ACCUMULATE), masking=_ONE)
mean = reduction("mean", Kernels("reduction", "mean", AVERAGE), masking=Masking(averages=_NAN_MEAN, strict=True))
var = spread("var", Kernels("reduction", "var", AVERAGE), Masking(averages=_NAN_VAR, strict=True))
std = spread("std", Kernels("reduction", "std", AVERAGE), Masking(averages=_NAN_STD, strict=True))
min = reduction("min", Kernels("extreme", "min_", SELECT), masking=Masking(highest))
max = reduction("max", Kernels("extreme", "max_", SELECT), masking=Masking(lowest))
argmin = reduction("argmin", Kernels("search", "argmin", LOCATE))
argmax = reduction("argmax", Kernels("search", "argmax", LOCATE))
any = reduction("any", Kernels("truth", "any_", TEST), masking=_ZERO)
all = reduction("all", Kernels("truth", "all_", TEST), masking=_ONE)
count_nonzero = reduction("count_nonzero", Kernels("truth", "count_nonzero", COUNT), masking=_ZERO)
logsumexp = reduction("logsumexp", Kernels("normalization", "logsumexp", AVERAGE))
