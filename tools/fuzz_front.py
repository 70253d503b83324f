"""An atheris target over the Python front: any arguments for any operator.

    pip install atheris
    python tools/fuzz_front.py -max_total_time=600 [CORPUS_DIRECTORY]

Coverage of corepy's Python code guides it. A call gives the bits of the same call on plain arrays, or an exception that
NumPy's users know; anything else ends the run, and libFuzzer writes the input to a file crash-*. `fuzz_front.py crash-...` runs
it again.
"""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

with atheris.instrument_imports(include=["corepy"]):
    import corepy
    from corepy.backend.dispatch import OPERATORS

    NAMES = [name for name in OPERATORS if getattr(corepy, name)]

import arrays
import numpy as np
from calls import Call, parameters
from corepy.bench.calls import named, required
from expected import answered, like, outcome
from hazards_of_arguments import FOREIGN, OBJECTS
from hazards_of_calls import address_space

LAYOUTS = list(arrays.LAYOUTS)
MEMORY = 2**30


def _array(data: atheris.FuzzedDataProvider) -> np.ndarray:
    if data.ConsumeIntInRange(0, 15) == 0:
        return np.zeros(data.ConsumeIntInRange(0, 3), data.PickValueInList(FOREIGN))
    dtype = data.PickValueInList(arrays.DTYPES)
    shape = tuple(data.ConsumeIntListInRange(data.ConsumeIntInRange(0, 4), 0, 7))
    size = int(np.prod(shape))
    drawn = data.ConsumeBytes(8 * size).ljust(8 * size, b"\0")
    return arrays.LAYOUTS[data.PickValueInList(LAYOUTS)](arrays.from_bytes(dtype, drawn).reshape(shape))


def _anything(data: atheris.FuzzedDataProvider):
    kind = data.ConsumeIntInRange(0, 5)
    if kind == 0:
        return OBJECTS[data.PickValueInList(list(OBJECTS))]()
    if kind == 1:
        return _array(data)
    if kind == 2:
        return data.ConsumeRegularFloat()
    if kind == 3:
        return tuple(data.ConsumeIntListInRange(data.ConsumeIntInRange(0, 3), -4, 4))
    return data.ConsumeIntInRange(-3, 8)


def _call(data: atheris.FuzzedDataProvider) -> Call:
    name = data.PickValueInList(NAMES)
    operator = getattr(corepy, name)
    count = operator.nin if hasattr(operator, "types") else required(operator)
    args = [_array(data) if data.ConsumeIntInRange(0, 9) else _anything(data) for _ in range(count)]
    keywords = named(operator, 5)
    optional = list(parameters(name))[count:] or ["out", "where"]
    for parameter in optional:
        if data.ConsumeIntInRange(0, 2) == 0:
            keywords[parameter] = _anything(data)
    return Call(name, "", tuple(args), keywords)


def _copied(x: np.ndarray) -> np.ndarray:
    return np.array(x) if x.dtype.isnative else x.astype(x.dtype.newbyteorder("="))


def _plain(call: Call) -> Call:
    return call.mapped(lambda x: _copied(x) if isinstance(x, np.ndarray) else x)


def target(drawn: bytes) -> None:
    call = _call(atheris.FuzzedDataProvider(drawn))
    with np.errstate(all="ignore"):
        # Generators are empty after the first call, out= may be an argument of the second, and what where= leaves out is
        # not initialized.
        again = not {"out", "where"} & set(call.keywords) and not any(hasattr(x, "__next__") for x in call.args)
        plain = _plain(call)
        found = outcome(call)
        answered(found)
        if again and all(isinstance(x, np.ndarray) for x in call.args):
            like(plain)(found)


if __name__ == "__main__":
    # As many bins or groups as a call asks for are not refused before memory is.
    with address_space(MEMORY):
        atheris.Setup([sys.argv[0], "-rss_limit_mb=0", *sys.argv[1:]], target)
        atheris.Fuzz()
