# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from mlm_engine.kernel.codes import Measure

from odoo import api, models
from odoo.tools import SQL

from ... import standing

#: Days for which somebody counts as a new recruit.
NEW_DAYS = 28


class MlmPortalTeam(models.AbstractModel):
    """The direct team: who was sponsored by the reader, and how active they are.

    Name, code, side, activity, own PV and rank: nothing of their earnings, bank,
    address or identity documents.
    """

    _name = "mlm.portal.team"
    _description = "Direct Team in the Portal"

    @api.model
    def _domain(self, distributor):
        """Distributors and preferred customers; customers are no team."""
        return [
            ("sponsor_id", "=", distributor.id),
            ("kind", "!=", "customer"),
            ("state", "!=", "terminated"),
        ]

    @api.model
    def _get(self, distributor, search="", show="all", sort="newest"):
        """The whole direct team, filtered and sorted, without the sides.

        :param show: all, active, inactive or new
        :param sort: newest, name or volume
        :return: ``{"members": [dict], "total", "active", "new", "live", "as_of", "cycle"}``
        """
        everybody = distributor.search(self._domain(distributor))
        now, cycle, figures = self._figures(distributor, everybody)
        # new as of the cycle shown, which may have ended before today
        until = distributor.env["mlm.period"]._today(distributor.network_id)
        if cycle:
            until = min(until, cycle.date_end)
        newest = until - timedelta(days=NEW_DAYS)
        members = [
            {
                "id": one.id,
                "name": one.name,
                "code": one.code,
                "kind": one.kind,
                "state": one.state,
                "joined": one.join_date,
                "new": one.join_date >= newest,
                **figures[one.id],
            }
            for one in everybody
        ]
        found = {
            "total": len(members),
            "active": sum(one["active"] for one in members),
            "new": sum(one["new"] for one in members),
            "live": now is not None,
            "as_of": self.env["mlm.live"]._say_as_of(now, distributor.network_id),
            "cycle": cycle.number,
        }
        wanted = search.strip().casefold()
        tests = {
            "active": lambda one: one["active"],
            "inactive": lambda one: not one["active"],
            "new": lambda one: one["new"],
        }
        members = [
            one
            for one in members
            if tests.get(show, lambda one: True)(one)
            and (
                not wanted
                or wanted in (one["name"] or "").casefold()
                or wanted in one["code"].casefold()
            )
        ]
        keys = {
            "name": lambda one: (one["name"] or "").casefold(),
            "volume": lambda one: (-one["own_pv"], (one["name"] or "").casefold()),
        }
        key = keys.get(sort, lambda one: (-one["joined"].toordinal(), -one["id"]))
        return {**found, "members": sorted(members, key=key)}

    def _figures(self, distributor, members):
        """Activity, own PV and rank of ``members``: ``(now, cycle, {id: dict})``.

        By live figures of the present cycle, else (``now`` is None) of the last posted one.
        """
        period, now = distributor.env["mlm.live"]._get_now(distributor.network_id)
        if now:
            return now, period, self._projected(now, members)
        run = distributor.env["mlm.period"]._last_posted(distributor.network_id).posted_run_id
        return None, run.period_id, self._posted(run, members)

    def _projected(self, now, members):
        people, ranks = now.people(members), now.plan["ranks"]
        found = {}
        for one in members:
            # of somebody who joined after the figures there are none
            row = people[one.id].row if one.id in people else {}
            rank = row.get("rank", 0)
            found[one.id] = {
                "own_pv": standing.points(row.get("own_pv_e4", 0)),
                "active": bool(row.get("active")),
                "rank": now.view.label(ranks[rank]["name"]) if rank else "",
            }
        return found

    def _posted(self, run, members):
        wanted = (Measure.OWN_PV, Measure.ACTIVE, Measure.RANK)
        figures = run._values_of(members.ids, wanted) if run else {}
        found = {
            one.id: {code: figures.get((one.id, code), 0) for code in wanted} for one in members
        }
        ranks = run.version_id._plan()["ranks"] if run else []
        label = run.env["mlm.portal.statement"]._label
        return {
            member: {
                "own_pv": standing.points(values[Measure.OWN_PV]),
                "active": bool(values[Measure.ACTIVE]),
                "rank": label(ranks[values[Measure.RANK]], run) if values[Measure.RANK] else "",
            }
            for member, values in found.items()
        }

    @api.model
    def _sides(self, distributor, member_ids):
        """``{member id: left | right}`` below the reader's first position.

        Walks up from each of them; who is placed elsewhere, or not at all, is absent.
        """
        top = distributor.position_ids.sorted("id")[:1]
        if not top or not member_ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE climb(member, parent, leg) AS (
                    SELECT distributor_id, parent_id, leg FROM mlm_position
                     WHERE distributor_id = ANY(%(members)s) AND tree_id = %(tree)s
                UNION ALL
                    SELECT climb.member, above.parent_id, above.leg
                      FROM climb, LATERAL (
                           SELECT parent_id, leg FROM mlm_position node
                            WHERE node.id = climb.parent LIMIT 1) above
                     WHERE climb.parent <> %(top)s
                )
                SELECT member, leg FROM climb WHERE parent = %(top)s
                """,
                members=list(member_ids),
                tree=top.tree_id.id,
                top=top.id,
            )
        )
        return dict(rows)
