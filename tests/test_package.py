"""Creation, devices, settings and errors: the package around the operators."""

import json
import pickle
import random

import arrays
import numpy as np
import pytest
from compare import assert_same

import corepy as cp
from corepy import _build, creation, device, errors, settings
from corepy.backend import cpu, dispatch

CREATE = {
    "empty": lambda **keywords: cp.empty((2, 3), **keywords),
    "zeros": lambda **keywords: cp.zeros((2, 3), **keywords),
    "ones": lambda **keywords: cp.ones((2, 3), **keywords),
    "full": lambda **keywords: cp.full((2, 3), 5, **keywords),
    "asarray": lambda **keywords: cp.asarray([[1.0, 2.0]], **keywords),
    "copy": lambda **keywords: cp.copy([[1.0, 2.0]], **keywords),
}


def test_creation_functions_are_tested():
    """A creation function that is added is tested here."""
    assert sorted(creation.__all__) == sorted(CREATE)


# --- creation ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", arrays.DTYPES, ids=str)
@pytest.mark.parametrize("shape", arrays.SHAPES, ids=str)
def test_new_arrays(shape, dtype):
    """New arrays begin at a multiple of 64 bytes, are C-contiguous and writeable, and hold what was asked for."""
    for name, value in (("empty", None), ("zeros", 0), ("ones", 1)):
        made = getattr(cp, name)(shape, dtype)
        assert made.size == 0 or made.ctypes.data % 64 == 0
        assert made.flags.carray
        assert (shape, dtype) == (made.shape, made.dtype)
        if value is not None:
            assert_same(np.full(shape, value, dtype), made)
    assert_same(np.full(shape, arrays.edges(dtype)[-1]), cp.full(shape, arrays.edges(dtype)[-1]))


@pytest.mark.parametrize("layout", arrays.LAYOUTS)
@pytest.mark.parametrize("shape", arrays.SHAPES, ids=str)
def test_asarray_and_copy_never_alias(shape, layout):
    """asarray and copy give new, aligned, C-contiguous, native memory for an array of any layout, bits unchanged."""
    for dtype in map(np.dtype, ("float64", "int16", "bool")):
        x = arrays.mixed(dtype, int(np.prod(shape, dtype=int))).reshape(shape)
        given = arrays.LAYOUTS[layout](x)
        for made in (cp.asarray(given), cp.copy(given), cp.asarray(given, dtype)):
            assert made is not given
            assert not np.shares_memory(made, given)
            assert made.size == 0 or made.ctypes.data % 64 == 0
            assert made.flags.carray
            assert_same(x, made)


def test_dtypes_of_created_arrays_are_those_of_numpys_arrays():
    """One object a dtype, which short ways look for; and windows take them with any other (of a pickled array) too."""
    for dtype in arrays.DTYPES:
        known = np.zeros(1, dtype.type).dtype
        for created in (cp.zeros(3, dtype), cp.asarray(np.zeros(3, dtype.newbyteorder()), dtype=dtype.name)):
            assert created.dtype is known
    x = pickle.loads(pickle.dumps(np.arange(8.0)))
    assert_same(cp.move_sum(np.arange(8.0), 3), cp.move_sum(x, 3))


def test_asarray_converts():
    """asarray takes sequences, numbers and scalars, and converts to a dtype if one is given."""
    assert_same(np.array([[1, 2], [3, 4]]), cp.asarray([[1, 2], [3, 4]]))
    assert_same(np.array(2.5), cp.asarray(2.5))
    assert_same(np.array([1.0, 2.0], np.float32), cp.asarray([1, 2], "float32"))
    assert_same(np.array([1, -2], np.int8), cp.asarray([1.9, -2.9], dtype=np.int8))
    assert_same(np.array(np.float32(7)), cp.copy(np.float32(7)))


def test_full_broadcasts_its_value():
    """full takes the dtype of its value, broadcasts an array, and refuses a number that the dtype cannot hold."""
    assert_same(np.array([[1, 2], [1, 2]]), cp.full((2, 2), [1, 2]))
    assert_same(np.full(3, True), cp.full(3, True))
    with pytest.raises(OverflowError, match="300 out of bounds for int8"):
        cp.full(3, 300, "int8")


