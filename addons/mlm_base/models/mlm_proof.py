from odoo import fields, models
from odoo.tools import SQL

from ..exact import BigInteger
from ..internal import as_internal
from ..triggers import guard_proofs


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
        string="Released in (transaction)", help="If set, it may be deleted from then on."
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
        current = self._get_transaction()
        as_internal(self.sudo()).create(
            [
                {"attachment": one.id, "checksum": one.checksum, "released_in": current}
                for one in attachments.sudo()
            ]
        )

    def _get_transaction(self):
        return self.env.execute_query(SQL("SELECT txid_current()"))[0][0]

    def _get_fixed(self, attachments):
        """Return those of ``attachments`` that stay as they are in this transaction."""
        # sudo: whoever may write a file need not read what it proves
        kept = self.sudo().search([("attachment", "in", attachments.ids)])
        if not kept:
            return attachments.browse()
        current = self._get_transaction()
        freed = kept.filtered(lambda one: one.released_in == current)
        fixed = set(kept.mapped("attachment")) - set(freed.mapped("attachment"))
        return attachments.filtered(lambda one: one.id in fixed)
