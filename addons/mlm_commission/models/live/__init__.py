# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The figures of everybody of the open cycle, as if it ended now."""

from . import mlm_period
from . import mlm_network
from . import mlm_live
from . import mlm_live_columns
from . import mlm_live_store
from . import mlm_live_read