def test_conversions_follow_errstate():
    """A value too large for the dtype that is asked for is converted as NumPy converts it, warnings included."""
    for make in (lambda: cp.asarray([1e300, -1e300], "float32"), lambda: cp.full(2, [1e300, -1e300], "float32")):
        with np.errstate(over="ignore"):
            assert_same(np.array([np.inf, -np.inf], np.float32), make())
        with np.errstate(over="raise"), pytest.raises(FloatingPointError, match="overflow"):
            make()


def test_shapes_may_be_any_integers():
    """A shape is an integer of any type, or a tuple or list of them."""
    for shape in (6, np.int64(6), (np.uint8(2), 3), [2, 3], ()):
        assert np.empty(shape).shape == cp.empty(shape).shape


# --- devices ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CREATE)
def test_cpu_is_accepted(name):
    """device="cpu" is what happens without device=, and experimental=True changes nothing about it."""
    for keywords in ({"device": "cpu"}, {"device": None}, {"device": "cpu", "experimental": True}):
        assert CREATE[name]().shape == CREATE[name](**keywords).shape


@pytest.mark.parametrize("name", CREATE)
@pytest.mark.parametrize("where", ["cuda", "gpu", "CPU", "cpu:0", "", 0, False])
def test_other_devices_are_refused(name, where):
    """Any other device is a DeviceError, at the call, that names it and says what v1 is."""
    with pytest.raises(errors.DeviceError) as raised:
        CREATE[name](device=where)

    assert str(raised.value).startswith(f'device={where!r}: Corepy v1 is CPU-only; the one accepted device is "cpu".')
    assert "experimental=True" in str(raised.value)


FAKE = """
def empty(shape, dtype): return ("empty", shape, dtype)
def zeros(shape, dtype): return ("zeros", shape, dtype)
def ones(shape, dtype): return ("ones", shape, dtype)
def copy(x): return ("copy", x)
def full(shape, fill_value, dtype): return ("full", shape, fill_value, dtype)
def asarray(obj, dtype): return ("asarray", obj, dtype)
"""


