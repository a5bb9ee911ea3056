"""Loading sales into the ledger in bulk. Runs inside Odoo."""

import numpy as np
from network.bulk import Bulk

from odoo.addons.mlm_commission.copy_binary import copy_in

from . import plans
from .inputs import CYCLE, START_MOMENT
from .orders import Orders

_TABLE = "mlm_volume_entry"
_COLUMNS = ("n", "period", "second", "buyer", "member", "pv_e4", "cv_e4", "retail_e4", "package")


class Ledger(Bulk):
    """Writes the rows of one network that `network.load.Loader` has loaded."""

    def __init__(self, env, orders: Orders, loader):
        super().__init__(env, [_TABLE])
        self.orders, self.loader = orders, loader

    def load(self):
        """Write everything and commit; keys and indexes are made anew after it."""
        cr = self.env.cr
        cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cr.execute("SET LOCAL work_mem = '128MB'")
        self._timed("copy of the ledger", self._stage)
        self._timed("drop indexes of the ledger", self._take_off)
        self._timed("ledger", self._fill)
        self._timed("indexes and keys of the ledger", self._put_back)
        cr.execute("DROP TABLE bench_sale")
        cr.commit()
        self.env.invalidate_all()

    def _stage(self):
        cr, orders = self.env.cr, self.orders
        columns = ", ".join(f"{name} bigint" for name in _COLUMNS)
        cr.execute(f"CREATE UNLOGGED TABLE bench_sale ({columns})")
        periods = {period.number: period.id for period in self.env["mlm.period"].search([])}
        weeks = np.unique(orders.week)
        ids = np.array([periods[CYCLE + int(week)] for week in weeks])
        codes = [item["code"] for item in plans.plan("gano")["packages"]]
        packages = {one.code: one.id for one in self.env["mlm.package"].search([])}
        package = np.array([*(packages[code] for code in codes), 0])  # -1: none
        copy_in(
            cr,
            "bench_sale",
            {
                "n": np.arange(1, orders.week.size + 1),
                "period": ids[np.searchsorted(weeks, orders.week)],
                "second": orders.week * 7 * 86_400 + orders.second,
                "buyer": orders.buyer + 1,
                "member": orders.member + 1,
                "pv_e4": orders.pv_e4,
                "cv_e4": orders.cv_e4,
                "retail_e4": orders.retail_e4,
                "package": package[orders.package],
            },
        )

    def _fill(self):
        person, position = (self.loader.base[f"mlm_{name}"] for name in ("distributor", "position"))
        self.env.cr.execute(
            f"""
            INSERT INTO {_TABLE} (
                network_id, company_id, author_id, kind, entry_no, period_id, distributor_id,
                buyer_id, position_id, moment, pv_e4, cv_e4, retail_e4, package_id, package_qty)
            SELECT %(network)s, %(company)s, 1, CASE WHEN second < 0 THEN 'opening' ELSE 'sale' END,
                   0, sale.period, sale.member + {person}, sale.buyer + {person}, spot.id,
                   %(start)s + sale.second * interval '1 second', sale.pv_e4, sale.cv_e4,
                   sale.retail_e4, nullif(sale.package, 0), (sale.package > 0)::int
              FROM bench_sale sale
              LEFT JOIN mlm_position spot ON spot.id = sale.member + {position}
             ORDER BY n
            """,
            {
                "network": self.env.company.mlm_network_id.id,
                "company": self.env.company.id,
                "start": START_MOMENT,
            },
        )
