# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MlmDistributor(models.Model):
    _inherit = "mlm.distributor"

    mlm_entry_count = fields.Integer(compute="_compute_mlm_entry_count", string="Ledger rows")

    def _compute_mlm_entry_count(self):
        counts = dict(
            self.env["mlm.volume.entry"]._read_group(
                [("distributor_id", "in", self.ids)], ["distributor_id"], ["__count"]
            )
        )
        for distributor in self:
            distributor.mlm_entry_count = counts.get(distributor, 0)

    @api.model
    def _mlm_of_partner(self, partner, company):
        """Enrolment of ``partner`` (or of the company it belongs to), or none."""
        partners = partner | partner.commercial_partner_id
        found = self.sudo().search(
            [("partner_id", "in", partners.ids), ("company_id", "=", company.id)]
        )
        return found.filtered(lambda one: one.partner_id == partner) or found[:1]

    def _mlm_position_at(self, moment):
        """Own first position that existed at ``moment`` (naive UTC), or none."""
        return self.position_ids.filtered(lambda position: position.placed_at <= moment).sorted(
            "id"
        )[:1]

    def action_mlm_entries(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Volume of %(name)s", name=self.display_name),
            "res_model": "mlm.volume.entry",
            "view_mode": "list,pivot,form",
            "domain": [("distributor_id", "=", self.id)],
        }
