# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timezone

import numpy as np
from mlm_engine import rules
from mlm_engine.kernel import ordering, returned
from mlm_engine.kernel.by_id import index_of, translated
from mlm_engine.kernel.codes import Measure
from mlm_engine.kernel.snapshot import LEG_NONE, LEG_NOWHERE

from odoo import models

from ...copy_binary import copy_out
from ...snapshot_columns import moment_of, sorted_columns

#: Figures of what own purchases put into each leg: new of the period, less what came back,
#: and what came back.
LEFT = (Measure.LEFT_EXCESS, Measure.LEFT_BACK)
RIGHT = (Measure.RIGHT_EXCESS, Measure.RIGHT_BACK)


class MlmSnapshot(models.AbstractModel):
    """Returns of a run: who stood above the sale when it counted, and which legs the
    excess of the purchase went to (RULES 44, 45). Reads nothing where nothing returned."""

    _inherit = "mlm.snapshot"

    def _load_returned(self, snapshot, period, version):
        """Return the snapshot with the links and records that its returns read."""
        rows = self._read_returned(snapshot, period)
        if not rows["row"].size:
            return snapshot
        place = index_of(snapshot.row_id, rows["row"])
        snapshot.row_as_of = np.full(snapshot.row_id.size, -1, dtype=np.int64)
        snapshot.row_as_of[place] = rows["as_of"]
        since = datetime.fromtimestamp(int(rows["as_of"].min()), timezone.utc)
        since = since.replace(tzinfo=None)
        self._load_former(snapshot, period, since)
        snapshot = self._load_moved(snapshot, period, version, since, rows, place)
        self._load_fed(snapshot, period, version, rows)
        return snapshot

    def _read_returned(self, snapshot, period):
        """Columns ``row``, ``member`` and ``position`` (ids), ``counted`` (id of the period
        of this kind in which the sale counted) and ``as_of``, its last moment."""
        back = snapshot.row_id[snapshot.row_reversal == 1]
        rows = copy_out(
            self.env.cr,
            """
            SELECT e.id::bigint, e.distributor_id::bigint,
                   coalesce(e.position_id, 0)::bigint, root.period_id::bigint,
                   coalesce((SELECT round(extract(epoch FROM min(l.valid_from)))
                               FROM mlm_link l
                              WHERE l.position_id = e.position_id
                                AND l.superseded_at IS NULL), 0)::bigint
              FROM mlm_volume_entry e
              JOIN mlm_volume_entry o ON o.id = e.origin_id
              JOIN mlm_volume_entry root ON root.id = coalesce(o.origin_id, o.id)
             WHERE e.id = ANY(%s)
             ORDER BY e.id
            """,
            [back.tolist()],
            ("row", "member", "position", "cycle", "placed"),
        )
        counted, as_of, brought = {}, {}, {}
        for cycle in self.env["mlm.period"].browse(np.unique(rows["cycle"]).tolist()):
            found = cycle if period.is_base else self._longer_of(cycle, period.kind)
            counted[cycle.id] = found.id
            as_of[cycle.id] = moment_of(found._end_moment()) - 1
            brought[cycle.id] = int(cycle.state == "history")
        rows["counted"] = translated(rows["cycle"], counted)
        rows["as_of"] = translated(rows["cycle"], as_of)
        # A sale of before the first cycle here went up the first links that are known.
        early = translated(rows["cycle"], brought) == 1
        rows["as_of"] = np.where(early, np.maximum(rows["as_of"], rows["placed"]), rows["as_of"])
        return rows

    def _longer_of(self, cycle, kind):
        """The period of a longer kind that a cycle is part of; itself where there is none."""
        longer = self.env["mlm.period"].search(
            [
                ("network_id", "=", cycle.network_id.id),
                ("kind", "=", kind),
                ("date_start", "<=", cycle.date_end),
                ("date_end", ">=", cycle.date_end),
            ],
            limit=1,
        )
        return longer or cycle

    def _load_former(self, snapshot, period, since):
        """Sponsors replaced since: who it was until when."""
        rows = copy_out(
            self.env.cr,
            """
            SELECT l.distributor_id::bigint,
                   coalesce(l.parent_distributor_id, 0)::bigint,
                   extract(epoch FROM l.valid_to)::bigint
              FROM mlm_link l
              JOIN mlm_distributor d ON d.id = l.distributor_id
             WHERE l.tree_id IS NULL AND l.superseded_at IS NULL
               AND d.network_id = %s AND l.valid_to > %s AND l.valid_to < %s
             ORDER BY l.distributor_id, l.valid_to
            """,
            [period.network_id.id, since, period._end_moment()],
            ("member", "sponsor", "until"),
        )
        member = index_of(snapshot.member_id, rows["member"])
        known = member >= 0
        snapshot.former_member = member[known]
        snapshot.former_sponsor = index_of(snapshot.member_id, rows["sponsor"])[known]
        snapshot.former_until = rows["until"][known]

    def _load_moved(self, snapshot, period, version, since, rows, place):
        """Spots replaced since, and positions that have left the tree: those that some
        return meets on its way. Returns the snapshot with these positions in it."""
        trees = self._placement_trees(version._plan(), period.network_id)
        links = self._read_moved(period, trees, since)
        out = self._read_outside(trees, since, rows["member"])
        owned = self._read_owned(trees, rows)
        asked = np.concatenate([links["position"], links["parent"], owned["position"]])
        gone = np.setdiff1d(asked[asked > 0], snapshot.position_id)
        wide = self._with_positions(snapshot, gone, trees)
        # a return leaves the place of its sale also when that one is no longer there
        wide.row_position[place] = index_of(wide.position_id, rows["position"])
        position = np.concatenate([links["position"], out["position"]])
        parent = np.concatenate([links["parent"], np.zeros_like(out["position"])])
        spot = np.where(links["parent"] == 0, LEG_NONE, links["spot"])
        spot = np.concatenate([spot, np.full(out["position"].size, LEG_NOWHERE)])
        until = np.concatenate([links["until"], out["until"]])
        order = np.lexsort((until, position))
        wide.moved_position = index_of(wide.position_id, position)[order]
        wide.moved_parent = index_of(wide.position_id, parent)[order]
        wide.moved_leg, wide.moved_until = spot[order], until[order]
        left = np.isin(owned["position"], gone)
        wide.gone_position = index_of(wide.position_id, owned["position"][left])
        wide.gone_member = index_of(wide.member_id, owned["member"][left])
        wide, visited = returned.pruned(wide)
        unused = np.isin(wide.position_id, gone) & ~visited
        return self._without_positions(wide, unused)

    def _read_moved(self, period, trees, since):
        return copy_out(
            self.env.cr,
            """
            SELECT l.position_id::bigint, coalesce(l.parent_position_id, 0)::bigint,
                   (coalesce(l.slot, 0) - 1)::bigint, extract(epoch FROM l.valid_to)::bigint
              FROM mlm_link l
             WHERE l.tree_id = ANY(%s) AND l.superseded_at IS NULL
               AND l.valid_to > %s AND l.valid_to < %s
            """,
            [list(trees), since, period._end_moment()],
            ("position", "parent", "spot", "until"),
        )

    def _read_outside(self, trees, since, members):
        """Until when positions of some people were in no tree: not placed yet, or removed
        for a time."""
        return copy_out(
            self.env.cr,
            """
            SELECT position_id::bigint, round(extract(epoch FROM valid_from))::bigint
              FROM (SELECT l.position_id, l.valid_from,
                           lag(l.valid_to) OVER (PARTITION BY l.position_id
                                                 ORDER BY l.valid_from) AS before
                      FROM mlm_link l
                      JOIN mlm_position p ON p.id = l.position_id
                     WHERE l.tree_id = ANY(%s) AND l.superseded_at IS NULL
                       AND p.distributor_id = ANY(%s)) l
             WHERE valid_from > %s AND (before IS NULL OR before < valid_from)
            """,
            [list(trees), np.unique(members).tolist(), since],
            ("position", "until"),
        )

    def _read_owned(self, trees, rows):
        """Positions of the people whose sales come back, and those that were credited."""
        return copy_out(
            self.env.cr,
            """
            SELECT id::bigint, coalesce(distributor_id, 0)::bigint FROM mlm_position
             WHERE tree_id = ANY(%s) AND (distributor_id = ANY(%s) OR id = ANY(%s))
             ORDER BY id
            """,
            [list(trees), np.unique(rows["member"]).tolist(), np.unique(rows["position"]).tolist()],
            ("position", "member"),
        )

    def _with_positions(self, snapshot, ids, trees):
        """The snapshot with more positions: vacant, below nobody."""
        everywhere = np.concatenate([snapshot.position_id, ids])
        order = np.argsort(everywhere, kind="stable")
        size = snapshot.position_id.size
        columns = {"position_id": everywhere[order]}
        for name in ("position_member", "position_parent", "position_leg"):
            values = np.concatenate([getattr(snapshot, name), np.full(ids.size, -1)])
            columns[name] = values[order]
        if snapshot.position_tree.size:
            self.env.cr.execute(
                "SELECT id, tree_id FROM mlm_position WHERE id = ANY(%s)", [ids.tolist()]
            )
            tree = translated(ids, {one: trees[tree] for one, tree in self.env.cr.fetchall()})
            columns["position_tree"] = np.concatenate([snapshot.position_tree, tree])[order]
        place = np.empty(size + ids.size + 1, dtype=np.int64)
        place[order], place[-1] = np.arange(order.size), -1
        for name, values in (
            ("position_parent", columns["position_parent"]),
            ("row_position", snapshot.row_position),
        ):
            columns[name] = place[values]
        return replace(snapshot, **columns)

    def _without_positions(self, snapshot, unused):
        """The snapshot without vacant positions that nothing points at."""
        return ordering.with_positions(snapshot, ~unused) if unused.any() else snapshot

    def _load_fed(self, snapshot, period, version, rows):
        """What own purchases that come back had put into legs, by the posted runs of the
        periods in which they counted."""
        plan, found = version._plan(), []
        if all(_fed_by(bonus) is None for bonus in plan["bonuses"]):
            return
        pairs = sorted(set(zip(rows["counted"].tolist(), rows["member"].tolist(), strict=True)))
        for counted in self.env["mlm.period"].browse(sorted({one for one, _who in pairs})):
            run = counted.posted_run_id
            people = [who for one, who in pairs if one == counted.id]
            if run:
                found += self._fed_of(snapshot, period, version, run, people)
        (
            snapshot.fed_position,
            snapshot.fed_bonus,
            snapshot.fed_member,
            snapshot.fed_as_of,
            snapshot.fed_left_e4,
            snapshot.fed_right_e4,
            snapshot.fed_cv_e4,
            snapshot.fed_back_e4,
            snapshot.fed_packages,
        ) = sorted_columns(found, 9)

    def _fed_of(self, snapshot, period, version, run, people):
        """Rows of ``fed_*`` of some people by one run."""
        rows = self._figures_of(run, (*LEFT, *RIGHT), people)
        sums = defaultdict(lambda: [0, 0])
        for position, bonus, holder, measure, value in zip(
            *(rows[name].tolist() for name in ("position", "bonus", "holder", "measure", "value")),
            strict=True,
        ):
            sums[position, bonus, holder][measure in RIGHT] += value
        fed = [(*key, *sides) for key, sides in sums.items() if any(sides)]
        if not fed:
            return []
        here = self._bonuses_before(version, run)
        counted = {
            bonus.id: _fed_by(run.version_id._plan()["bonuses"][place])
            for place, bonus in enumerate(run.version_id.bonus_ids.sorted("sequence"))
            if bonus.id in {row[1] for row in fed}
        }
        bought = self._own_cv(run, people)
        back = self._own_cv_back(run, period, people)
        as_of = moment_of(run.period_id._end_moment()) - 1
        found = []
        for position, bonus, person, left, right in fed:
            packages = counted[bonus]
            place, member = (
                int(index_of(ids, np.array([one]))[0])
                for ids, one in ((snapshot.position_id, position), (snapshot.member_id, person))
            )
            if place < 0 or member < 0 or bonus not in here:
                continue
            of, gone = (sums.get(person, (0, 0))[packages] for sums in (bought, back))
            if of <= 0:
                continue  # the ledger has none of them any more that this plan knows
            found.append((place, here[bonus], member, as_of, left, right, of, gone, packages))
        return found

    def _own_cv(self, run, people):
        """``{person: [CV without packages, with them]}`` of the purchases of a run's period,
        less what came back within it."""
        return self._by_person(
            run.version_id,
            """
            SELECT e.distributor_id::bigint, coalesce(e.package_id, 0)::bigint,
                   sum(e.cv_e4)::bigint
              FROM mlm_volume_entry e
              LEFT JOIN mlm_volume_entry o ON o.id = e.origin_id
              LEFT JOIN mlm_volume_entry root ON root.id = o.origin_id
             WHERE e.period_id = ANY(%(cycles)s) AND e.distributor_id = ANY(%(people)s)
               AND coalesce(root.period_id, o.period_id, e.period_id) = ANY(%(cycles)s)
             GROUP BY 1, 2
            """,
            {"cycles": run.period_id._cycles_read().ids, "people": people},
        )

    def _own_cv_back(self, run, period, people):
        """``{person: [CV without packages, with them]}`` of these purchases that came back
        in the periods between."""
        return self._by_person(
            run.version_id,
            """
            SELECT e.distributor_id::bigint, coalesce(e.package_id, 0)::bigint,
                   -sum(e.cv_e4)::bigint
              FROM mlm_volume_entry e
              JOIN mlm_period p ON p.id = e.period_id
              JOIN mlm_volume_entry o ON o.id = e.origin_id
              JOIN mlm_volume_entry root ON root.id = coalesce(o.origin_id, o.id)
             WHERE root.period_id = ANY(%(cycles)s) AND e.distributor_id = ANY(%(people)s)
               AND p.date_end > %(after)s AND p.date_end < %(before)s
             GROUP BY 1, 2
            """,
            {
                "cycles": run.period_id._cycles_read().ids,
                "people": people,
                "after": run.period_id.date_end,
                "before": period.date_start,
            },
        )

    def _by_person(self, version, query, params):
        """Sums by person and package, those of packages that the plan knows apart."""
        rows = copy_out(self.env.cr, query, params, ("person", "package", "cv"))
        package = version._package_index()(rows["package"])
        found = {}
        for person, place, cv in zip(
            rows["person"].tolist(), package.tolist(), rows["cv"].tolist(), strict=True
        ):
            sums = found.setdefault(person, [0, 0])
            sums[0] += cv if place < 0 else 0
            sums[1] += cv
        return found


def _fed_by(bonus):
    """Return which own purchases feed legs in a bonus: ``Rule.feeds_legs``."""
    rule, params = rules.of(bonus)
    return rule.feeds_legs(params)
