import re

from odoo import api, fields, models

# Laws about rows that nobody opens name them so: `mlm.earning 12345`.
_ROW = re.compile(r"([a-z][a-z._]*) (\d+)")


class MlmCheckViolation(models.Model):
    """What breaks a law, with the record to open."""

    _name = "mlm.check.violation"
    _description = "Violation Found by a Check"
    _inherit = "mlm.guarded"
    _order = "line_id, sequence, id"
    _server_only = True

    line_id = fields.Many2one("mlm.check.line", required=True, index=True, ondelete="cascade")
    check_id = fields.Many2one(related="line_id.check_id", store=True, index=True)
    law = fields.Text(related="line_id.description", string="What Must Hold")
    remedy = fields.Text(string="What to do", related="line_id.remedy")
    sequence = fields.Integer()
    subject = fields.Char(string="Who or What")
    detail = fields.Char(string="Found")
    detail_words = fields.Text(string="What Is Wrong", compute="_compute_detail_words")
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        help="Whose data it is; empty if it cannot be known.",
    )
    network_id = fields.Many2one(
        "mlm.network",
        readonly=True,
        help="The network it is about, when it is not about a single company.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.update(self._get_owner(vals))
        return super().create(vals_list)

    def _get_owner(self, vals):
        """Company, or else network, of the record that a violation names: values to create."""
        named = _ROW.fullmatch(vals.get("subject") or "")
        model, record_id = vals.get("res_model"), vals.get("res_id")
        if not model and named and named[1] in self.env:
            model, record_id = named[1], int(named[2])
        if model not in self.env:
            return {}
        # sudo: a proof concerns the data of all companies
        record = self.env[model].sudo().browse(record_id).exists()
        for name in ("company_id", "network_id"):
            if name in record._fields:
                return {name: record[name].id}
        return {}

    @api.depends("detail")
    @api.depends_context("lang")
    def _compute_detail_words(self):
        words = self.env["mlm.law"]._get_detail_words()
        for violation in self:
            violation.detail_words = words.get(violation.detail, violation.detail)

    def action_open(self):
        """Open the record concerned, with the rights of the user."""
        self.ensure_one()
        if self.res_model not in self.env:
            return False
        record = self.env[self.res_model].browse(self.res_id).exists()
        if not record:
            return False
        record.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }
