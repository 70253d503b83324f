"""One fixed seed for Hypothesis, and what several test files share."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import hypothesis
import numpy as np
import pytest
from environment import PATIENCE
from hypothesis.database import DirectoryBasedExampleDatabase

# The same examples on every machine and in every run: a failure in CI is a failure here. To search further,
# HYPOTHESIS_PROFILE=search pytest tests/test_oracle.py
# draws 10^6 examples over all tests, others in every run, and keeps those that fail for the next.
_SHARED = {"deadline": None, "suppress_health_check": list(hypothesis.HealthCheck)}
_KEPT = DirectoryBasedExampleDatabase(Path(__file__).parent.parent / ".hypothesis" / "examples")
hypothesis.settings.register_profile("fixed", derandomize=True, max_examples=25, database=None, **_SHARED)
hypothesis.settings.register_profile("search", derandomize=False, max_examples=1100, database=_KEPT, **_SHARED)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


@pytest.fixture
def child(tmp_path) -> Callable[..., subprocess.CompletedProcess]:
    """Run this Python with the given arguments, away from the checkout; keyword arguments are environment variables."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("COREPY_")}
        command = [sys.executable, *arguments]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=inherited | environment,
            capture_output=True,
            text=True,
            timeout=500 * PATIENCE,
            check=False,
        )

    return run


@pytest.fixture
def restored_random_state():
    """Leave Python's and NumPy's global generators as they were."""
    python, legacy = random.getstate(), np.random.get_state()  # noqa: NPY002
    yield
    random.setstate(python)
    np.random.set_state(legacy)  # noqa: NPY002
