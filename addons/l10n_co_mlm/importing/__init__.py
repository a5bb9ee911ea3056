# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files of tax profiles: their columns, and what is wrong with a line."""

from . import columns
from . import lines
