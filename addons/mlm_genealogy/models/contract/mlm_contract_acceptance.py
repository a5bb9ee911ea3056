from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

CHANNELS = [
    ("staff", "Staff"),
    ("portal", "Portal"),
    ("referral", "Referral Link"),
]


class MlmContractAcceptance(models.Model):
    """Who accepted which text, when, from where, and what it said word for word."""

    _name = "mlm.contract.acceptance"
    _description = "Accepted Contract"
    _inherit = ["mlm.append.only"]
    _order = "accepted_at desc, id desc"
    _rec_name = "contract_id"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="restrict"
    )
    contract_id = fields.Many2one("mlm.contract", required=True, index=True, ondelete="restrict")
    kind = fields.Selection(related="contract_id.kind")
    accepted_at = fields.Datetime(string="Accepted on", required=True)
    ip_address = fields.Char(string="IP Address")
    channel = fields.Selection(CHANNELS, required=True)
    lang = fields.Char(string="Language", required=True)
    text_digest = fields.Char(
        string="Digest of the Text",
        required=True,
        help="SHA-256 of version, title and text in the language in which it was accepted.",
    )
    attachment_id = fields.Many2one("ir.attachment", string="Signed Document", ondelete="restrict")
    is_text_intact = fields.Boolean(
        string="Text Unchanged",
        compute="_compute_is_text_intact",
        help="The text of this version still has the digest that was accepted.",
    )

    def _compute_is_text_intact(self):
        for acceptance in self:
            contract = acceptance.contract_id.with_context(lang=acceptance.lang)
            acceptance.is_text_intact = contract._get_text_digest() == acceptance.text_digest

    @api.model
    def _accept(self, distributor, contracts, channel, ip=None, document=None, accepted_at=None):
        """Record that a person accepts texts, in the language of the context.

        The caller has checked that it is this person who accepts, or staff who saw it.

        :param distributor: one `mlm.distributor`
        :param contracts: `mlm.contract`, published ones; what was accepted before is left out
        :param str channel: ``staff``, ``portal`` or ``referral``
        :param ip: address from which it was accepted, or None
        :param document: `ir.attachment` of the signed paper, or None
        :param accepted_at: naive UTC datetime, by default now
        :raise UserError: a text is not in force
        :return: the acceptances, as sudo records
        """
        distributor.ensure_one()
        # sudo: acceptances are written here only; the texts are no secret
        acceptances = self.sudo()
        lang = self.env.lang or distributor.partner_id.lang or "en_US"
        contracts = contracts.sudo().with_context(lang=lang)
        for contract in contracts:
            if contract.state != "published" or contract.company_id != distributor.company_id:
                raise UserError(
                    self.env._(
                        "%s is not in force. Use the published version.",
                        contract.display_name,
                    )
                )
        known = distributor._get_accepted_contracts()
        contracts -= known.get(distributor.id, contracts.browse())
        accepted_at = accepted_at or fields.Datetime.now()
        records = as_internal(acceptances).create(
            [
                {
                    "company_id": distributor.company_id.id,
                    "distributor_id": distributor.id,
                    "contract_id": contract.id,
                    "accepted_at": accepted_at,
                    "ip_address": ip,
                    "channel": channel,
                    "lang": lang,
                    "text_digest": contract._get_text_digest(),
                    "attachment_id": document.id if document else False,
                }
                for contract in contracts
            ]
        )
        if document and records:
            # before the event, which keeps the paper as it is
            document.res_id = records[:1].id
            document.flush_recordset()
        for contract in contracts:
            distributor._record_event(
                "contract_accepted",
                accepted_at,
                after={"contract_id": contract.id, "contract": contract.number},
                document=document,
            )
        distributor.invalidate_recordset(["acceptance_ids", "waiting_contract_ids"])
        return records
