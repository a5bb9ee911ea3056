# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Makes ``mlm_engine`` and the helpers of this folder importable in its tests."""

import sys
from pathlib import Path

import engine_loader

sys.path.insert(0, str(Path(__file__).parent))
engine_loader.load()
