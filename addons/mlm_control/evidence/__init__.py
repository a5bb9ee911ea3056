# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an evidence pack of a run is made of; `verify.py` goes along and runs alone."""

from . import engine_archive
from . import pack
