"""Many threads at once, after a fork, in an interpreter of its own: the same bits, nothing kept, or an exception."""

import itertools
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from calls import operators, samples
from compare import assert_same
from expected import outcome

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks, and reads /proc")

CALLS = [call for name in operators() for call in samples(name, (4, 300))]


def _equal(expected, found) -> None:
    if isinstance(expected, Exception):
        assert repr(expected) == repr(found)
    else:
        assert_same(expected, found)


@pytest.fixture
def switching():
    """Threads take turns all the time."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.parametrize("threads", [2, 4, 8])
def test_all_operators_at_once(threads, switching):
    """Threads that go through all calls of all operators, each from another start, get what one thread gets."""
    expected = [outcome(call) for call in CALLS]
    together = threading.Barrier(threads)

    def run(turn: int) -> None:
        together.wait()
        start = turn * len(CALLS) // threads
        for i in (*range(start, len(CALLS)), *range(start)):
            _equal(expected[i], outcome(CALLS[i]))

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, range(threads)))


@pytest.mark.parametrize("name", operators())
def test_one_operator_at_once(name, switching):
    """Eight threads that begin the same call of an operator together get what one thread gets."""
    together = threading.Barrier(8)
    with ThreadPoolExecutor(8) as pool:
        for call in samples(name, (4, 300)):
            expected = outcome(call)

            def run(_, call=call):
                together.wait()
                return [outcome(call) for _ in range(3)]

            for found in pool.map(run, range(8)):
                for one in found:
                    _equal(expected, one)


@pytest.mark.parametrize("name", operators())
def test_calls_release_the_gil(name):
    """Another thread gets on while an operator computes: the calls of two threads run side by side."""
    turns, stop = 0, threading.Event()

    def count():
        nonlocal turns
        while not stop.is_set():
            turns += 1
            time.sleep(0)

    # The thread that calls gives nothing up by itself: the other one can only get on in the course of a call.
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    thread = threading.Thread(target=count)
    thread.start()
    try:
        # Of several samples, the first ones may be refused.
        calls = [call for call in samples(name, (400, 500)) if not isinstance(outcome(call), Exception)]
        assert calls
        # Last to first: integers are known to hold no NaN without a look at them.
        # A call may take less than the other thread takes to be woken on a loaded machine.
        end = time.monotonic() + 60
        for call in itertools.cycle(reversed(calls)):
            before = turns
            call()
            if turns > before or time.monotonic() > end:
                break
        assert turns > before, "the GIL was held"
    finally:
        stop.set()
        sys.setswitchinterval(interval)
        thread.join()


FIRST_USE = """
import sys, threading
sys.setswitchinterval(1e-6)
import corepy as cp
together, errors = threading.Barrier(8), []

def run(turn):
    together.wait()
    try:
        for name in cp.__all__[turn:] + cp.__all__[:turn]:
            getattr(cp, name)
    except Exception as error:
        errors.append(error)

threads = [threading.Thread(target=run, args=(10 * i,)) for i in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join(60)
assert not any(thread.is_alive() for thread in threads)
assert not errors, errors
"""


def test_first_use_from_many_threads(child):
    """Names that eight threads use for the first time, all at once, are loaded once for all of them."""
    ran = child("-c", FIRST_USE)

    assert ran.returncode == 0, ran.stderr


LEAKS = """
import gc, os, sys
sys.path.insert(0, {tests!r})
from concurrent.futures import ThreadPoolExecutor
from calls import operators, samples
from expected import outcome

calls = [call for name in operators() for call in samples(name, (3, 8))]
n = {n} // (4 * len(calls)) + 1

def run(_):
    for _ in range(n):
        for call in calls:
            outcome(call)

def memory():
    gc.collect()
    with open("/proc/self/statm") as statm:
        return sys.getallocatedblocks(), int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

with ThreadPoolExecutor(4) as pool:
    # What threads and caches keep for good is there after some rounds.
    for _ in range({warm}):
        list(pool.map(run, range(4)))
    blocks, size = memory()
    list(pool.map(run, range(4)))
    more_blocks, more_size = memory()
print(4 * n * len(calls), more_blocks - blocks, more_size - size)
"""


@linux
def test_threads_leak_nothing(child, request):
    """Calls of all operators from four threads, failed ones among them, leave no object and no memory behind."""
    n = int(os.environ.get("COREPY_TEST_CALLS", "100000"))
    ran = child("-c", LEAKS.format(tests=str(request.path.parent), n=n, warm=1))

    assert ran.returncode == 0, ran.stderr
    calls, blocks, size = map(int, ran.stdout.split())
    assert calls >= n
    assert blocks < 1000
    assert size < 8_000_000


FORK = """
import os, sys, warnings
sys.path.insert(0, {tests!r})
warnings.simplefilter("ignore", DeprecationWarning)  # of forks with threads, from Python 3.12 on
import threading
from calls import operators, samples
from expected import outcome, like

calls = [call for name in operators() for call in samples(name, (4, 300))]
expected = [outcome(call) for call in calls]
stop = threading.Event()

def busy():
    while not stop.is_set():
        for call in calls:
            outcome(call)

threads = [threading.Thread(target=busy) for _ in range(2)]
for thread in threads: thread.start()
for turn in range(5):
    pid = os.fork()
    if pid == 0:
        for call, before in zip(calls, expected):
            like(lambda: before if not isinstance(before, Exception) else (_ for _ in ()).throw(before))(outcome(call))
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0, "the child failed"
stop.set()
for thread in threads: thread.join()
"""


@linux
def test_fork(child, request):
    """A child forked while other threads compute gets the bits of its parent."""
    ran = child("-c", FORK.format(tests=str(request.path.parent)))

    assert ran.returncode == 0, ran.stderr


SUBINTERPRETER = """
import sys
import _xxsubinterpreters as interpreters
import corepy as cp
before = cp.exp(1.0)
one = interpreters.create()
program = '''
try:
    import corepy; corepy.exp(1.0)
except ImportError:
    print("ImportError")
else:
    print("answered")
'''
interpreters.run_string(one, program)
interpreters.destroy(one)
assert cp.exp(1.0) == before
"""


def test_subinterpreter(child):
    """In another interpreter of the process Corepy is NumPy's ImportError, or answers; the first one goes on."""
    if sys.version_info >= (3, 13):
        program = SUBINTERPRETER.replace("_xxsubinterpreters", "_interpreters").replace("run_string", "exec")
    else:
        program = SUBINTERPRETER
    ran = child("-c", program)

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() in ("ImportError", "answered")
