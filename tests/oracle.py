"""The oracle table: one row per public operator, with an independent truth and how close a result must come to it.

A row of an elementwise operator judges arrays, one of an array operator judges a single slice (one dimension). The
truth comes from NumPy where the operation is exact, from integers, fractions and mpmath elsewhere; never from Corepy.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import scipy.special
from mpmath import mp

# 120 bits: float64 results to within 2**-60 ulp, the exponentials of sums to within less.
MP = mp.clone()
MP.prec = 120

UNIT = Fraction(1, 2**53)


@dataclass(frozen=True)
class Row:
    """What one operator is judged by.

    `truth` of an elementwise operator takes arrays of a loop's dtypes and gives the exact result; with `ulp` set it
    takes an mpf for each argument and gives an mpf, and `of_integers` is the truth of loops of integers. `truth` of an
    array operator takes a slice and gives its exact result; with `error` set, a Fraction or mpf, of which a result may be
    `error(slice, truth, ...)` away before it is rounded to its dtype.
    """

    name: str
    truth: Callable[..., Any]
    # What NumPy (or SciPy) calls it: the result dtype is that one's.
    numpy: Callable[..., Any] | None = None
    aliases: tuple[str, ...] = ()
    # Largest error in ulp by dtype of the result: (normal results, subnormal results).
    ulp: dict[str, tuple[float, float]] | None = None
    # How far off a result may be in any case, however near to 0 it is.
    absolute: float = 0.0
    of_integers: Callable[..., Any] | None = None
    error: Callable[..., Any] | None = None
    # Result for a slice without elements, or the exception.
    of_nothing: Any = None

    @property
    def counterpart(self) -> Callable[..., Any]:
        """The function of NumPy that a user would call."""
        return self.numpy or getattr(np, self.name)

    def truth_of(self, loop: str) -> Callable[..., Any] | None:
        """The truth of a loop whose results are exact."""
        return self.truth if self.ulp is None else None if loop[-1] in "fd" else self.of_integers


# --- truths of elementwise operators ----------------------------------------------------------------------------------


def _second_of_equals(function: Callable, x, y):
    """NumPy's result, but of 0.0 and -0.0 always the second argument: NumPy's choice differs between CPUs."""
    return np.where(x == y, y, function(x, y)).astype(x.dtype)


def _replaced(x, old, new):
    return np.where((x == old) | ((x != x) & (old != old)), new, x)


def _clip(x, low, high):
    """minimum(maximum(x, low), high), each as above; np.clip agrees in everything but the sign of zero."""
    return _second_of_equals(np.minimum, _second_of_equals(np.maximum, x, low), high)


def _integers_as_they_are(function: Callable) -> Callable:
    """Integers are copied, as since NumPy 2.1; NumPy 2.0 makes them float64."""
    return lambda x: function(x) if np.asarray(x).dtype.kind == "f" else np.array(x)


_FLOAT32_CORRECTLY_ROUNDED = {"float32": (0.5, 0.5), "float64": (0.6, 0.8)}
_TWO_ARGUMENTS = {"float32": (0.501, 0.501), "float64": (0.6, 0.8)}
_POWER = {"float32": (0.501, 0.501), "float64": (0.8, 1.1)}


def _within(ulp: float) -> dict[str, tuple[float, float]]:
    """float32 correctly rounded, float64 within so many ulp everywhere."""
    return {"float32": (0.5, 0.5), "float64": (ulp, ulp)}


def _log_of_sum(unit) -> Callable:
    """log(exp(x * unit) + exp(y * unit)) / unit; log1p holds what is far below 1."""
    return lambda x, y: max(x, y) + MP.log1p(MP.exp(-abs(x - y) * unit)) / unit


_PRODUCT = {"float32": (0.501, 0.501), "float64": (0.6, 0.8)}


def _softplus(x):
    return MP.log1p(MP.exp(x))


def _gelu_tanh(x):
    v = 2 * MP.sqrt(2 / MP.pi) * (x + MP.mpf(44715) / 1000000 * x**3)
    return x / (1 + MP.exp(-v))


# --- truths of array operators ----------------------------------------------------------------------------------------


def _fractions(x: np.ndarray) -> list[Fraction]:
    return [Fraction(v) for v in x.tolist()]


def _depth(x: np.ndarray) -> int:
    """How many roundings one element passes in 32 lanes and the tree that joins them."""
    return -(-x.size // 32) + 5


def _sum(x):
    return sum(_fractions(x), Fraction(0))


def _sum_error(x, truth):
    return _depth(x) * UNIT * sum(map(abs, _fractions(x)), Fraction(0))


def _mean(x):
    return _sum(x) / x.size


def _mean_error(x, truth):
    return _sum_error(x, truth) / x.size + UNIT * abs(truth)


def _prod(x):
    return math.prod(_fractions(x), start=Fraction(1))


def _prod_error(x, truth):
    return (x.size + 32) * UNIT * abs(truth)


def _var(x, ddof=0):
    mean = _mean(x)
    return sum(((v - mean) ** 2 for v in _fractions(x)), Fraction(0)) / (x.size - ddof)


def _var_error(x, truth, ddof=0):
    """Of the squares and their sum, of a mean that is off by as much as it may be, and of squares that underflow."""
    shift = x.size * _mean_error(x, _mean(x)) ** 2 / (x.size - ddof)
    return (_depth(x) + 5) * UNIT * (truth + shift) + shift + Fraction(1, 2**1074)


def _root(value: Fraction):
    return MP.sqrt(MP.mpf(value.numerator) / value.denominator)


def _std(x, ddof=0):
    return _root(_var(x, ddof))


def _std_error(x, truth, ddof=0):
    variance = _var(x, ddof)
    error = _var_error(x, variance, ddof)
    return max(_root(variance + error) - truth, truth - _root(max(variance - error, Fraction(0)))) + truth * 2.0**-52


def _wrapped(x: np.ndarray, exact_value: int):
    """An exact integer as int64 or uint64, the rest cut off."""
    unsigned = np.uint64(exact_value % 2**64)
    return unsigned if x.dtype.kind == "u" else unsigned.view(np.int64)


def _floats_or_integers(of_floats: Callable, of_integers: Callable) -> Callable:
    def truth(x):
        return of_floats(x) if x.dtype.kind == "f" else _wrapped(x, of_integers(int(v) for v in x.tolist()))

    return truth


def _without_minus_zero(value):
    return value if value else np.abs(value)


def _numbers(x):
    return x[x == x]


def _of_numbers(function: Callable) -> Callable:
    """The same of the elements that are not NaN; for an error, the truth is the second argument."""
    return lambda x, *others: function(_numbers(x), *others)


def _number_or_nan(function: Callable) -> Callable:
    return lambda x: _without_minus_zero(function(_numbers(x))) if _numbers(x).size else x.dtype.type(math.nan)


def _index_among_numbers(function: Callable) -> Callable:
    return lambda x: np.int64(np.flatnonzero(x == x)[function(_numbers(x))])


def _powers(x):
    """exp(x - max(x)) of every element, their sum, and how far the rounding of x - max(x) can move it."""
    values = [MP.mpf(v) for v in x.tolist()]
    largest = max(values)
    powers = [MP.exp(v - largest) for v in values]
    total = MP.fsum(powers)
    spread = MP.fsum(p / total * (largest - v) for p, v in zip(powers, values, strict=True))
    return values, largest, powers, total, spread


def _softmax(x):
    _, _, powers, total, _ = _powers(x)
    return [p / total for p in powers]


def _softmax_error(x, truth):
    values, largest, _, _, spread = _powers(x)
    unit = MP.mpf(2) ** -53
    return [p * unit * (largest - v + spread + _depth(x) + 6) for p, v in zip(truth, values, strict=True)]


def _logsumexp(x):
    _, largest, _, total, _ = _powers(x)
    return largest + MP.log(total)


def _logsumexp_error(x, truth):
    _, _, _, total, spread = _powers(x)
    return MP.mpf(2) ** -53 * (abs(truth) + 2 * MP.log(total) + spread + _depth(x) + 3)


def _squares(x):
    return sum((v * v for v in _fractions(x)), Fraction(0))


def _squares_error(x, truth):
    return (_depth(x) + 1) * UNIT * truth + x.size * Fraction(1, 2**1074)


def _norm_error(x, truth):
    squares = _squares(x)
    error = _squares_error(x, squares)
    return max(_root(squares + error) - truth, truth - _root(max(squares - error, Fraction(0)))) + truth * 2.0**-52


def _median(x):
    ordered = sorted(_fractions(x))
    return (ordered[(x.size - 1) // 2] + ordered[x.size // 2]) / 2


def _no_error(x, truth):
    """Nothing but the rounding of the result."""
    return Fraction(0)


def _scipy_axis(function: Callable) -> Callable:
    """SciPy's keeps small integers as float32, NumPy's averages (and Corepy) make all integers float64."""

    def of_floats(x, **keywords):
        return function(np.asarray(x, None if np.asarray(x).dtype.kind == "f" else np.float64), **keywords)

    return of_floats


# --- the table --------------------------------------------------------------------------------------------------------

_TABLE = [
    Row("add", np.add),
    Row("subtract", np.subtract),
    Row("multiply", np.multiply),
    Row("square", np.square),
    Row("sqrt", np.sqrt),
    Row("negative", np.negative),
    Row("positive", np.positive),
    Row("absolute", np.absolute, aliases=("abs",)),
    Row("sign", np.sign),
    Row("copysign", np.copysign),
    Row("divide", np.divide, aliases=("true_divide",)),
    # Integers by zero: NumPy gives 0 and a warning, Corepy a ZeroDivisionError (test_hazards.py).
    Row("floor_divide", np.floor_divide),
    Row("remainder", np.remainder, aliases=("mod",)),
    Row("reciprocal", np.reciprocal),
    Row("fmod", np.fmod),
    Row("divmod", np.divmod),
    Row("gcd", np.gcd),
    Row("lcm", np.lcm),
    Row("nextafter", np.nextafter),
    Row("spacing", np.spacing),
    Row("ldexp", np.ldexp),
    Row("frexp", np.frexp),
    Row("modf", np.modf),
    Row("minimum", lambda x, y: _second_of_equals(np.minimum, x, y)),
    Row("maximum", lambda x, y: _second_of_equals(np.maximum, x, y)),
    Row("fmin", lambda x, y: _second_of_equals(np.fmin, x, y)),
    Row("fmax", lambda x, y: _second_of_equals(np.fmax, x, y)),
    # np.clip makes an array of its first argument before it looks at dtypes; the ufunc beneath it does not.
    Row("replace", _replaced, numpy=lambda *args: np.empty(0, np.result_type(*args))),
    Row("clip", _clip, numpy=lambda *args: np.empty(0, np.result_type(*args))),
    Row("equal", np.equal),
    Row("not_equal", np.not_equal),
    Row("less", np.less),
    Row("less_equal", np.less_equal),
    Row("greater", np.greater),
    Row("greater_equal", np.greater_equal),
    Row("logical_and", np.logical_and),
    Row("logical_or", np.logical_or),
    Row("logical_xor", np.logical_xor),
    Row("logical_not", np.logical_not),
    Row("isfinite", np.isfinite),
    Row("isinf", np.isinf),
    Row("isnan", np.isnan),
    Row("signbit", np.signbit),
    Row("bitwise_and", np.bitwise_and),
    Row("bitwise_or", np.bitwise_or),
    Row("bitwise_xor", np.bitwise_xor),
    Row("invert", np.invert, aliases=("bitwise_invert", "bitwise_not")),
    Row("left_shift", np.left_shift, aliases=("bitwise_left_shift",)),
    Row("right_shift", np.right_shift, aliases=("bitwise_right_shift",)),
    Row("bitwise_count", np.bitwise_count),
    Row("floor", _integers_as_they_are(np.floor), numpy=_integers_as_they_are(np.floor)),
    Row("ceil", _integers_as_they_are(np.ceil), numpy=_integers_as_they_are(np.ceil)),
    Row("trunc", _integers_as_they_are(np.trunc), numpy=_integers_as_they_are(np.trunc)),
    Row("rint", np.rint),
    Row("exp", MP.exp, ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("exp2", lambda x: MP.mpf(2) ** x, ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("exp10", lambda x: MP.mpf(10) ** x, numpy=np.exp, ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("expm1", MP.expm1, ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("log", MP.log, ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("log2", lambda x: MP.log(x) / MP.ln2, ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("log10", MP.log10, ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("log1p", MP.log1p, ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("logaddexp", _log_of_sum(MP.mpf(1)), ulp=_TWO_ARGUMENTS, absolute=2.0**-57),
    Row("logaddexp2", _log_of_sum(MP.ln2), ulp=_TWO_ARGUMENTS, absolute=2.0**-57),
    # Integers: NumPy wraps around, too; negative powers are a ValueError in both (test_hazards.py).
    Row("power", MP.power, aliases=("pow",), ulp=_POWER, of_integers=np.power),
    Row("float_power", MP.power, ulp={"float64": _POWER["float64"]}),
    Row("cbrt", lambda x: MP.sign(x) * MP.cbrt(abs(x)), ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("hypot", MP.hypot, ulp=_TWO_ARGUMENTS),
    # NumPy has no expit, and SciPy's is float64 for int8; it follows the rule of NumPy's exp.
    Row("expit", lambda x: 1 / (1 + MP.exp(-x)), numpy=np.exp, aliases=("sigmoid",), ulp=_FLOAT32_CORRECTLY_ROUNDED),
    # SciPy's special functions take integers as float64; these follow the rule of NumPy's exp.
    Row("erf", MP.erf, numpy=np.exp, ulp={"float32": (0.5, 0.5), "float64": (0.8, 0.8)}),
    Row("erfc", MP.erfc, numpy=np.exp, ulp={"float32": (0.5, 0.5), "float64": (1.0, 1.0)}),
    Row("gamma", MP.gamma, numpy=np.exp, aliases=("tgamma",), ulp={"float32": (0.5, 0.5), "float64": (0.8, 1.0)}),
    Row(
        "lgamma",
        lambda x: MP.re(MP.loggamma(x)),
        numpy=np.exp,
        aliases=("gammaln",),
        ulp={"float32": (0.5, 0.5), "float64": (1.4, 1.0)},
    ),
    Row("sin", MP.sin, ulp=_within(0.6)),
    Row("cos", MP.cos, ulp=_within(0.6)),
    Row("tan", MP.tan, ulp=_within(0.7)),
    Row("sinpi", MP.sinpi, numpy=np.sin, ulp=_within(0.9)),
    Row("cospi", MP.cospi, numpy=np.cos, ulp=_within(0.6)),
    Row("deg2rad", lambda x: x * MP.pi / 180, aliases=("radians",), ulp=_within(0.7)),
    Row("rad2deg", lambda x: x * 180 / MP.pi, aliases=("degrees",), ulp=_within(0.9)),
    Row("arcsin", MP.asin, aliases=("asin",), ulp=_within(0.7)),
    Row("arccos", MP.acos, aliases=("acos",), ulp=_within(0.7)),
    Row("arctan", MP.atan, aliases=("atan",), ulp=_within(0.8)),
    Row("arctan2", MP.atan2, aliases=("atan2",), ulp={"float32": (0.501, 0.501), "float64": (0.8, 0.8)}),
    Row("sinh", MP.sinh, ulp=_within(0.7)),
    Row("cosh", MP.cosh, ulp=_within(0.6)),
    Row("tanh", MP.tanh, ulp=_within(0.6)),
    Row("arcsinh", MP.asinh, aliases=("asinh",), ulp=_within(0.6)),
    Row("arccosh", MP.acosh, aliases=("acosh",), ulp=_within(0.6)),
    Row("arctanh", MP.atanh, aliases=("atanh",), ulp=_within(0.7)),
    Row(
        "logit",
        lambda x: MP.log(x / (1 - x)),
        numpy=np.exp,
        ulp={"float32": (0.5, 0.5), "float64": (0.7, 0.7)},
    ),
    Row("softplus", _softplus, numpy=np.exp, ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("log_expit", lambda x: -_softplus(-x), numpy=np.exp, ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("xlogy", lambda x, y: x * MP.log(y), numpy=np.hypot, ulp=_PRODUCT),
    Row("xlog1py", lambda x, y: x * MP.log1p(y), numpy=np.hypot, ulp=_PRODUCT),
    Row("relu", lambda x: np.where(x > 0, x, np.where(x == x, x.dtype.type(0), x)), numpy=np.exp),
    Row("elu", lambda x: x if x > 0 else MP.expm1(x), numpy=np.exp, ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("silu", lambda x: x / (1 + MP.exp(-x)), numpy=np.exp, ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("gelu", lambda x: x * MP.ncdf(x), numpy=np.exp, ulp={"float32": (0.5, 0.5), "float64": (0.9, 1.0)}),
    Row("gelu_tanh", _gelu_tanh, numpy=np.exp, ulp=_FLOAT32_CORRECTLY_ROUNDED),
    Row("mish", lambda x: x * MP.tanh(_softplus(x)), numpy=np.exp, ulp={"float32": (0.5, 0.5), "float64": (0.8, 0.9)}),
    Row(
        "hard_sigmoid",
        lambda x: min(max((x + 3) / 6, MP.mpf(0)), MP.mpf(1)),
        numpy=np.exp,
        ulp={"float32": (0.5, 0.5), "float64": (0.8, 0.8)},
    ),
    Row("sum", _floats_or_integers(_sum, sum), error=_sum_error, of_nothing=0),
    Row("prod", _floats_or_integers(_prod, math.prod), error=_prod_error, of_nothing=1),
    Row("mean", _mean, error=_mean_error, of_nothing=math.nan),
    Row("var", _var, error=_var_error, of_nothing=math.nan),
    Row("std", _std, error=_std_error, of_nothing=math.nan),
    # A zero of either sign is 0.0: NumPy's choice between 0.0 and -0.0 differs between CPUs.
    Row("min", lambda x: _without_minus_zero(np.min(x)), of_nothing=ValueError),
    Row("max", lambda x: _without_minus_zero(np.max(x)), of_nothing=ValueError),
    Row("argmin", lambda x: np.int64(np.argmin(x)), of_nothing=ValueError),
    Row("argmax", lambda x: np.int64(np.argmax(x)), of_nothing=ValueError),
    Row("any", np.any, of_nothing=False),
    Row("all", np.all, of_nothing=True),
    # NumPy gives a Python int where no axis is named.
    Row("count_nonzero", lambda x: np.int64(np.count_nonzero(x)), of_nothing=0),
    Row("nansum", _of_numbers(_floats_or_integers(_sum, sum)), error=_of_numbers(_sum_error), of_nothing=0),
    Row("nanprod", _of_numbers(_floats_or_integers(_prod, math.prod)), error=_of_numbers(_prod_error), of_nothing=1),
    Row("nanmean", _of_numbers(_mean), error=_of_numbers(_mean_error), of_nothing=math.nan),
    Row("nanvar", _of_numbers(_var), error=_of_numbers(_var_error), of_nothing=math.nan),
    Row("nanstd", _of_numbers(_std), error=_of_numbers(_std_error), of_nothing=math.nan),
    Row("median", _median, error=_no_error, of_nothing=math.nan),
    Row("nanmedian", _of_numbers(_median), error=_of_numbers(_no_error), of_nothing=math.nan),
    Row("exact_sum", _floats_or_integers(_sum, sum), numpy=np.sum, error=_no_error, of_nothing=0),
    Row("nanmin", _number_or_nan(np.min), of_nothing=ValueError),
    Row("nanmax", _number_or_nan(np.max), of_nothing=ValueError),
    Row("nanargmin", _index_among_numbers(np.argmin), of_nothing=ValueError),
    Row("nanargmax", _index_among_numbers(np.argmax), of_nothing=ValueError),
    Row(
        "ss",
        _floats_or_integers(_squares, lambda x: sum(v * v for v in x)),
        numpy=np.sum,
        error=_squares_error,
        of_nothing=0,
    ),
    Row(
        "vector_norm",
        lambda x: _root(_squares(x)),
        numpy=lambda x, **keywords: np.linalg.vector_norm(np.asarray(x), **keywords),
        error=_norm_error,
        of_nothing=0,
    ),
    # NumPy has none of these three.
    Row("count", lambda x: np.int64(_numbers(x).size), numpy=np.count_nonzero, of_nothing=0),
    Row("anynan", lambda x: np.any(x != x), numpy=np.any, of_nothing=False),
    Row("allnan", lambda x: np.all(x != x), numpy=np.all, of_nothing=True),
    Row("softmax", _softmax, numpy=_scipy_axis(scipy.special.softmax), error=_softmax_error),
    Row(
        "logsumexp",
        _logsumexp,
        numpy=_scipy_axis(scipy.special.logsumexp),
        error=_logsumexp_error,
        of_nothing=-math.inf,
    ),
]


def _by_group(function: Callable) -> Callable:
    """Each group's elements that are not NaN; pandas has the words, NumPy the arithmetic."""
    return lambda x, labels, groups: [function(_numbers(x[labels == g])) for g in range(groups)]


