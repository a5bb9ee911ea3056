# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.exact import text_e4
from odoo.addons.mlm_base.importing.headings import plain
from odoo.addons.mlm_base.importing.values import parse_e4
from odoo.addons.mlm_base.internal import as_internal

from .examination import Examination
from .mlm_opening_control import CONTROL_HEADINGS


class MlmOpeningImport(models.Model):
    """What a company brings from its system before: several files, all of them or none.

    Each file ties to control totals that a person enters, or that stand in a file of
    their own (RULES 41); without them, or where they differ, nothing is loaded. As long
    as no run has used it, everything is taken back in one step.
    """

    _name = "mlm.opening.import"
    _description = "Opening from Another System"
    _inherit = ["mlm.file.import", "mail.thread"]

    _free = (
        "name",
        "decimal_sign",
        "control_file",
        "control_file_name",
        "balance_date",
        "balance_account_id",
    )
    _progress = "mlm.opening.progress"
    _cron = "mlm_opening.cron_opening"
    _works = {"checking": "_check_file", "importing": "_import_file", "undoing": "_undo_all"}

    name = fields.Char(required=True, default=lambda self: self.env._("Opening"))
    state = fields.Selection(
        selection_add=[("undoing", "Undoing"), ("undone", "Undone")],
        ondelete={"undoing": "cascade", "undone": "cascade"},
        tracking=True,
    )
    decimal_sign = fields.Selection(
        [(",", "Comma (1.234,50)"), (".", "Point (1,234.50)")],
        help="Empty: taken from each number; one that can be read in two ways is a bad line.",
    )
    file_ids = fields.One2many("mlm.opening.file", "import_id", string="Files")
    control_ids = fields.One2many("mlm.opening.control", "import_id", string="Control Totals")
    control_file = fields.Binary(
        attachment=True,
        help="Columns: file, figure, total. Empty: the totals are entered below.",
    )
    control_file_name = fields.Char()
    balance_date = fields.Date(
        default=fields.Date.context_today,
        help="Accounting date of the entries for open balances: the last day of the previous "
        "system.",
    )
    balance_account_id = fields.Many2one(
        "account.account",
        string="Opening Account",
        check_company=True,
        help="The other side of the open balances, such as the account of opening entries.",
    )
    move_ids = fields.Many2many(
        "account.move",
        string="Journal Entries",
        readonly=True,
        groups="account.group_account_readonly,account.group_account_invoice",
    )
    move_count = fields.Integer(compute="_compute_move_count")
    has_balances = fields.Boolean(compute="_compute_has_balances")
    problem_ids = fields.One2many("mlm.opening.problem", "import_id", readonly=True)

    _check_company_auto = True

    def _compute_move_count(self):
        for record in self:
            # sudo: how many entries, of an import that is read
            record.move_count = len(record.sudo().move_ids)

    @api.depends("file_ids.kind")
    def _compute_has_balances(self):
        for record in self:
            record.has_balances = "balance" in record.file_ids.mapped("kind")

    def _get_file_fields(self):
        # controls are written by the check itself; they forget it on their own
        return super()._get_file_fields() | {
            "balance_account_id",
            "balance_date",
            "control_file",
            "decimal_sign",
            "file_ids",
        }

    def _forget_result(self):
        as_internal(self.control_ids).write({"found": False})
        return super()._forget_result()

    # -- dry run ---------------------------------------------------------------

    def _check_file(self):
        examined, problems = self._examine()
        self._store_result(sum(one.count for one, _rows in examined), problems)

    def _get_line_key(self, problem):
        return problem["file_id"], problem["line"]

    def _examine(self):
        """Read all files and look for everything that stands against loading them.

        :return: ``([(Examination, rows)], problems)``
        :raise UserError: a file cannot be read at all, or there is none
        """
        self.ensure_one()
        if not self.file_ids:
            raise UserError(self.env._("There is no file yet. Add one to the list of files."))
        self.env.flush_all()  # the loaders read tables
        report = self.env[self._progress]._report
        examined, problems = [], []
        for index, file in enumerate(self.file_ids):
            report(self, "reading", 0.5 * index / len(self.file_ids))
            loader = file._get_loader()
            job = Examination(self, file, loader._headings)
            try:
                lines = self._read_table(
                    self._decode_file(file.with_context(bin_size=False).file), loader._headings
                )
            except UserError as error:
                raise UserError(
                    self.env._(
                        "%(file)s: %(problem)s", file=file.display_name, problem=error.args[0]
                    )
                ) from None
            report(self, "checking", 0.5 * (index + 0.5) / len(self.file_ids))
            job.count = len(lines)
            blocker = loader._get_blocker(self)
            if blocker:
                job.add(0, "", file.display_name, blocker)
            rows = loader._examine(job, lines)
            examined.append((job, rows))
            problems += sorted(job.problems, key=lambda one: one["line"])
        return examined, self._check_controls(examined) + problems

    def _check_controls(self, examined):
        """Compare what the files sum to with what the old system says they do."""
        problems = []
        if self.control_file:
            self._read_controls(problems)
        for job, _rows in examined:
            found = {"lines": job.count * 10_000, **job.sums_e4}
            # sudo: the sums of a file are written by the check only
            for control in job.file.control_ids.sudo():
                total = text_e4(found.get(control.figure, 0))
                as_internal(control).write({"found": total})
                message = control._get_problem(found.get(control.figure, 0))
                if message:
                    problems.append(
                        {
                            "file_id": job.file.id,
                            "line": 0,
                            "column": control.figure,
                            "value": control.expected or "",
                            "message": message,
                            "severity": "error",
                        }
                    )
        return problems

    def _read_controls(self, problems):
        """Take the expected totals from the control file."""
        content = self._decode_file(self.with_context(bin_size=False).control_file)
        try:
            lines = self._read_table(content, CONTROL_HEADINGS)
        except UserError as error:
            name = self.control_file_name or self.env._("Control File")
            raise UserError(
                self.env._("%(file)s: %(problem)s", file=name, problem=error.args[0])
            ) from None
        known = {
            (name, figure): control
            for control in self.control_ids
            for name in control.file_id._get_names()
            for figure in control._get_names()
        }
        for line, cells in lines:
            key = tuple(plain(cells.get(name) or "") for name in ("file", "figure"))
            if key not in known:
                problems.append(
                    {
                        "file_id": False,
                        "line": line,
                        "column": CONTROL_HEADINGS.heading("figure", self.env.lang),
                        "value": " / ".join(
                            str(cells.get(one) or "") for one in ("file", "figure")
                        ),
                        "message": self.env._(
                            "None of these files has this total. Download the template of the "
                            "control file to see the names."
                        ),
                        "severity": "error",
                    }
                )
                continue
            try:
                total = parse_e4(cells.get("total") or "", self.decimal_sign or "")
            except ValueError:
                # sudo: what a file says may be taken while the check runs
                as_internal(known[key].sudo()).write({"expected": str(cells.get("total") or "")})
                continue
            # sudo: what a file says may be taken while the check runs
            as_internal(known[key].sudo()).write({"expected": text_e4(total)})

    # -- loading ---------------------------------------------------------------

    def _import_file(self):
        # once more: the network or a run may have changed since the lines were checked
        examined, problems = self._examine()
        if any(problem["severity"] == "error" for problem in problems):
            self._store_result(sum(one.count for one, _rows in examined), problems)
            return
        report = self.env[self._progress]._report
        total = sum(job.count for job, _rows in examined) or 1
        done = 0
        for job, rows in examined:
            start = done

            def tell(count, start=start):
                report(self, "writing", 0.5 + 0.5 * (start + count) / total)

            tell(0)
            job.file._get_loader()._store(self, job.file, rows, tell)
            # sudo: the result is written by the work only, for whom the right to write was checked
            as_internal(job.file.sudo()).write({"row_count": job.count})
            done += job.count
        # a run that begins while this is loaded counts as one that has used it
        # sudo: the result is written by the work only
        as_internal(self.sudo()).write({"state": "done", "finished_at": self.env.cr.now()})

    # -- taking back -----------------------------------------------------------

    def action_undo(self):
        """Take everything back, in the background, unless a run has used it."""
        self._ensure_state(("done",))
        for record in self:
            record._ensure_unused()
        self._start("undoing")

    def _ensure_unused(self):
        self.ensure_one()
        if not any(file._get_loader()._read_by_runs for file in self.file_ids):
            return
        # sudo: also runs that this person may not see have used it
        runs = (
            self.env["mlm.run"]
            .sudo()
            .search(
                [
                    ("network_id", "=", self.company_id.mlm_network_id.id),
                    ("state", "not in", ("cancelled", "failed")),
                    "|",
                    ("computed_at", "=", False),
                    ("computed_at", ">=", self.finished_at),
                ],
                limit=3,
            )
        )
        if runs:
            raise UserError(
                self.env._(
                    "%(runs)s has used this opening. Discard the previews first; once a"
                    " run is posted, differences are corrected in the next cycle.",
                    runs=", ".join(runs.mapped("display_name")),
                )
            )

    def _undo_all(self):
        self._ensure_unused()
        report = self.env[self._progress]._report
        for index, file in enumerate(self.file_ids):
            report(self, "undoing", index / len(self.file_ids))
            file._get_loader()._remove(self, file)
        # sudo: the result is written by the work only
        as_internal(self.sudo()).write({"state": "undone", "finished_at": fields.Datetime.now()})

    def _keep_failure(self, message):
        if self.state == "undoing":
            # it is all still there
            as_internal(self).write({"state": "done", "error": message})
            return
        super()._keep_failure(message)

    # -- what the screen opens ---------------------------------------------------

    def action_view_problems(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bad lines of %s", self.display_name),
            "res_model": "mlm.opening.problem",
            "view_mode": "list,kanban",
            "domain": [("import_id", "=", self.id)],
        }

    def action_download_problems(self):
        self.ensure_one()
        return self._download(f"/mlm/opening/{self.id}/problems")

    def action_download_templates(self):
        return self._download("/mlm/opening/templates")

    def _download(self, url):
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def action_view_moves(self):
        self.ensure_one()
        self.check_access("read")
        # sudo: only the ids; the list reads the entries with the rights of the user
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal Entries"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", self.sudo().move_ids.ids)],
        }
