import time

from odoo import api, fields, models

from odoo.addons.mlm_base.internal import as_internal


class MlmCheckLine(models.Model):
    """One law in a check."""

    _name = "mlm.check.line"
    _description = "Rule in a Check"
    _inherit = "mlm.guarded"
    _order = "sequence, id"
    _server_only = True

    check_id = fields.Many2one("mlm.check", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer()
    name = fields.Char(string="Rule", required=True)
    module = fields.Char(required=True)
    description = fields.Text(compute="_compute_words")
    remedy = fields.Text(string="What to do", compute="_compute_words")
    verdict = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("kept", "Met"),
            ("broken", "Violated"),
            ("failed", "Not Finished"),
        ],
        required=True,
        default="waiting",
    )
    row_count = fields.Integer(string="Rows")
    seconds = fields.Float(digits=(16, 2))
    violation_count = fields.Integer(string="Violations")
    violation_ids = fields.One2many("mlm.check.violation", "line_id")

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_words(self):
        Law = self.env["mlm.law"]
        checks = Law._get_checks()
        words = Law._get_words()
        for line in self:
            about = checks.get(line.name, {})
            description, remedy = words.get(line.name, (about.get("description"), False))
            line.description = description
            line.remedy = remedy

    def _run(self, limit):
        self.ensure_one()
        Law = self.env["mlm.law"]
        about = Law._get_checks().get(self.name)
        started = time.monotonic()
        found, vals = [], {"verdict": "failed"}
        if about:
            self.env.flush_all()
            found = Law._run_check(self.name, limit)
            vals = {
                "verdict": "broken" if found else "kept",
                "violation_count": len(found),
                "row_count": self._count_rows(about),
            }
        vals["seconds"] = time.monotonic() - started
        as_internal(self).write(vals)
        as_internal(self.violation_ids).create(
            [
                {"line_id": self.id, "sequence": number, **violation}
                for number, violation in enumerate(found)
            ]
        )

    def _count_rows(self, about):
        model = about.get("model")
        # sudo: how many rows were examined, of all companies; the models are those of the checks
        return self.env[model].sudo().search_count([]) if model in self.env else 0
