# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import tax
from . import importing
from . import models
from . import controllers


def _post_init(env):
    """Companies whose Colombian chart is loaded already get the accounts too."""
    for company in env["res.company"].search([("chart_template", "=", "co")]):
        env["account.chart.template"].with_company(company)._mlm_complete(company)
    env["res.company"].search([])._mlm_co_begin()
