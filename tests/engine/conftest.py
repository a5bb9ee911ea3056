# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Makes the helpers of this folder importable in its tests.

Every run that a test of this folder makes, golden, scenario or case of its own, is computed
by the reference calculator as well, unless the network is large.
"""

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

importlib.import_module("proved_runs").install()
