"""The stream: published vectors, another implementation, positions, states, seeds, threads."""

import copy
import json
import pickle
import random
import threading

import numpy as np
import pytest
from compare import assert_same

import corepy as cp
from corepy import errors, settings
from corepy.backend.dispatch import LEVELS
from corepy.backend.native import NativeBackend
from corepy.backend.reference import ReferenceBackend
from corepy.random import _core, _kernels

KERNELS = {level: _kernels.Kernels(NativeBackend(level)) for level in LEVELS}
KERNELS["reference"] = _kernels.Kernels(ReferenceBackend())

# Random123 1.14, tests/kat_vectors: philox4x32 with 10 rounds; counter, key, block.
KNOWN_ANSWERS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    (
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


def generator(kernels, seed=42):
    made = cp.random.Generator(seed)
    made._kernels = kernels
    return made


@pytest.mark.parametrize("level", KERNELS)
@pytest.mark.parametrize(("counter", "key", "block"), KNOWN_ANSWERS)
def test_known_answers(level, counter, key, block):
    """Blocks are those that the authors of Random123 published."""
    stream = np.array([key[0] | key[1] << 32, counter[3]], np.uint64)
    # 100 of them, so that vectors are tried.
    positions = np.full(100, counter[0] | counter[1] << 32, np.uint64)
    first, second = KERNELS[level].attempt(stream, counter[2], positions)

    assert_same(np.full(100, block[0] | block[1] << 32, np.uint64), first)
    assert_same(np.full(100, block[2] | block[3] << 32, np.uint64), second)


@pytest.mark.parametrize("level", KERNELS)
def test_another_implementation(level):
    """Words are those of randomgen's Philox with the same key and counter."""
    randomgen = pytest.importorskip("randomgen", reason="an independent Philox: pip install randomgen")
    made = generator(KERNELS[level])
    state = made.state["state"]
    # It counts before it makes a block.
    other = randomgen.Philox(key=state["key"], counter=(state["stream"] << 96) - 1, number=4, width=32)
    numbers = np.asarray(other.random_raw(2000), np.uint64)

    assert_same(numbers[::2] | numbers[1::2] << np.uint64(32), np.frombuffer(made.bytes(8000), "<u8").astype(np.uint64))


@pytest.mark.parametrize("level", KERNELS)
def test_words_of_every_kernel(level):
    """Each kernel makes the same of the same words, wherever it starts and however many it makes."""
    kernels = KERNELS[level]
    stream = np.array([123456789 << 20, 77], np.uint64)
    words = np.empty(1000, np.uint64)
    KERNELS["reference"].words(stream, 2**33 - 501, words)
    fractions = (words >> np.uint64(11)).astype(np.float64) * 2.0**-53
    singles = ((words >> np.uint64(40)).astype(np.float64) * 2.0**-24).astype(np.float32)
    dice = np.array([int(w) * 6 >> 64 for w in words]) - 3
    for skip, n in [(0, 1000), (1, 999), (0, 1), (1, 1), (2, 1), (3, 128), (4, 127), (501, 300), (7, 0)]:
        start = 2**33 - 501 + skip
        for name, expected, parameters in (
            ("words", words, ()),
            ("random_", fractions, ()),
            ("random_single", singles, ()),
            ("integers", dice, (np.array([6], np.uint64), -3)),
            ("uniform", fractions * 3.0 - 1.0, (3.0, -1.0)),
        ):
            out = np.empty(n, expected.dtype)
            getattr(kernels, name)(stream, start, *parameters, out)
            assert_same(expected[skip : skip + n], out, f"{name} from {skip}")


@pytest.mark.parametrize("level", KERNELS)
@pytest.mark.parametrize("width", [1, 2**31 + 1, 2**32 - 1, 2**32, 2**32 + 1, 2**63 + 1, 2**64 - 1, 2**64])
def test_integers_are_lemires(level, width):
    """floor(word * width / 2**64), drawn again while the rest is below 2**64 mod width; in exact arithmetic."""
    made = generator(KERNELS[level])
    state = made.state["state"]
    stream = made._stream
    drawn = made.integers(0, width, size=200, dtype=np.uint64).tolist()
    words = np.empty(200, np.uint64)
    KERNELS["reference"].words(stream, 0, words)
    for position, word in enumerate(words.tolist()):
        attempt = 0
        while word * width % 2**64 < 2**64 % width:
            attempt += 1
            again, _ = KERNELS["reference"].attempt(stream, attempt, np.array([position], np.uint64))
            word = int(again[0])
        assert word * width >> 64 == drawn[position]
    assert state["position"] + 200 == made.position


@pytest.mark.parametrize("level", KERNELS)
def test_integers_of_a_width_each(level):
    """Widths in an array are drawn as each alone is; those of 2**64, of 1 and of every other element rejected among them."""
    widths = [1, 2**32 + 1, 2**63 + 1, 2**64, 6, 2**64 - 1, 2**63 + 12345] * 100
    wanted = []
    for position, width in enumerate(widths):
        alone = generator(KERNELS[level]).block(position, 1)
        alone._kernels = KERNELS[level]
        wanted.append(alone.integers(0, width, dtype=np.uint64))
    high = np.array([w - 1 for w in widths], np.uint64)
    drawn = generator(KERNELS[level]).integers(0, high, endpoint=True, dtype=np.uint64)

    assert_same(np.array(wanted, np.uint64), drawn)


@pytest.mark.parametrize("level", KERNELS)
def test_rare_rejections_are_drawn_again(level):
    """A rejection that happens once in 2**18 draws, for one width and for as many as elements."""
    width, count = 2**46 + 1, 2**20
    surplus = 2**64 % width
    kernels, stream = KERNELS[level], generator(KERNELS[level])._stream
    words, one, each = (np.empty(count, dtype) for dtype in (np.uint64, np.int64, np.int64))
    kernels.words(stream, 0, words)
    kernels.integers(stream, 0, np.array([width], np.uint64), 0, one)
    kernels.integers(stream, 0, np.full(count, width, np.uint64), 0, each)
    rejected = np.flatnonzero(words * np.uint64(width) < np.uint64(surplus))
    assert rejected.size
    for position in rejected.tolist():
        again, _ = kernels.attempt(stream, 1, np.array([position], np.uint64))
        word = int(again[0])
        assert word * width % 2**64 >= surplus
        assert word * width >> 64 == one[position] != int(words[position]) * width >> 64
    assert_same(one, each)


@pytest.mark.parametrize("dtype", ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool"])
def test_integers_of_every_dtype(dtype):
    """The whole range of every dtype is drawn, as scalars, arrays and broadcast bounds, with equal results."""
    low, high = (0, 1) if dtype == "bool" else (np.iinfo(dtype).min, np.iinfo(dtype).max)
    expected = cp.random.Generator(1).integers(low, high, size=300, dtype=dtype, endpoint=True)
    arrays = cp.random.Generator(1).integers(
        np.full(300, low, dtype), np.full(300, high, dtype), dtype=dtype, endpoint=True
    )

    assert np.dtype(dtype) == expected.dtype
    assert_same(expected, arrays)
    assert len(np.unique(expected)) > min(250, (high - low) // 2)
    assert expected.min() < low + (high - low + 2) // 2 <= expected.max()


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda g: g.integers(0), ValueError),
        (lambda g: g.integers(5, 5), ValueError),
        (lambda g: g.integers(0, 300, dtype=np.int8), ValueError),
        (lambda g: g.integers(-1, 3, dtype=np.uint64), ValueError),
        (lambda g: g.integers([1, 2], [2, 2]), ValueError),
        (lambda g: g.integers([1, 2], 300, dtype="int8"), ValueError),
        (lambda g: g.integers(1.5), errors.DTypeError),
        (lambda g: g.integers(0, 3, dtype=float), errors.DTypeError),
        (lambda g: g.integers([1, 2], [3, 4], size=3), ValueError),
        (lambda g: g.random(size=2.5), errors.DTypeError),
        (lambda g: g.random(size=-1), ValueError),
        (lambda g: g.dirichlet([1.0, 2.0], size=-1), ValueError),
        (lambda g: g.dirichlet([1.0, 2.0], size=2**63), ValueError),
        (lambda g: g.random(dtype=np.int64), errors.DTypeError),
        (lambda g: g.random(dtype=np.float16), errors.DTypeError),
        (lambda g: g.random(out=[0.0]), errors.DTypeError),
        (lambda g: g.random(out=np.empty(3, np.float32)), errors.DTypeError),
        (lambda g: g.random(2, out=np.empty(3)), errors.ShapeError),
        (lambda g: g.uniform(1.0, 0.0), ValueError),
        (lambda g: g.uniform(0.0, np.inf), OverflowError),
        (lambda g: g.uniform([0.0, 1.0], size=3), errors.ShapeError),
        (lambda g: g.stream("shuffle"), errors.DTypeError),
        (lambda g: g.stream("random", size=3), errors.DTypeError),
        (lambda g: g.stream("uniform", [0.0, 0.5]), errors.DTypeError),
        (lambda g: g.stream("random")[-1], IndexError),
        (lambda g: g.stream("random")[1:], ValueError),
        (lambda g: g.block(0, 5).random(6), ValueError),
        (lambda g: g.block(-1, 5), ValueError),
        (lambda g: cp.random.default_rng(1.5), errors.DTypeError),
        (lambda g: cp.random.default_rng(-1), errors.DTypeError),
        (lambda g: cp.random.Generator("42"), errors.DTypeError),
        (lambda g: setattr(g, "state", {"bit_generator": "PCG64"}), ValueError),
    ],
)
def test_refused(call, error):
    """What cannot be drawn is an error, and the generator stays where it is."""
    made = cp.random.Generator(1)
    with pytest.raises(error, match=r"corepy\.random|size is|negative dimensions"):
        call(made)

    assert made.position == 0


