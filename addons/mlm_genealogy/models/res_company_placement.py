from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _mlm_move_counts_from(self, moment):
        """Return in words from when on a move of a position counts.

        :param moment: naive UTC datetime at which it takes effect
        """
        self.ensure_one()
        return self.env._("Counts from %s on.", self._mlm_local_text(moment))
