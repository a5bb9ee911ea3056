# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.mlm_base.importing.headings import Headings

HEADINGS = Headings(
    {
        "code": ("código", "code", "código del distribuidor", "distributor code"),
        "period": ("período", "period", "ciclo", "cycle"),
        "start": ("desde", "from", "primer día", "first day"),
        "end": ("hasta", "to", "último día", "last day"),
        "bonus": ("bono", "bonus"),
        "amount": ("valor", "amount", "monto", "total"),
    },
    ("code", "period", "end", "bonus", "amount"),
)


class MlmOpeningLoaderHistory(models.AbstractModel):
    """What people earned in the old system, to be read and never summed with ours."""

    _name = "mlm.opening.loader.history"
    _description = "Opening: Previous Earnings"
    _inherit = ["mlm.opening.loader"]

    _headings = HEADINGS
    _figures = ("amount",)

    def _get_example(self):
        return {
            "code": "10001",
            "period": "Ciclo 880",
            "start": "2025-10-13",
            "end": "2025-10-19",
            "bonus": "Binario",
            "amount": "990000",
        }

    def _examine(self, job, lines):
        _ = self.env._
        members = job.members(lines)
        # sudo: what was brought before counts, whoever sees it
        taken = {
            (member.id, period, bonus)
            for member, period, bonus in self.env["mlm.earning.history"]
            .sudo()
            ._read_group(
                [("distributor_id", "in", list(members.values()))],
                ["distributor_id", "period", "bonus"],
            )
        }
        rows, seen = [], {}
        for line, cells in lines:
            code = job.text(line, cells, "code")
            period = job.text(line, cells, "period", required=True)
            bonus = job.text(line, cells, "bonus", required=True)
            start = job.day(line, cells, "start")
            end = job.day(line, cells, "end", required=True)
            amount_e4 = job.number(line, cells, "amount", required=True, negative=True)
            if start and end and start > end:
                job.add(line, "start", start, _("The period begins after its end."))
            if code not in members:
                continue
            shown = f"{code} / {period} / {bonus}"
            job.once(seen, line, "period", (code, period, bonus), shown)
            if (members[code], period, bonus) in taken:
                job.add(
                    line,
                    "period",
                    shown,
                    _("This is already in the history. Undo that opening first."),
                )
            rows.append(
                {
                    "company_id": job.company.id,
                    "import_id": job.record.id,
                    "distributor_id": members[code],
                    "period": period,
                    "date_start": start,
                    "date_end": end,
                    "bonus": bonus,
                    "amount_e4": amount_e4,
                }
            )
        return rows

    def _store(self, record, file, rows, tell):
        self._create_rows("mlm.earning.history", rows, tell)

    def _remove(self, record, file):
        # sudo: the history was loaded by its work, and is taken back by it
        self.env["mlm.earning.history"].sudo().search([("import_id", "=", record.id)]).unlink()