def test_parts_of_a_stream():
    """n then m elements, single ones, blocks and slices are all those of drawing at once."""
    expected = cp.random.Generator(5).random(1000)
    made = cp.random.Generator(5)
    assert_same(expected, np.concatenate([made.random(n) for n in (1, 2, 3, 127, 128, 129, 610)]))
    made = cp.random.Generator(5)
    stream = made.stream("random")
    assert_same(expected, np.concatenate([made.block(at, 250).random(250) for at in range(0, 1000, 250)]))
    assert expected[777] == stream[777]
    assert_same(expected[10:20:3], stream[10:20:3])
    assert_same(expected[20:10:-3], stream[20:10:-3])
    assert_same(expected[500:700], stream.block(500, 200))
    assert made.position == 0


def test_out_of_any_layout():
    """out= is filled, whatever its layout, with the elements of a new array."""
    expected = cp.random.Generator(5).random((4, 6))
    for out in (
        np.empty((4, 6)),
        np.empty((6, 4)).T,
        np.empty((4, 12))[:, ::2],
        np.empty((4, 6), ">f8").newbyteorder("=")
        if hasattr(np.ndarray, "newbyteorder")
        else np.empty((4, 6), order="F"),
    ):
        assert out is cp.random.Generator(5).random(out=out)
        assert_same(expected, out)
    read_only = np.empty(3)
    read_only.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        cp.random.Generator(5).random(out=read_only)


