from odoo import api, fields, models
from odoo.exceptions import UserError


class MlmCoHolderWizard(models.TransientModel):
    """A co-holder is added, or ends."""

    _name = "mlm.co.holder.wizard"
    _description = "Co-holder"
    _inherit = ["mlm.change.mixin"]

    act = fields.Selection(
        [("add", "Add a co-holder"), ("end", "End a co-holder")],
        string="What It Is",
        required=True,
        default="add",
    )
    old_partner_id = fields.Many2one(related="distributor_id.own_partner_id", string="Holder")
    co_holder_ids = fields.Many2many(related="distributor_id.co_holder_ids")
    partner_id = fields.Many2one(
        "res.partner",
        string="Co-holder",
        required=True,
        domain="[('type', '=', 'contact'), ('is_company', '=', False),"
        " ('id', '!=', old_partner_id), ('company_id', 'in', [company_id, False])]",
    )

    @api.onchange("act")
    def _onchange_act(self):
        # the other act is about other people
        self.partner_id = self.co_holder_ids[:1] if self.act == "end" else False

    @api.model
    def _get_preview_dependencies(self):
        return [*super()._get_preview_dependencies(), "act", "partner_id"]

    def _get_preview_lines(self):
        person, partner = self.distributor_id._origin, self.partner_id._origin
        if not partner:
            return []
        try:
            if self.act == "end":
                person._ensure_co_holder(partner)
            else:
                person._ensure_co_holder_possible(partner)
        except UserError as error:
            return [("danger", error.args[0])]
        if self.act == "end":
            text = self.env._(
                "%(name)s no longer logs in for %(code)s.",
                name=partner.display_name,
                code=person.code,
            )
            return [("info", text), self._get_moment_line()]
        lines = [
            (
                "good",
                self.env._(
                    "%(name)s logs in for %(code)s and buys for it.",
                    name=partner.display_name,
                    code=person.code,
                ),
            ),
            (
                "info",
                self.env._(
                    "Earnings are paid to %s, under whose tax number they are.",
                    person.partner_id.display_name,
                ),
            ),
        ]
        own = person.search(
            [("partner_id", "=", partner.id), ("network_id", "=", person.network_id.id)]
        )
        if own:
            lines.append(self._get_own_code_line(own))
        return [*lines, self._get_moment_line()]

    def _get_own_code_line(self, own):
        person, partner = self.distributor_id._origin, self.partner_id._origin
        if person._lines_cross(own):
            return "danger", self.env._(
                "%(name)s has their own code %(own)s, and one of the two is below the other: "
                "spouses can only keep two codes if their lines do not cross. Check this before "
                "you go on.",
                name=partner.display_name,
                own=own.code,
            )
        return "warning", self.env._(
            "%(name)s keeps their own code %(own)s and logs in with it: the lines do not cross.",
            name=partner.display_name,
            own=own.code,
        )

    def action_confirm(self):
        self.ensure_one()
        arguments = self._get_arguments()
        if self.act == "end":
            return self._finish(self.distributor_id._end_co_holder(self.partner_id, **arguments))
        return self._finish(self.distributor_id._add_co_holder(self.partner_id, **arguments))
