from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.formats import Formats


class ResCompany(models.Model):
    _inherit = "res.company"
    _free = ("mlm_heir_months",)

    mlm_heir_months = fields.Integer(
        string="Months for the Heirs",
        default=12,
        help="How long after a death an heir may take over the membership. Zero: no limit.",
    )

    def _mlm_earliest_change(self):
        """Return the moment (naive UTC) before which nothing of the network changes.

        None without a limit. Where cycles are computed, it is the start of the first
        one that is not closed: what was paid keeps the network that it was paid on.
        """
        self.ensure_one()

    def _mlm_close_moment(self):
        """Return the moment (naive UTC) at which a departure takes effect by default:
        now, or the end of the present cycle where there are cycles."""
        self.ensure_one()
        return fields.Datetime.now()

    def _mlm_ensure_open(self, moment, record):
        """Refuse a change that would alter a time that is closed.

        :param moment: naive UTC datetime
        :param record: whose change it is, for the message
        """
        self.ensure_one()
        earliest = self._mlm_earliest_change()
        if earliest and moment < earliest:
            raise UserError(
                self.env._(
                    "%(name)s: %(date)s lies in a closed cycle, which keeps the network"
                    " that it was computed on. Choose %(earliest)s or later.",
                    name=record.display_name,
                    date=self._mlm_local_text(moment),
                    earliest=self._mlm_local_text(earliest),
                )
            )

    def _mlm_local_text(self, moment):
        """Return a naive UTC moment as people of the network write it."""
        return Formats(self.env).moment(moment, self.mlm_tz)
