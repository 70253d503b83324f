"""What the environment says of a test run; imported by children too, so without pytest."""

import os

# How many times longer than usual anything may take: under a sanitizer, say.
PATIENCE = float(os.environ.get("COREPY_TEST_PATIENCE", "1"))
# AddressSanitizer keeps what is freed, needs memory itself where there should be none, and does not run under valgrind.
SANITIZED = "ASAN_OPTIONS" in os.environ