def test_state_pickle_and_copy():
    """A state, a pickle and a copy go on with the same elements, on their own, and spawn the same children."""
    made = cp.random.Generator(7)
    made.random(13)
    made.spawn(2)
    state = json.loads(json.dumps(made.state))
    others = [pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made), cp.random.Generator(8)]
    others[-1].state = state
    expected = made.random(50)
    for other in others:
        assert_same(expected, other.random(50))
    assert_same(made.spawn(1)[0].random(3), others[0].spawn(1)[0].random(3))


def test_spawned_and_jumped_streams_are_others():
    """No word of one stream is found in another one; jumps add up, and spawning again gives other children."""
    made = cp.random.Generator(9)
    streams = [made, *made.spawn(20), *made.spawn(2), *(made.jumped(n) for n in range(1, 10))]
    identities = {(s.state["state"]["key"], s.state["state"]["stream"]) for s in streams}
    assert len(streams) == len(identities)
    words = np.concatenate([np.frombuffer(s.bytes(8000), "u8") for s in streams])
    assert words.size == np.unique(words).size
    made = cp.random.Generator(9)
    assert made.jumped(3).state == made.jumped().jumped(2).state
    assert made.state == made.jumped(2**32).state


def test_seeds_are_those_of_seed_sequence():
    """The key and the number of the stream are the first three words of a SeedSequence."""
    for seed in (0, 42, [1, 2, 3], 2**200, np.int64(5)):
        sequence = np.random.SeedSequence(seed)
        low, high, number = (int(word) for word in sequence.generate_state(3))
        state = cp.random.default_rng(seed).state["state"]
        assert {"key": low | high << 32, "stream": number, "position": 0, "end": _core.LAST} == state
        assert state == cp.random.default_rng(sequence).state["state"]
    assert cp.random.default_rng().state != cp.random.default_rng().state
    made = cp.random.default_rng(1)
    assert made is cp.random.default_rng(made)


