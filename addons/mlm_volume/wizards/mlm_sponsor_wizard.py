# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models


class MlmSponsorWizard(models.TransientModel):
    """A customer who moves to another distributor (RULES 8): later orders follow, confirmed
    ones stay unless staff say otherwise, returns follow the original distributor."""

    _inherit = "mlm.sponsor.wizard"

    mlm_order_ids = fields.One2many(
        "mlm.sponsor.order",
        "wizard_id",
        string="Confirmed Orders",
        compute="_compute_mlm_order_ids",
        store=True,
        readonly=False,
    )

    @api.depends("distributor_id", "act")
    def _compute_mlm_order_ids(self):
        for wizard in self:
            person = wizard.distributor_id
            orders = person.sponsor_id.browse()
            if person.kind == "customer" and person.sponsor_id:
                orders = person.sponsor_id._mlm_open_orders(buyers=person)
            wizard.mlm_order_ids = [
                Command.clear(),
                *(
                    Command.create({"order_id": order.id, "goes_along": wizard.act == "correct"})
                    for order in orders
                ),
            ]

    def _get_preview_lines(self):
        lines = super()._get_preview_lines()
        if self.mlm_order_ids and self.sponsor_id and self._mlm_is_later():
            lines.append(
                (
                    "warning",
                    self.env._(
                        "The volume of %(count)s confirmed orders goes to %(old)s and stays "
                        "there, since the change takes effect later.",
                        count=len(self.mlm_order_ids),
                        old=self.old_sponsor_id.display_name,
                    ),
                )
            )
        elif self.mlm_order_ids and self.sponsor_id:
            lines.append(
                (
                    "warning",
                    self.env._(
                        "%(count)s confirmed orders are not in the ledger yet. Their volume goes "
                        "to %(old)s unless you move them too. Returns follow the original "
                        "distributor.",
                        count=len(self.mlm_order_ids),
                        old=self.old_sponsor_id.display_name,
                    ),
                )
            )
        return lines

    def _mlm_is_later(self):
        """Whether the change waits, so that it may still be cancelled."""
        return bool(
            self.act == "change" and self.effective_at and self.effective_at > fields.Datetime.now()
        )

    def action_confirm(self):
        if self._mlm_is_later():
            return super().action_confirm()
        orders = self.mlm_order_ids.filtered("goes_along").order_id
        old = self.old_sponsor_id
        result = super().action_confirm()
        # only what the wizard listed, whatever a caller has put into the lines
        orders &= old._mlm_open_orders(buyers=self.distributor_id) if old else orders.browse()
        orders._mlm_credit_to(self.sponsor_id)
        return result
