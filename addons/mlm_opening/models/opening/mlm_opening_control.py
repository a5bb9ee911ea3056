# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import text_e4
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.importing.headings import Headings, plain
from odoo.addons.mlm_base.importing.values import parse_e4
from odoo.addons.mlm_base.internal import is_internal

CONTROL_HEADINGS = Headings(
    {
        "file": ("archivo", "file"),
        "figure": ("cifra", "figure", "columna", "column"),
        "total": ("total", "total", "valor", "amount"),
    },
    ("file", "figure", "total"),
)


class MlmOpeningControl(models.Model):
    """What one column of a file must sum to, as the old system says.

    Numbers are kept as text, as they were written: no float comes between.
    """

    _name = "mlm.opening.control"
    _description = "Control Total of an Opening"
    _inherit = "mlm.guarded"
    _order = "import_id, file_id, id"
    _given = ("import_id", "file_id", "figure")
    _free = ("expected",)

    import_id = fields.Many2one("mlm.opening.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id")
    file_id = fields.Many2one("mlm.opening.file", required=True, index=True, ondelete="cascade")
    figure = fields.Char(string="Column Key", required=True)
    label = fields.Char(compute="_compute_label", string="Figure")
    expected = fields.Char(string="Previous System Says")
    found = fields.Char(string="Sum of the File", readonly=True)
    found_text = fields.Char(compute="_compute_found_text", string="File Says")
    agrees = fields.Boolean(compute="_compute_agrees")

    @api.depends("figure", "file_id.kind")
    @api.depends_context("lang")
    def _compute_label(self):
        for control in self:
            if control.figure == "lines":
                control.label = self.env._("Number of lines")
            else:
                headings = control.file_id._get_loader()._headings
                control.label = self.env._(
                    "Sum of “%s”", headings.heading(control.figure, self.env.lang)
                )

    @api.depends("found")
    @api.depends_context("lang")
    def _compute_found_text(self):
        formats = Formats(self.env)
        for control in self:
            control.found_text = formats.number(control.found) if control.found else ""

    @api.depends("expected", "found")
    def _compute_agrees(self):
        for control in self:
            control.agrees = bool(control.found) and control.found == control.expected

    def write(self, vals):
        if "expected" in vals and not is_internal(self.env):
            self.import_id._forget_check()
            vals = {**vals, "expected": self._normalize(vals["expected"])}
        return super().write(vals)

    def _get_guarded_message(self, names):
        return self.env._("In a control total, only what the previous system says can be entered.")

    def _normalize(self, text):
        """Return a number as the check writes it, or the text as it is."""
        try:
            return text_e4(parse_e4(text or "", self[:1].import_id.decimal_sign or ""))
        except ValueError:
            return text

    def _get_names(self):
        """Return how a control file may call this figure."""
        self.ensure_one()
        if self.figure == "lines":
            return {"lines", "lineas", "filas", "rows", plain(self.label)}
        words = self.file_id._get_loader()._headings.words[self.figure]
        return {plain(one) for one in (self.figure, self.label, *words)}

    def _get_problem(self, found_e4):
        """Return why the sum does not do, None where it agrees."""
        _ = self.env._
        if not self.expected:
            return _(
                "%(label)s: the control total is missing. Enter what the previous system says; "
                "the file says %(found)s.",
                label=self.label,
                found=text_e4(found_e4),
            )
        try:
            # kept as the check writes it, with a point, whatever people write
            expected_e4 = parse_e4(self.expected, ".")
        except ValueError:
            return _("%s: the control total is not a number. Write it as 1234.5.", self.label)
        if expected_e4 == found_e4:
            return None
        return _(
            "%(label)s: the file says %(found)s and the previous system %(expected)s, a "
            "difference of %(difference)s. Complete the file or correct the control total.",
            label=self.label,
            found=text_e4(found_e4),
            expected=text_e4(expected_e4),
            difference=text_e4(found_e4 - expected_e4),
        )
