"""Fed to `odoo shell`: Odoo's own lint tests, shown only the add-ons of this checkout.

Upstream these tests walk all add-ons on the path; here `MLM_ADDONS` names those that count.
"""

import importlib
import os
from unittest.mock import patch

from odoo.modules import Manifest
from odoo.tests import loader
from odoo.tests.suite import OdooSuite

OURS = os.environ["MLM_ADDONS"].split(",")

# Left out: test_checkers and test_eslint test the linters themselves or need eslint, test_pylint
# walks all of Odoo (pylint-odoo checks the same and more on our files).
FILES = [
    "test_docstring",
    "test_dunderinit",
    "test_i18n",
    "test_index",
    "test_jstranslate",
    "test_l10n",
    "test_manifests",
    "test_markers",
    "test_naming",
    "test_onchange_domains",
    "test_orm_import",
    "test_override_signatures",
    "test_pofile",
    "test_routes",
    "test_test_holes",
]

manifests = [Manifest.for_addon(name) for name in OURS]
modules = [importlib.import_module(f"odoo.addons.test_lint.tests.{name}") for name in FILES]
tests = [test for module in modules for test in loader.get_module_test_cases(module)]

env.cr.rollback()  # noqa: F821  (the shell defines `env`)
with patch.object(Manifest, "all_addon_manifests", lambda: manifests):
    for module in modules:
        if hasattr(module, "get_modules"):
            module.get_modules = lambda: OURS
    loader.run_suite(OdooSuite(tests))
