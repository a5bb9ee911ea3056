"""Price lists are on, and members who have none get that of their home company."""

from odoo import SUPERUSER_ID
from odoo.api import Environment


def migrate(cr, version):
    env = Environment(cr, SUPERUSER_ID, {})
    # the group is Odoo's own, which an upgrade does not load again
    env.ref("base.group_user")._apply_group(env.ref("product.group_product_pricelist"))
    for company in env["res.company"].search([("mlm_distributor_pricelist_id", "!=", False)]):
        company._mlm_spread_price_list()
