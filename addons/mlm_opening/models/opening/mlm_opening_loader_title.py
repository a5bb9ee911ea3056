# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.mlm_base.importing.headings import Headings, plain

HEADINGS = Headings(
    {
        "code": ("código", "code", "código del distribuidor", "distributor code"),
        "title": ("rango", "title", "título", "rank", "rango máximo", "title rank"),
        "paid": (
            "rango de pago",
            "paid-as rank",
            "paid as",
            "rango pagado",
            "rango del último ciclo",
        ),
    },
    ("code", "title"),
)


class MlmOpeningLoaderTitle(models.AbstractModel):
    """The highest rank reached, and the one paid in the last cycle of the old system."""

    _name = "mlm.opening.loader.title"
    _description = "Opening: Title Ranks"
    _inherit = ["mlm.opening.loader"]

    _headings = HEADINGS
    _read_by_runs = True

    def _get_example(self):
        return {"code": "10001", "title": "oro", "paid": "plata"}

    def _examine(self, job, lines):
        members = job.members(lines)
        known, names = self._get_ranks(job.record)
        taken = {
            row[0]
            for row in self.env.execute_query(
                SQL(
                    "SELECT distributor_id FROM mlm_opening"
                    " WHERE company_id = %s AND kind IN ('title', 'paid')",
                    job.company.id,
                )
            )
        }
        rows, seen = [], {}
        for line, cells in lines:
            code = job.text(line, cells, "code")
            ranks = {
                "title": job.choice(
                    line, "title", job.text(line, cells, "title", required=True), known, names
                ),
                "paid": job.choice(line, "paid", job.text(line, cells, "paid"), known, names),
            }
            if code not in members:
                continue
            job.once(seen, line, "code", code, code)
            if members[code] in taken:
                job.add(
                    line,
                    "code",
                    code,
                    self.env._("This person already has an opening rank. Undo that first."),
                )
            rows += [
                {
                    "company_id": job.company.id,
                    "network_id": job.network.id,
                    "import_id": job.record.id,
                    "kind": kind,
                    "distributor_id": members[code],
                    "measure": rank,
                }
                for kind, rank in ranks.items()
                if rank
            ]
        return rows

    def _get_ranks(self, record):
        """Return ranks by code and by name in both languages, and the codes."""
        ranks = self._get_version(record)._plan()["ranks"]
        known = {}
        for rank in ranks:
            for name in (*rank["name"].values(), rank["code"]):
                known[plain(name)] = rank["code"]
        return known, [rank["code"] for rank in ranks]

    def _store(self, record, file, rows, tell):
        self._create_rows("mlm.opening", rows, tell)

    def _remove(self, record, file):
        # sudo: the opening was loaded by its work, and is taken back by it
        self.env["mlm.opening"].sudo().search(
            [("import_id", "=", record.id), ("kind", "in", ("title", "paid"))]
        ).unlink()
