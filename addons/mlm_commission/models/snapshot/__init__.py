# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a run computes with, read in bulk at one moment."""

from . import mlm_snapshot
from . import mlm_snapshot_people
from . import mlm_snapshot_trees
from . import mlm_snapshot_volume
from . import mlm_snapshot_returned
from . import mlm_snapshot_before
from . import mlm_snapshot_prior
from . import mlm_snapshot_mark
from . import mlm_snapshot_override
from . import mlm_snapshot_homes
