# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The volume ledger, and the queue that brings it up to date with the invoices."""

from . import mlm_capture_queue
from . import mlm_volume_entry
