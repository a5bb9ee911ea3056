# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who stands below the reader, as team, report and trees, and who of them is named."""

from . import mlm_distributor
from . import mlm_portal_team
from . import mlm_portal_report
from . import mlm_tree_read
