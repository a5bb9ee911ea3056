"""Companies that are here already get their first row of where they withhold ICA."""

from odoo import SUPERUSER_ID
from odoo.api import Environment


def migrate(cr, version):
    Environment(cr, SUPERUSER_ID, {})["res.company"].search([])._mlm_co_begin()
