# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Named places at which a test kills the process.

``MLM_FAILPOINT=name`` ends the process without clean-up the first time that
``hit("name")`` is reached, ``name:3`` the third time; of several, parted by commas,
the one reached first does, which is said on standard output. Without the variable
nothing happens. The kill tests read the names in the source.
"""

import os

_counts: dict[str, int] = {}


def hit(name):
    """Kill the process if the environment asks for it here."""
    wanted = os.environ.get("MLM_FAILPOINT")
    if not wanted:
        return
    _counts[name] = _counts.get(name, 0) + 1
    for place in wanted.split(","):
        asked, _sep, number = place.partition(":")
        if asked == name and _counts[name] >= int(number or 1):
            os.write(1, f"KILLED {place}\n".encode())
            os._exit(137)
