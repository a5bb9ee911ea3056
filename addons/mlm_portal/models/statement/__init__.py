# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What was earned in past cycles, and why it is what it is."""

from . import mlm_portal_statement
from . import mlm_portal_history
from . import mlm_portal_explanation
from . import mlm_portal_comparison
