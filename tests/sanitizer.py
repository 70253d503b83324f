"""Whether this is a process under AddressSanitizer, and the mark of tests that cannot be."""

import os

import pytest

SANITIZED = "ASAN_OPTIONS" in os.environ
# It keeps what is freed, needs memory itself where there should be none, and does not run under valgrind.
unsanitized = pytest.mark.skipif(SANITIZED, reason="a sanitizer uses memory as no other process does")