def _of_some(function: Callable, of_none) -> Callable:
    return lambda x: function(x) if x.size else of_none


# More than one array, or more than one result: their truth is NumPy's; their tests stand in test_statistics.py,
# test_groups.py and test_binning.py.
_TABLE += [
    Row("sumprod", lambda x, y, **keywords: np.sum(x * y, **keywords)),
    Row("vecdot", np.vecdot),
    Row("minmax", lambda x, **keywords: (np.min(x, **keywords), np.max(x, **keywords))),
    Row("mean_var", lambda x, **keywords: (np.mean(x, **keywords), np.var(x, **keywords))),
    Row("ptp", np.ptp),
    Row("nanptp", lambda x, **keywords: np.nanmax(x, **keywords) - np.nanmin(x, **keywords)),
    Row("average", np.average),
    Row("cov", np.cov),
    Row("corrcoef", np.corrcoef),
    Row("group_nansum", _by_group(np.sum)),
    Row("group_nanprod", _by_group(np.prod)),
    Row("group_nansum_of_squares", _by_group(lambda x: np.sum(x * x))),
    Row("group_nancount", _by_group(np.size)),
    Row("group_nanmean", _by_group(_of_some(np.mean, math.nan))),
    Row("group_nanvar", _by_group(lambda x: np.var(x, ddof=1) if x.size > 1 else math.nan)),
    Row("group_nanstd", _by_group(lambda x: np.std(x, ddof=1) if x.size > 1 else math.nan)),
    Row("group_nanmin", _by_group(_of_some(np.min, math.nan))),
    Row("group_nanmax", _by_group(_of_some(np.max, math.nan))),
    Row("group_nanfirst", _by_group(lambda x: x[0] if x.size else math.nan)),
    Row("group_nanlast", _by_group(lambda x: x[-1] if x.size else math.nan)),
    # Among the group's numbers; test_groups.py knows where these stand.
    Row("group_nanargmin", _by_group(_of_some(np.argmin, -1))),
    Row("group_nanargmax", _by_group(_of_some(np.argmax, -1))),
    Row("group_nanany", _by_group(np.any)),
    Row("group_nanall", _by_group(np.all)),
    Row("quantile", np.quantile),
    Row("percentile", np.percentile),
    Row("nanquantile", np.nanquantile),
    Row("nanpercentile", np.nanpercentile),
    Row("bincount", np.bincount),
    Row("histogram", np.histogram),
    Row("digitize", np.digitize),
    Row("searchsorted", np.searchsorted),
]

ROWS: dict[str, Row] = {row.name: row for row in _TABLE}
ALIASES: dict[str, str] = {alias: row.name for row in _TABLE for alias in row.aliases}