@pytest.fixture
def fake_backend(tmp_path, monkeypatch):
    """An installed distribution with an entry point in the group corepy.backends."""
    (tmp_path / "corepy_fake_backend.py").write_text(FAKE, encoding="utf-8")
    information = tmp_path / "corepy_fake-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: corepy-fake\nVersion: 1.0\n", encoding="utf-8")
    (information / "entry_points.txt").write_text("[corepy.backends]\nfake = corepy_fake_backend\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)


def test_experimental_backend_is_handed_the_call(fake_backend):
    """experimental=True asks an installed backend, with an ExperimentalWarning that points at the caller."""
    expected = {
        "empty": ("empty", (2, 3), np.float64),
        "zeros": ("zeros", (2, 3), np.float64),
        "ones": ("ones", (2, 3), np.float64),
        "full": ("full", (2, 3), 5, None),
        "asarray": ("asarray", [[1.0, 2.0]], None),
        "copy": ("copy", [[1.0, 2.0]]),
    }
    assert device.experimental_backends() == ["fake"]
    for name, call in expected.items():
        with pytest.warns(errors.ExperimentalWarning, match="device='fake' is a third-party backend") as warned:
            assert call == CREATE[name](device="fake", experimental=True)
        assert len(warned) == 1


@pytest.mark.parametrize("name", CREATE)
def test_experimental_warning_points_at_the_caller(name, fake_backend):
    """The file of an ExperimentalWarning is the user's, so that filters by module work."""
    with pytest.warns(errors.ExperimentalWarning) as warned:
        CREATE[name](device="fake", experimental=True)

    assert __file__ == warned[0].filename


def test_experimental_backend_needs_to_be_asked_for(fake_backend):
    """Without experimental=True an installed backend is refused as any other device."""
    with pytest.raises(errors.DeviceError, match="CPU-only"):
        cp.empty(3, device="fake")


def test_missing_experimental_backend(fake_backend):
    """experimental=True with a name that is not installed is a DeviceError that lists what is."""
    with pytest.raises(
        errors.DeviceError, match=r"device='other': no such experimental backend is installed \(installed: fake\)"
    ):
        cp.empty(3, device="other", experimental=True)


# --- settings ---------------------------------------------------------------------------------------------------------


def test_setting_is_settings(child):
    """corepy.setting is corepy.settings, however it is imported."""
    import corepy.setting

    assert corepy.setting is corepy.settings is cp.settings
    ran = child("-c", "from corepy.setting import seed; import corepy.setting as s; print(s.seed is seed)")
    assert ran.stdout.strip() == "True"


def test_settings_describe_this_process():
    """describe() tells what the process runs on, in values that JSON can hold."""
    described = settings.describe()

    assert described == json.loads(json.dumps(described))
    assert dispatch.BACKEND.name == settings.backend == described["backend"]
    assert dispatch.BACKEND.level == settings.level == described["level"]
    assert dispatch.LEVELS == settings.levels == described["levels"]
    assert "cpu" == settings.device == described["device"]
    assert cp.__version__ == _build.VERSION == described["version"]
    assert np.__version__ == described["numpy"]
    assert set(dispatch.LEVELS) <= set(described["built"])
    assert set(dispatch.LEVELS) <= set(cpu.levels())


def _draws():
    return random.random(), np.random.random_sample()  # noqa: NPY002


@pytest.mark.parametrize("n", [0, 1, 42, 2**32 - 1, 2**32, 2**200, [1, 2, 3], np.int64(7), [2**40]], ids=str)
def test_seed_is_reproducible(n, restored_random_state):
    """One seed gives one sequence from Python's generator and one from NumPy's; another seed, another."""
    settings.seed(n)
    first = _draws()
    settings.seed(n)
    assert first == _draws()
    settings.seed(12345)
    assert first != _draws()


def test_seed_of_an_int_is_that_of_each_library(restored_random_state):
    """An int seeds both generators as their own functions would."""
    settings.seed(42)
    drawn = _draws()
    random.seed(42)
    np.random.seed(42)  # noqa: NPY002

    assert drawn == _draws()


def test_seed_of_a_numpy_integer_is_that_of_an_int(restored_random_state):
    """A NumPy integer seeds as the Python integer of its value."""
    settings.seed(42)
    drawn = _draws()
    settings.seed(np.int64(42))

    assert drawn == _draws()


def test_seed_none_is_fresh(restored_random_state):
    """None takes another seed each time."""
    settings.seed(None)
    first = _draws()
    settings.seed(None)

    assert first != _draws()


@pytest.mark.parametrize(
    "n", [-1, 1.0, "1", b"1", True, [1, -1], [1.5], pytest.param(object(), id="object"), {1: 2}], ids=str
)
def test_seed_refuses(n, restored_random_state):
    """What is no non-negative integer is refused, and the generators go on as they were."""
    settings.seed(1)
    expected = _draws()
    settings.seed(1)
    with pytest.raises(errors.DTypeError, match=r"corepy\.settings\.seed: n is .*; it must be a non-negative int"):
        settings.seed(n)

    assert expected == _draws()


# --- errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (errors.DTypeError, TypeError),
        (errors.ShapeError, ValueError),
        (errors.AxisError, np.exceptions.AxisError),
        (errors.AxisError, ValueError),
        (errors.AxisError, IndexError),
        (errors.DeviceError, ValueError),
        (errors.BackendError, ImportError),
    ],
)
def test_errors_are_builtins_too(error, builtin):
    """Each error can be caught as CorepyError and as the built-in that NumPy users catch."""
    assert issubclass(error, builtin)
    assert issubclass(error, errors.CorepyError)


def test_every_error_is_tested():
    """All of corepy.errors are exceptions with a docstring; the one warning is a UserWarning."""
    listed = {name: getattr(errors, name) for name in errors.__all__}

    assert all(issubclass(c, Exception) and c.__doc__ for c in listed.values())
    assert issubclass(errors.ExperimentalWarning, UserWarning)
    assert not issubclass(errors.ExperimentalWarning, errors.CorepyError)
