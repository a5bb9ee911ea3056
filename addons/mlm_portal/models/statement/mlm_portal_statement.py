# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine import rules
from mlm_engine.kernel import codes
from mlm_engine.telling import codes as engine_words
from mlm_engine.telling import rule as telling
from mlm_engine.telling.language import name_in, tell

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.formats import Formats

from ... import standing


class MlmPortalStatement(models.AbstractModel):
    """Statements of past cycles as their owner may read them.

    Callers have checked that the distributor is the reader's own; the dicts hold no
    name of anybody else but the own direct team (RULES 38).
    """

    _name = "mlm.portal.statement"
    _description = "Statements in the Portal"

    @api.model
    def _words(self, distributor):
        return Formats(distributor.env, distributor.company_id.currency_id)

    # -- which cycles --------------------------------------------------------

    @api.model
    def _run_domain(self, distributor):
        """Posted runs of the own company since the present holder holds the membership:
        nothing else exists for this reader, previews and what was paid to an earlier
        holder least of all."""
        since = distributor.network_id._local_date(distributor._get_held_since())
        return [
            ("network_id", "=", distributor.network_id.id),
            ("state", "=", "posted"),
            ("period_id.date_end", ">=", since),
        ]

    @api.model
    def _own_run(self, distributor, run_id):
        """The posted run of that id if this reader may see it, else empty."""
        return distributor.env["mlm.run"].search(
            [("id", "=", run_id), *self._run_domain(distributor)]
        )

    @api.model
    def _count(self, distributor):
        return distributor.env["mlm.run"].search_count(self._run_domain(distributor))

    @api.model
    def _list(self, distributor, limit=None, offset=0):
        """One dict per posted cycle, newest first; zeros where nothing was earned."""
        runs = distributor.env["mlm.run"].search(
            self._run_domain(distributor),
            order="period_id, id",
            limit=limit,
            offset=offset,
        )
        statements = distributor.env["mlm.statement"].search(
            [("run_id", "in", runs.ids), ("distributor_id", "=", distributor.id)]
        )
        by_run = {statement.run_id: statement for statement in statements}
        return [self._summary(run, by_run.get(run)) for run in runs]

    def _summary(self, run, statement):
        period = run.period_id
        return {
            "run": run.id,
            "number": period.number,
            "start": period.date_start,
            "end": period.date_end,
            "pay_date": period.pay_date,
            "gross": standing.points(statement.gross_e4 if statement else 0),
            "deducted": standing.points(statement.deducted_e4 if statement else 0),
            "net": standing.points(statement.net_e4 if statement else 0),
        }

    # -- one cycle -----------------------------------------------------------

    @api.model
    def _count_lines(self, run, distributor):
        return sum(one["count"] for one in run._get_levels(distributor))

    @api.model
    def _get(self, run, distributor, limit=None, offset=0):
        """Everything the page of one statement shows.

        :param limit: how many of its lines, the largest first; None: all
        """
        words = self._words(distributor)
        raw = run._get_statement(distributor, limit, offset)
        plan = run.version_id._plan()
        labels = self._labels(run)
        stands = self._standing(run, distributor, raw["measures"])
        visible = self._visible(distributor)
        gross = standing.points(0) + sum(map(standing.Decimal, self._amounts(raw)))
        bonuses = [
            {
                "code": bonus["code"],
                "name": labels[bonus["code"]],
                "amount": bonus["amount"],
                "percent": standing.percent_of(standing.Decimal(bonus["amount"]), gross),
            }
            for bonus in raw["bonuses"]
            if standing.Decimal(bonus["amount"])
        ]
        return {
            **raw,
            "adjustments": self.env["mlm.adjustment"]._of_statement(
                run, distributor, distributor.partner_id
            ),
            "bonuses": sorted(bonuses, key=lambda one: -standing.Decimal(one["amount"])),
            "rank": self._label(stands["rank"]["current"], run) if stands["rank"] else "",
            "earnings": [
                self._line(row, labels, plan, visible, run, distributor) for row in raw["earnings"]
            ],
            "levels": self._levels(raw["levels"], labels, plan, run),
            "missed": self._missed(run, distributor, labels),
            "standing": stands,
            "why": self.env["mlm.portal.advice"]._then(stands, words),
        }

    def _amounts(self, raw):
        return [bonus["amount"] for bonus in raw["bonuses"]]

    @api.model
    def _standing(self, run, distributor, measures):
        """Legs, activity and rank in a posted cycle, from its stored figures."""
        plan = run.version_id._plan()
        figures = standing.collect(
            (row["measure"], row["bonus"], row["position"], row["raw"]) for row in measures
        )
        placed = distributor.position_ids.filtered(
            lambda position: position.placed_at < run.period_id._end_moment()
        ).sorted("id")
        return standing.stands(plan, figures, placed)

    # -- words ---------------------------------------------------------------

    @api.model
    def _label(self, item, run):
        """Name of an entry of the plan in the reader's language."""
        return name_in(item["name"], run.version_id._short_lang())

    @api.model
    def _labels(self, run):
        """``{bonus code: name}`` in the reader's language."""
        return {
            bonus["code"]: self._label(bonus, run) for bonus in run.version_id._plan()["bonuses"]
        }

    @api.model
    def _visible(self, distributor):
        """Codes whose name this reader may see: the own and the direct team's."""
        team = distributor.child_ids.filtered(lambda one: one.kind != "customer")
        return set((distributor + team).mapped("code"))

    def _line(self, row, labels, plan, visible, run, distributor):
        """One earning without what the reader may not know of others."""
        moment = fields.Datetime.to_datetime(row["moment"] or None)
        item = next(one for one in plan["bonuses"] if one["code"] == row["bonus"])
        told, lang = telling.of(item["rule"]), run.version_id._short_lang()
        unit = told.base_unit(plan, item)
        if unit == plan["company_currency"]:
            unit = row.get("base_currency", unit)
        because = row["source_name"] if row["source"] in visible else tell(told.origin, lang)
        if row["source"] == distributor.code:
            because = self.env._("You")
        return {
            "id": row["id"],
            "bonus": row["bonus"],
            "bonus_name": labels[row["bonus"]],
            "because": because,
            # where the company keeps time, wherever the reader is
            "paid": moment and run.network_id._sale_text(moment),
            "level": row["level"],
            "level_name": tell(told.level, lang).capitalize(),
            "base": row["base"],
            "unit": unit,
            "rate": row["rate"],
            "fx": row["fx"],
            "per": row.get("per", "1"),
            "divides": rules.get(item["rule"]).divides,
            "limited": standing.Decimal(row["limited"]),
            "amount": row["amount"],
        }

    def _levels(self, levels, labels, plan, run):
        """Totals by bonus and level, in the words of each bonus."""
        lang = run.version_id._short_lang()
        rules_of = {bonus["code"]: bonus["rule"] for bonus in plan["bonuses"]}
        return [
            {
                **one,
                "name": labels[one["code"]],
                "level_name": tell(telling.of(rules_of[one["code"]]).level, lang).capitalize(),
            }
            for one in levels
        ]

    def _missed(self, run, distributor, labels):
        """What the plan offered and was not reached, by bonus and reason, with a row of each."""
        lang = run.version_id._short_lang()
        first, last = self.env["mlm.earning"]._id_range(run.number)
        rows = run.env.execute_query(
            SQL(
                """SELECT bonus_id, coalesce(reason, 0), count(*), sum(breakage_e4)::bigint, min(id)
                     FROM mlm_earning_store
                    WHERE id >= %s AND id < %s AND payee_id = %s AND breakage_e4 <> 0
                    GROUP BY 1, 2 ORDER BY 4 DESC, 5""",
                first,
                last,
                distributor.id,
            )
        )
        found = []
        for bonus, code, count, breakage_e4, row in rows:
            reason = codes.Reason(code)
            found.append(
                {
                    "bonus_name": labels[run.env["mlm.plan.bonus"].browse(bonus).code],
                    "reason": reason.name.lower(),
                    "reason_text": engine_words.reason_text(reason, lang),
                    "remedy": self.env["mlm.portal.advice"]._remedy(reason.name.lower()),
                    "count": count,
                    "amount": standing.points(breakage_e4),
                    "id": row,
                }
            )
        return found
