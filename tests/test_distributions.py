"""Distributions: what they are, their parts, arguments and errors, and the golden values of docs/random.md."""

import re
from pathlib import Path

import numpy as np
import pytest
from compare import assert_same
from distributions import CASES, judged

import corepy as cp
from corepy import errors
from corepy.random import _cases

METHODS = sorted(set(cp.random.__all__) - {"Generator", "SeedSequence", "default_rng"})
# Call with a size, by method; one element at each position.
ELEMENTWISE = {
    "random": (),
    "integers": (2**62 + 2**61,),
    "uniform": (-2.0, 3.0),
    "standard_normal": (),
    "normal": (1.0, 2.0),
    "lognormal": (),
    "standard_exponential": (),
    "exponential": (3.0,),
    "laplace": (),
    "logistic": (),
    "rayleigh": (),
    "weibull": (2.0,),
    "pareto": (2.0,),
    "triangular": (0.0, 1.0, 3.0),
    "standard_gamma": (0.4,),
    "gamma": (3.0, 2.0),
    "beta": (0.5, 2.0),
    "poisson": (30.0,),
    "binomial": (100, 0.3),
    "geometric": (0.1,),
}


@pytest.mark.filterwarnings("ignore::scipy.integrate.IntegrationWarning")  # it needs many points, not more
@pytest.mark.parametrize("name", CASES)
def test_distribution(name):
    """100 000 draws pass the test of Kolmogorov and Smirnov, or chi-square, and so do their first four moments."""
    p, scores = judged(name, 100_000)

    assert p > 1e-3
    assert max(map(abs, scores)) < 4


def test_every_distribution_is_judged():
    """Each method has a truth here, but the two that arrange in place or at once as `permuted` does; all are checked."""
    assert set(METHODS) - {"permutation", "shuffle"} == {case.of for case in CASES.values()}
    assert set(METHODS) == set(_cases.CASES)
    assert set(ELEMENTWISE) == set(cp.random.Generator.STREAMS)


def test_the_judge_sees():
    """A distribution that is off by little does not pass."""
    x = cp.random.Generator(1).normal(0.0, 1.01, 100_000)
    from distributions import moment_scores, p_value

    truth = CASES["standard_normal"].truth
    assert p_value(x + 0.01, truth) < 1e-3
    assert max(map(abs, moment_scores(x, truth))) > 4


def test_tails_of_the_normal_distribution():
    """Radii are those of 64 bits: words of few bits lead beyond 8 sigma, to the exact quantiles."""
    from corepy.kernels import normal

    words = np.array([0, 1, 1000, 2**14, 2**40, 2**63, 2**64 - 1], np.uint64)
    radius = np.sqrt(2.0 * normal._exponential(words))
    x, y = normal._normals(words, np.full(7, 2**61, np.uint64))

    np.testing.assert_allclose(
        radius, np.sqrt(-2.0 * np.log((words.astype(np.longdouble) + 0.5) / 2.0**64)), rtol=1e-15
    )
    np.testing.assert_allclose(np.hypot(x, y), radius, rtol=1e-15)
    assert 9.4 < radius[0] < 9.5


def test_angles_of_the_normal_distribution():
    """The angle is uniform on the circle: words at equal distances give angles at equal distances."""
    from corepy.kernels import normal

    second = np.arange(2**49, 2**64, 2**50, dtype=np.uint64)
    x, y = normal._normals(np.full(second.size, 2**63, np.uint64), second)
    angle = np.sort(np.arctan2(y, x))

    np.testing.assert_allclose(np.hypot(x, y), np.sqrt(2.0 * np.log(2.0)), rtol=1e-14)
    np.testing.assert_allclose(np.diff(angle), 2 * np.pi / second.size, rtol=1e-6)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_parts_of_every_distribution(name):
    """n then m elements, single ones, blocks and arrays of any shape hold what one call draws."""
    args = ELEMENTWISE[name]
    expected = getattr(cp.random.Generator(3), name)(*args, size=600)
    made = cp.random.Generator(3)
    stream = made.stream(name, *args)
    assert_same(expected, np.concatenate([getattr(made, name)(*args, size=n) for n in (1, 2, 5, 127, 65, 400)]))
    assert_same(expected, getattr(cp.random.Generator(3), name)(*args, size=(20, 30)).reshape(-1))
    assert expected[311] == stream[311]
    assert_same(expected[311:500], stream.block(311, 189))
    scalar = getattr(cp.random.Generator(3), name)(*args)
    assert type(scalar) in (int, float)
    assert expected[0] == scalar


