# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine import measures
from mlm_engine.kernel.by_id import index_of, translated

from odoo import api, models

from ...copy_binary import copy_out
from ...snapshot_columns import moments_of


class MlmSnapshot(models.AbstractModel):
    """Volume of a run: rows of the period, packages held and own PV before it."""

    _inherit = "mlm.snapshot"

    def _load_rows(self, snapshot, period, version):
        """Ledger rows of the cycles read, corrections among them netted into their
        original."""
        rows = self._netted(self._read_rows(period))
        packages = version._package_index()
        snapshot.row_id = rows["id"]
        snapshot.row_member = index_of(snapshot.member_id, rows["member"])
        snapshot.row_buyer = index_of(snapshot.member_id, rows["buyer"])
        snapshot.row_position = index_of(snapshot.position_id, rows["position"])
        snapshot.row_moment = moments_of(rows["moment"])
        snapshot.row_pv_e4 = rows["pv"]
        snapshot.row_cv_e4 = rows["cv"]
        snapshot.row_package = packages(rows["package"])
        snapshot.row_package_from = packages(rows["package_from"])
        snapshot.row_package_qty = np.where(snapshot.row_package < 0, 0, rows["qty"]).astype(
            np.int64
        )
        snapshot.row_retail_e4 = rows["retail"]
        snapshot.row_reversal = rows["reversal"]
        if any(measures.get(item["kind"]).by_product for item in version._plan()["measures"]):
            snapshot.row_product = self._products_of(rows["id"], version)

    @api.model
    def _read_rows(self, period):
        """Columns of the ledger rows of the cycles read, in the order of their ids;
        ``origin`` is the id of the row that one corrects, 0 for none."""
        rows = copy_out(
            self.env.cr,
            """
            SELECT id, distributor_id, coalesce(buyer_id, 0), coalesce(position_id, 0),
                   moment, pv_e4, cv_e4, coalesce(package_id, 0), coalesce(package_from_id, 0),
                   package_qty, retail_e4, coalesce(origin_id, 0)
              FROM mlm_volume_entry
             WHERE period_id = ANY(%s)
            """,
            [period._cycles_read().ids],
            (
                *("id", "member", "buyer", "position", "moment", "pv", "cv"),
                *("package", "package_from", "qty", "retail", "origin"),
            ),
        )
        order = np.argsort(rows["id"])
        return {name: column[order] for name, column in rows.items()}

    @api.model
    def _netted(self, rows):
        """Rows with those that correct one of them added to it, without what comes to
        nothing; ``reversal`` is 1 for what takes back a sale of before."""
        size = rows["id"].size
        inside = index_of(rows["id"], rows["origin"])
        corrected = inside >= 0
        root = np.where(corrected, inside, np.arange(size))
        rows["reversal"] = ((rows["origin"] > 0) & ~corrected).astype(np.int64)
        keep = np.zeros(size, dtype=bool)
        keep[root] = True
        summed = ("pv", "cv", "retail", "qty")
        if corrected.any():
            for name in summed:
                total = np.zeros(size, dtype=np.int64)
                np.add.at(total, root, rows[name])
                rows[name] = total
        keep &= np.any([rows[name] != 0 for name in summed], axis=0)
        return {name: column[keep] for name, column in rows.items()}

    @api.model
    def _products_of(self, row_ids, version):
        """Index in the plan's catalog of the product that each row sold, -1 for others."""
        places = {item["code"]: place for place, item in enumerate(version._plan()["catalog"])}
        # sudo: whoever computes need not read products; only their codes are compared
        products = (
            self.env["product.product"]
            .sudo()
            .with_context(active_test=False)
            .search([("default_code", "in", list(places))])
        )
        rows = copy_out(
            self.env.cr,
            """
            SELECT e.id::bigint, l.product_id::bigint
              FROM mlm_volume_entry e
              LEFT JOIN mlm_volume_entry o ON o.id = e.origin_id
              JOIN account_move_line l
                ON l.id = coalesce(e.move_line_id, o.move_line_id)
             WHERE e.id = ANY(%s) AND l.product_id = ANY(%s)
             ORDER BY e.id
            """,
            [row_ids.tolist(), products.ids],
            ("row", "product"),
        )
        found = np.full(len(row_ids), -1, dtype=np.int64)
        found[index_of(row_ids, rows["row"])] = translated(
            rows["product"], {product.id: places[product.default_code] for product in products}
        )
        return found

    def _load_held(self, snapshot, period, version):
        """Package purchases before the period that were not taken back by its end.

        What takes back may itself be withdrawn: a cancelled credit note counts for
        nothing.
        """
        rows = copy_out(
            self.env.cr,
            """
            SELECT e.id, e.buyer_id, e.package_id, coalesce(e.package_from_id, 0), e.moment
              FROM mlm_volume_entry e
              JOIN mlm_period p ON p.id = e.period_id
              LEFT JOIN (
                   SELECT coalesce(o.origin_id, o.id) AS root_id,
                          sum(d.package_qty) AS package_qty
                     FROM mlm_volume_entry d
                     JOIN mlm_volume_entry o ON o.id = d.origin_id
                     JOIN mlm_period q ON q.id = d.period_id
                    WHERE d.network_id = %(network)s AND d.package_qty <> 0
                      AND q.date_end <= %(end)s
                    GROUP BY 1) back ON back.root_id = e.id
             WHERE e.network_id = %(network)s AND e.package_id IS NOT NULL
               AND e.origin_id IS NULL AND e.buyer_id IS NOT NULL
               AND p.is_base AND p.date_end < %(start)s
               AND e.package_qty + coalesce(back.package_qty, 0) > 0
             ORDER BY e.moment, e.id
            """,
            {
                "network": period.network_id.id,
                "start": period.date_start,
                "end": period.date_end,
            },
            ("id", "member", "package", "package_from", "moment"),
        )
        packages = version._package_index()
        member = index_of(snapshot.member_id, rows["member"])
        package = packages(rows["package"])
        keep = (member >= 0) & (package >= 0)
        snapshot.held_member = member[keep]
        snapshot.held_package = package[keep]
        snapshot.held_package_from = packages(rows["package_from"])[keep]
        snapshot.held_moment = moments_of(rows["moment"][keep])

    def _load_window(self, snapshot, period, version):
        """Own PV of the activity window besides the rows read, and the part of it that
        came with packages.

        Own PV of the window is this plus the rows: what the window leaves out of a
        period that is longer than it counts with the other sign.
        """
        rows = copy_out(
            self.env.cr,
            """
            SELECT e.distributor_id::bigint, sum(c.sign * e.pv_e4)::bigint,
                   sum(CASE WHEN e.package_id IS NULL THEN 0
                            ELSE c.sign * e.pv_e4 END)::bigint
              FROM mlm_volume_entry e
              JOIN (SELECT p.id, (p.date_end >= %(since)s)::int
                                 - (p.id = ANY(%(cycles)s))::int AS sign
                      FROM mlm_period p
                     WHERE p.network_id = %(network)s AND p.is_base
                       AND p.date_end >= least(%(since)s, %(start)s)
                       AND p.date_end <= %(end)s) c
                ON c.id = e.period_id AND c.sign <> 0
             WHERE e.network_id = %(network)s
             GROUP BY e.distributor_id ORDER BY e.distributor_id
            """,
            {
                "network": period.network_id.id,
                "since": period._window_start(version),
                "start": period.date_start,
                "end": period.date_end,
                "cycles": period._cycles_read().ids,
            },
            ("member", "pv", "package_pv"),
        )
        member = index_of(snapshot.member_id, rows["member"])
        known = member >= 0
        snapshot.window_pv_e4 = np.zeros(len(snapshot.member_id), dtype=np.int64)
        snapshot.window_package_pv_e4 = np.zeros_like(snapshot.window_pv_e4)
        snapshot.window_pv_e4[member[known]] = rows["pv"][known]
        snapshot.window_package_pv_e4[member[known]] = rows["package_pv"][known]
