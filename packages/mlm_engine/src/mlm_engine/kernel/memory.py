# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Memory that arrays no longer need, given back while a run goes on.

The allocator keeps what was freed in pieces below 32 MiB for the next ones alike, which the
columns of a large result are not: of a million people that is 400 MiB.
"""

import ctypes


def give_back():
    """Return freed memory to the system, where the C library can (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