@pytest.mark.parametrize("name", [n for n, args in ELEMENTWISE.items() if args])
def test_parameters_may_be_arrays(name):
    """A parameter for each element gives what one for all gives, and broadcasts."""
    args = ELEMENTWISE[name]
    expected = getattr(cp.random.Generator(3), name)(*args, size=(7, 3))
    full = [np.full((7, 3), a) for a in args]
    assert_same(expected, getattr(cp.random.Generator(3), name)(*full))
    assert_same(expected, getattr(cp.random.Generator(3), name)(*(f[0] for f in full), size=(7, 3)))
    with pytest.raises(ValueError, match="broadcast"):
        getattr(cp.random.Generator(3), name)(*full, size=(3, 7))


@pytest.mark.parametrize("name", ["poisson", "binomial"])
def test_counts_of_mixed_means(name):
    """Small and large means in one call give the counts of calls of their own."""
    means = np.array([0.0, 5.0, 9.999, 10.0, 11.0, 500.0] * 20)
    draw = {
        "poisson": lambda g, m, **k: g.poisson(m, **k),
        "binomial": lambda g, m, **k: g.binomial(1000, m / 1000, **k),
    }
    expected = draw[name](cp.random.Generator(3), means)
    found = [draw[name](cp.random.Generator(3).block(i, 1), m) for i, m in enumerate(means)]

    assert expected.tolist() == found


@pytest.mark.parametrize("name", ["dirichlet", "multinomial", "multivariate_normal"])
def test_vectors_are_independent_of_the_number_of_them(name):
    """Vectors drawn two and three at a time are those drawn five at a time."""
    args = {"dirichlet": ([0.1, 2.0, 3.0],), "multinomial": (80, [0.1, 0.6, 0.3])}
    args["multivariate_normal"] = ([0.0, 1.0], [[1.0, 0.4], [0.4, 2.0]])
    expected = getattr(cp.random.Generator(3), name)(*args[name], size=5)
    made = cp.random.Generator(3)
    assert_same(expected, np.concatenate([getattr(made, name)(*args[name], size=n) for n in (2, 3)]))
    assert_same(expected[0], getattr(cp.random.Generator(3), name)(*args[name]))


def test_sums_of_vectors():
    """dirichlet's vectors add up to 1, for tiny alpha too; multinomial's add up to n."""
    made = cp.random.Generator(4)
    for alpha in ([1e-4, 1e-3, 1e-5], [1.0, 100.0], [0.5] * 20):
        x = made.dirichlet(alpha, 200)
        assert np.all((x >= 0) & (x <= 1))
        np.testing.assert_allclose(x.sum(axis=-1), 1.0, rtol=1e-14)
    counts = made.multinomial([0, 7, 1000], [[0.2, 0.8, 0.0], [0.0, 0.0, 1.0], [0.1, 0.1, 0.8]], size=(4, 3))
    assert np.all(counts >= 0)
    assert_same(np.tile([0, 7, 1000], (4, 1)), counts.sum(axis=-1))
    assert np.all(counts[:, 1, :2] == 0)


def test_edges_of_parameters():
    """Parameters at the end of their range give the constants that they should."""
    made = cp.random.Generator(4)
    assert np.all(made.normal(3.0, 0.0, 10) == 3.0)
    assert np.all(made.gamma(0.0, 1.0, 10) == 0.0)
    assert np.all(made.poisson(0.0, 10) == 0)
    assert np.all(made.binomial(0, 0.5, 10) == 0)
    assert np.all(made.binomial(1000, 0.0, 10) == 0)
    assert np.all(made.binomial(1000, 1.0, 10) == 1000)
    assert np.all(made.geometric(1.0, 10) == 1)
    assert np.all(made.geometric(1e-300, 10) == 2**63 - 1024)
    assert np.all(made.weibull(0.0, 10) == 0.0)
    assert np.all(made.triangular(0.0, 0.0, 1.0, 100) >= 0.0)
    assert np.all(made.integers(5, 6, 10) == 5)
    with np.errstate(all="raise"):
        x = made.beta(1e-6, 1e-6, 1000)
    assert np.all((x >= 0) & (x <= 1))
    assert 0.4 < np.mean(x) < 0.6


