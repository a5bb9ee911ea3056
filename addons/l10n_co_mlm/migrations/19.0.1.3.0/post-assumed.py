# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api

from odoo.addons.l10n_co_mlm import _post_init


def migrate(cr, version):
    """Charts that were loaded before lack the account of assumed taxes."""
    _post_init(api.Environment(cr, SUPERUSER_ID, {}))