def test_threads_share_a_generator():
    """Eight threads drawing from one generator get every element of its stream once."""
    made = cp.random.Generator(11)
    found, barrier = [], threading.Barrier(8)

    def work():
        barrier.wait()
        found.extend([made.random(97) for _ in range(200)])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = cp.random.Generator(11).random(8 * 200 * 97)
    at = {float(part[0]): part for part in found}

    assert made.position == expected.size
    for start in range(0, expected.size, 97):
        assert_same(expected[start : start + 97], at[float(expected[start])])


# --- the global generators ----------------------------------------------------------------------------------------------


def _draws():
    return random.random(), np.random.random_sample(), cp.random.random()  # noqa: NPY002


def test_seed_sets_three_generators(restored_random_state):
    """settings.seed seeds Python's, NumPy's and Corepy's global generator, and returns nothing."""
    for n in (42, [1, 2], np.int64(3), 2**40):
        assert settings.seed(n) is None
        first = _draws()
        assert cp.random.default_rng(n).random() == first[2]
        settings.seed(n)
        assert first == _draws()
    settings.seed(None)
    assert all(a != b for a, b in zip(first, _draws(), strict=True))


def test_seeded_restores_three_generators(restored_random_state):
    """Within settings.seeded all draws are those of the seed, also if it is nested; afterwards they go on as before."""
    settings.seed(1)
    expected = [_draws(), _draws()]
    settings.seed(42)
    inside = _draws()
    settings.seed(1)
    first = _draws()
    with settings.seeded(42) as nothing:
        assert nothing is None
        assert inside == _draws()
        with settings.seeded([5]):
            assert inside != _draws()
    with pytest.raises(KeyError), settings.seeded(42):
        raise KeyError
    with pytest.raises(errors.DTypeError, match=r"corepy\.settings\.seed: n is 1\.5"), settings.seeded(1.5):
        pass

    assert expected == [first, _draws()]


def test_functions_are_methods_of_the_global_generator(restored_random_state):
    """Every function of the module but default_rng draws from one generator."""
    names = set(cp.random.__all__) - {"Generator", "SeedSequence", "default_rng"}
    assert names == {n for n in names if getattr(cp.random, n).__self__ is cp.random._GLOBAL}
