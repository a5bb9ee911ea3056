# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.documents import column
from odoo.addons.mlm_base.documents.workbook import Workbook
from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.importing import reader
from odoo.addons.mlm_base.scaled import ScaledMonetary

from ...comparing import comparison, facts, legacy

#: bad lines that one message names
_NAMED = 10
#: a file of more bytes, unpacked, is read in the background
_INLINE = 2 * 1024 * 1024


class MlmComparison(models.TransientModel):
    """The results of another system beside a run of ours: every difference and its cause."""

    _name = "mlm.comparison"
    _description = "Comparison with Another System"
    _inherit = "mlm.queued"

    run_id = fields.Many2one(
        "mlm.run",
        required=True,
        domain="[('computed_at', '!=', False), ('state', '!=', 'cancelled')]",
        ondelete="cascade",
        default=lambda self: self._get_default_run(),
    )
    network_id = fields.Many2one(related="run_id.network_id")
    currency_id = fields.Many2one(related="run_id.currency_id")
    file = fields.Binary(
        string="File (CSV or XLSX)",
        help="One line per person and bonus, or per person: code, bonus, amount; and, if known, "
        "rank, own PV, left, right, active, package, percentage, sponsor.",
    )
    file_name = fields.Char()
    is_done = fields.Boolean(readonly=True)
    state = fields.Selection(
        [("draft", "New"), ("waiting", "Comparing"), ("done", "Compared"), ("failed", "Failed")],
        readonly=True,
        default="draft",
    )
    error = fields.Text(readonly=True)
    progress_done = fields.Integer(compute="_compute_progress")
    progress_stage = fields.Char(compute="_compute_progress")
    progress_left = fields.Char(string="Time left", compute="_compute_progress")
    people = fields.Integer(readonly=True)
    compared = fields.Integer(readonly=True, string="Amounts Compared")
    equal = fields.Integer(readonly=True)
    old_e4 = BigInteger(readonly=True)
    ours_e4 = BigInteger(readonly=True)
    difference_e4 = BigInteger(readonly=True)
    old = ScaledMonetary(scaled="old_e4", string="Previous System")
    ours = ScaledMonetary(scaled="ours_e4", string="Here")
    difference = ScaledMonetary(scaled="difference_e4")
    cause_ids = fields.One2many("mlm.comparison.cause", "comparison_id", readonly=True)
    line_ids = fields.One2many("mlm.comparison.line", "comparison_id", readonly=True)

    def _get_default_run(self):
        """The last posted run, which the old system computed, too."""
        return self.env["mlm.run"].search(
            [("network_id", "=", self.env.company.mlm_network_id.id), ("state", "=", "posted")],
            order="number desc",
            limit=1,
        )

    @api.depends("run_id")
    def _compute_display_name(self):
        for record in self:
            record.display_name = self.env._("Comparison · %s", record.run_id.display_name or "")

    def _compute_progress(self):
        for record in self:
            # one step, of which nobody knows how long it takes
            record.progress_done, record.progress_left = 0, False
            record.progress_stage = (
                self.env._("Reading the file and comparing") if record.state == "waiting" else ""
            )

    def action_compare(self):
        """Compare the file with the run, and show what differs; a large one in the background."""
        self.ensure_one()
        self.check_access("write")
        if not self.file:
            raise UserError(
                self.env._("First choose the file with the results of the previous system.")
            )
        self.write({"is_done": False, "error": False})
        try:
            size = reader.check_size(self._get_content())
        except reader.FileProblem:
            size = 0  # reading says what is wrong
        if size <= _INLINE:
            self._compare_now()
        else:
            self.state = "waiting"
            # sudo: the right to write was checked; who has it may wake the work
            self.env.ref("mlm_opening.cron_compare").sudo()._trigger()
        return True

    def action_stop(self):
        """End a comparison that waits or is at work; nothing of it is kept."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "waiting":
            self.env["mlm.job"]._stop_or_fail(self)
        return True

    # -- background ----------------------------------------------------------

    @api.model
    def _get_waiting(self):
        return ("waiting",)

    def _do_waiting(self):
        """Compare as the person who asked for it, in that person's language."""
        person = self.create_uid
        # the companies of the network in which the person works
        # sudo: only the companies in which the person works come of it
        homes = self.sudo().network_id._get_homes() & person.company_ids
        context = {"lang": person.lang, "tz": person.tz, "allowed_company_ids": homes.ids}
        self.with_user(person).with_context(**context)._compare_now()

    def _keep_failure(self, message):
        self.write({"state": "failed", "error": message})

    # -- comparing -----------------------------------------------------------

    def _get_content(self):
        return base64.b64decode(self.with_context(bin_size=False).file)

    def _compare_now(self):
        """Read the file, compare it, and keep what was found.

        :raise UserError: it cannot be read; the words name the file, the lines and the remedy
        """
        try:
            found = self._compare(self.run_id, self._get_content())
        except UserError as error:
            if not self.file_name:
                raise
            raise UserError(
                self.env._("%(file)s: %(problem)s", file=self.file_name, problem=error.args[0])
            ) from None
        # sudo: the old result is forgotten by the comparison
        self.sudo().cause_ids.unlink()
        self.sudo().line_ids.unlink()
        causes = [one for one in found.causes(self.env) if one["lines"]]
        # sudo: the result is written by the comparison only
        self.env["mlm.comparison.cause"].sudo().create(
            [{**one, "comparison_id": self.id} for one in causes]
        )
        labels = {one["cause"]: one["name"] for one in causes}
        currencies = self._get_currencies({one.code for one in found.differences})
        # sudo: as for the causes
        self.env["mlm.comparison.line"].sudo().create(
            [
                {
                    "comparison_id": self.id,
                    "line": one.line,
                    "code": one.code,
                    "currency_id": currencies.get(one.code, self.currency_id).id,
                    "bonus": one.bonus,
                    "old_e4": one.old_e4,
                    "ours_e4": one.ours_e4,
                    "difference_e4": one.difference_e4,
                    "old_rank": one.old_rank,
                    "our_rank": one.our_rank,
                    "cause": one.cause,
                    "cause_name": labels[one.cause],
                    "note": one.note,
                }
                for one in found.differences
            ]
        )
        self.write(
            {
                "is_done": True,
                "state": "done",
                "people": found.people,
                "compared": found.compared,
                "equal": found.compared - len(found.differences),
                "old_e4": found.old_e4,
                "ours_e4": found.ours_e4,
                "difference_e4": found.ours_e4 - found.old_e4,
            }
        )

    def _get_currencies(self, codes):
        """``{code: currency}`` in which people of the network are paid by the run."""
        # sudo: the people of a run that the user reads
        people = self.env["mlm.distributor"].sudo()
        domain = [("network_id", "=", self.network_id.id), ("code", "in", list(codes))]
        return {one.code: self.run_id._currency_of(one) for one in people.search(domain)}

    @api.model
    def _compare(self, run, content):
        """Return the `Comparison` of a file with a run.

        :raise UserError: the file cannot be read; the words name the lines and the remedy
        """
        run.check_access("read")
        run.network_id._ensure_led()
        try:
            theirs = legacy.read(content)
        except legacy.LegacyError as error:
            raise UserError(self._get_file_message(error)) from None
        view = run._view()
        ids = view.snapshot.member_id.tolist()
        codes = dict(
            self.env.execute_query(
                SQL("SELECT id, code FROM mlm_distributor WHERE id = ANY(%s)", ids)
            )
        )
        ours = facts.Facts(view.snapshot, view.result, [codes[one] for one in ids])
        return comparison.compare(ours, theirs, self.env)

    def _get_file_message(self, error):
        _ = self.env._
        heading = legacy.HEADINGS.heading
        lang = self.env.lang
        if error.limit:
            return self.env["mlm.file.import"]._get_limit_message(error.limit)
        if error.code == "headings":
            names = ", ".join(heading(key, lang) for _line, key, _value in error.problems)
            return _("The first line must contain the headings. These are missing: %s.", names)
        if error.code == "lines":
            lines = "\n".join(
                _(
                    "Line %(line)s, %(column)s: “%(value)s”",
                    line=line,
                    column=heading(key, lang),
                    value="" if value is None else value,
                )
                for line, key, value in error.problems[:_NAMED]
            )
            return _(
                "%(count)s lines cannot be read. Each person needs a code and numbers like "
                "1234.5 with all digits, appears once per bonus, and has either a total or "
                "bonuses, not both.\n%(lines)s",
                count=len(error.problems),
                lines=lines,
            )
        if error.code == "empty":
            return _("The file has no lines to compare.")
        return _("This file cannot be read as CSV or XLSX. Save it as one of them.")

    def action_download(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/mlm/comparison/{self.id}.xlsx",
            "target": "download",
        }

    def _write_xlsx(self):
        """Return the comparison as an open workbook: totals by cause, then every line."""
        _ = self.env._
        total = {
            "name": _("Total"),
            "lines": sum(self.cause_ids.mapped("lines")),
            "people": "",
            "difference": self.difference,
        }
        with Workbook() as book:
            columns = [
                column("name", _("Cause"), "text", 40),
                column("lines", _("Lines"), "number", 10),
                column("people", _("People"), "number", 10),
                column("difference", _("Difference"), "money", 18),
            ]
            book.table(_("Causes"), columns, self.cause_ids, total)
            columns = [
                column("code", _("Code"), "text", 14),
                column("bonus", _("Bonus"), "text", 16),
                column("old", _("Previous System"), "money", 16),
                column("ours", _("Here"), "money", 16),
                column("difference", _("Difference"), "money", 16),
                column("cause_name", _("Cause"), "text", 30),
                column("note", _("Evidence"), "text", 70),
                column("old_rank", _("Rank There"), "text", 14),
                column("our_rank", _("Rank Here"), "text", 14),
                column("line", _("Line"), "number", 8),
            ]
            book.table(_("Differences"), columns, self.line_ids)
            return book.close()
