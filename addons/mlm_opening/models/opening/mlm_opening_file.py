# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.importing.headings import plain
from odoo.addons.mlm_base.internal import as_internal


class MlmOpeningFile(models.Model):
    """One file of an opening; its kind says which columns it has and where they go."""

    _name = "mlm.opening.file"
    _description = "File of an Opening"
    _inherit = "mlm.guarded"
    _order = "import_id, id"
    _given = ("import_id",)
    _free = ("kind", "file", "file_name")

    import_id = fields.Many2one("mlm.opening.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id")
    kind = fields.Selection(
        [
            ("carry", "Carry-over"),
            ("volume", "Volume by cycle"),
            ("accumulated", "Accumulated volume"),
            ("title", "Title ranks"),
            ("package", "Packages held"),
            ("history", "Previous earnings"),
            ("balance", "Open balances"),
        ],
        required=True,
    )
    file = fields.Binary(attachment=True, required=True)
    file_name = fields.Char()
    control_ids = fields.One2many("mlm.opening.control", "file_id")
    row_count = fields.Integer(string="Lines Loaded", readonly=True)
    first_entry_id = fields.Many2one("mlm.volume.entry", readonly=True, ondelete="restrict")
    last_entry_id = fields.Many2one("mlm.volume.entry", readonly=True, ondelete="restrict")

    _kind_uniq = models.Constraint(
        "UNIQUE(import_id, kind)",
        "An opening takes one file of each kind. Put all lines into one file.",
    )

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for file in self:
            file.display_name = labels.get(file.kind, "")

    def _get_loader(self):
        """Return the model that knows this kind of file."""
        self.ensure_one()
        return self.env[f"mlm.opening.loader.{self.kind}"]

    def _get_names(self):
        """Return how a control file may call this file: key, label, name of the file."""
        self.ensure_one()
        labels = (
            dict(self._fields["kind"]._description_selection(self.with_context(lang=lang).env))
            for lang, __ in self.env["res.lang"].get_installed()
        )
        names = {self.kind, self.file_name or self.kind, *(one[self.kind] for one in labels)}
        return {plain(name) for name in names}

    @api.model_create_multi
    def create(self, vals_list):
        # the controls follow from the kind
        own = ({k: v for k, v in vals.items() if k != "control_ids"} for vals in vals_list)
        files = super().create(list(own))
        files.import_id._forget_check()
        files._create_controls()
        return files

    def write(self, vals):
        self.check_access("write")
        if {"kind", "file"} & set(vals):
            self.import_id._forget_check()
        changed = self.filtered(lambda one: "kind" in vals and one.kind != vals["kind"])
        # sudo: the controls of the old kind go with it
        changed.sudo().control_ids.unlink()
        result = super().write(vals)
        changed._create_controls()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.import_id._forget_check()

    def _create_controls(self):
        # sudo: controls follow from the kind; the file was written before, by somebody who may
        as_internal(self.env["mlm.opening.control"].sudo()).create(
            [
                {"import_id": file.import_id.id, "file_id": file.id, "figure": figure}
                for file in self
                for figure in ("lines", *file._get_loader()._figures)
            ]
        )

    def action_download_template(self):
        self.ensure_one()
        return self.import_id._download(f"/mlm/opening/template/{self.kind}")
