# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import count

from mlm_engine.kernel.codes import RateSource, Reason

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.mlm_base.documents import column
from odoo.addons.mlm_base.exact import from_e4, from_e6

CHUNK = 2000
# Where the store has them: taken by a cap, changed by the company's cap or guarantee.
ADJUSTMENTS = ("cap_e4", "scale_e4")
_cursor_number = count(1)


class MlmCommissionReport(models.AbstractModel):
    """Every row of a run as plain dicts, read in bulk and piece by piece.

    Used by the workbook and the document. Callers have checked that the reader may
    read the run: rows are read by SQL.
    """

    _name = "mlm.commission.report"
    _description = "Commission Report"

    @api.model
    def _get_columns(self, run=None):
        """Columns of the detailed report, `documents.column`.

        :param run: the run, where amounts may be in several currencies
        """
        _ = self.env._
        columns = [
            column("payee", _("Paid to"), "text", 12),
            column("payee_name", _("Name"), "text", 28),
            column("bonus", _("Bonus"), "text", 18),
            column("order", _("Order"), "text", 14),
            column("invoice", _("Invoice"), "text", 16),
            column("day", _("Date"), "date", 12),
            column("buyer", _("Buyer"), "text", 12),
            column("buyer_name", _("Name of the buyer"), "text", 28),
            column("source", _("Because of"), "text", 12),
            column("position", _("Position"), "text", 12),
            column("level", _("Level"), "number", 8),
            column("paid_level", _("Paid level"), "number", 10),
            column("base", _("Base"), "points", 14),
            column("rate", _("Rate %"), "percent", 10),
            column("rate_source", _("Rate from"), "text", 20),
            column("fx", _("Exchange rate"), "points", 12),
        ]
        if run and run.homes:
            columns.append(column("per", _("Divided by"), "points", 12))
        if "cap_e4" in self._get_adjustments():
            columns.append(column("cap", _("Cut by a cap"), "money", 16))
        if "scale_e4" in self._get_adjustments():
            columns.append(column("scale", _("Company cap or guarantee"), "money", 16))
        return [
            *columns,
            *self._get_currency_columns(run),
            column("amount", _("Earned"), "money", 16),
            column("breakage", _("Breakage"), "money", 16),
            column("reason", _("Reason"), "text", 48),
        ]

    @api.model
    def _get_currency_columns(self, run):
        """Of a run of several companies, the currency of each amount."""
        return [column("currency", self.env._("Currency"), "text", 10)] if run and run.homes else []

    @api.model
    def _get_currency_names(self, run):
        """``{company id: code of its currency}``; None stands for nobody."""
        homes = run.network_id._get_homes()
        return {None: run.currency_id.name, **{one.id: one.currency_id.name for one in homes}}

    @api.model
    def _get_adjustments(self):
        return [name for name in ADJUSTMENTS if name in self.env["mlm.earning"]._store_columns]

    @api.model
    def _count_rows(self, run, people=None):
        ((found,),) = self.env.execute_query(
            SQL("SELECT count(*) FROM mlm_earning_store store WHERE %s", self._where(run, people))
        )
        return found

    def _where(self, run, people):
        first, last = self.env["mlm.earning"]._id_range(run.number)
        where = SQL("store.id >= %s AND store.id < %s AND %s", first, last, run._of_read_homes())
        if people is None:
            return where
        return SQL("%s AND store.payee_id = ANY(%s)", where, list(people.ids))

    @api.model
    def _read_rows(self, run, people=None):
        """Yield lists of rows (dicts, see `_get_columns`) of a run, payee by payee.

        :param people: `mlm.distributor`, or None for everybody and what nobody got
        """
        self.env.flush_all()
        cursor = SQL.identifier(f"mlm_commission_{next(_cursor_number)}")
        cr = self.env.cr
        query = self._get_query(run, people)
        cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", cursor, query))
        words = self._get_words(run)
        while True:
            # a reader who stops early leaves it to the end of the transaction
            cr.execute(SQL("FETCH %s FROM %s", SQL(str(CHUNK)), cursor))
            rows = cr.dictfetchall()
            if not rows:
                break
            for row in rows:
                self._finish_row(row, words)
            yield rows
        cr.execute(SQL("CLOSE %s", cursor))

    def _get_query(self, run, people):
        adjustments = SQL("").join(
            SQL(
                ", coalesce(store.%s, 0) AS %s",
                SQL.identifier(name),
                SQL.identifier(name.removesuffix("_e4")),
            )
            for name in self._get_adjustments()
        )
        people_names = self.env["mlm.distributor"]._get_name_column
        return SQL(
            """
            SELECT store.id, store.payee_id, store.bonus_id, payee.code AS payee,
                   %(payee_name)s AS payee_name, payee.company_id AS home_id, source.code AS source,
                   buyer.code AS buyer, %(buyer_name)s AS buyer_name,
                   position.code AS position,
                   (entry.moment AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date AS day,
                   %(order)s AS "order",
                   move.name AS invoice,
                   store.level, store.paid_level, store.base_e4 AS base,
                   store.rate_e6 AS rate, store.reason,
                   coalesce(store.rate_source, %(usual)s) AS rate_source,
                   coalesce(store.fx_e6, %(fx)s) AS fx, store.per_e6 AS per,
                   store.amount_e4 AS amount, coalesce(store.breakage_e4, 0) AS breakage
                   %(adjustments)s
              FROM mlm_earning_store store
              LEFT JOIN mlm_distributor payee ON payee.id = store.payee_id
              LEFT JOIN res_partner payee_person ON payee_person.id = payee.partner_id
              LEFT JOIN mlm_distributor source ON source.id = store.source_id
              LEFT JOIN mlm_position position ON position.id = store.position_id
              LEFT JOIN mlm_volume_entry entry ON entry.id = store.entry_id
              LEFT JOIN mlm_distributor buyer ON buyer.id = entry.buyer_id
              LEFT JOIN res_partner buyer_person ON buyer_person.id = buyer.partner_id
              LEFT JOIN account_move_line line ON line.id = entry.move_line_id
              LEFT JOIN account_move move ON move.id = line.move_id
             WHERE %(where)s
             ORDER BY store.id
            """,
            fx=run.fx_e6,
            usual=self.env["mlm.earning"]._store_empty["rate_source"],
            tz=run.network_id.tz,
            payee_name=people_names("payee", SQL("payee_person.name")),
            buyer_name=people_names("buyer", SQL("buyer_person.name")),
            order=self._order_name(),
            adjustments=adjustments,
            where=self._where(run, people),
        )

    def _order_name(self):
        """SQL: the sale orders of the ledger row ``entry``."""
        return SQL(
            """(SELECT string_agg(DISTINCT sale.name, ', ')
                  FROM sale_order_line_invoice_rel rel
                  JOIN sale_order_line sold ON sold.id = rel.order_line_id
                  JOIN sale_order sale ON sale.id = sold.order_id
                 WHERE rel.invoice_line_id = entry.move_line_id)"""
        )

    def _get_words(self, run):
        earning = self.env["mlm.earning"]
        reasons = dict(earning._fields["reason"]._description_selection(self.env))
        sources = dict(earning._fields["rate_source"]._description_selection(self.env))
        return {
            "reason": {int(one): reasons.get(one.name.lower(), "") for one in Reason},
            "rate_source": {int(one): sources.get(one.name.lower(), "") for one in RateSource},
            "bonus": {bonus.id: bonus.name for bonus in run.version_id.bonus_ids},
            "currency": self._get_currency_names(run),
        }

    def _finish_row(self, row, words):
        """Codes into words, scaled integers into numbers, in place."""
        row["bonus"] = words["bonus"].get(row["bonus_id"], "")
        row["rate_source"] = words["rate_source"].get(row["rate_source"], "")
        row["reason"] = words["reason"].get(row["reason"], "") if row["breakage"] else ""
        row["amount_e4"], row["breakage_e4"] = row["amount"], row["breakage"]
        row["rate"] = from_e4(row["rate"])
        row["currency"] = words["currency"].get(row["home_id"], "")
        row["fx"] = from_e6(row["fx"])
        row["per"] = from_e6(row["per"]) if row["per"] else None
        for name in ("base", "amount", "breakage", "cap", "scale"):
            if name in row:
                row[name] = from_e4(row[name])
        row["order"] = row["order"] or row["invoice"]
