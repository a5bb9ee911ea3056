from odoo import models
from odoo.exceptions import UserError


class ResCurrency(models.Model):
    _inherit = "res.currency"

    def write(self, vals):
        self.check_access("write")
        renamed = self.filtered(lambda one: "name" in vals and one.name != vals["name"])
        # sudo: rates of all companies count
        rates = self.env["mlm.exchange.rate"].sudo()
        used = rates.search([("currency_id", "in", renamed.ids)], limit=1).currency_id
        if used:
            raise UserError(
                self.env._(
                    "Commission exchange rates and plans use the code of %(currency)s, so it "
                    "cannot change.",
                    currency=used.name,
                )
            )
        return super().write(vals)
