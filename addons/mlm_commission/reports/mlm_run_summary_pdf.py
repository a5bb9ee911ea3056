# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.mlm_base.documents import bars, column, page
from odoo.addons.mlm_base.exact import from_e4
from odoo.addons.mlm_base.formats import Formats

WIDTH = page.width()
# Lines of what was not reached that are printed; the screen has all.
REASONS = 15


class MlmCommissionReport(models.AbstractModel):
    """The run on two pages: what it pays, to whom, what for, and who agreed."""

    _inherit = "mlm.commission.report"

    def _get_signatures(self, run):
        """``[(label, who and when)]`` of the steps taken."""
        formats = Formats(self.env)
        # sudo: names of who did a step, of a run that is read
        return [
            (label, " · ".join(filter(None, [user.sudo().name, formats.moment(moment)])))
            for label, user, moment in self._get_steps(run)
            if moment
        ]

    def _get_steps(self, run):
        """``[(label, person, moment)]`` of the steps of a run, taken or not."""
        _ = self.env._
        return [
            (_("Computed"), run.computed_by_id, run.computed_at),
            (_("Submitted"), run.submitted_by_id, run.submitted_at),
            (_("Approved"), run.approved_by_id, run.approved_at),
            (_("Posted"), self.env["res.users"], run.posted_at),
        ]

    def _get_warnings(self, run):
        """Paragraphs at the head of a run; extended by what looks at it."""
        return []

    def _get_review(self, run):
        """``[(label, text)]`` of what was found before approval; extended by what looks at it."""
        return []

    def _get_summary_pdf(self, runs):
        """Return the bytes of the document: one chapter for each run."""
        story = []
        for run in runs:
            story += [page.PageBreak()] if story else []
            story += self._get_run_chapter(run, run._get_summary())
        return page.build(self.env, story, self.env._("Run summary"), runs.money_company_id[:1])

    def _get_run_chapter(self, run, summary):
        _ = self.env._
        formats = Formats(self.env, run.currency_id)
        story = [
            page.paragraph(run.display_name, page.TITLE),
            page.paragraph(
                _(
                    "%(company)s · %(first)s to %(last)s · %(state)s",
                    company=run.network_id.display_name,
                    first=formats.day(run.period_id.date_start),
                    last=formats.day(run.period_id.date_end),
                    state=self._get_state(run),
                ),
                page.NOTE,
            ),
        ]
        story += [
            *self._get_warnings(run),
            page.Spacer(1, 3 * page.mm),
            page.facts(
                [
                    (_("Earned"), formats.money(from_e4(run.amount_e4))),
                    (_("Deductions"), formats.money(from_e4(run.deducted_e4))),
                    (_("To pay"), formats.money(from_e4(run.net_e4))),
                    (_("People paid"), formats.number(run.payee_count)),
                    (_("Paid % of CV"), formats.ratio(run.payout_ratio)),
                    (
                        _("Paid % of net sales"),
                        formats.ratio(run.sales_ratio) if run.net_sales else "–",
                    ),
                    (_("CV of the cycle"), formats.number(run.cv)),
                    (_("Net sales"), formats.money(from_e4(run.net_sales_e4))),
                    (_("Breakage"), formats.money(from_e4(run.breakage_e4))),
                    (_("Exchange rate"), run.fx),
                    (_("Pay date"), formats.day(run.period_id.pay_date)),
                    (_("Plan"), run.version_id.display_name),
                ],
                WIDTH,
                columns=3,
            ),
        ]
        story += self._get_company_section(run)
        story += self._get_bonus_section(run, summary)
        story += self._get_people_sections(run, summary)
        story += self._get_reason_section(run)
        story += self._get_review_section(run)
        return story

    def _get_bonus_section(self, run, summary):
        _ = self.env._
        formats = Formats(self.env, run.currency_id)
        columns = [
            column("name", _("Bonus"), "text", 6),
            column("payees", _("People"), "number", 2),
            column("amount", _("Earned"), "money", 4),
            column("share", _("Share"), "percent", 3),
            column("cv_ratio", _("% of CV"), "percent", 2),
            column("sales_ratio", _("% of net sales"), "percent", 3),
            column("breakage", _("Breakage"), "money", 4),
        ]
        rows = [
            [
                total.bonus_id.name,
                formats.number(total.payees),
                formats.money(from_e4(total.amount_e4)),
                formats.ratio(total.share),
                formats.ratio(total.cv_ratio),
                formats.ratio(total.sales_ratio) if run.net_sales else "–",
                formats.money(from_e4(total.breakage_e4)),
            ]
            for total in run.bonus_total_ids
        ]
        total = [
            _("Total"),
            formats.number(run.payee_count),
            formats.money(from_e4(run.amount_e4)),
            formats.ratio(100 if run.amount else 0),
            formats.ratio(run.payout_ratio),
            formats.ratio(run.sales_ratio) if run.net_sales else "–",
            formats.money(from_e4(run.breakage_e4)),
        ]
        part = page.section(_("By bonus"), page.table(columns, rows, WIDTH, total))
        pairs = [(one["name"], one["amount"]) for one in summary["bonuses"] if one["amount"]]
        if pairs:
            part += [page.Spacer(1, 2 * page.mm), bars.bars(pairs, WIDTH, formats.money)]
        return part

    def _get_company_section(self, run):
        """What each of several companies pays, in its currency."""
        _ = self.env._
        totals = run.company_total_ids.sudo()  # sudo: names of companies inside their network
        if not totals:
            return []
        columns = [
            column("name", _("Company"), "text", 6),
            column("payees", _("People"), "number", 2),
            column("amount", _("Earned"), "money", 4),
            column("deducted", _("Deductions"), "money", 4),
            column("net", _("To pay"), "money", 4),
        ]
        rows = []
        for total in totals:
            formats = Formats(self.env, total.currency_id)
            money = (total.amount_e4, total.deducted_e4, total.net_e4)
            rows.append(
                [
                    total.company_id.name,
                    formats.number(total.payees),
                    *(formats.money(from_e4(one)) for one in money),
                ]
            )
        return page.section(_("By company"), page.table(columns, rows, WIDTH))

    def _get_people_sections(self, run, summary):
        _ = self.env._
        formats = Formats(self.env, run.currency_id)
        story = []
        if summary["ranks"]:
            columns = [
                column("name", _("Rank"), "text", 6),
                column("people", _("People"), "number", 2),
                column("paid", _("Paid"), "number", 2),
                column("amount", _("Earned"), "money", 4),
            ]
            rows = [
                [
                    rank["name"],
                    "–" if rank["people"] is None else formats.number(rank["people"]),
                    formats.number(rank["paid"]),
                    formats.money(rank["amount"]),
                ]
                for rank in summary["ranks"]
            ]
            story += page.section(_("By rank"), page.table(columns, rows, WIDTH))
        if summary["top"]:
            columns = [
                column("name", _("Name"), "text", 6),
                column("rank", _("Rank"), "text", 3),
                column("amount", _("Earned"), "money", 4),
                column("share", _("Share"), "percent", 2),
            ]
            rows = [
                [
                    one["name"],
                    one["rank"],
                    formats.money(one["amount"]),
                    formats.ratio(one["share"]),
                ]
                for one in summary["top"]
            ]
            story += page.section(_("Highest amounts"), page.table(columns, rows, WIDTH))
        return story

    def _get_reason_section(self, run):
        _ = self.env._
        totals = run.reason_total_ids
        if not totals:
            return []
        columns = [
            column("bonus", _("Bonus"), "text", 4),
            column("reason", _("Reason"), "text", 9),
            column("payees", _("People"), "number", 2),
            column("breakage", _("Breakage"), "money", 4),
            column("part", _("Part"), "percent", 2),
        ]
        formats = Formats(self.env, run.currency_id)
        reasons = dict(totals._fields["reason"]._description_selection(self.env))
        rows = [
            [
                total.bonus_id.name,
                reasons.get(total.reason, ""),
                formats.number(total.payees),
                formats.money(from_e4(total.breakage_e4)),
                formats.ratio(total.breakage_share),
            ]
            for total in totals[:REASONS]
        ]
        return page.section(_("Breakage by reason"), page.table(columns, rows, WIDTH))

    def _get_review_section(self, run):
        """Who agreed, what was found, and the proofs."""
        _ = self.env._
        pairs = [*self._get_signatures(run), *self._get_review(run)]
        proofs = [
            (_("Inputs (SHA-256)"), run.snapshot_sha),
            (_("Result (SHA-256)"), run.digest),
        ]
        return page.section(
            _("Who approved it, and the proof"),
            page.facts(pairs, WIDTH, columns=3),
            page.Spacer(1, 1 * page.mm),
            page.facts(proofs, WIDTH, columns=1),
        )
