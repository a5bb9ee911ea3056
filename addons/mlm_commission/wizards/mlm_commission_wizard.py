# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

# States of a run that has figures to report.
READY = ("preview", "submitted", "approved", "posting", "posted")


class MlmCommissionWizard(models.TransientModel):
    """Chooses a report of runs: which, for whom, in which language, as what file."""

    _name = "mlm.commission.wizard"
    _description = "Commission Reports"
    _check_company_auto = True
    #: kinds that may have a million rows
    _workbooks = ("breakage",)

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("detail", "Commission report"),
            ("summary", "Run summary"),
            ("breakage", "Breakage"),
        ],
        string="Report",
        required=True,
        default="detail",
    )
    file_type = fields.Selection(
        [("pdf", "PDF"), ("xlsx", "XLSX")],
        required=True,
        compute="_compute_file_type",
        store=True,
        readonly=False,
        precompute=True,
        help="The summary is a PDF; the breakage is a workbook.",
    )
    run_ids = fields.Many2many(
        "mlm.run",
        string="Runs",
        required=True,
        check_company=True,
        domain=[("state", "in", READY)],
        default=lambda self: self._default_runs(),
    )
    distributor_ids = fields.Many2many(
        "mlm.distributor",
        string="People",
        check_company=True,
        domain=[("kind", "!=", "customer")],
        help="Empty: everybody paid.",
    )
    lang = fields.Selection(
        "_get_langs", string="Language", required=True, default=lambda self: self._default_lang()
    )
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)

    @api.model
    def _get_langs(self):
        return self.env["res.lang"].get_installed()

    def _default_lang(self):
        installed = [code for code, _name in self._get_langs()]
        return self.env.lang if self.env.lang in installed else installed[0]

    def _default_runs(self):
        """The last posted run, else the last one with figures."""
        people = self.env.context.get("default_distributor_ids")
        if not people:
            return self.env["mlm.run"]
        runs = self.env["mlm.run"]
        network = [("network_id", "=", self.env.company.mlm_network_id.id)]
        return runs.search(
            [*network, ("state", "=", "posted")], order="number desc", limit=1
        ) or runs.search([*network, ("state", "in", READY)], order="number desc", limit=1)

    @api.depends("kind")
    def _compute_file_type(self):
        for wizard in self:
            if wizard.kind == "summary":
                wizard.file_type = "pdf"
            elif wizard.kind in self._workbooks:
                wizard.file_type = "xlsx"
            else:
                wizard.file_type = wizard.file_type or "pdf"

    def action_make(self):
        """Make the file and download it."""
        self.ensure_one()
        self.check_access("write")
        runs = self.run_ids.sorted("number")
        runs.check_access("read")
        self.env["mlm.earning"].check_access("read")
        self.distributor_ids.check_access("read")
        for run in runs:
            run._ensure_run_state(*READY)
        data = self.with_context(lang=self.lang)._make(runs.with_context(lang=self.lang))
        self.write({"file": base64.b64encode(data), "file_name": self._get_name(runs)})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{self.file_name}?download=true",
        }

    def _make(self, runs):
        report = self.env["mlm.commission.report"]
        people = self.distributor_ids or None
        if self.kind == "summary":
            return report._get_summary_pdf(runs)
        if self.file_type == "pdf":
            if self.kind != "detail":
                raise UserError(
                    self.env._("This report is an XLSX file: it can have a million rows.")
                )
            return report._get_pdf(runs, people)
        return report._get_xlsx(runs, self.kind, people)

    def _get_name(self, runs):
        cycles = "-".join(str(number) for number in runs.period_id.mapped("number"))
        people = self.distributor_ids
        who = f"-{people.code}" if len(people) == 1 else ""
        file_type = "pdf" if self.kind == "summary" else self.file_type
        name = f"{self._get_words()[self.kind]}-{cycles}{who}.{file_type}"
        return "".join(char for char in name if char.isalnum() or char in "-._")

    def _get_words(self):
        """How a file of each kind is called."""
        return {
            "detail": self.env._("commissions"),
            "summary": self.env._("summary"),
            "breakage": self.env._("breakage"),
        }
