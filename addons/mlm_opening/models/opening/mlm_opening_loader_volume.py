# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.mlm_base.importing.headings import Headings
from odoo.addons.mlm_base.internal import as_internal

from .mlm_opening_loader import CHUNK

HEADINGS = Headings(
    {
        "code": ("código", "code", "código del distribuidor", "distributor code"),
        "cycle": ("ciclo", "cycle", "número del ciclo", "cycle number", "período", "period"),
        "pv": ("vp", "pv", "volumen personal", "personal volume"),
        "package_pv": ("vp de paquetes", "pv of packages", "vp con paquetes", "package pv"),
        "cv": ("vc", "cv", "volumen comisionable", "commissionable volume"),
    },
    ("code", "cycle", "pv"),
)
_MOST_CYCLES = 60


class MlmOpeningLoaderVolume(models.AbstractModel):
    """Own volume of the last cycles of the old system: it keeps people active.

    The rows stand in the volume ledger, in cycles of the state history. The ledger is
    append-only: taking them back adds rows that net them to nothing.
    """

    _name = "mlm.opening.loader.volume"
    _description = "Opening: Volume by Cycle"
    _inherit = ["mlm.opening.loader"]

    _headings = HEADINGS
    _figures = ("pv", "package_pv", "cv")
    _read_by_runs = True

    def _get_example(self):
        return {"code": "10001", "cycle": "923", "pv": "60", "package_pv": "0", "cv": "52.5"}

    def _examine(self, job, lines):
        _ = self.env._
        members = job.members(lines)
        first = self._get_first_cycle(job.network)
        taken = self._get_taken(job.company)
        rows, seen = [], {}
        for line, cells in lines:
            code = job.text(line, cells, "code")
            text = job.text(line, cells, "cycle", required=True)
            cycle = int(text) if text.isdecimal() and len(text) < 10 else 0
            if text and not first - _MOST_CYCLES <= cycle < first:
                job.add(
                    line,
                    "cycle",
                    text,
                    _(
                        "This is not a cycle of the previous system: write a number from "
                        "%(oldest)s to %(last)s. Cycle %(first)s is the first one computed here.",
                        oldest=max(first - _MOST_CYCLES, 1),
                        last=first - 1,
                        first=first,
                    ),
                )
            pv_e4 = job.number(line, cells, "pv", required=True)
            package_pv_e4 = job.number(line, cells, "package_pv")
            cv_e4 = job.number(line, cells, "cv")
            if package_pv_e4 > pv_e4:
                job.add(
                    line,
                    "package_pv",
                    cells["package_pv"],
                    _("It is part of the cycle's PV, and cannot be more."),
                )
            if code not in members or not cycle:
                continue
            job.once(seen, line, "cycle", (code, cycle), f"{code} / {cycle}")
            if (members[code], cycle) in taken:
                job.add(
                    line,
                    "cycle",
                    cycle,
                    _("This person already has opening volume in this cycle. Undo that first."),
                )
            row = {"distributor_id": members[code], "cycle": cycle}
            if pv_e4 != package_pv_e4 or cv_e4:
                rows.append({**row, "pv_e4": pv_e4 - package_pv_e4, "cv_e4": cv_e4})
            if package_pv_e4:
                rows.append({**row, "pv_e4": package_pv_e4, "with_package": True})
        return rows

    def _store(self, record, file, rows, tell):
        # sudo: of which network the company of the import is, nothing else
        network = record.company_id.sudo().mlm_network_id
        package = self.env["mlm.package"]._of_network(network)[:1] if rows else None
        periods = self._ensure_history(network, {row["cycle"] for row in rows})
        moments = {
            number: self.env["mlm.period"]._local_noon(network, period.date_start)
            for number, period in periods.items()
        }
        self._insert(
            record,
            file,
            [
                {
                    "period_id": periods[row["cycle"]].id,
                    "distributor_id": row["distributor_id"],
                    "buyer_id": row["distributor_id"],
                    "moment": moments[row["cycle"]],
                    "pv_e4": row["pv_e4"],
                    "cv_e4": row.get("cv_e4", 0),
                    # a row that holds nothing, but says that the volume came with one
                    "package_id": package.id if row.get("with_package") else None,
                }
                for row in rows
            ],
            tell,
        )

    def _remove(self, record, file):
        """Append rows that take back each row of the file."""
        if not file.first_entry_id:
            return
        # sudo: the ledger is written by its own steps only
        ledger = self.env["mlm.volume.entry"].sudo()
        last = file.first_entry_id.id - 1
        while True:
            entries = ledger.search(
                [
                    ("id", ">", last),
                    ("id", "<=", file.last_entry_id.id),
                    ("company_id", "=", record.company_id.id),
                    ("kind", "=", "opening"),
                    ("origin_id", "=", False),
                ],
                order="id",
                limit=CHUNK,
            )
            if not entries:
                return
            ledger._insert_rows(
                [
                    {
                        "company_id": entry.company_id.id,
                        "period_id": entry.period_id.id,
                        "distributor_id": entry.distributor_id.id,
                        "buyer_id": entry.buyer_id.id or None,
                        "kind": "opening",
                        "origin_id": entry.id,
                        "package_id": entry.package_id.id or None,
                        "package_from_id": entry.package_from_id.id or None,
                        "package_qty": -entry.package_qty,
                        "moment": entry.moment,
                        "pv_e4": -entry.pv_e4,
                        "cv_e4": -entry.cv_e4,
                        "note": self.env._("Opening undone: %s", record.name),
                    }
                    for entry in entries
                ]
            )
            last = entries[-1].id

    # -- the ledger --------------------------------------------------------------

    def _get_first_cycle(self, network):
        """Return the number of the first cycle that is computed here."""
        # sudo: cycles are not everybody's, their numbers are
        periods = self.env["mlm.period"].sudo()
        first = periods.search(
            [
                *periods._base_domain(network),
                ("state", "!=", "history"),
            ],
            order="number",
            limit=1,
        )
        return (
            first.number
            or network.first_cycle
            or periods._number_on(network, periods._today(network))
        )

    def _get_taken(self, company):
        """Return ``{(distributor id, cycle)}`` of opening rows that were not taken back."""
        return set(
            self.env.execute_query(
                SQL(
                    """SELECT e.distributor_id, p.number
                         FROM mlm_volume_entry e JOIN mlm_period p ON p.id = e.period_id
                        WHERE e.company_id = %s AND e.kind = 'opening'
                        GROUP BY e.distributor_id, p.number
                       HAVING sum(e.pv_e4) <> 0 OR sum(e.cv_e4) <> 0""",
                    company.id,
                )
            )
        )

    def _ensure_history(self, network, numbers):
        """Return ``{number: cycle}`` of cycles of the old system, made where missing."""
        # sudo: cycles of the state history are made by an opening only
        periods = self.env["mlm.period"].sudo()
        found = periods.search(
            [
                *periods._base_domain(network),
                ("number", "in", list(numbers)),
            ]
        )
        missing = sorted(numbers - set(found.mapped("number")))
        found += as_internal(periods).create(
            [
                {**periods._calendar_values(network, number), "state": "history"}
                for number in missing
            ]
        )
        return {period.number: period for period in found}

    def _insert(self, record, file, rows, tell):
        """Append rows to the ledger, and keep on the file which they are."""
        # sudo: the ledger is written by its own steps only
        ledger = self.env["mlm.volume.entry"].sudo()
        note = self.env._("Brought over from the previous system: %s", record.name)
        ids = []
        for start in range(0, len(rows), CHUNK):
            tell(start)
            ids += ledger._insert_rows(
                [
                    {
                        **row,
                        "company_id": record.company_id.id,
                        "kind": "opening",
                        "note": note,
                    }
                    for row in rows[start : start + CHUNK]
                ]
            )
        if ids:
            # sudo: as for the ledger, whose rows these are
            as_internal(file.sudo()).write({"first_entry_id": min(ids), "last_entry_id": max(ids)})
