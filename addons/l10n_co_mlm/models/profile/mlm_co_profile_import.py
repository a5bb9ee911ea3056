# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.internal import as_internal

from ...importing import columns
from ...importing.lines import Lines

#: profiles written between two looks at the progress
_CHUNK = 500


class MlmCoProfileImport(models.Model):
    """A file of tax profiles: checked as a whole, then taken as a whole or not at all."""

    _name = "mlm.co.profile.import"
    _description = "Import of Tax Profiles"
    _inherit = ["mlm.file.import"]
    _rec_name = "name"

    _progress = "mlm.co.profile.import.progress"
    _cron = "l10n_co_mlm.cron_profile_import"
    _free = ("file", "name", "confirms")

    name = fields.Char(string="File Name", default=lambda self: self.env._("Tax profiles"))
    file = fields.Binary(string="File (CSV or XLSX)", attachment=True, required=True)
    confirms = fields.Boolean(
        string="Confirm Them at Once",
        help="Accountants and administrators only. Otherwise each profile waits to be confirmed.",
    )
    problem_ids = fields.One2many("mlm.co.profile.import.problem", "import_id", readonly=True)
    profile_ids = fields.One2many("mlm.co.profile", "import_id", readonly=True)

    def _get_file_fields(self):
        return super()._get_file_fields() | {"file"}

    def action_import(self):
        if any(self.mapped("confirms")):
            self.env["mlm.co.profile"]._ensure_confirms()
        return super().action_import()

    def action_view_problems(self):
        self.ensure_one()
        return self._action_list("mlm.co.profile.import.problem", self.env._("Bad Lines"))

    def action_view_profiles(self):
        self.ensure_one()
        return self._action_list("mlm.co.profile", self.env._("Tax Profiles")) | {
            "view_mode": "list,kanban,form"
        }

    def _action_list(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": f"{name} · {self.display_name}",
            "res_model": model,
            "view_mode": "list",
            "domain": [("import_id", "=", self.id)],
        }

    def action_download_problems(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/mlm/co/profile/import/{self.id}/problems",
            "target": "download",
        }

    def action_download_template(self):
        url = "/mlm/co/profile/import/template"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _examine(self):
        """Return ``(values of profiles, problems)`` of the file.

        :raise UserError: it is no file of tax profiles
        """
        self.ensure_one()
        report = self.env[self._progress]._report
        report(self, "reading", 0)
        content = self._decode_file(self.with_context(bin_size=False).file)
        found = self._read_table(content, columns.TABLE)
        lines = Lines(self)
        rows = lines.examine(
            found, lambda count: report(self, "checking", 0.5 * count / len(found))
        )
        return rows, sorted(lines.problems, key=lambda one: one["line"])

    def _check_file(self):
        rows, problems = self._examine()
        self._store_result(len(rows), problems)

    def _import_file(self):
        # once more: people and profiles may have changed since the lines were checked
        rows, problems = self._examine()
        if any(problem["severity"] == "error" for problem in problems):
            self._store_result(len(rows), problems)
            return
        Profile = self.env["mlm.co.profile"]
        report = self.env[self._progress]._report
        for start in range(0, len(rows), _CHUNK):
            report(self, "writing", 0.5 + 0.5 * start / len(rows))
            profiles = Profile.create(rows[start : start + _CHUNK])
            # sudo: which file a profile came with is written by the work only
            as_internal(profiles.sudo()).write({"import_id": self.id})
            if self.confirms:
                profiles.action_confirm()
            self.env.flush_all()
            self.env.invalidate_all()
        # sudo: the result is written by the work only
        as_internal(self.sudo()).write({"state": "done", "finished_at": fields.Datetime.now()})


class MlmCoProfile(models.Model):
    _inherit = "mlm.co.profile"

    import_id = fields.Many2one(
        "mlm.co.profile.import",
        string="File",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )


class MlmCoProfileImportProgress(models.Model):
    """How far an import of tax profiles is."""

    _name = "mlm.co.profile.import.progress"
    _description = "Progress of an Import of Tax Profiles"
    _inherit = ["mlm.file.import.progress"]
    _log_access = False

    import_id = fields.Many2one("mlm.co.profile.import", required=True, ondelete="cascade")
    stage = fields.Selection(selection_add=[("writing", "Writing the profiles")])

    _import_uniq = models.Constraint("UNIQUE(import_id)", "One row for each import.")


class MlmCoProfileImportProblem(models.Model):
    """A bad line of a file of tax profiles."""

    _name = "mlm.co.profile.import.problem"
    _description = "Bad Line of an Import of Tax Profiles"
    _inherit = ["mlm.file.import.problem"]
    _log_access = False

    import_id = fields.Many2one(
        "mlm.co.profile.import", required=True, index=True, ondelete="cascade"
    )

    def _get_headings(self):
        return columns.TABLE
