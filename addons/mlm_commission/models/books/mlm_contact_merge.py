# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import BigInteger


class MlmContactMerge(models.Model):
    """A merge of contacts of which one stands in sealed journal entries.

    The guard of the entries lets the person be replaced in the transaction of the row,
    and in no other. Ids only: the contact that was merged is gone, and a name on record
    for ever could not be erased.
    """

    _name = "mlm.contact.merge"
    _description = "Merge of a Contact in Sealed Entries"
    _inherit = ["mlm.append.only"]
    _log_access = False
    _order = "id desc"

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    source_id = fields.Integer(string="Contact Merged (id)", required=True, aggregator=None)
    target_id = fields.Integer(string="Contact Kept (id)", required=True, aggregator=None)
    transaction = BigInteger(required=True)

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        raise AccessError(self.env._("Use the contact merge wizard to merge contacts."))

    @api.model
    def _open_guard(self, sources, target):
        """Let ``sources`` become ``target`` in sealed entries, in this transaction."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mlm_contact_merge
                       (company_id, source_id, target_id, transaction, author_id, recorded_at)
                SELECT seal.company_id, named.partner_id, %(target)s, txid_current(),
                       %(author)s, now() AT TIME ZONE 'UTC'
                  FROM (SELECT move_id, partner_id FROM account_move_line
                         UNION ALL SELECT id, partner_id FROM account_move) AS named
                  JOIN mlm_sealed_move AS seal ON seal.move_id = named.move_id
                 WHERE named.partner_id = ANY(%(sources)s)
                 GROUP BY seal.company_id, named.partner_id
                """,
                target=target.id,
                author=self.env.uid,
                sources=sources.ids,
            )
        )
