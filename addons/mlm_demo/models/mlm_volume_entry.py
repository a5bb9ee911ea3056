# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class MlmVolumeEntry(models.Model):
    _inherit = "mlm.volume.entry"

    @api.model
    def _get_late_condition(self):
        """What is played was paid on its day, whenever it is played."""
        return SQL(
            """%s AND NOT EXISTS (
                   SELECT FROM account_move_line line JOIN account_move move ON move.id = line.move_id
                    WHERE line.id = entry.move_line_id AND move.mlm_played_at IS NOT NULL)""",
            super()._get_late_condition(),
        )