def test_orders():
    """permutation, shuffle and permuted give orders of what they are given, in place or not, along any axis."""
    x = np.arange(24).reshape(2, 3, 4)
    order = cp.random.Generator(6).permutation(4)
    assert sorted(order.tolist()) == [0, 1, 2, 3]
    assert_same(x[:, :, order], cp.random.Generator(6).permutation(x, axis=-1))
    shuffled = x.copy()
    assert cp.random.Generator(6).shuffle(shuffled, axis=2) is None
    assert_same(x[:, :, order], shuffled)
    names = list("abcd")
    cp.random.Generator(6).shuffle(names)
    assert ["abcd"[i] for i in order] == names
    found = cp.random.Generator(6).permuted(x, axis=1)
    assert_same(x, np.sort(found, axis=1))
    assert (
        len({tuple(column) for column in np.moveaxis(found - found.min(axis=1, keepdims=True), 1, -1).reshape(-1, 3)})
        > 1
    )
    out = np.empty_like(x)
    assert out is cp.random.Generator(6).permuted(x, axis=1, out=out)
    assert_same(found, out)
    assert sorted(cp.random.Generator(6).permuted(x).ravel().tolist()) == list(range(24))
    assert cp.random.Generator(6).permutation(0).shape == (0,)
    assert cp.random.Generator(6).permuted(np.empty((0, 3)), axis=1).shape == (0, 3)


def test_every_order_is_as_likely():
    """All 24 orders of four are drawn equally often."""
    orders = cp.random.Generator(8).permuted(np.tile(np.arange(4), (48_000, 1)), axis=1)
    _, counts = np.unique(orders, axis=0, return_counts=True)

    assert counts.size == 24
    assert np.all(np.abs(counts - 2000) < 5 * np.sqrt(2000))


def test_choice():
    """choice takes elements along an axis, with or without replacement, by probabilities."""
    made = cp.random.Generator(8)
    x = np.arange(12).reshape(3, 4)
    assert made.choice(x, 5, axis=1).shape == (3, 5)
    assert made.choice(x).shape == (4,)
    assert type(made.choice(5)) is int
    assert sorted(made.choice(10, 10, replace=False).tolist()) == list(range(10))
    p = [0.0, 0.5, 0.25, 0.25]
    assert 0 not in made.choice(4, 1000, p=p)
    assert sorted(made.choice(4, 3, replace=False, p=p).tolist()) == [1, 2, 3]
    # Without replacement, the second element has probability 0.5 to come first, then the others by their shares.
    first = np.array([made.choice(4, 2, replace=False, p=p) for _ in range(3000)])
    assert abs(np.mean(first[:, 0] == 1) - 0.5) < 0.04
    assert abs(np.mean(first[:, 1] == 1) - 2 * 0.25 * 0.5 / 0.75) < 0.04
    assert made.choice(0, 0).shape == (0,)


