from odoo import api, fields, models


class MlmImport(models.Model):
    """A file of distributors: checked as a whole, then enrolled as a whole or not at all.

    How far the work is stands in `mlm.import.progress`.
    """

    _name = "mlm.import"
    _description = "Import of Distributors"
    _inherit = ["mlm.file.import"]

    _progress = "mlm.import.progress"
    _cron = "mlm_genealogy.cron_import"
    _counts = ("row_count", "bad_count", "warning_count", "placed_count")
    _free = ("file", "file_name", "tree_id")

    name = fields.Char(string="File Name", compute="_compute_name", store=True)
    file = fields.Binary(attachment=True, required=True)
    file_name = fields.Char(string="Name of the File")
    tree_id = fields.Many2one(
        "mlm.tree",
        string="Placement Tree",
        domain="[('network_id.company_ids', '=', company_id)]",
        ondelete="restrict",
        compute="_compute_tree_id",
        store=True,
        readonly=False,
        help="Tree of the spots that the file names.",
    )
    placed_count = fields.Integer(string="With a Spot", readonly=True)
    problem_ids = fields.One2many("mlm.import.problem", "import_id", readonly=True)

    @api.depends("file_name")
    def _compute_name(self):
        for record in self:
            record.name = record.file_name or self.env._("Import")

    @api.depends("company_id")
    def _compute_tree_id(self):
        for record in self:
            record.tree_id = self.env["mlm.tree"].search(
                [("network_id", "=", record.company_id.mlm_network_id.id)], limit=1
            )

    def _get_file_fields(self):
        return super()._get_file_fields() | {"file", "tree_id"}

    def action_view_problems(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bad lines of %s", self.name),
            "res_model": "mlm.import.problem",
            "view_mode": "list",
            "domain": [("import_id", "=", self.id)],
        }

    def action_download_problems(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/mlm/import/{self.id}/problems",
            "target": "download",
        }

    def action_download_template(self):
        return {"type": "ir.actions.act_url", "url": "/mlm/import/template", "target": "download"}

    def _get_content(self):
        self.ensure_one()
        return self._decode_file(self.with_context(bin_size=False).file)
