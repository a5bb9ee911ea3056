# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, models

from ...move_guard import MOVE_COLUMNS

ITEMS = ("line_ids", "invoice_line_ids")


def changes(record, vals, names):
    """Whether ``vals`` bring another value of one of these fields than ``record`` has."""
    for name in names:
        field = record._fields[name]
        if name not in vals:
            continue
        if field.type == "many2many":
            if record.new({name: vals[name]})[name]._origin != record[name]:
                return True
        elif field.convert_to_cache(vals[name], record) != field.convert_to_cache(
            record[name], record
        ):
            return True
    return False


class AccountMove(models.Model):
    """Entries that the suite posted say in words that they stay as they are.

    The database refuses it (`move_guard.py`); this is for people.
    """

    _inherit = "account.move"

    def _mlm_seals(self):
        return self.env["mlm.sealed.move"]._of_moves(self)

    def write(self, vals):
        names = [name for name in MOVE_COLUMNS if name in vals]
        items = [name for name in ITEMS if name in vals]
        if names or items:
            for seal in self._mlm_seals():
                move = seal.move_id
                if changes(move, vals, names) or any(
                    move._mlm_changes_items(vals[name]) for name in items
                ):
                    seal._refuse()
        return super().write(vals)

    def _mlm_changes_items(self, commands):
        """Whether x2many commands add, drop or change items of this sealed entry."""
        lines = self.line_ids
        for item in commands or ():
            command, line_id, values = (*item, 0, 0)[:3]
            if command == Command.UPDATE:
                if lines.browse(line_id)._mlm_changed_by(values):
                    return True
            elif command == Command.SET:
                if set(values) != set(lines.ids):
                    return True
            elif command != Command.LINK or line_id not in lines.ids:
                return True
        return False

    def unlink(self):
        self._mlm_seals()._refuse()
        return super().unlink()

    def _check_draftable(self):
        self._mlm_seals()._refuse()
        return super()._check_draftable()

    def _sql_error_to_message(self, exc):
        return self.env["mlm.sealed.move"]._refusal_of_error(exc) or super()._sql_error_to_message(
            exc
        )
