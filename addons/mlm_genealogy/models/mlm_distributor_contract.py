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

    @api.depends("acceptance_ids", "kind", "state")
    def _compute_waiting_contract_ids(self):
        accepted = dict(
            self.env["mlm.contract.acceptance"]._read_group(
                [("distributor_id", "in", self.ids), ("contract_id.state", "=", "published")],
                ["distributor_id"],
                ["contract_id:recordset"],
            )
        )
        Contract = self.env["mlm.contract"]
        for (company, kind), members in self.grouped(lambda m: (m.company_id, m.kind)).items():
            wanted = Contract._get_for_member(company, kind)
            for member in members:
                if member.state == "terminated":
                    member.waiting_contract_ids = False
                else:
                    member.waiting_contract_ids = wanted - accepted.get(member._origin, Contract)

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