def test_covariances():
    """multivariate_normal has the covariance asked for, also of less than full rank."""
    cov = np.array([[2.0, 1.0, 3.0], [1.0, 1.0, 2.0], [3.0, 2.0, 5.0]])
    x = cp.random.Generator(8).multivariate_normal([1.0, 2.0, 3.0], cov, 100_000)
    np.testing.assert_allclose(np.cov(x.T), cov, atol=0.08)
    # The third is the sum of the others.
    np.testing.assert_allclose(x[:, 0] + x[:, 1], x[:, 2], atol=1e-6)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda g: g.normal(0.0, -1.0), ValueError),
        (lambda g: g.normal(0.0, np.nan), ValueError),
        (lambda g: g.exponential(-1.0), ValueError),
        (lambda g: g.lognormal(0.0, -1.0), ValueError),
        (lambda g: g.laplace(0.0, -1.0), ValueError),
        (lambda g: g.logistic(0.0, -1.0), ValueError),
        (lambda g: g.rayleigh(-1.0), ValueError),
        (lambda g: g.weibull(-1.0), ValueError),
        (lambda g: g.pareto(0.0), ValueError),
        (lambda g: g.triangular(0.0, 2.0, 1.0), ValueError),
        (lambda g: g.triangular(1.0, 1.0, 1.0), ValueError),
        (lambda g: g.gamma(-1.0), ValueError),
        (lambda g: g.standard_gamma(np.nan), ValueError),
        (lambda g: g.standard_gamma(1.0, out=np.empty(3, np.float32)), errors.DTypeError),
        (lambda g: g.standard_gamma(1.0, 2, out=np.empty(3)), errors.ShapeError),
        (lambda g: g.beta(0.0, 1.0), ValueError),
        (lambda g: g.dirichlet([0.0, 1.0]), ValueError),
        (lambda g: g.dirichlet([[1.0, 1.0]]), ValueError),
        (lambda g: g.poisson(-1.0), ValueError),
        (lambda g: g.poisson(1e18), ValueError),
        (lambda g: g.binomial(-1, 0.5), ValueError),
        (lambda g: g.binomial(10, 1.5), ValueError),
        (lambda g: g.binomial(1.5, 0.5), errors.DTypeError),
        (lambda g: g.geometric(0.0), ValueError),
        (lambda g: g.multinomial(5, [0.9, 0.9, 0.1]), ValueError),
        (lambda g: g.multinomial(5, [0.5, -0.1]), ValueError),
        (lambda g: g.choice(0), ValueError),
        (lambda g: g.choice(3, 4, replace=False), ValueError),
        (lambda g: g.choice(3, p=[0.5, 0.5]), ValueError),
        (lambda g: g.choice(2, p=[0.5, 0.6]), ValueError),
        (lambda g: g.choice(2, p=[-0.5, 1.5]), ValueError),
        (lambda g: g.choice(2, 2, replace=False, p=[0.0, 1.0]), ValueError),
        (lambda g: g.permutation([1, 2], axis=1), errors.AxisError),
        (lambda g: g.shuffle((1, 2)), errors.DTypeError),
        (lambda g: g.shuffle([1, 2], axis=1), errors.AxisError),
        (lambda g: g.permuted([1, 2], out=np.empty(3)), errors.ShapeError),
        (lambda g: g.multivariate_normal([0.0, 0.0], np.eye(3)), errors.ShapeError),
        (lambda g: g.multivariate_normal([0.0, 0.0], [[1.0, 2.0], [2.0, 1.0]]), ValueError),
        (lambda g: g.multivariate_normal([0.0, 0.0], [[1.0, 0.5], [0.2, 1.0]]), ValueError),
        (lambda g: g.multivariate_normal([0.0, 0.0], np.eye(2), method="svd"), ValueError),
    ],
)
def test_refused(call, error):
    """Parameters outside their range are an error that names the method, and nothing is drawn."""
    made = cp.random.Generator(1)
    with pytest.raises(error, match=r"corepy\.random"):
        call(made)

    assert made.position == 0


# --- golden values ------------------------------------------------------------------------------------------------------

GOLDEN = Path(__file__).parent.parent / "docs" / "random.md"
ROW = re.compile(r"^\| `(default_rng\(42\)\.(\w+)\(.*\))` \| `(.*)` \|$", re.MULTILINE)


def golden() -> list[tuple[str, str, str]]:
    return ROW.findall(GOLDEN.read_text(encoding="utf-8"))


@pytest.mark.skipif(not GOLDEN.is_file(), reason="the documents of a checkout")
def test_golden_values():
    """Every distribution has a row in docs/random.md, with the values that it draws."""
    rows = golden()
    assert set(METHODS) - {"shuffle"} == {method for _, method, _ in rows}
    for call, _, values in rows:
        found = eval(call, {"default_rng": cp.random.default_rng})
        assert values == (found.hex() if isinstance(found, bytes) else str(found.tolist())), call
