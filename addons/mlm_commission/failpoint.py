# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Named places at which a test kills the process.

``MLM_FAILPOINT=name`` ends the process without clean-up the first time that
``hit("name")`` is reached, ``name:3`` the third time. Without the variable
nothing happens. The kill tests read ``NAMES``.
"""

import os

NAMES = (
    "compute.snapshot",
    "compute.engine",
    "compute.stored",
    "audit.compared",
    "audit.stored",
    "post.started",
    "post.chunk",
    "post.chunk.done",
    "post.sealed",
)
_counts: dict[str, int] = {}


def hit(name):
    """Kill the process if the environment asks for it here."""
    assert name in NAMES, name
    wanted, _sep, number = os.environ.get("MLM_FAILPOINT", "").partition(":")
    if wanted != name:
        return
    _counts[name] = _counts.get(name, 0) + 1
    if _counts[name] >= int(number or 1):
        os._exit(137)
