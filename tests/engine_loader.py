# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Load the engine by path, under the name ``mlm_engine``, without Odoo.

``import odoo.addons.mlm_commission.engine`` would run the add-on and so need a
server; the engine itself uses relative imports only. After ``load()``,
``import mlm_engine.run`` and the like work as for any package.
"""

import importlib.util
import sys
from pathlib import Path

NAME = "mlm_engine"
FOLDER = Path(__file__).parents[1] / "addons" / "mlm_commission" / "engine"


def load():
    """Return the engine package, importing it once."""
    if NAME not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            NAME, FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
        )
        module = importlib.util.module_from_spec(spec)
        sys.modules[NAME] = module
        spec.loader.exec_module(module)
    return sys.modules[NAME]
