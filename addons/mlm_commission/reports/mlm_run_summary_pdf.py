# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Spacer

from odoo import models
from odoo.tools import format_date, format_datetime

from . import pdf_page as pdf

WIDTH = A4[0] - 2 * pdf.MARGIN - pdf.PADDING
# Lines of what was not reached that are printed; the screen has all.
REASONS = 15


class MlmCommissionReport(models.AbstractModel):
    """The run on two pages: what it pays, to whom, what for, and who agreed."""

    _inherit = "mlm.commission.report"

    def _get_signatures(self, run):
        """``[(label, who and when)]`` of the steps taken."""
        _ = self.env._
        steps = [
            (_("Computed"), run.computed_by_id, run.computed_at),
            (_("Submitted"), run.submitted_by_id, run.submitted_at),
            (_("Approved"), run.approved_by_id, run.approved_at),
            (_("Signed third"), run.countersigned_by_id, run.countersigned_at),
            (_("Posted"), self.env["res.users"], run.posted_at),
        ]
        return [
            (
                label,
                " · ".join(
                    filter(
                        None,
                        [
                            user.sudo().name,
                            format_datetime(self.env, moment, dt_format="dd/MM/yyyy HH:mm"),
                        ],
                    )
                ),
            )
            for label, user, moment in steps
            if moment
        ]

    def _get_summary_pdf(self, runs):
        """Return the bytes of the document: one chapter for each run."""
        story = []
        for run in runs:
            story += [PageBreak()] if story else []
            story += self._get_run_chapter(run, run._get_summary())
        return self._build_pdf(story, self.env._("Run summary"), runs)

    def _get_run_chapter(self, run, summary):
        _ = self.env._
        money = run.currency_id.format
        percent = lambda value: f"{self._format(round(value, 2), 'percent')} %"  # noqa: E731
        story = [
            pdf.paragraph(run.display_name, pdf.TITLE),
            pdf.paragraph(
                _(
                    "%(company)s · %(first)s to %(last)s · %(state)s",
                    company=run.company_id.name,
                    first=format_date(self.env, run.period_id.date_start),
                    last=format_date(self.env, run.period_id.date_end),
                    state=self._get_state(run),
                ),
                pdf.NOTE,
            ),
        ]
        if run.is_over_guard:
            story.append(
                pdf.paragraph(_("Above the limit of cost: %s.", run.guard_text), pdf.WARNING)
            )
        story += [
            Spacer(1, 3 * mm),
            pdf.facts(
                [
                    (_("Earned"), money(run.amount)),
                    (_("Deductions"), money(run.deducted)),
                    (_("To pay"), money(run.net)),
                    (_("People paid"), self._format(run.payee_count, "number")),
                    (_("Paid % of CV"), percent(run.payout_ratio)),
                    (_("Paid % of net sales"), percent(run.sales_ratio) if run.net_sales else "–"),
                    (_("CV of the cycle"), self._format(run.cv, "points")),
                    (_("Net sales"), money(run.net_sales)),
                    (_("Not reached"), money(run.breakage)),
                    (_("Rate of exchange"), run.fx),
                    (_("Pay date"), format_date(self.env, run.period_id.pay_date)),
                    (_("Plan"), run.version_id.display_name),
                ],
                WIDTH,
                columns=3,
            ),
        ]
        story += self._get_bonus_section(run, summary, percent)
        story += self._get_people_sections(run, summary, percent)
        story += self._get_reason_section(run, percent)
        story += self._get_review_section(run)
        return story

    def _get_bonus_section(self, run, summary, percent):
        _ = self.env._
        money = run.currency_id.format
        columns = [
            self._column("name", _("Bonus"), "text", 6),
            self._column("payees", _("People"), "number", 2),
            self._column("amount", _("Earned"), "money", 4),
            self._column("share", _("Share"), "percent", 2),
            self._column("cv_ratio", _("% of CV"), "percent", 2),
            self._column("sales_ratio", _("% of net sales"), "percent", 3),
            self._column("breakage", _("Not reached"), "money", 4),
        ]
        rows = [
            [
                total.bonus_id.name,
                self._format(total.payees, "number"),
                money(total.amount),
                percent(total.share),
                percent(total.cv_ratio),
                percent(total.sales_ratio) if run.net_sales else "–",
                money(total.breakage),
            ]
            for total in run.bonus_total_ids
        ]
        total = [
            _("Total"),
            self._format(run.payee_count, "number"),
            money(run.amount),
            percent(100 if run.amount else 0),
            percent(run.payout_ratio),
            percent(run.sales_ratio) if run.net_sales else "–",
            money(run.breakage),
        ]
        part = pdf.section(_("By bonus"), pdf.table(columns, rows, WIDTH, total))
        pairs = [(one["name"], one["amount"]) for one in summary["bonuses"] if one["amount"]]
        if pairs:
            part += [Spacer(1, 2 * mm), pdf.bars(pairs, WIDTH, money)]
        return part

    def _get_people_sections(self, run, summary, percent):
        _ = self.env._
        money = run.currency_id.format
        story = []
        if summary["ranks"]:
            columns = [
                self._column("name", _("Rank"), "text", 6),
                self._column("people", _("People"), "number", 2),
                self._column("paid", _("Paid"), "number", 2),
                self._column("amount", _("Earned"), "money", 4),
            ]
            rows = [
                [
                    rank["name"],
                    self._format(rank["people"], "number") or "–",
                    self._format(rank["paid"], "number"),
                    money(rank["amount"]),
                ]
                for rank in summary["ranks"]
            ]
            story += pdf.section(_("By rank"), pdf.table(columns, rows, WIDTH))
        if summary["top"]:
            columns = [
                self._column("name", _("Name"), "text", 6),
                self._column("rank", _("Rank"), "text", 3),
                self._column("amount", _("Earned"), "money", 4),
                self._column("share", _("Share"), "percent", 2),
            ]
            rows = [
                [one["name"], one["rank"], money(one["amount"]), percent(one["share"])]
                for one in summary["top"]
            ]
            story += pdf.section(_("Highest amounts"), pdf.table(columns, rows, WIDTH))
        return story

    def _get_reason_section(self, run, percent):
        _ = self.env._
        totals = run.reason_total_ids
        if not totals:
            return []
        columns = [
            self._column("bonus", _("Bonus"), "text", 4),
            self._column("reason", _("Reason"), "text", 9),
            self._column("payees", _("People"), "number", 2),
            self._column("breakage", _("Not reached"), "money", 4),
            self._column("part", _("Part"), "percent", 2),
        ]
        reasons = dict(totals._fields["reason"]._description_selection(self.env))
        rows = [
            [
                total.bonus_id.name,
                reasons.get(total.reason, ""),
                self._format(total.payees, "number"),
                run.currency_id.format(total.breakage),
                percent(total.breakage_share),
            ]
            for total in totals[:REASONS]
        ]
        return pdf.section(_("Not reached, by reason"), pdf.table(columns, rows, WIDTH))

    def _get_review_section(self, run):
        """Who agreed, what was found and cleared, and the proofs."""
        _ = self.env._
        # sudo: numbers of cases, of a run that is read
        cases = run.sudo()
        pairs = [
            *self._get_signatures(run),
            (
                _("Cases found / open"),
                f"{cases.check_count} / {cases.open_check_count}",
            ),
            (_("Unusual amounts"), str(cases.outlier_count)),
        ]
        proofs = [
            (_("Inputs (SHA-256)"), run.snapshot_sha),
            (_("Result (SHA-256)"), run.digest),
        ]
        return pdf.section(
            _("Who agreed, and the proof"),
            pdf.facts(pairs, WIDTH, columns=3),
            Spacer(1, 1 * mm),
            pdf.facts(proofs, WIDTH, columns=1),
        )
