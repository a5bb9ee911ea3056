from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

from ...importing import columns
from ...importing.lines import Lines
from ...importing.relations import Relations
from ..distributor.mlm_distributor_papers import LATER

#: lines between two looks at the progress
_LINES = 5000
#: people created between two looks at the progress
_CHUNK = 1000
#: share of the time that the people take, before the network
_PEOPLE = 0.6


class MlmImport(models.Model):
    """A file of distributors: checked as a whole, then enrolled as a whole or not at all.

    The dry run says every bad line, with its remedy, and writes nothing of the network; the
    import does the same checks again. How far the work is stands in `mlm.import.progress`.
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
        help="Tree with the spots named in the file.",
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

    def _check_file(self):
        self._keep_result(*self._examine())

    def _keep_result(self, rows, problems):
        placed = sum(row["placement"] is not None for row in rows)
        self._store_result(len(rows), problems, placed_count=placed)

    def _examine(self):
        """Read the file and look for everything that stands against importing it.

        :return: ``(rows, problems)``: what `_enrol` needs of each line, and
            ``{"line", "column", "value", "message", "severity"}`` of each problem
        :raise UserError: the file is no file of distributors
        """
        self.ensure_one()
        report = self.env["mlm.import.progress"]._report
        report(self, "reading", 0)
        try:
            found = self._read_table(self._get_content(), columns.TABLE)
        except UserError as error:
            raise UserError(
                self.env._("%(file)s: %(problem)s", file=self.name, problem=error.args[0])
            ) from None
        lines = Lines(self)
        rows = []
        for index, (number, cells) in enumerate(found):
            if index % _LINES == 0:
                report(self, "checking", 0.5 * index / len(found))
            rows.append(lines.examine(number, cells))
        found.clear()
        report(self, "checking", 0.5)
        relations = Relations(self, rows, lines.add)
        relations.examine()
        problems = sorted(lines.problems, key=lambda one: one["line"])
        return rows, problems

    def _import_file(self):
        # once more: the network may have changed since the lines were checked
        rows, problems = self._examine()
        if any(problem["severity"] == "error" for problem in problems):
            self._keep_result(rows, problems)
            return
        people = self._create_people(rows)
        self.env["mlm.import.progress"]._report(self, "network", _PEOPLE)
        vals_list = [
            self._prepare_enrolment(row, partner_id)
            for row, partner_id in zip(rows, people, strict=True)
        ]
        rows.clear()  # a hundred thousand people twice would be half a gigabyte
        self.env["mlm.distributor"]._enrol(vals_list)
        # sudo: the result is written by the work only
        as_internal(self.sudo()).write({"state": "done", "finished_at": fields.Datetime.now()})

    def _create_people(self, rows):
        """Return the ids of the contacts of all rows, most of them new."""
        # numbers were checked line by line; the country's own check takes a statement each
        Partner = self.env["res.partner"].with_context(no_vat_validation=True)
        report = self.env["mlm.import.progress"]._report
        ids = [row.get("partner_id") for row in rows]
        new = [index for index, partner_id in enumerate(ids) if not partner_id]
        for start in range(0, len(new), _CHUNK):
            report(self, "people", _PEOPLE * start / len(new))
            chunk = new[start : start + _CHUNK]
            partners = Partner.create(
                [
                    {k: v for k, v in rows[index]["person"].items() if k != "document_type"}
                    for index in chunk
                ]
            )
            for index, partner in zip(chunk, partners, strict=True):
                ids[index] = partner.id
            self.env.flush_all()
            self.env.invalidate_all()
        return ids

    def _prepare_enrolment(self, row, partner_id):
        vals = {
            "company_id": self.company_id.id,
            "partner_id": partner_id,
            "kind": row["kind"],
            "reason": self.env._("Import %s", self.name),
            # who they are was examined line by line; what they signed is on paper elsewhere
            "examined": True,
            "acceptance": LATER,
        }
        for key in ("code", "joined_at", "is_root", "sponsor_code"):
            if row.get(key):
                vals[key] = row[key]
        if row.get("placement") is not None:
            vals["placement"] = {**row["placement"], "tree_id": self.tree_id.id}
        return vals


class MlmImportProgress(models.Model):
    """How far an import of distributors is."""

    _name = "mlm.import.progress"
    _description = "Progress of an Import"
    _inherit = ["mlm.file.import.progress"]
    _log_access = False

    import_id = fields.Many2one("mlm.import", required=True, ondelete="cascade")
    stage = fields.Selection(
        selection_add=[("people", "Writing the people"), ("network", "Writing the network")]
    )

    _import_uniq = models.Constraint("UNIQUE(import_id)", "One row for each import.")


class MlmImportProblem(models.Model):
    """A bad line of a file of distributors."""

    _name = "mlm.import.problem"
    _description = "Bad Line of an Import"
    _inherit = ["mlm.file.import.problem"]
    _log_access = False

    import_id = fields.Many2one("mlm.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id")

    def _get_headings(self):
        return columns.TABLE
