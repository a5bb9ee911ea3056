# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Staff see the portal as a person of the network does, and change nothing in it."""

from . import mlm_distributor
from . import ir_http
