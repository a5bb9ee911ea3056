from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, sql

from ...names import folded
from ...search import create_trigram_index


class ResPartner(models.Model):
    _inherit = "res.partner"

    mlm_distributor_ids = fields.One2many(
        "mlm.distributor",
        inverse_name="partner_id",
        string="Memberships in the Network",
        # the contact would tell the name that belongs to a code
        domain=lambda self: self._get_named_domain(),
        groups="mlm_base.group_reader",
    )
    mlm_distributor_count = fields.Integer(
        compute="_compute_mlm_distributor_count", groups="mlm_base.group_reader"
    )

    # the spellings that `_find_duplicates` compares
    _mlm_document_idx = models.Index(
        "(upper(regexp_replace(vat, '[^0-9A-Za-z]+', '', 'g'))) WHERE vat IS NOT NULL"
    )
    _mlm_phone_idx = models.Index(
        "(regexp_replace(phone, '[^0-9]+', '', 'g')) WHERE phone IS NOT NULL"
    )
    _mlm_email_idx = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")

    @api.model
    def _get_named_domain(self):
        people = self.env["mlm.distributor"]
        if self.env.su or not people._has_unnamed():
            return []
        return list(people._get_home_domain())

    @api.depends("mlm_distributor_ids")
    def _compute_mlm_distributor_count(self):
        for partner in self:
            partner.mlm_distributor_count = len(partner.mlm_distributor_ids)

    def action_view_mlm_distributor(self):
        self.ensure_one()
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Distributor"),
            "res_model": "mlm.distributor",
            "view_mode": "list,form",
            "domain": [("partner_id", "=", self.id)],
        }
        if self.mlm_distributor_count == 1:
            action.update(view_mode="form", res_id=self.mlm_distributor_ids.id)
        return action

    @api.constrains("company_id")
    def _check_mlm_company(self):
        """A member's contact stays where the staff of the network see it."""
        # sudo: memberships in companies that the user may not see count too
        for partner in self.sudo().filtered("company_id"):
            if partner.mlm_distributor_ids.company_id - partner.company_id:
                raise ValidationError(
                    self.env._(
                        "%(partner)s is a distributor of another company, which needs the contact."
                        " Leave its company empty.",
                        partner=partner.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_mlm_distributor(self):
        # sudo: memberships in companies that the user may not see count too
        member = (
            self.env["mlm.distributor"].sudo().search([("partner_id", "in", self.ids)], limit=1)
        )
        if member:
            raise UserError(
                self.env._(
                    "%(partner)s is a distributor and stays part of the history."
                    " Archive the contact instead.",
                    partner=member.partner_id.display_name,
                )
            )

    def _auto_init(self):
        result = super()._auto_init()
        # people are looked for by any part of their name
        create_trigram_index(self.env, self._table, "name")
        self._index_names()
        return result

    def _index_names(self):
        """Let a part of a name be found by index where the server can do so."""
        if not self.env.registry.has_trigram:
            return
        cr = self.env.cr
        expression = cr.mogrify(folded(SQL.identifier("name"))).decode()
        sql.create_index(
            cr,
            "mlm_res_partner_name_folded_index",
            "res_partner",
            [f"({expression}) gin_trgm_ops"],
            "gin",
        )
