from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..exact import BigInteger
from ..internal import as_internal
from ..triggers import guard_proofs

#: What makes a file the one it is.
_FIXED = {"name", "raw", "datas", "db_datas", "res_model", "res_id", "res_field", "type", "url"}


class MlmProof(models.Model):
    """Files that prove something: the paper of a change, a signed contract, the inputs of a run.

    From the moment when a file is kept here nobody overwrites, renames, moves or deletes it;
    the database refuses it. A file that the law wants erased is released first, which lets
    it be deleted in the same transaction and stays on record.
    """

    _name = "mlm.proof"
    _description = "File Kept as Proof"
    _inherit = ["mlm.append.only"]
    _log_access = False
    _order = "id desc"

    # no many2one: what is erased leaves its number
    attachment = fields.Integer(
        string="Attachment (id)", required=True, index=True, aggregator=None
    )
    checksum = fields.Char(required=True, help="SHA-1 of the content when it was kept.")
    released_in = BigInteger(
        string="Released in (transaction)", help="Set: from here on it may be deleted."
    )

    def init(self):
        result = super().init()
        guard_proofs(self.env.cr)
        return result

    def _keep(self, attachments):
        """Keep files as they are from now on; those that are kept already stay so."""
        # sudo: the caller has made the record that they prove
        known = set(
            self.sudo().search([("attachment", "in", attachments.ids)]).mapped("attachment")
        )
        as_internal(self.sudo()).create(
            [
                {"attachment": one.id, "checksum": one.checksum}
                for one in attachments.sudo()
                if one.id not in known
            ]
        )

    def _release(self, attachments):
        """Let files be deleted in this transaction; the caller has checked who asks."""
        (current,) = self.env.execute_query(SQL("SELECT txid_current()"))[0]
        as_internal(self.sudo()).create(
            [
                {"attachment": one.id, "checksum": one.checksum, "released_in": current}
                for one in attachments.sudo()
            ]
        )


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        if not _FIXED.isdisjoint(vals):
            # before the name of a file is told
            self.check_access("write")
            self._mlm_refuse_proofs(vals)
        return super().write(vals)

    def unlink(self):
        self.check_access("unlink")
        self._mlm_refuse_proofs()
        return super().unlink()

    def _mlm_refuse_proofs(self, vals=None):
        """UserError when a file that proves something would not stay as it is.

        :param vals: values to be written, None to delete
        """
        (current,) = self.env.execute_query(SQL("SELECT txid_current()"))[0]
        # sudo: whoever may write the file need not read what it proves
        kept = self.env["mlm.proof"].sudo().search([("attachment", "in", self.ids)])
        freed = kept.filtered(lambda one: one.released_in == current).mapped("attachment")
        for file in self.browse(set(kept.mapped("attachment")) - set(freed)).sudo():
            same = vals is not None and all(
                name in file._fields
                and file._fields[name].convert_to_cache(value, file, validate=False)
                == file._fields[name].convert_to_cache(file[name], file, validate=False)
                for name, value in vals.items()
                if name in _FIXED
            )
            if not same:
                raise UserError(
                    self.env._(
                        "“%(file)s” is kept as proof: it is not changed, renamed, moved or"
                        " deleted. Upload another file beside it.",
                        file=file.name,
                    )
                )
