# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import from_e4, to_e4

#: places that screens show and that are kept
SHOWN = 100


class MlmContest(models.Model):
    """How a contest stands: read from the ledger while it runs, from its places after.

    A sale counts by its moment, whatever cycle its row went to, and a return takes it out of
    the window in which it was made. The downline is that of today.
    """

    _inherit = "mlm.contest"

    def _get_standings(self, limit=SHOWN, person=None, rows=None):
        """Return who stands where, the first place first.

        Place = 1 + people with more; of who has less than the minimum it is 0.

        :param limit: people at most, beside those who win
        :param person: a distributor who is in the list in any case
        :param rows: of `_get_rows`, where the caller has read them already
        :return: ``[{distributor, place, points_e4, prize}]``, records of `mlm.distributor`
            and `mlm.contest.prize`
        """
        people = self.env["mlm.distributor"]
        last = max(self.prize_ids.mapped("place"), default=0)
        found = []
        rows = self._get_rows() if rows is None else rows
        for rank, (holder, place, points_e4) in enumerate(rows):
            prize = self.prize_ids.browse()
            if self.mode == "threshold" or place <= last:
                prize = self._prize_of(place, points_e4)
            if rank < limit or prize or (person and holder == person.id):
                found.append((holder, place, points_e4, prize))
        return [
            {
                "distributor": people.browse(holder),
                "place": place,
                "points_e4": points_e4,
                "prize": prize,
            }
            for holder, place, points_e4, prize in found
        ]

    def _get_rows(self):
        """Return ``[(distributor id, place, figure in ten-thousandths)]``, the first one first."""
        self.ensure_one()
        if self.state in ("closed", "done"):
            return self._read_places()
        return self._read_ledger() if self.date_start and self.date_end else []

    def _prize_of(self, place, points_e4):
        """Return the prize that a place or figure wins, or none."""
        if not place:
            return self.prize_ids.browse()
        if self.mode == "top":
            return self.prize_ids.filtered(lambda one: one.place == place)
        reached = self.prize_ids.filtered(lambda one: _e4(one.minimum) <= points_e4)
        return reached.sorted("minimum")[-1:]

    def _minimum_e4(self):
        """Return the figure from which somebody takes a place: above zero in any case."""
        return max(_e4(self.minimum), 1)

    def _read_places(self):
        # sudo: as the contest, which the caller may read
        places = self.sudo().place_ids
        return [(one.distributor_id.id, one.place, one.points_e4) for one in places]

    def _read_ledger(self):
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
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
                SELECT id, CASE WHEN is_ranked
                           THEN rank() OVER (ORDER BY points_e4 DESC)::int ELSE 0 END,
                       points_e4
                  FROM standing
                 ORDER BY points_e4 DESC, id
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

    # -- screens -------------------------------------------------------------

    @api.depends(
        "state",
        "measure",
        "date_start",
        "date_end",
        "mode",
        "minimum",
        "prize_ids.amount",
        "prize_ids.place",
        "prize_ids.minimum",
    )
    @api.depends_context("lang")
    def _compute_standing(self):
        for contest in self:
            standings = contest._get_standings() if contest.id else []
            total_e4 = sum(one["prize"]._amount_e4() for one in standings if one["prize"])
            contest.prize_total = float(from_e4(total_e4))
            contest.standings_html = contest._render(standings[:SHOWN]) if contest.id else False

    def _render(self, standings):
        best = max((one["points_e4"] for one in standings), default=1)
        return self.env["ir.qweb"]._render(
            "mlm_commission.contest_standings",
            {
                "words": self._words(),
                "unit": self._unit(),
                "standings": [
                    {
                        "name": one["distributor"].display_name,
                        "place": one["place"],
                        "points": from_e4(one["points_e4"]),
                        "share": 100 * one["points_e4"] // best,
                        "prize": one["prize"].name or "",
                    }
                    for one in standings
                ],
            },
        )


def _e4(figure):
    """Return a figure that people write, two decimals at most, in ten-thousandths."""
    return to_e4(f"{figure:.2f}")
