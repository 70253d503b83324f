"""What comes out of a call, and what is expected to."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from calls import Call
from compare import assert_same

from corepy.backend.dispatch import OPERATORS
from corepy.backend.reference import ReferenceBackend

# RuntimeError is NumPy's for more than 32 dimensions, where it has to broadcast.
REFUSALS = (TypeError, ValueError, IndexError, ArithmeticError, MemoryError, AttributeError, RuntimeError)

Case = tuple[str, Callable[[], Any], Callable[[Any], None]]


@cache
def _of_reference(name: str) -> Callable:
    return OPERATORS[name].build(ReferenceBackend())


def outcome(attempt: Callable[[], Any]) -> Any:
    """What an attempt gives, or the exception that it raises."""
    try:
        return attempt()
    except Exception as error:
        return error


def refused(*types: type[Exception]) -> Callable[[Any], None]:
    """An exception of one of these types, by default of those that NumPy's users know."""

    def judge(found):
        assert isinstance(found, types or REFUSALS), f"not refused: {found!r}"

    return judge


def like(call: Callable[[], Any], *, or_refused: bool = False) -> Callable[[Any], None]:
    """What `call` gives: the same bits, or an exception of the same type."""

    def judge(found):
        if or_refused and isinstance(found, REFUSALS):
            return
        expected = outcome(call)
        if isinstance(expected, Exception):
            assert type(expected) is type(found), f"expected {expected!r}, got {found!r}"
        else:
            assert not isinstance(found, Exception), f"raised {found!r}"
            assert_same(expected, found)

    return judge


def answered(found) -> None:
    """Any value, or an exception that NumPy's users know: not a SystemError, say."""
    assert not isinstance(found, Exception) or isinstance(found, REFUSALS), f"raised {found!r}"


def reference(call: Call) -> Callable[[], Any]:
    """The same call on the reference backend."""
    return partial(_of_reference(call.name), *call.args, **call.keywords)
