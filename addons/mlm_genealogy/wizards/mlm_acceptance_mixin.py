from odoo import fields, models
from odoo.exceptions import UserError


class MlmAcceptanceMixin(models.AbstractModel):
    """How staff saw that somebody accepts the texts in force, for two wizards."""

    _name = "mlm.acceptance.mixin"
    _description = "Acceptance before Staff"

    contract_ids = fields.Many2many(
        "mlm.contract", string="Texts in Force", compute="_compute_contract_ids"
    )
    acceptance = fields.Selection(
        [("paper", "Signed document, uploaded here"), ("in_person", "Accepted in person")],
        string="How It Was Accepted",
    )
    signed_document = fields.Binary(attachment=False)
    signed_document_name = fields.Char()

    def _compute_contract_ids(self):
        """Set the texts that wait; each wizard says for whom."""
        raise NotImplementedError()

    def _ensure_accepted(self):
        self.ensure_one()
        if not self.contract_ids:
            return
        if not self.acceptance:
            raise UserError(
                self.env._(
                    "%s must be accepted: upload the signed paper, or confirm that it was"
                    " accepted in person.",
                    ", ".join(self.contract_ids.mapped("display_name")),
                )
            )
        if self.acceptance == "paper" and not self.signed_document:
            raise UserError(self.env._("Upload the signed document."))

    def _prepare_acceptance(self):
        """Return what was accepted, as `mlm.distributor._enrol` takes it."""
        document = None
        if self.contract_ids and self.acceptance == "paper":
            document = self._create_paper(self.signed_document, self.signed_document_name)
        return {"contracts": self.contract_ids, "channel": "staff", "document": document}

    def _accept_for(self, distributor):
        """Record the acceptance of the texts for ``distributor``."""
        distributor._accept_enrolled([{"acceptance": self._prepare_acceptance()}])

    def _create_paper(self, content, name):
        self.env["mlm.identity.document"]._ensure_acceptable(content)
        # sudo: the paper belongs to an acceptance, which only the server writes
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name or self.env._("Signed contract"),
                    "datas": content,
                    "res_model": "mlm.contract.acceptance",
                }
            )
        )
