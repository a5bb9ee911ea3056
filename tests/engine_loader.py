# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Load the engine and the reference calculator by path, without Odoo.

``import odoo.addons.mlm_commission.engine`` would run the add-on and so need a
server; both packages use relative imports only. After ``load()``, ``import
mlm_engine.run`` and ``import mlm_reference.inputs`` work as for any package.
"""

import importlib.util
import sys
from pathlib import Path

NAME, REFERENCE = "mlm_engine", "mlm_reference"
ADDON = Path(__file__).parents[1] / "addons" / "mlm_commission"
FOLDER = ADDON / "engine"


def load():
    """Return the engine package, importing it and the reference once."""
    _load(REFERENCE, ADDON / "reference")
    return _load(NAME, FOLDER)


def _load(name, folder):
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            name, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]
