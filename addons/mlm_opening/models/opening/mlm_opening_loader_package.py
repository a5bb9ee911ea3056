# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import calendar
from datetime import date

import numpy as np
from mlm_engine.kernel.packages import add_months

from odoo import models
from odoo.tools import SQL

from odoo.addons.mlm_base.importing.headings import Headings, plain

HEADINGS = Headings(
    {
        "code": ("código", "code", "código del distribuidor", "distributor code"),
        "package": ("paquete", "package", "código del paquete", "package code"),
        "bought": ("fecha de compra", "bought on", "comprado el", "purchase date"),
        "expires": ("vence el", "expires on", "vencimiento", "expiry", "fecha de vencimiento"),
        "upgraded": ("paquete anterior", "upgraded from", "mejora desde"),
    },
    ("code", "package"),
)


class MlmOpeningLoaderPackage(models.AbstractModel):
    """Packages that people hold, until when.

    A row of the volume ledger stands for the purchase. The plan's term counts from its
    day, so an expiry that the old system names moves that day: the term then ends when
    it ended there.
    """

    _name = "mlm.opening.loader.package"
    _description = "Opening: Packages Held"
    _inherit = ["mlm.opening.loader.volume"]

    _headings = HEADINGS
    _figures = ()

    def _get_example(self):
        return {
            "code": "10001",
            "package": "ESP-3",
            "bought": "2026-03-10",
            "expires": "2026-09-10",
        }

    def _examine(self, job, lines):
        _ = self.env._
        members = job.members(lines)
        plan = self._get_version(job.record)._plan()
        names = [package["code"] for package in plan["packages"]]
        known = {plain(code): code for code in names}
        terms = {package["code"]: package["months"] for package in plan["packages"]}
        first = self._get_first_cycle(job.network)
        oldest = first - max((plan["activity"] or {"window": 2})["window"] - 1, 1)
        taken = self._get_held(job.company)
        rows, seen = [], {}
        for line, cells in lines:
            code = job.text(line, cells, "code")
            text = job.text(line, cells, "package", required=True)
            package = job.choice(line, "package", text, known, names)
            upgraded = job.text(line, cells, "upgraded")
            upgraded = job.choice(line, "upgraded", upgraded, known, names)
            bought = job.day(line, cells, "bought")
            expires = job.day(line, cells, "expires", future=True)
            if not package or code not in members:
                continue
            day = self._get_counted_day(job, line, cells, terms[package], bought, expires)
            if not day:
                continue
            cycle = self.env["mlm.period"]._number_on(job.network, day)
            if cycle >= first:
                job.add(
                    line,
                    "bought",
                    day,
                    _(
                        "The term would count from %(day)s, in cycle %(cycle)s, which is"
                        " computed here. Enter this purchase as a sale, or correct the dates.",
                        day=day,
                        cycle=cycle,
                    ),
                )
                continue
            job.once(seen, line, "package", (code, package, day), f"{code} / {package}")
            if (members[code], package, day) in taken:
                job.add(
                    line,
                    "package",
                    package,
                    _("This purchase is already in the ledger. Undo that opening first."),
                )
            rows.append(
                {
                    "distributor_id": members[code],
                    "cycle": max(cycle, oldest),
                    "package": package,
                    "upgraded": upgraded,
                    "day": day,
                }
            )
        return sorted(rows, key=lambda row: (row["day"], row["distributor_id"]))

    def _get_counted_day(self, job, line, cells, months, bought, expires):
        """Return the day from which the plan's term counts, None for a bad line."""
        _ = self.env._
        if not bought and not expires:
            if not (cells.get("bought") or cells.get("expires")):
                job.add(line, "bought", "", _("Enter when it was bought, or when it expires."))
            return None
        if not expires:
            return bought
        if not months:
            job.add(
                line,
                "expires",
                expires,
                _(
                    "This package has no term in the plan. Leave the expiry empty and enter "
                    "the purchase."
                ),
            )
            return None
        day = months_before(expires, months)
        if not day:
            job.add(
                line,
                "expires",
                expires,
                _(
                    "No term of %(months)s months ends on that day. Write %(day)s, or the day"
                    " after it.",
                    months=months,
                    day=_last_end(expires, months),
                ),
            )
        return day

    def _get_held(self, company):
        """Return ``{(distributor id, package code, day)}`` of purchases brought before."""
        rows = self.env.execute_query(
            SQL(
                """SELECT e.buyer_id, k.code, e.moment
                     FROM mlm_volume_entry e JOIN mlm_package k ON k.id = e.package_id
                    WHERE e.company_id = %s AND e.kind = 'opening' AND e.package_qty > 0
                      AND NOT EXISTS (SELECT FROM mlm_volume_entry d WHERE d.origin_id = e.id)""",
                company.id,
            )
        )
        # sudo: only the network's time zone
        local = company.sudo().mlm_network_id._local_date
        return {(member, code, local(moment)) for member, code, moment in rows}

    def _store(self, record, file, rows, tell):
        # sudo: of which network the company of the import is, nothing else
        network = record.company_id.sudo().mlm_network_id
        periods = self._ensure_history(network, {row["cycle"] for row in rows})
        packages = {
            package.code: package.id for package in self.env["mlm.package"]._of_network(network)
        }
        noon = self.env["mlm.period"]._local_noon
        self._insert(
            record,
            file,
            [
                {
                    "period_id": periods[row["cycle"]].id,
                    "distributor_id": row["distributor_id"],
                    "buyer_id": row["distributor_id"],
                    "moment": noon(network, row["day"]),
                    "package_id": packages[row["package"]],
                    "package_from_id": packages.get(row["upgraded"]),
                    "package_qty": 1,
                }
                for row in rows
            ],
            tell,
        )


def months_before(day, months):
    """Return the latest day from which a term of ``months`` ends on ``day``, or None.

    >>> months_before(date(2026, 9, 10), 6)
    datetime.date(2026, 3, 10)
    """
    year, month, last = _month_before(day, months)
    for number in (day.day, *range(last, day.day, -1)):
        if number <= last and _end(date(year, month, number), months) == day:
            return date(year, month, number)
    return None


def _last_end(day, months):
    """Return the last possible end of a term in the month of ``day``."""
    return _end(date(*_month_before(day, months)), months)


def _month_before(day, months):
    month = day.year * 12 + day.month - 1 - months
    year, month = month // 12, month % 12 + 1
    return year, month, calendar.monthrange(year, month)[1]


def _end(day, months):
    return date.fromordinal(int(add_months(np.array([day.toordinal()]), months)[0]))
