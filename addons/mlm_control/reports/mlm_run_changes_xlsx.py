# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import chain

from odoo import models
from odoo.tools import SQL

from odoo.addons.mlm_base.documents import column

from ..models.changes.mlm_run_change import AGAINST, CHANGES


class MlmCommissionReport(models.AbstractModel):
    """The workbook of what changed."""

    _inherit = "mlm.commission.report"

    def _write_changes(self, book, prefix, run, people):
        _ = self.env._
        columns = [
            column("against", _("Compared with"), "text", 20),
            column("code", _("Code"), "text", 12),
            column("name", _("Name"), "text", 34),
            column("bonus", _("Bonus"), "text", 18),
            column("change", _("Change"), "text", 16),
            *self._get_currency_columns(run),
            column("old", _("Before"), "money", 18),
            column("new", _("Now"), "money", 18),
            column("difference", _("Difference"), "money", 18),
        ]
        changes = chain.from_iterable(self._read_changes(run, people))
        book.table(prefix + " " + _("Changes"), columns, changes)

    def _read_changes(self, run, people=None):
        """Yield lists of the rows of `mlm.run.change`, the largest difference first."""
        changes = self.env["mlm.run.change"]
        words = {
            name: dict(changes._fields[name]._description_selection(self.env))
            for name in ("against", "change")
        }
        currencies = self._get_currency_names(run)
        first, last = changes._id_range(run.number)
        start = first
        while True:
            rows = self.env.execute_query_dict(
                SQL(
                    """
                    SELECT store.id, store.against, store.change, store.bonus_id, payee.code,
                           payee.company_id AS home_id,
                           %(name)s AS name, store.old_e4 / 10000.0 AS old,
                           store.new_e4 / 10000.0 AS new,
                           (store.new_e4 - store.old_e4) / 10000.0 AS difference
                      FROM mlm_run_change_store store
                      JOIN mlm_distributor payee ON payee.id = store.payee_id
                      JOIN res_partner person ON person.id = payee.partner_id
                     WHERE store.id > %(start)s AND store.id < %(last)s
                       AND (%(everybody)s OR store.payee_id = ANY(%(people)s)) AND %(mine)s
                     ORDER BY store.id LIMIT 5000
                    """,
                    start=start,
                    last=last,
                    name=self.env["mlm.distributor"]._get_name_column("payee", SQL("person.name")),
                    mine=run._of_read_homes(),
                    everybody=people is None,
                    people=list(people.ids) if people is not None else [],
                )
            )
            if not rows:
                return
            start = rows[-1]["id"]
            bonuses = self.env["mlm.plan.bonus"].browse({row["bonus_id"] for row in rows})
            names = {bonus.id: bonus.name for bonus in bonuses}
            for row in rows:
                row["bonus"] = names[row["bonus_id"]]
                row["currency"] = currencies[row["home_id"]]
                row["against"] = words["against"][AGAINST[row["against"]][0]]
                row["change"] = words["change"][CHANGES[row["change"]][0]]
            yield rows
