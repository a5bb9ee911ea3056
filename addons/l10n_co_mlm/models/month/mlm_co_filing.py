# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.mlm_base.exact import BigInteger, to_e4
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_base.scaled import ScaledMonetary

from .mlm_co_month import FORM
from .mlm_co_withheld import DECLARED


class MlmCoFiling(models.Model):
    """Months whose withholdings somebody has declared: no entry of commissions is dated into them
    without a second person (RULES 64).

    What the ledger said at that time is kept, so that a later change of these months shows. A
    filing that was noted by mistake is withdrawn by somebody else.
    """

    _name = "mlm.co.filing"
    _description = "Filed Withholding Return"
    _inherit = ["mlm.guarded", "mail.thread"]
    _order = "date_to desc, form, id desc"
    _rec_name = "description"
    _given = (
        "company_id",
        "form",
        "date_from",
        "date_to",
        "municipality_id",
        "filed_on",
        "number",
        "document",
        "document_name",
    )

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    form = fields.Selection(FORM, string="Return", required=True, default="350")
    date_from = fields.Date(string="First Day", required=True)
    date_to = fields.Date(string="Last Day", required=True)
    municipality_id = fields.Many2one("mlm.co.municipality", ondelete="restrict")
    filed_on = fields.Date(required=True, default=fields.Date.context_today)
    number = fields.Char(string="Number of the Return", required=True)
    document = fields.Binary(attachment=True, string="Filed Return", copy=False)
    document_name = fields.Char(copy=False)
    filed_by_id = fields.Many2one(
        "res.users",
        string="Noted by",
        required=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    state = fields.Selection(
        [("filed", "Filed"), ("withdrawn", "Withdrawn")],
        required=True,
        readonly=True,
        copy=False,
        default="filed",
        tracking=True,
    )
    withdrawn_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", tracking=True
    )
    withdrawn_at = fields.Datetime(readonly=True, copy=False)
    withheld_e4 = BigInteger(string="Withheld When Filed (ten-thousandths)", readonly=True)
    withheld = ScaledMonetary(scaled="withheld_e4", string="Withheld When Filed")
    changed = fields.Monetary(
        string="Changed Since",
        compute="_compute_changed",
        help="What the ledger of these months says now, less what it said when it was filed.",
    )
    description = fields.Char(compute="_compute_description")

    _whole_months = models.Constraint(
        "CHECK(date_from <= date_to AND extract(day FROM date_from) = 1"
        " AND extract(day FROM date_to + 1) = 1)",
        "A return is of whole months, from the first to the last.",
    )
    _town_of_ica = models.Constraint(
        "CHECK((form = 'ica') = (municipality_id IS NOT NULL))",
        "A ReteICA return is of a municipality, and form 350 of none.",
    )
    _filed_once = models.Constraint(
        "EXCLUDE USING gist (company_id WITH =, form WITH =, coalesce(municipality_id, 0) WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&) WHERE (state = 'filed')",
        "A return of one of these months is already filed.",
    )

    @api.depends("form", "date_from", "date_to", "municipality_id", "filed_on", "number")
    @api.depends_context("lang")
    def _compute_description(self):
        words = dict(self._fields["form"]._description_selection(self.env))
        for filing in self:
            days = [day for day in (filing.date_from, filing.date_to) if day]
            name = " ".join(
                filter(
                    None,
                    (
                        words.get(filing.form),
                        filing.municipality_id.name,
                        " – ".join(dict.fromkeys(f"{day:%Y-%m}" for day in days)),
                    ),
                )
            )
            filing.description = self.env._(
                "%(name)s, filed on %(date)s with number %(number)s",
                name=name,
                date=Formats(self.env).day(filing.filed_on),
                number=filing.number or "",
            )

    def _compute_changed(self):
        # sudo: a sum of the ledger, for who reads the filing and may not read the items
        for filing in self.sudo():
            filing.changed = (filing._read_withheld_e4() - filing.withheld_e4) / 10_000

    def _read_withheld_e4(self):
        rows = self.env["mlm.co.withheld"]._get_draft(
            self.company_id, self.form, self.date_from, self.date_to, self.municipality_id
        )
        # sums of the ledger, which has no more than cents
        return sum(to_e4(f"{row['withheld']:.4f}") for row in rows if row["origin"] in DECLARED)

    @api.constrains("date_to")
    def _check_past(self):
        for filing in self:
            if filing.date_to >= fields.Date.context_today(self):
                raise ValidationError(
                    self.env._(
                        "%s has not ended yet: nothing of it can have been filed.",
                        f"{filing.date_to:%Y-%m}",
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            for name, day in (("date_from", 1), ("date_to", 31)):
                if vals.get(name):
                    vals[name] = fields.Date.to_date(vals[name]) + relativedelta(day=day)
        filings = super().create(vals_list)
        for filing in filings:
            # sudo: who notes a filing does not write its figures
            as_internal(filing.sudo()).write({"withheld_e4": filing._read_withheld_e4()})
        return filings

    @api.model
    def _get_filed(self, company, first, last, form=None):
        """Return the filings of a company that cover any of these days."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "filed"),
                ("date_from", "<=", last),
                ("date_to", ">=", first),
                *([("form", "=", form)] if form else []),
            ]
        )

    def action_withdraw(self):
        """Take back what was noted by mistake: by another person than who noted it."""
        user = self.env.user
        if not any(user.has_group(f"mlm_base.group_{role}") for role in ("accountant", "approver")):
            raise AccessError(
                self.env._(
                    "A filing is withdrawn by people with the role “Accountant” or “Approver”."
                )
            )
        self.check_access("read")
        for filing in self:
            if filing.state != "filed":
                raise UserError(self.env._("%s is withdrawn already.", filing.display_name))
            if user == filing.filed_by_id:
                raise UserError(
                    self.env._(
                        "You noted %s yourself. Somebody else has to withdraw it.",
                        filing.display_name,
                    )
                )
        # sudo: role, access and second person were checked; nobody else writes a filing
        as_internal(self.sudo()).write(
            {
                "state": "withdrawn",
                "withdrawn_by_id": user.id,
                "withdrawn_at": self.env.cr.now(),
            }
        )
