# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whom a sale counts for, and who has bought nothing for too long."""

from . import mlm_distributor
from . import mlm_distributor_idle
from . import mlm_distributor_now
