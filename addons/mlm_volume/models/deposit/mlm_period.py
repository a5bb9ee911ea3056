# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class MlmPeriod(models.Model):
    """A cycle closes when every deposit of its days is matched or waived."""

    _inherit = "mlm.period"

    def _open_deposits_domain(self):
        return [
            ("company_id.mlm_network_id", "=", self.network_id.id),
            ("state", "=", "open"),
            # a proof is no money, and buyers send it
            ("source", "!=", "proof"),
            ("paid_on", "<=", self.date_end),
        ]

    def _get_sale_blockers(self):
        text = self.env._("Deposits to identify: match or waive each")
        return [
            *self._count_blocker(
                "deposits", "mlm.deposit", self._open_deposits_domain(), text, stops=True
            ),
            *super()._get_sale_blockers(),
        ]

    def action_close(self):
        for period in self.filtered("is_base"):
            # sudo: how many there are, whoever closes
            count = self.env["mlm.deposit"].sudo().search_count(period._open_deposits_domain())
            if count:
                raise UserError(
                    self.env._(
                        "%(period)s has deposits to identify (%(count)s). Match or waive each one "
                        "before closing it.",
                        period=period.display_name,
                        count=count,
                    )
                )
        return super().action_close()
