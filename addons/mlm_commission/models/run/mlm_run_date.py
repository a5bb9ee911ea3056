# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_system


class MlmRun(models.Model):
    """Which day the entries of a run carry, and why it is that day (RULES 30).

    Accrual and withholding carry the day of posting, or the one that was chosen for the run;
    where that day is locked, each company takes its first open day.
    """

    _inherit = "mlm.run"

    accounting_basis = fields.Json(
        readonly=True,
        copy=False,
        help="What the date of the entries followed from when posting began: the day before"
        " locked days were looked at, and whether somebody had chosen it.",
    )
    accounting_reason = fields.Text(
        compute="_compute_accounting_reason", string="Why This Accounting Date"
    )

    @api.depends("accounting_date", "accounting_basis", "state")
    @api.depends_context("lang")
    def _compute_accounting_reason(self):
        for run in self:
            posted = run.state in ("posting", "posted")
            if run.accounting_basis:
                day = fields.Date.to_date(run.accounting_basis["day"])
                chosen = run.accounting_basis["chosen"]
                # sudo: as below
                days = {chunk.company_id: chunk.date for chunk in run.sudo().chunk_ids}
            elif posted or run.state == "cancelled" or not run.period_id:
                run.accounting_reason = False  # posted before the reason was kept, or never
                continue
            else:
                day, chosen = run._posting_date(), bool(run.accounting_date)
                # sudo: all companies of the network, as posting sees them
                days = run._get_open_dates(run.network_id.sudo().company_ids, day)
            run.accounting_reason = "\n".join(
                [run._get_day_text(day, chosen, posted), *run._get_locked_texts(day, days).values()]
            )

    def _posting_date(self):
        return self.accounting_date or self.env["mlm.period"]._today(self.network_id)

    def _get_day_text(self, day, chosen, posted):
        """Say from what the day follows, whatever is locked."""
        date = Formats(self.env).day(day)
        if chosen:
            return self.env._("%s was chosen for this run.", date)
        if posted:
            return self.env._("%s was the day of posting.", date)
        return self.env._("Nothing is chosen: the entries are dated on the day of posting.")

    def _get_open_dates(self, companies, date):
        """Return ``{company: date, or the day after the lock date that forbids it}``."""
        found = {}
        for company in companies:
            # sudo: whoever reads a run needs no right on journals to know which days are locked,
            # and an exception for this person is none for the run
            books = as_system(company)
            locks = books._get_violated_lock_dates(date, True, books.mlm_journal_id)
            found[company] = locks[-1][0] + timedelta(days=1) if locks else date
        return found

    def _get_locked_texts(self, date, days):
        """Return ``{company: why its entries carry another day than ``date``}``."""
        formats, shared = Formats(self.env), self.network_id._is_shared()
        texts = {}
        for company, open_date in days.items():
            if open_date != date:
                text = self.env._(
                    "%(date)s is locked; the entries are dated %(open)s, the first open day.",
                    date=formats.day(date),
                    open=formats.day(open_date),
                )
                # sudo: the names of the companies of a network are no secret in it
                texts[company] = f"{company.sudo().display_name}: {text}" if shared else text
        return texts

    def _get_open_date(self, company, date):
        """Return the first open day of one company; the chatter says when it is another one."""
        days = self._get_open_dates([company], date)
        self._tell_locked(date, days)
        return days[company]

    def _tell_locked(self, date, days):
        for text in self._get_locked_texts(date, days).values():
            self.message_post(body=text)
