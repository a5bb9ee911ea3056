# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel import codes
from mlm_engine.kernel.codes import Measure
from mlm_engine.telling import codes as told

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import text_e4


class MlmRun(models.Model):
    """The read API: plain dicts that every screen renders and none computes.

    Contract: ``docs/contracts/read_api.md``. Amounts are strings in the currency
    of the person's company, points strings; callers check access before they call.
    """

    _inherit = "mlm.run"

    @api.model
    def _deciding_ranks(self, network, limit, day=None):
        """Posted runs of the kind of period that decides ranks, the last one first.

        :param day: only of periods that ended by then
        """
        domain = [("network_id", "=", network.id), ("state", "=", "posted")]
        if day:
            domain.append(("period_id.date_end", "<=", day))
        last = self.search(domain, order="number desc", limit=1)
        if not last:
            return last
        kind = last.version_id._plan()["rank_policy"]["period"]
        return self.search(
            [*domain, ("period_id.kind", "=", kind)], order="number desc", limit=limit
        )

    @api.model
    def _last_deciding_ranks(self, network, day=None):
        """Last posted run of the kind of period that decides ranks, or none."""
        return self._deciding_ranks(network, 1, day)

    def _values_of(self, people, codes):
        """``{(distributor id, code): value}`` of figures of persons in this run.

        :param people: ids of distributors
        """
        self.ensure_one()
        rows = self.env.execute_query(
            SQL(
                "SELECT holder, measure, value FROM (%s) AS figures WHERE position = 0",
                self.env["mlm.measure"]._get_long(self, codes, people),
            )
        )
        return {(holder, code): value for holder, code, value in rows}

    def _get_person(self, distributor):
        """Return the ``mlm.measure`` of a person, none where all figures are zero."""
        first, _last = self.env["mlm.measure"]._id_range(self.number)
        return self.env["mlm.measure"].search([("id", "=", first + distributor.id)])

    def _get_active(self):
        """SQL: ids of the people who were active in this run."""
        self.ensure_one()
        first, last = self.env["mlm.measure"]._id_range(self.number)
        return SQL(
            """(SELECT (id & 4294967295)::int FROM mlm_measure_store
                 WHERE id >= %s AND id < %s AND active)""",
            first,
            last,
        )

    def _join_figures(self, alias, holder):
        """SQL: the join of ``mlm_measure_store`` of this run as ``alias``, for what its own
        columns say of the person whose id ``holder`` (SQL) is."""
        first, last = self.env["mlm.measure"]._id_range(self.number)
        return SQL(
            # the range says which partition it is: else the figures of all runs are read
            "LEFT JOIN mlm_measure_store AS %(alias)s ON %(alias)s.id = %(first)s + %(holder)s"
            " AND %(alias)s.id >= %(first)s AND %(alias)s.id < %(last)s",
            alias=SQL.identifier(alias),
            first=first,
            last=last,
            holder=holder,
        )

    def _get_position_values(self, positions, codes):
        """Rows ``(position id, measure, value)`` of figures of positions, by bonus."""
        self.ensure_one()
        return self.env.execute_query(
            SQL(
                """SELECT position, measure, value FROM (%s) AS figures
                    WHERE position = ANY(%s) ORDER BY place""",
                self.env["mlm.measure"]._get_long(self, codes, positions.distributor_id.ids),
                positions.ids,
            )
        )

    def _ranks_of(self, distributors):
        """``{distributor id: name of the paid-as rank}`` in this run."""
        names = {rank.sequence: rank.name for rank in self.version_id.rank_ids}
        found = self._values_of(distributors.ids, [Measure.RANK])
        return {one.id: names.get(found.get((one.id, Measure.RANK), 0), "") for one in distributors}

    def _get_measures(self, distributor):
        """Figures of a person: ``[{measure, label, unit, bonus, position, value}]``."""
        self.ensure_one()
        rows = self.env["mlm.measure"]._get_long(self, people=distributor.ids)
        found = self.env.execute_query(
            SQL(
                """
                SELECT figures.measure, bonus.code, position.code, figures.value
                  FROM (%s) AS figures
                  LEFT JOIN mlm_plan_bonus AS bonus
                    ON bonus.version_id = %s AND bonus.sequence = figures.place
                  LEFT JOIN mlm_position AS position ON position.id = figures.position
                 ORDER BY figures.position, figures.place, figures.measure
                """,
                rows,
                self.version_id.id,
            )
        )
        lang = self.version_id._short_lang()
        plan = self.version_id._plan()
        return [
            {
                "measure": codes.figure_name(code, plan),
                "label": told.figure_text(code, lang, plan),
                "unit": codes.figure_unit(code, plan),
                "bonus": bonus,
                "position": position,
                "raw": value,
                "value": self._measure_text(code, value),
            }
            for code, bonus, position, value in found
        ]

    def _measure_text(self, code, value):
        unit = codes.figure_unit(code, self.version_id._plan())
        scale = unit in ("pv", "cv", "rate")
        return text_e4(value) if scale else str(value)

    def _get_statement(self, distributor, limit=None, offset=0):
        """Statement of one payee in this run, posted or preview.

        :param limit: how many rows are in ``earnings``, the largest first, and in ``missed``;
            None: all, in their order
        :return: dict with ``period``, ``run``, ``state``, ``currency``, ``gross``,
            ``deductions``, ``net``, ``adjustments``, ``rank``, ``bonuses``, ``levels`` and
            ``count`` (of all rows paid), ``earnings`` (one dict per row, id included),
            ``missed`` (rows with breakage), ``measures``
        """
        self.ensure_one()
        totals = self._get_levels(distributor)
        gross_e4 = sum(one["amount_e4"] for one in totals)
        statement = self.env["mlm.statement"].search(
            [("run_id", "=", self.id), ("distributor_id", "=", distributor.id)]
        )
        bonuses = {}
        for one in totals:
            bonuses[one["bonus"]] = bonuses.get(one["bonus"], 0) + one["amount_e4"]
        if statement:
            lines = statement.deduction_ids
        elif gross_e4:
            payees = {distributor.id: {bonus.code: total for bonus, total in bonuses.items()}}
            # sudo: taxes are not the reader's, the amounts withheld are
            lines = (
                self.sudo()
                ._get_deductions(distributor.company_id, payees, self._posting_date())
                .get(distributor.id, [])
            )
        else:
            lines = []
        deducted_e4 = sum(line["amount_e4"] for line in lines)
        return {
            "period": {
                "number": self.period_id.number,
                "start": str(self.period_id.date_start),
                "end": str(self.period_id.date_end),
                "pay_date": str(self.period_id.pay_date),
            },
            "run": self.id,
            "state": self.state,
            "currency": self._currency_of(distributor).name,
            "rank": self._ranks_of(distributor).get(distributor.id, ""),
            "gross": text_e4(gross_e4),
            "deductions": [self.env["mlm.deduction"]._get_shown(line) for line in lines],
            "deducted": text_e4(deducted_e4),
            "net": text_e4(gross_e4 - deducted_e4),
            "adjustments": self.env["mlm.adjustment"]._of_statement(self, distributor),
            "bonuses": [
                {"code": bonus.code, "name": bonus.name, "amount": text_e4(total)}
                for bonus, total in bonuses.items()
            ],
            "levels": [
                {
                    "code": one["bonus"].code,
                    "name": one["bonus"].name,
                    "level": one["level"],
                    "count": one["count"],
                    "amount": text_e4(one["amount_e4"]),
                }
                for one in sorted(totals, key=lambda one: (one["bonus"].sequence, one["level"]))
                if one["count"]
            ],
            "count": sum(one["count"] for one in totals),
            "earnings": self._get_rows(distributor, "amount_e4", limit, offset),
            "missed": self._get_rows(distributor, "breakage_e4", limit),
            "measures": self._get_measures(distributor),
        }

    def _get_levels(self, distributor):
        """``[{"bonus", "level", "count", "amount_e4"}]`` of a person's rows: how many pay, and
        their sum; bonuses in the order of their first row."""
        first, last = self.env["mlm.earning"]._id_range(self.number)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT bonus_id, level, count(*) FILTER (WHERE amount_e4 <> 0),
                       sum(amount_e4)::bigint
                  FROM mlm_earning_store
                 WHERE id >= %s AND id < %s AND payee_id = %s
                 GROUP BY bonus_id, level ORDER BY min(id)
                """,
                first,
                last,
                distributor.id,
            )
        )
        return [
            {
                "bonus": self.env["mlm.plan.bonus"].browse(bonus),
                "level": level,
                "count": count,
                "amount_e4": amount_e4,
            }
            for bonus, level, count, amount_e4 in rows
        ]

    def _get_rows(self, distributor, column, limit=None, offset=0):
        """Dicts of a person's rows where a column is not zero: all as they stand, or some, the
        largest first."""
        domain = [("payee_id", "=", distributor.id), (column, "!=", 0)]
        found = self.env["mlm.earning"].search(
            [*self._id_domain("mlm.earning"), *domain],
            order=f"{column} desc, id" if limit else None,
            limit=limit,
            offset=offset,
        )
        return [self._earning_dict(one) for one in found]

    def _base_currency(self, earning):
        """Code of the currency of a base that is money: of the company that sold, or of the
        one that pays the person from whom it came."""
        # sudo: in which currency a company of the network works is no secret
        earning = earning.sudo()
        return (
            earning.entry_id or earning.source_id or earning.payee_id
        ).company_id.currency_id.name

    def _earning_dict(self, earning):
        reasons = dict(self.env["mlm.earning"]._fields["reason"]._description_selection(self.env))
        sources = dict(
            self.env["mlm.earning"]._fields["rate_source"]._description_selection(self.env)
        )
        return {
            "id": earning.id,
            "bonus": earning.bonus_id.code,
            "bonus_name": earning.bonus_id.name,
            "source": earning.source_id.code or "",
            "source_name": earning.source_id.name or "",
            "order": earning.order_name or "",
            "moment": str(earning.entry_id.moment or ""),
            "level": earning.level,
            "paid_level": earning.paid_level,
            "base": text_e4(earning.base_e4),
            "rate": text_e4(earning.rate_e6),
            "rate_source": sources.get(earning.rate_source, ""),
            "fx": text_e4(earning.fx_e6 // 100),
            **({"per": text_e4(earning.per_e6 // 100)} if earning.per_e6 else {}),
            **({"base_currency": self._base_currency(earning)} if self.homes else {}),
            "amount": text_e4(earning.amount_e4),
            "limited": text_e4(earning.scale_e4 - earning.cap_e4),
            "breakage": text_e4(earning.breakage_e4),
            "reason": earning.reason,
            "reason_text": reasons.get(earning.reason, ""),
        }
