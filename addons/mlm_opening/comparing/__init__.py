# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Comparing a run with the results of another system: what differs, and why."""

from . import legacy
from . import facts
from . import causes
from . import comparison
