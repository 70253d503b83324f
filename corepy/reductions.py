"""Reductions along axes: sum, prod, mean, var, std, min, max, argmin, argmax, any, all, count_nonzero, logsumexp."""

from corepy._reduce import (
    ACCUMULATE,
    AVERAGE,
    COUNT,
    LOCATE,
    MEAN,
    NAN_MEAN,
    NAN_STD,
    NAN_VAR,
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
_SUM = Kernels("reduction", "sum_", ACCUMULATE, "moment_axis", along_first=(0,), last=(0.0,))
_VAR = Kernels("reduction", "var", AVERAGE, "moment_axis", along_first=(2,))
_STD = Kernels("reduction", "std", AVERAGE, "moment_axis", along_first=(3,))

sum = reduction("sum", _SUM, Kernels("reduction", "sum_", ACCUMULATE), masking=_ZERO)
prod = reduction("prod", Kernels("reduction", "prod", ACCUMULATE), masking=_ONE)
mean = reduction("mean", MEAN, masking=Masking(averages=NAN_MEAN, strict=True))
var = spread("var", _VAR, Masking(averages=NAN_VAR, strict=True))
std = spread("std", _STD, Masking(averages=NAN_STD, strict=True))
min = reduction("min", Kernels("extreme", "min_", SELECT), masking=Masking(highest))
max = reduction("max", Kernels("extreme", "max_", SELECT), masking=Masking(lowest))
argmin = reduction("argmin", Kernels("search", "argmin", LOCATE))
argmax = reduction("argmax", Kernels("search", "argmax", LOCATE))
any = reduction("any", Kernels("truth", "any_", TEST), masking=_ZERO)
all = reduction("all", Kernels("truth", "all_", TEST), masking=_ONE)
count_nonzero = reduction("count_nonzero", Kernels("truth", "count_nonzero", COUNT), masking=_ZERO)
logsumexp = reduction("logsumexp", Kernels("normalization", "logsumexp", AVERAGE))
