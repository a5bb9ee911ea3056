from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.documents.workbook import SHEET_ROWS
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal


class MlmExportWizard(models.TransientModel):
    """All distributors as a file that an import reads again."""

    _name = "mlm.export.wizard"
    _description = "Export of Distributors to a File"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    tree_id = fields.Many2one(
        "mlm.tree",
        string="Placement Tree",
        domain="[('network_id.company_ids', '=', company_id)]",
        compute="_compute_tree_id",
        store=True,
        readonly=False,
    )
    kind = fields.Selection(
        [("xlsx", "Workbook (XLSX)"), ("csv", "Text (CSV)")],
        string="File Type",
        required=True,
        default="xlsx",
    )
    reason = fields.Char(
        required=True, help="What the data is for: each export goes on record with its reason."
    )
    row_count = fields.Integer(string="Distributors", compute="_compute_row_count")

    @api.depends("company_id")
    def _compute_tree_id(self):
        for wizard in self:
            wizard.tree_id = self.env["mlm.tree"].search(
                [("network_id", "=", wizard.company_id.mlm_network_id.id)], limit=1
            )

    @api.depends("company_id")
    def _compute_row_count(self):
        for wizard in self:
            wizard.row_count = self.env["mlm.distributor"].search_count(
                [("company_id", "=", wizard.company_id.id), ("state", "!=", "terminated")]
            )

    def action_export(self):
        """Put the export on record and download the file."""
        self.ensure_one()
        self.check_access("write")
        if self.kind == "xlsx" and self.row_count > SHEET_ROWS:
            raise UserError(
                self.env._(
                    "A workbook holds %s lines at most. Choose CSV, which has no limit.",
                    Formats(self.env).number(SHEET_ROWS),
                )
            )
        # sudo: the log is written by the export only
        log = as_internal(self.env["mlm.export.log"].sudo()).create(
            {
                "company_id": self.company_id.id,
                "tree_id": self.tree_id.id,
                "kind": self.kind,
                "row_count": self.row_count,
                "reason": self.reason,
            }
        )
        return {"type": "ir.actions.act_url", "url": f"/mlm/export/{log.id}", "target": "download"}
