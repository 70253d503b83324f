"""Every public operator has all that belongs to it: a row, a reference, a docstring whose examples run."""

import doctest
import importlib
import itertools

import numpy as np
import pytest
from oracle import ALIASES, ROWS
from oracle_slices import SLICE_ALIASES, SLICE_ROWS

import corepy
from corepy import random as cp_random
from corepy.backend import reference
from corepy.backend.dispatch import OPERATORS

MODULES = {"device", "errors", "random", "setting", "settings"}
DOCUMENTED = sorted(set(corepy.__all__) - MODULES)
SECTIONS = ["Parameters", "Returns", "Examples"]


def test_oracle_rows_are_the_operators():
    """The oracle table has one row for each operator, no more."""
    assert sorted(OPERATORS) == sorted([*ROWS, *SLICE_ROWS])


def test_public_names_are_operators_aliases_and_creation():
    """Every public name is an operator with a row, an alias that its row lists, a creation function or a module."""
    known = {
        *ROWS,
        *ALIASES,
        # A class, not an operator.
        "ExactSum",
        *SLICE_ROWS,
        *SLICE_ALIASES,
        *importlib.import_module("corepy.creation").__all__,
        *MODULES,
    }

    assert known == set(corepy.__all__)


def test_public_names_are_listed_once():
    """__all__ has no duplicates."""
    assert sorted(set(corepy.__all__)) == sorted(corepy.__all__)


@pytest.mark.parametrize("name", corepy.__all__)
def test_public_name_exists(name):
    """Every name in __all__ is an attribute of corepy."""
    assert hasattr(corepy, name)


@pytest.mark.parametrize(("alias", "name"), (ALIASES | SLICE_ALIASES).items(), ids=[*ALIASES, *SLICE_ALIASES])
def test_alias_is_the_operator(alias, name):
    """An alias is the very object of the operator it stands for."""
    assert getattr(corepy, name) is getattr(corepy, alias)


@pytest.mark.parametrize("name", OPERATORS)
def test_reference_exists(name):
    """corepy.backend.reference.<operator> is callable and has the operator's name."""
    operator = getattr(reference, name)

    assert callable(operator)
    assert name == operator.__name__
    assert name in dir(reference)


def test_reference_refuses_unknown_names():
    """corepy.backend.reference has nothing but operators to offer, and says so."""
    with pytest.raises(AttributeError, match="no operator 'nonsense'"):
        _ = reference.nonsense


@pytest.mark.parametrize("name", OPERATORS)
def test_docstring_has_the_sections(name):
    """The docstring of an operator opens with one sentence and has Parameters, Returns and Examples, in this order."""
    lines = [line.strip() for line in getattr(corepy, name).__doc__.splitlines()]
    titles = [line for line, rule in itertools.pairwise(lines) if rule and set(rule) == {"-"} and line]
    # NumPy writes the signature of a ufunc above its docstring.
    text = [line for line in lines if line and not line.startswith(f"{name}(")]

    assert text[0].endswith(".")
    assert [title for title in titles if title in SECTIONS] == SECTIONS


@pytest.mark.parametrize("name", DOCUMENTED)
def test_docstring_examples_run(name):
    """The examples in the docstring of a public name print what they say, and there is at least one."""
    finder = doctest.DocTestFinder(recurse=False)
    (example,) = finder.find(_Documented(getattr(corepy, name).__doc__), name, module=False, globs={})
    with np.printoptions(legacy=False):
        failed, attempted = doctest.DocTestRunner().run(example)

    assert attempted >= 2
    assert failed == 0


class _Documented:
    """What doctest accepts as the owner of a docstring, whatever the operator is."""

    def __init__(self, doc: str):
        self.__doc__ = doc


@pytest.mark.parametrize("name", ["check"])
def test_device_examples_run(name):
    """The examples of corepy.device print what they say."""
    (example,) = doctest.DocTestFinder(recurse=False).find(getattr(corepy.device, name), name)

    assert doctest.TestResults(0, len(example.examples)) == doctest.DocTestRunner().run(example)


@pytest.mark.parametrize("name", ["seed", "seeded", "describe"])
def test_settings_examples_run(name, restored_random_state):
    """The examples of corepy.settings print what they say."""
    (example,) = doctest.DocTestFinder(recurse=False).find(getattr(corepy.settings, name), name)

    assert doctest.TestResults(0, len(example.examples)) == doctest.DocTestRunner().run(example)


def _public(cls):
    """Methods and properties of a class and its bases, by name, but those without an example by choice."""
    return [(n, getattr(cls, n)) for n in dir(cls) if not n.startswith("_") and n not in ("STREAMS", "seed_seq")]


_RANDOM = [
    ("default_rng", cp_random.default_rng),
    *((f"Generator.{name}", value) for name, value in _public(cp_random.Generator)),
]


@pytest.mark.parametrize(("name", "value"), _RANDOM, ids=[name for name, _ in _RANDOM])
def test_random_examples_run(name, value):
    """Every method of a generator has a docstring whose examples print what they say."""
    (example,) = doctest.DocTestFinder(recurse=False).find(_Documented(value.__doc__), name, module=False, globs={})
    with np.printoptions(legacy=False):
        found = doctest.DocTestRunner().run(example)

    assert doctest.TestResults(0, len(example.examples)) == found
    assert found.attempted >= 2
