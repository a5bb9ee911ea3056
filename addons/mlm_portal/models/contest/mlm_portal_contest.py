# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models

from odoo.addons.mlm_base.exact import to_e4

from ... import standing

#: days that a finished contest is still shown
KEPT = 60
#: places that everybody sees
SHOWN = 10


class MlmPortalContest(models.AbstractModel):
    """Contests of the reader's company: the own place, and the first ones.

    Of others nobody but the own direct team is named (RULES 38). Callers have checked that
    the distributor is the reader's own.
    """

    _name = "mlm.portal.contest"
    _description = "Contests in the Portal"

    @api.model
    def _domain(self, distributor):
        today = self.env["mlm.period"]._today(distributor.network_id)
        return [
            ("company_id", "=", distributor.company_id.id),
            ("state", "in", ("running", "closed", "done")),
            ("date_end", ">=", today - timedelta(days=KEPT)),
        ]

    @api.model
    def _has_any(self, distributor):
        """Tell whether there is something to show to this reader."""
        return distributor.kind == "distributor" and bool(
            distributor.env["mlm.contest"].search_count(self._domain(distributor), limit=1)
        )

    @api.model
    def _list(self, distributor):
        """One dict per contest, those that run first; see `_contest`."""
        if distributor.kind != "distributor":
            return []
        found = distributor.env["mlm.contest"].search(self._domain(distributor))
        found = found.sorted(lambda one: (one.state != "running", one.date_end))
        return [self._contest(one, distributor) for one in found]

    def _contest(self, contest, distributor):
        """What the page shows of a contest; without figures while it is looked at (RULES 62)."""
        today = self.env["mlm.period"]._today(contest.network_id)
        measures = dict(contest._fields["measure"]._description_selection(self.env))
        told = {
            "name": contest.name,
            "text": contest.text or "",
            "state": contest.state,
            "measure": measures[contest.measure],
            "products": contest.product_ids.mapped("name"),
            "unit": contest._unit(),
            "start": contest.date_start,
            "end": contest.date_end,
            "started": contest.date_start <= today,
            "days_left": (contest.date_end - today).days,
            "by_place": contest.mode == "top",
            "minimum": contest.minimum,
            "prizes": [
                {"place": one.place, "minimum": one.minimum, "name": one.name}
                for one in contest.prize_ids
            ],
            "uncounted": contest._is_uncounted(),
            "counted": contest._get_counted(),
            "first": [],
            "mine": None,
        }
        if contest.state == "closed" or told["uncounted"]:
            return told
        named = self.env["mlm.portal.statement"]._visible(distributor)
        for one in contest._get_standings(SHOWN, distributor):
            person = one["distributor"]
            line = {
                "place": one["place"],
                "points": standing.points(one["points_e4"]),
                "prize": one["prize"].name or "",
                "me": person == distributor,
                "name": person.partner_id.name if person.code in named else "",
            }
            if len(told["first"]) < SHOWN:
                told["first"].append(line)
            if line["me"]:
                told["mine"] = line
        if contest.state == "running":
            told["missing"] = self._missing(contest, told["mine"])
        return told

    def _missing(self, contest, mine):
        """Return ``{points, place or prize}``: what is missing for the next step, or None."""
        own_e4 = to_e4(mine["points"]) if mine else 0
        steps = [("", contest._minimum_e4() if contest.minimum else 0)]
        if contest.mode == "threshold":
            steps += [(one.name, to_e4(f"{one.minimum:.2f}")) for one in contest.prize_ids]
        ahead = [(goal_e4, name) for name, goal_e4 in steps if goal_e4 > own_e4]
        if ahead:
            goal_e4, name = min(ahead)
            return {"points": standing.points(goal_e4 - own_e4), "prize": name, "place": 0}
        if contest.mode == "top" and mine and mine["place"] > 1:
            goal_e4, place = contest._get_next_above(own_e4)
            return {"points": standing.points(goal_e4 - own_e4), "prize": "", "place": place}
        return None
