from odoo import api, fields, models

# who sees what a person signed
SEES_PAPERS = "mlm_base.group_support,mlm_base.group_auditor"


class MlmDistributor(models.Model):
    """What this person accepted, and what waits to be accepted."""

    _inherit = "mlm.distributor"

    acceptance_ids = fields.One2many(
        "mlm.contract.acceptance",
        "distributor_id",
        string="Accepted Contracts",
        groups=SEES_PAPERS,
    )
    identity_document_ids = fields.One2many(
        "mlm.identity.document",
        "distributor_id",
        string="Identity Documents",
        groups=SEES_PAPERS,
    )
    waiting_contract_ids = fields.Many2many(
        "mlm.contract",
        string="Contracts to Accept",
        compute="_compute_waiting_contract_ids",
        compute_sudo=True,
        help="Texts in force that this person has not accepted, or only in an older version.",
    )

    @api.depends("acceptance_ids", "kind", "state", "partner_id", "company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_waiting_contract_ids(self):
        accepted = self._get_accepted_contracts()
        Contract = self.env["mlm.contract"]
        for (company, kind), members in self.grouped(lambda m: (m.company_id, m.kind)).items():
            wanted = Contract._get_for_member(company, kind)
            for member in members:
                if member.state == "terminated" or not member._is_home():
                    member.waiting_contract_ids = False
                else:
                    member.waiting_contract_ids = wanted - accepted.get(member._origin.id, Contract)

    def _get_accepted_contracts(self):
        """Return the texts in force that the present holder of each membership accepted:
        ``{id: contracts}``. What an earlier holder accepted binds nobody else."""
        # sudo: which texts wait is no secret among those who see the membership
        acceptances = (
            self.env["mlm.contract.acceptance"]
            .sudo()
            .search([("distributor_id", "in", self.ids), ("contract_id.state", "=", "published")])
        )
        since = {
            row.distributor_id.id: row.valid_from
            for row in self.env["mlm.holder"]
            .sudo()
            .search(
                [
                    ("distributor_id", "in", acceptances.distributor_id.ids),
                    ("role", "=", "holder"),
                    ("superseded_at", "=", False),
                    ("valid_to", "=", False),
                    ("event_id.kind", "=", "transferred"),
                ]
            )
        }
        own = acceptances.filtered(
            lambda one: one.accepted_at >= since.get(one.distributor_id.id, one.accepted_at)
        )
        return {
            member.id: accepted.contract_id
            for member, accepted in own.grouped("distributor_id").items()
        }

    def action_accept_contracts(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Accept Contracts"),
            "res_model": "mlm.contract.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_distributor_id": self.id},
        }
