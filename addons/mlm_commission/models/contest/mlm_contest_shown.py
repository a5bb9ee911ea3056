# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import from_e4

from .mlm_contest_count import SHOWN


class MlmContest(models.Model):
    """What pages show of a contest: of some people, by index, however many take part.

    While it runs as of the last count, afterwards its places.
    """

    _inherit = "mlm.contest"

    def _get_standings(self, limit=SHOWN, person=None):
        """Return who stands where, the first place first; see `_with_prizes`.

        :param limit: people at most
        :param person: a distributor who is in the list in any case
        """
        self.ensure_one()
        if self.state not in ("running", "closed", "done"):
            return []
        if self.state == "running":
            table = SQL("mlm_contest_standing")
            place = SQL(
                """(SELECT place FROM mlm_contest_rung AS rung
                     WHERE rung.contest_id = shown.contest_id
                       AND rung.points_e4 = shown.points_e4)"""
            )
        else:
            table, place = SQL("mlm_contest_place"), SQL("place")
        rows = self.env.execute_query(
            SQL(
                """SELECT distributor_id, %(place)s, points_e4 FROM (
                       (SELECT * FROM %(table)s WHERE contest_id = %(contest)s
                         ORDER BY points_e4 DESC, distributor_id LIMIT %(limit)s)
                       UNION
                       SELECT * FROM %(table)s
                        WHERE contest_id = %(contest)s AND distributor_id = %(person)s
                   ) AS shown ORDER BY points_e4 DESC, distributor_id""",
                table=table,
                place=place,
                contest=self.id,
                limit=limit,
                person=person.id if person else None,
            )
        )
        return self._with_prizes(rows)

    def _get_next_above(self, points_e4):
        """Return ``(figure, place)`` of who is next above a figure, None above the first."""
        rows = self.env.execute_query(
            SQL(
                """SELECT points_e4, place FROM mlm_contest_rung
                    WHERE contest_id = %s AND points_e4 > %s ORDER BY points_e4 LIMIT 1""",
                self.id,
                points_e4,
            )
        )
        return rows[0] if rows else None

    def _is_uncounted(self):
        """Whether it runs and nobody has counted yet."""
        return self.state == "running" and not self.counted_at

    def _get_counted(self):
        """Say as of when people stand so, for the reader; empty for places, which stay."""
        if self.state != "running" or not self.counted_at:
            return ""
        zone = self.env.user.tz or self.network_id.tz
        return self.env._("As of %s", self._words().recent(self.counted_at, zone))

    @api.depends("prizes_e4")
    def _compute_prize_total(self):
        for contest in self:
            contest.prize_total = float(from_e4(contest.prizes_e4 or 0))

    @api.depends("state", "counted_at")
    @api.depends_context("lang", "uid")
    def _compute_standings_html(self):
        for contest in self:
            contest.standings_html = contest._render() if contest.id else False

    def _render(self):
        standings = self._get_standings()
        best = max((one["points_e4"] for one in standings), default=1)
        return self.env["ir.qweb"]._render(
            "mlm_commission.contest_standings",
            {
                "words": self._words(),
                "unit": self._unit(),
                "uncounted": self._is_uncounted(),
                "counted": self._get_counted(),
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
