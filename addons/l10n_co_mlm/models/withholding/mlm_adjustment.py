# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

#: What the payee has declared in writing about a withholding that is to be taken back.
DECLARED = ("mlm_co_unclaimed", "mlm_co_unclaimed_file", "mlm_co_unclaimed_name")


class MlmAdjustment(models.Model):
    """A withholding of an earlier year is given back to who has not claimed it, and will not
    (D. 1189/1988 art. 5; RULES 36)."""

    _inherit = "mlm.adjustment"
    _free = DECLARED

    mlm_co_unclaimed = fields.Boolean(
        string="Withholding Not Claimed",
        copy=False,
        tracking=True,
        help="The person has declared in writing that the withholding was not and will not be "
        "claimed in a tax return.",
    )
    mlm_co_unclaimed_file = fields.Binary(
        string="Declaration of the Person", attachment=True, copy=False
    )
    mlm_co_unclaimed_name = fields.Char(string="Name of the Declaration", copy=False)
    mlm_co_is_later_year = fields.Boolean(
        string="Of an Earlier Year", compute="_compute_mlm_co_is_later_year"
    )

    @api.depends("accounting_date", "reverses_id.accounting_date", "company_id")
    def _compute_mlm_co_is_later_year(self):
        today = self.env["mlm.period"]._today
        for adjustment in self:
            day = adjustment.accounting_date or today(adjustment.network_id)
            adjustment.mlm_co_is_later_year = adjustment._mlm_co_is_later(day)

    def _mlm_co_is_later(self, day):
        """Whether it takes back what was posted in an earlier calendar year than that day's."""
        self.ensure_one()
        original = self.reverses_id
        return (
            self.company_id.country_code == "CO"
            and bool(original)
            and day.year > original.accounting_date.year
        )

    def _get_changeable(self):
        changeable = super()._get_changeable()
        return changeable.union(DECLARED) if self.reverses_id else changeable

    def _post_adjustments(self, decider):
        for adjustment in self:
            if adjustment.mlm_co_unclaimed and not adjustment.mlm_co_unclaimed_file:
                raise UserError(
                    self.env._(
                        "%s says that the withholding was not claimed. Attach what the person has"
                        " declared in writing.",
                        adjustment.display_name,
                    )
                )
        return super()._post_adjustments(decider)
