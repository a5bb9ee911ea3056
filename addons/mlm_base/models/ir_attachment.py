from odoo import models
from odoo.exceptions import UserError

#: What makes a file the one it is.
_FIXED = {"name", "raw", "datas", "db_datas", "res_model", "res_id", "res_field", "type", "url"}


class IrAttachment(models.Model):
    """Files that prove something stay as they are, see `mlm.proof`."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if not _FIXED.isdisjoint(vals):
            # before the name of a file is told
            self.check_access("write")
            for file in self.env["mlm.proof"]._get_fixed(self).sudo():
                if file._mlm_would_change(vals):
                    file._mlm_refuse_change()
        return super().write(vals)

    def unlink(self):
        self.check_access("unlink")
        for file in self.env["mlm.proof"]._get_fixed(self).sudo():
            file._mlm_refuse_change()
        return super().unlink()

    def _mlm_would_change(self, vals):
        """Whether any of the values that make the file would be another one."""
        for name in _FIXED.intersection(vals):
            field = self._fields[name]
            new = field.convert_to_cache(vals[name], self, validate=False)
            if new != field.convert_to_cache(self[name], self, validate=False):
                return True
        return False

    def _mlm_refuse_change(self):
        raise UserError(
            self.env._(
                "“%(file)s” is kept as proof: it is not changed, renamed, moved or"
                " deleted. Upload another file beside it.",
                file=self.name,
            )
        )
