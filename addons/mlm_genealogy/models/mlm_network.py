from odoo import fields, models
from odoo.exceptions import UserError


class MlmNetwork(models.Model):
    """Up to when the past of a network is fixed, and when changes take effect."""

    _inherit = "mlm.network"
    _free = ("heir_months",)

    heir_months = fields.Integer(
        string="Months for the Heirs",
        default=12,
        help="How many months after a death an heir can take over the membership. Zero: no limit.",
    )

    def _earliest_change(self):
        """Return the moment (naive UTC) before which nothing of the network changes.

        None without a limit. Where cycles are computed, it is the start of the first
        one that is not closed: what was paid keeps the network that it was paid on.
        """
        self.ensure_one()

    def _close_moment(self):
        """Return the moment (naive UTC) at which a departure takes effect by default:
        now, or the end of the present cycle where there are cycles."""
        self.ensure_one()
        return fields.Datetime.now()

    def _move_counts_from(self, moment):
        """Return in words from when on a move of a position counts.

        :param moment: naive UTC datetime at which it takes effect
        """
        self.ensure_one()
        return self.env._("Counts from %s on.", self._local_text(moment))

    def _ensure_open(self, moment, record):
        """Refuse a change that would alter a time that is closed.

        :param moment: naive UTC datetime
        :param record: whose change it is, for the message
        """
        self.ensure_one()
        earliest = self._earliest_change()
        if earliest and moment < earliest:
            raise UserError(
                self.env._(
                    "%(name)s: %(date)s is in a closed cycle, which keeps the network it was "
                    "computed on. Choose %(earliest)s or later.",
                    name=record.display_name,
                    date=self._local_text(moment),
                    earliest=self._local_text(earliest),
                )
            )
