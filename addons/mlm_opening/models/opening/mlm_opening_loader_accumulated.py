# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine import measures

from odoo import models

from odoo.addons.mlm_base.importing.headings import Headings, plain

HEADINGS = Headings(
    {
        "code": ("código", "code", "código del distribuidor", "distributor code"),
        "measure": ("medida", "measure", "código de la medida", "measure code"),
        "value": ("valor", "value", "volumen", "volume", "acumulado"),
    },
    ("code", "measure", "value"),
)


class MlmOpeningLoaderAccumulated(models.AbstractModel):
    """What a measure of the plan that accumulates starts with."""

    _name = "mlm.opening.loader.accumulated"
    _description = "Opening: Accumulated Volume"
    _inherit = ["mlm.opening.loader"]

    _headings = HEADINGS
    _figures = ("value",)
    _read_by_runs = True

    def _get_example(self):
        return {"code": "10001", "measure": "lifetime_gv", "value": "125000"}

    def _examine(self, job, lines):
        _ = self.env._
        members = job.members(lines)
        codes = self._get_measures(job.record)
        # sudo: what was brought before counts, whoever sees it
        taken = {
            (one.distributor_id.id, one.measure)
            for one in self.env["mlm.opening"]
            .sudo()
            .search([("company_id", "=", job.company.id), ("kind", "=", "accumulated")])
        }
        rows, seen = [], {}
        for line, cells in lines:
            code = job.text(line, cells, "code")
            text = job.text(line, cells, "measure", required=True)
            measure = job.choice(
                line, "measure", text, {plain(one): one for one in codes}, list(codes)
            )
            value_e4 = job.number(line, cells, "value", required=True)
            if measure and not codes[measure] and value_e4 % 10_000:
                job.add(
                    line,
                    "value",
                    cells["value"],
                    _("This measure is a count: write a whole number."),
                )
            if code not in members or not measure:
                continue
            job.once(seen, line, "code", (code, measure), code)
            if (members[code], measure) in taken:
                job.add(
                    line,
                    "code",
                    code,
                    _("This person already has an opening of this measure. Undo that first."),
                )
            if value_e4:
                rows.append(
                    {
                        "company_id": job.company.id,
                        "network_id": job.network.id,
                        "import_id": job.record.id,
                        "kind": "accumulated",
                        "distributor_id": members[code],
                        "measure": measure,
                        "value_e4": value_e4,
                    }
                )
        return rows

    def _get_measures(self, record):
        """Return ``{code: whether it is a volume}`` of the measures that accumulate ever
        since; those over some periods begin with what is computed here."""
        plan = self._get_version(record)._plan()
        declared = [plan["measures"][place] for place in measures.going_on(plan)]
        return {measure["code"]: measure["volume"] for measure in declared}

    def _store(self, record, file, rows, tell):
        self._create_rows("mlm.opening", rows, tell)

    def _remove(self, record, file):
        # sudo: the opening was loaded by its work, and is taken back by it
        self.env["mlm.opening"].sudo().search(
            [("import_id", "=", record.id), ("kind", "=", "accumulated")]
        ).unlink()
