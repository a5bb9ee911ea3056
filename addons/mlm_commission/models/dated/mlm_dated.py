# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal


class MlmDated(models.AbstractModel):
    """A posting whose date needs a second person: it leaves the fiscal year of what it is for,
    or falls into a time that is closed for whoever was told its figures (RULES 64).

    A problem has a key that names company, month and cause, so that what was allowed holds for
    that and for no other month or cause. A country's add-on extends `_get_date_problems`.
    """

    _name = "mlm.dated"
    _description = "Date Allowed by a Second Person"

    date_problem = fields.Text(
        compute="_compute_date_problem", string="Why the Date Needs a Second Person"
    )
    date_allowed_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", tracking=True
    )
    date_allowed_at = fields.Datetime(readonly=True, copy=False)
    date_allowed_reason = fields.Text(string="Why It Was Allowed", readonly=True, copy=False)
    date_allowed_keys = fields.Json(
        readonly=True, copy=False, help="The problems that were allowed: company, month and cause."
    )

    @api.depends("date_allowed_keys")
    @api.depends_context("lang")
    def _compute_date_problem(self):
        for record in self:
            # sudo: which days are locked or filed is no secret of whoever reads the posting
            problems = record.sudo()._get_open_date_problems(record.sudo()._get_posting_days())
            record.date_problem = "\n".join(problems.values()) or False

    # -- what each model says --------------------------------------------------

    def _get_posting_days(self):
        """Return ``{company: day that its entries would carry now}``, empty once posted."""
        raise NotImplementedError

    def _get_day_due(self):
        """Return the day of what is posted, in whose fiscal year its entries belong."""
        raise NotImplementedError

    def _get_date_askers(self):
        """Return the users who have a hand in the posting and cannot allow its date."""
        raise NotImplementedError

    # -- what is wrong with a date ---------------------------------------------

    def _get_date_problems(self, company, date):
        """Return ``{key: sentence}`` of why entries of a company may not carry this date."""
        self.ensure_one()
        due = self._get_day_due()
        if company.compute_fiscalyear_dates(date) == company.compute_fiscalyear_dates(due):
            return {}
        formats = Formats(self.env)
        return {
            self._get_date_key(company, date, "year"): self.env._(
                "%(company)s: %(name)s is of %(due)s and its entries would be dated %(date)s, in"
                " another fiscal year.",
                company=company.display_name,
                name=self.display_name,
                due=formats.day(due),
                date=formats.day(date),
            )
        }

    def _get_date_key(self, company, date, cause):
        return f"{company.id} {date:%Y-%m} {cause}"

    def _get_open_date_problems(self, days):
        """Return the problems of these days that nobody has allowed.

        :param dict days: ``{company: date}``
        """
        self.ensure_one()
        allowed = set(self.date_allowed_keys or ())
        return {
            key: text
            for company, date in days.items()
            for key, text in self._get_date_problems(company, date).items()
            if key not in allowed
        }

    def _ensure_date_allowed(self, days):
        """UserError that names what is wrong with these days and the remedy."""
        problems = self._get_open_date_problems(days)
        if problems:
            remedy = self.env._(
                "Choose another accounting date, or have somebody else press “Allow this date” on"
                " %s.",
                self.display_name,
            )
            raise UserError("\n".join([*problems.values(), remedy]))

    # -- the second person -------------------------------------------------------

    def action_allow_date(self):
        """Ask why the date is allowed."""
        self._ensure_may_allow_date()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Allow this date"),
            "res_model": "mlm.date.allow",
            "view_mode": "form",
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_ids": self.ids},
        }

    def _ensure_may_allow_date(self):
        """AccessError or UserError where the user may not allow the date of these."""
        user = self.env.user
        if not any(user.has_group(f"mlm_base.group_{role}") for role in ("approver", "accountant")):
            raise AccessError(
                self.env._(
                    "The date is allowed by people with the role “Approver” or “Accountant”."
                )
            )
        self.check_access("read")
        for record in self:
            # sudo: users only
            if user in record.sudo()._get_date_askers():
                raise UserError(
                    self.env._(
                        "You have a hand in %s yourself. Somebody else has to allow its date.",
                        record.display_name,
                    )
                )

    def _allow_date(self, reason):
        """Keep who allows what is wrong with the date now, when and why."""
        self._ensure_may_allow_date()
        for record in self:
            # sudo: role, access and second person were checked; who allows does not write
            own = record.sudo()
            problems = own._get_open_date_problems(own._get_posting_days())
            if not problems:
                raise UserError(
                    self.env._("The date of %s needs nobody's consent.", record.display_name)
                )
            as_internal(own).write(
                {
                    "date_allowed_by_id": self.env.uid,
                    "date_allowed_at": self.env.cr.now(),
                    "date_allowed_reason": reason,
                    "date_allowed_keys": sorted({*(own.date_allowed_keys or ()), *problems}),
                }
            )
            own.message_post(
                body=self.env._(
                    "%(user)s allowed this date: %(problems)s Reason: %(reason)s",
                    user=self.env.user.name,
                    problems=" ".join(problems.values()),
                    reason=reason,
                )
            )
