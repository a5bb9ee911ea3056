# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.mlm_base.formats import Formats

from .mlm_co_withheld import DECLARED

#: months to choose from
SHOWN = 72
FORM = [("350", "Form 350"), ("ica", "ReteICA return")]


class MlmCoMonth(models.TransientModel):
    """The draft of a return of withholdings: form 350, or ReteICA of a municipality.

    Amounts in pesos as the ledger has them, and each row to the nearest thousand, as it is
    declared. It is read from the ledger when it is shown; nothing of it is kept.
    """

    _name = "mlm.co.month"
    _description = "Draft of a Withholding Return"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    form = fields.Selection(FORM, string="Return", required=True, default="350")
    month_from = fields.Selection(
        "_get_months",
        string="First Month",
        required=True,
        default=lambda self: self._get_months()[1][0],
    )
    month_to = fields.Selection(
        "_get_months",
        string="Last Month",
        required=True,
        default=lambda self: self._get_months()[1][0],
    )
    municipality_id = fields.Many2one("mlm.co.municipality", help="Empty: all municipalities.")
    line_ids = fields.One2many(
        "mlm.co.month.line", "month_id", compute="_compute_line_ids", store=True
    )
    declared = fields.Monetary(string="To Declare", compute="_compute_totals")
    note = fields.Text(string="Compared with the Ledger", compute="_compute_totals")
    filing_note = fields.Text(string="Filed", compute="_compute_filing_note")
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)

    @api.model
    def _get_months(self):
        """Return this month and those before it: ``[("2026-09", "September 2026")]``."""
        first, formats = fields.Date.context_today(self) + relativedelta(day=1), Formats(self.env)
        days = [first - relativedelta(months=number) for number in range(SHOWN)]
        return [(f"{day:%Y-%m}", formats.day(day, "LLLL y")) for day in days]

    @api.depends("form", "month_from", "month_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for month in self:
            month.display_name = " · ".join(
                filter(None, (self.env._("Draft"), month._get_form_name(), month._get_span()))
            )

    def _get_form_name(self):
        return dict(self._fields["form"]._description_selection(self.env)).get(self.form)

    def _get_span(self):
        """``"2026-09"`` or ``"2026-09 – 2026-10"``."""
        return " – ".join(dict.fromkeys(filter(None, (self.month_from, self.month_to))))

    def _get_days(self):
        """Return the first and the last day."""
        first, last = (fields.Date.to_date(f"{one}-01") for one in (self.month_from, self.month_to))
        return first, last + relativedelta(day=31)

    def _get_period(self):
        """Arguments of `mlm.co.withheld._get_draft`."""
        town = self.municipality_id if self.form == "ica" else None
        return self.company_id, self.form, *self._get_days(), town

    @api.depends("company_id", "form", "month_from", "month_to", "municipality_id")
    def _compute_line_ids(self):
        for month in self:
            rows = []
            if month.month_from and month.month_to and month.company_id in self.env.companies:
                rows = self.env["mlm.co.withheld"]._get_draft(*month._get_period())
            month.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            **row,
                            "municipality_id": row["municipality_id"].id,
                            "tax_id": row["tax_id"].id,
                        }
                    )
                    for row in rows
                ),
            ]

    @api.depends("line_ids")
    def _compute_totals(self):
        for month in self:
            lines = month.line_ids
            drafted = lines.filtered(lambda line: line.origin in DECLARED)
            month.declared = sum(drafted.mapped("withheld_declared"))
            rest = {
                origin: sum(
                    lines.filtered(lambda line, o=origin: line.origin == o).mapped("withheld")
                )
                for origin in ("difference", "other")
            }
            month.note = month._tell(sum(drafted.mapped("withheld")), **rest)

    def _tell(self, drafted, difference, other):
        """Say how the draft and the ledger of its accounts belong together."""
        money = Formats(self.env, self.currency_id).money
        text = self.env._(
            "The accounts of these withholdings grew by %(ledger)s: %(drafted)s in the draft,"
            " %(other)s in payments and corrections, which no return declares.",
            ledger=money(drafted + difference + other),
            drafted=money(drafted),
            other=money(other),
        )
        if difference:
            text += " " + self.env._(
                "Difference: %s in entries of commissions do not agree with their deductions. Look"
                " at the integrity rules.",
                money(difference),
            )
        return text

    @api.depends("company_id", "form", "month_from", "month_to", "municipality_id")
    def _compute_filing_note(self):
        filings = self.env["mlm.co.filing"]
        for month in self:
            found = filings
            if month.month_from and month.month_to:
                found = filings._get_filed(
                    month.company_id, *month._get_days(), form=month.form
                ).filtered(
                    lambda one, town=month.municipality_id: not town or one.municipality_id == town
                )
            month.filing_note = "\n".join(found.mapped("description")) or False

    # -- actions -----------------------------------------------------------------

    @api.model
    def _action_open(self, form):
        """Open the draft of last month, or of the two months before this one for ICA."""
        self.check_access("create")
        month = self.create({"form": form})
        return {
            "type": "ir.actions.act_window",
            "name": month._get_form_name(),
            "res_model": self._name,
            "res_id": month.id,
            "view_mode": "form",
        }

    def action_items(self):
        """The journal items behind the draft, by its rows."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("l10n_co_mlm.mlm_co_withheld_action")
        place = "municipality_id" if self.form == "ica" else "concept"
        return {
            **action,
            "domain": self.env["mlm.co.withheld"]._get_draft_domain(*self._get_period()),
            "context": {"group_by": ["kind", "origin", place, "person"]},
        }

    def action_file(self):
        """Mark the return as filed."""
        self.ensure_one()
        first, last = self._get_days()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mark as filed"),
            "res_model": "mlm.co.filing",
            "view_mode": "form",
            "context": {
                "default_company_id": self.company_id.id,
                "default_form": self.form,
                "default_date_from": first,
                "default_date_to": last,
                "default_municipality_id": self.municipality_id.id,
            },
        }

    def action_xlsx(self):
        """Make the workbook and download it."""
        self.ensure_one()
        self.check_access("write")
        data = self.env["mlm.co.month.xlsx"]._make(self)
        name = f"{self._get_form_name()} {self._get_span()}.xlsx".replace(" ", "-")
        self.write({"file": base64.b64encode(data), "file_name": name})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{name}?download=true",
        }
