# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmNetwork(models.Model):
    _inherit = "mlm.network"
    _free = ("audit_policy", "audit_whole", "audit_sample")

    audit_policy = fields.Selection(
        [
            ("required", "Only when both calculations agree"),
            ("reason", "With a reason where they do not agree or were not compared"),
        ],
        string="Approval and audit",
        required=True,
        default="required",
        help="A submitted run is recomputed by the reference calculator. This says what its"
        " verdict means for the approval.",
    )
    audit_whole = fields.Integer(
        string="Recompute everybody up to",
        default=100_000,
        help="The reference calculator goes person by person: in a larger network it recomputes"
        " a sample.",
    )
    audit_sample = fields.Integer(
        string="People of a sample",
        default=500,
        help="Drawn by chance, half of them among those who are paid.",
    )
