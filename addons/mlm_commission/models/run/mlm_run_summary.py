# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

# People named as the highest paid.
TOP = 10
# Runs of these states have no rows to compare with.
WITHOUT_ROWS = ("queued", "computing", "failed", "cancelled")


class MlmRun(models.Model):
    """Figures of the whole run, for the charts and the summary."""

    _inherit = "mlm.run"

    @api.readonly
    def read_summary(self):
        """What the charts of the form show; see `_get_summary`."""
        self.ensure_one()
        self.check_access("read")
        self.env["mlm.earning"].check_access("read")
        return self._get_summary()

    def _get_summary(self):
        """Return what was paid by bonus and rank, to whom most, and why not.

        :return: dict with ``currency`` (id), ``compared`` (name of the run compared with,
            or ""), ``bonuses`` ``[{id, name, amount, before}]``, ``ranks`` ``[{name, people,
            paid, amount}]``, ``top`` ``[{id, name, rank, amount, share}]``, ``reasons``
            ``[{name, breakage}]`` and ``top_share``; amounts are numbers to be shown
        """
        self.ensure_one()
        other = self._get_compared()[-1:]
        before = {}
        if other:
            before = {total.bonus_id.code: total.amount for total in other[0][1].bonus_total_ids}
        top = self._get_top()
        return {
            "currency": self.currency_id.id,
            "compared": other[0][1].display_name if other else "",
            "bonuses": [
                {
                    "id": total.bonus_id.id,
                    "name": total.bonus_id.name,
                    "amount": total.amount,
                    "before": before.get(total.bonus_id.code, 0),
                }
                for total in self.bonus_total_ids
            ],
            "ranks": self._get_rank_figures(),
            "top": top,
            "top_share": sum(one["share"] for one in top),
            "reasons": self._get_reason_figures(),
        }

    def _get_compared(self):
        """Return ``[(code of what it is compared with, run)]``."""
        self.ensure_one()
        posted = self.period_id._previous_run()
        preview = self.previous_id.filtered(lambda run: run.state not in WITHOUT_ROWS)
        return [(code, run) for code, run in enumerate((posted, preview)) if run]

    def _paid_people(self):
        """SQL: ``payee_id``, ``amount_e4`` of everybody with an amount in the run, in the
        currency of the home company."""
        first, last = self.env["mlm.run.sum"]._id_range(self.number)
        return SQL(
            """
            SELECT payee_id, sum(amount_e4)::bigint AS amount_e4
              FROM mlm_run_sum_store
             WHERE id >= %s AND id < %s AND payee_id IS NOT NULL
             GROUP BY payee_id HAVING sum(amount_e4) <> 0
            """,
            first,
            last,
        )

    def _paid_people_turned(self):
        """SQL: the same in the run's currency."""
        if not self.homes:
            return self._paid_people()
        company, join = self._payee_company()
        return SQL(
            "SELECT store.payee_id, %s AS amount_e4 FROM (%s) AS store %s",
            self._turned(SQL("store.amount_e4"), company),
            self._paid_people(),
            join,
        )

    def _get_reason_figures(self):
        names = dict(self.reason_total_ids._fields["reason"]._description_selection(self.env))
        sums = {}
        for total in self.reason_total_ids:
            sums[total.reason] = sums.get(total.reason, 0) + total.breakage
        return [
            {"name": names.get(reason, ""), "breakage": amount}
            for reason, amount in sorted(sums.items(), key=lambda item: -item[1])
        ]

    def _get_rank_figures(self):
        """People, people paid and amount by paid-as rank, the highest first."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT coalesce(ranked.rank, 0), count(*), sum(paid.amount_e4)::bigint
                  FROM (SELECT * FROM (%s) AS store WHERE %s) paid %s
                 GROUP BY 1
                """,
                self._paid_people_turned(),
                self._of_read_homes(),
                self._join_figures("ranked", SQL("paid.payee_id")),
            )
        )
        paid = {rank: (people, amount) for rank, people, amount in rows}
        people = {total.rank_id.sequence: total.payees for total in self.rank_total_ids}
        return [
            {
                "name": rank.name,
                # who holds the first rank is not counted: it is everybody's
                "people": people.get(rank.sequence),
                "paid": paid.get(rank.sequence, (0, 0))[0],
                "amount": paid.get(rank.sequence, (0, 0))[1] / 10_000,
            }
            for rank in self.version_id.rank_ids.sorted("sequence", reverse=True)
            if rank.sequence in people or rank.sequence in paid
        ]

    def _get_top(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT payee_id, amount_e4 FROM (%s) AS store WHERE %s ORDER BY 2 DESC, 1 LIMIT %s",
                self._paid_people_turned(),
                self._of_read_homes(),
                TOP,
            )
        )
        people = self.env["mlm.distributor"].browse([person for person, _amount in rows])
        ranks = self._ranks_of(people) if people else {}
        return [
            {
                "id": person.id,
                "name": person.display_name,
                "rank": ranks.get(person.id, ""),
                "amount": amount_e4 / 10_000,
                "share": 100 * amount_e4 / self.amount_e4 if self.amount_e4 else 0,
            }
            for person, (_id, amount_e4) in zip(people, rows, strict=True)
        ]

    def action_person(self, distributor_id):
        """The rows of a person in this run, as the charts open them."""
        self.check_access("read")
        return self._action_earnings(self.env["mlm.distributor"].browse(distributor_id))

    def action_bonus(self, bonus_id):
        self.check_access("read")
        return self._action_earnings(bonus=self.env["mlm.plan.bonus"].browse(bonus_id))
