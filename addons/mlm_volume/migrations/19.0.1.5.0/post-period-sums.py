"""What the ledger of each posted cycle adds up to."""

from odoo import SUPERUSER_ID
from odoo.api import Environment


def migrate(cr, version):
    env = Environment(cr, SUPERUSER_ID, {})
    env["mlm.period.sum"]._keep(env["mlm.period"].search([("state", "=", "posted")]))
