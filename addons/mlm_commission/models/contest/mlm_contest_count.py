# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from bisect import bisect_right
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import to_e4

#: places that screens show and that are kept
SHOWN = 100


class MlmContest(models.Model):
    """What people have in a contest by the ledger as it is: what a close pays on.

    A sale counts by its moment, whatever cycle its row went to, and a return takes it out of
    the window in which it was made. The downline is that of today. Screens show what was
    counted last, see `mlm.contest.standing`.
    """

    _inherit = "mlm.contest"

    def _count_standings(self, limit=SHOWN):
        """Return who stands where by the ledger, the first place first.

        :param limit: people at most, beside those who win
        :return: see `_with_prizes`
        """
        self.ensure_one()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, place, points_e4 FROM (%s) AS counted ORDER BY points_e4 DESC, id",
                self._get_count_query(),
            )
        )
        prize_of = self._get_prize_finder()
        return self._with_prizes(
            row for rank, row in enumerate(rows) if rank < limit or prize_of(*row[1:])
        )

    def _with_prizes(self, rows):
        """Return ``[{distributor, place, points_e4, prize}]``, records of `mlm.distributor`
        and `mlm.contest.prize`.

        :param rows: ``(distributor id, place, figure in ten-thousandths)``
        """
        rows, prize_of = list(rows), self._get_prize_finder()
        people = self.env["mlm.distributor"].browse(holder for holder, *_figures in rows)
        return [
            {
                "distributor": person,
                "place": place,
                "points_e4": points_e4,
                "prize": prize_of(place, points_e4),
            }
            for person, (_holder, place, points_e4) in zip(people, rows, strict=True)
        ]

    def _get_prize_finder(self):
        """Return ``f(place, figure in ten-thousandths)``: the prize that these win, or none."""
        none = self.prize_ids.browse()
        if self.mode == "top":
            by_place = {one.place: one for one in self.prize_ids}
            return lambda place, _points_e4: by_place.get(place, none)
        prizes = self.prize_ids.sorted("minimum")
        goals = [_e4(one.minimum) for one in prizes]
        ladder = [none, *prizes]
        return lambda place, points_e4: ladder[bisect_right(goals, points_e4) if place else 0]

    def _minimum_e4(self):
        """Return the figure from which somebody takes a place: above zero in any case."""
        return max(_e4(self.minimum), 1)

    def _get_count_query(self):
        """SQL: ``id, place, points_e4`` of whoever has points.

        Place = 1 + people with more; of who has less than the minimum it is 0.
        """
        return SQL(
            """
            WITH credited AS (
                SELECT entry.distributor_id, entry.buyer_id,
                       sum(entry.pv_e4)::bigint AS pv_e4, sum(entry.cv_e4)::bigint AS cv_e4
                  FROM mlm_volume_entry AS entry
                  LEFT JOIN mlm_volume_entry AS origin ON origin.id = entry.origin_id
                 WHERE entry.network_id = %(network)s AND entry.kind <> 'opening'
                   AND entry.period_id IN (
                       SELECT id FROM mlm_period
                        WHERE network_id = %(network)s AND date_end >= %(first_day)s)
                   AND coalesce(origin.moment, entry.moment) >= %(start)s
                   AND coalesce(origin.moment, entry.moment) < %(end)s
                   AND %(products)s
                 GROUP BY entry.distributor_id, entry.buyer_id
            ), figure AS (%(figure)s), standing AS (
                SELECT person.id, figure.points_e4,
                       figure.points_e4 >= %(minimum)s AS is_ranked
                  FROM figure
                  JOIN mlm_distributor AS person ON person.id = figure.id
                 WHERE person.company_id = %(company)s AND person.kind = 'distributor'
                   AND person.state IN ('active', 'suspended')
                   AND person.treatment <> 'compress' AND figure.points_e4 > 0
            )
            SELECT id, points_e4,
                   CASE WHEN is_ranked
                       THEN rank() OVER (ORDER BY points_e4 DESC)::int ELSE 0 END AS place
              FROM standing
            """,
            network=self.network_id.id,
            company=self.company_id.id,
            first_day=self.date_start,
            start=self.env["mlm.period"]._local_start(self.network_id, self.date_start),
            end=self.env["mlm.period"]._local_start(
                self.network_id, self.date_end + timedelta(days=1)
            ),
            products=SQL("entry.product_id = ANY(%s)", self.product_ids.ids)
            if self.product_ids
            else SQL("true"),
            figure=self._get_figure(),
            minimum=self._minimum_e4(),
        )

    def _get_figure(self):
        """SQL: ``id, points_e4`` of whoever has any, from ``credited``."""
        if self.measure == "frontline_pv":
            return SQL(
                """SELECT person.sponsor_id AS id, sum(credited.pv_e4)::bigint AS points_e4
                     FROM credited
                     JOIN mlm_distributor AS person ON person.id = credited.distributor_id
                    WHERE person.sponsor_id IS NOT NULL GROUP BY 1"""
            )
        if self.measure == "group_pv":
            return SQL(
                """SELECT above.id::int AS id, sum(credited.pv_e4)::bigint AS points_e4
                     FROM credited
                     JOIN mlm_distributor AS person ON person.id = credited.distributor_id
                    CROSS JOIN LATERAL string_to_table(trim('/' FROM person.parent_path), '/')
                       AS above (id)
                    GROUP BY 1"""
            )
        if self.measure == "new_buyers":
            # who only enrols counts for nobody: sales pay, enrolment does not
            return SQL(
                """SELECT person.sponsor_id AS id, count(*) * 10000 AS points_e4
                     FROM (SELECT distributor_id FROM credited
                            GROUP BY 1 HAVING sum(pv_e4) > 0) AS bought
                     JOIN mlm_distributor AS person ON person.id = bought.distributor_id
                    WHERE person.sponsor_id IS NOT NULL
                      AND person.join_date BETWEEN %s AND %s GROUP BY 1""",
                self.date_start,
                self.date_end,
            )
        column = SQL("cv_e4" if self.measure == "personal_cv" else "pv_e4")
        customers = self.measure == "customer_pv"
        return SQL(
            "SELECT distributor_id AS id, sum(%s)::bigint AS points_e4 FROM credited"
            " WHERE %s GROUP BY 1",
            column,
            SQL("buyer_id IS DISTINCT FROM distributor_id") if customers else SQL("true"),
        )


def _e4(figure):
    """Return a figure that people write, two decimals at most, in ten-thousandths."""
    return to_e4(f"{figure:.2f}")
