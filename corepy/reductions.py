"""Reductions along axes: sum, prod, mean, var, std, min, max, argmin, argmax, any, all, count_nonzero, logsumexp."""

from corepy._reduce import ACCUMULATE, AVERAGE, COUNT, LOCATE, SELECT, TEST, Kernels, reduction, spread

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

sum = reduction("sum", Kernels("reduction", "sum_", ACCUMULATE))
prod = reduction("prod", Kernels("reduction", "prod", ACCUMULATE))
mean = reduction("mean", Kernels("reduction", "mean", AVERAGE))
var = spread("var", Kernels("reduction", "var", AVERAGE))
std = spread("std", Kernels("reduction", "std", AVERAGE))
min = reduction("min", Kernels("search", "min_", SELECT))
max = reduction("max", Kernels("search", "max_", SELECT))
argmin = reduction("argmin", Kernels("search", "argmin", LOCATE))
argmax = reduction("argmax", Kernels("search", "argmax", LOCATE))
any = reduction("any", Kernels("truth", "any_", TEST))
all = reduction("all", Kernels("truth", "all_", TEST))
count_nonzero = reduction("count_nonzero", Kernels("truth", "count_nonzero", COUNT))
logsumexp = reduction("logsumexp", Kernels("normalization", "logsumexp", AVERAGE))
