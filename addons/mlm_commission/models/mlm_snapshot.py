# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timezone

import numpy as np

from odoo import api, models

from ..copy_binary import copy_out
from ..engine.measures import BY_NAME
from ..engine.snapshot import LEG_NONE, Snapshot

KINDS = (
    "CASE coalesce(later_kind.kind, d.kind)"
    " WHEN 'distributor' THEN 0 WHEN 'preferred' THEN 1 ELSE 2 END"
)
# who is suspended with the payout held, or deceased, takes part like everybody else
STATES = (
    "CASE WHEN coalesce(later.state, d.state) = 'terminated' THEN 2"
    " WHEN coalesce(later.treatment, d.treatment) = 'compress' THEN 1 ELSE 0 END"
)
LEGS = "CASE l.leg WHEN 'left' THEN 0 WHEN 'right' THEN 1 ELSE -1 END"


def _moment(value):
    """Seconds since 1970 of a naive UTC datetime."""
    return int(value.replace(tzinfo=timezone.utc).timestamp())


def _ordinal(column):
    """SQL: proleptic ordinal of a date (``date.toordinal``)."""
    return f"({column} - DATE '0001-01-01' + 1)"


def _index(ids, wanted):
    """Positions of ``wanted`` ids in the sorted ``ids``; -1 where 0 or unknown."""
    if not len(ids):
        return np.full(len(wanted), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, at, -1).astype(np.int64)


class MlmSnapshot(models.AbstractModel):
    """Reads the inputs of one run in bulk into arrays of integers.

    All statements run in one repeatable-read transaction, so they see one
    state of the database. Nothing is computed here: see ``docs/contracts``.
    """

    _name = "mlm.snapshot"
    _description = "Run Inputs"

    @api.model
    def _load(self, period, version):
        """Return the ``Snapshot`` of ``period`` under a plan version."""
        self.env.flush_all()
        plan = version._plan()
        snapshot = Snapshot(
            plan=plan,
            period_kind=period.kind,
            period_number=period.number,
            period_start=period.date_start.toordinal(),
            period_end=period.date_end.toordinal(),
            period_end_moment=_moment(period._end_moment()),
            fx_e6=version._fx_e6(period),
        )
        self._load_members(snapshot, period)
        self._load_positions(snapshot, period)
        self._load_rows(snapshot, period, version)
        self._load_held(snapshot, period, version)
        self._load_window(snapshot, period, version)
        self._load_carry(snapshot, period, version)
        self._load_titles(snapshot, period, version)
        self._load_promotions(snapshot, period, version)
        self._load_links(snapshot, period)
        return snapshot

    def _load_members(self, snapshot, period):
        """Everybody who joined before the period's end, as they were then.

        State and kind: a later event is undone; a termination inside the cycle shows
        from the next one, since sales until then are paid (RULES 21). Who is suspended
        and compressed takes no part; held earnings are earnings.
        Sponsor: the link valid at the period's end.
        """
        rows = copy_out(
            self.env.cr,
            f"""
            WITH later AS (
                SELECT DISTINCT ON (e.distributor_id)
                       e.distributor_id, e.before ->> 'state' AS state,
                       coalesce(e.before ->> 'treatment',
                                CASE e.before ->> 'state' WHEN 'active' THEN 'earn'
                                     ELSE 'compress' END) AS treatment
                  FROM mlm_genealogy_event e
                 WHERE e.company_id = %(company)s
                   AND e.kind IN ('suspended', 'reinstated', 'deceased', 'transferred',
                                  'terminated', 'readmitted')
                   AND e.before ->> 'state' IS NOT NULL
                   AND (e.effective_at >= %(end)s
                        OR (e.kind = 'terminated' AND e.effective_at > %(start)s))
                 ORDER BY e.distributor_id, e.effective_at, e.id
            ), later_kind AS (
                SELECT DISTINCT ON (e.distributor_id)
                       e.distributor_id, e.before ->> 'kind' AS kind
                  FROM mlm_genealogy_event e
                 WHERE e.company_id = %(company)s AND e.kind = 'kind_changed'
                   AND e.effective_at >= %(end)s
                 ORDER BY e.distributor_id, e.effective_at, e.id
            )
            SELECT d.id::bigint, ({KINDS})::bigint, ({STATES})::bigint,
                   {_ordinal("d.join_date")}::bigint,
                   coalesce(l.parent_distributor_id, 0)::bigint
              FROM mlm_distributor d
              LEFT JOIN later ON later.distributor_id = d.id
              LEFT JOIN later_kind ON later_kind.distributor_id = d.id
              LEFT JOIN mlm_link l
                ON l.distributor_id = d.id AND l.tree_id IS NULL
               AND l.superseded_at IS NULL AND l.valid_from < %(end)s
               AND (l.valid_to IS NULL OR l.valid_to >= %(end)s)
             WHERE d.company_id = %(company)s AND d.join_date <= %(day)s
             ORDER BY d.id
            """,
            {
                "company": period.company_id.id,
                "start": period._start_moment(),
                "end": period._end_moment(),
                "day": period.date_end,
            },
            ("id", "kind", "state", "joined", "sponsor"),
        )
        snapshot.member_id = rows["id"]
        snapshot.member_kind = rows["kind"]
        snapshot.member_state = rows["state"]
        snapshot.member_joined = rows["joined"]
        snapshot.sponsor = _index(rows["id"], rows["sponsor"])
        snapshot.member_title = np.zeros(len(rows["id"]), dtype=np.int64)

    def _load_positions(self, snapshot, period):
        """The binary tree by the links valid at the period's end: a move counts from
        the first period that ends after it, closed spots pass volume through, and
        removed ones have left. Other trees feed no legs."""
        rows = copy_out(
            self.env.cr,
            f"""
            SELECT p.id::bigint, coalesce(p.distributor_id, 0)::bigint,
                   coalesce(l.parent_position_id, 0)::bigint, ({LEGS})::bigint
              FROM mlm_link l
              JOIN mlm_tree t ON t.id = l.tree_id
              JOIN mlm_position p ON p.id = l.position_id
             WHERE t.company_id = %(company)s AND t.kind = 'binary'
               AND l.superseded_at IS NULL AND l.valid_from < %(end)s
               AND (l.valid_to IS NULL OR l.valid_to >= %(end)s)
             ORDER BY p.id
            """,
            {"company": period.company_id.id, "end": period._end_moment()},
            ("id", "member", "parent", "leg"),
        )
        snapshot.position_id = rows["id"]
        snapshot.position_member = _index(snapshot.member_id, rows["member"])
        snapshot.position_parent = _index(rows["id"], rows["parent"])
        snapshot.position_leg = np.where(snapshot.position_parent < 0, LEG_NONE, rows["leg"])

    def _load_rows(self, snapshot, period, version):
        """Ledger rows, corrections inside the period netted into their original."""
        rows = copy_out(
            self.env.cr,
            """
            WITH rows AS (
                SELECT e.*,
                       CASE WHEN o.period_id = e.period_id THEN o.id ELSE e.id END
                           AS root_id,
                       (e.origin_id IS NOT NULL AND o.period_id <> e.period_id)
                           AS reversal
                  FROM mlm_volume_entry e
                  LEFT JOIN mlm_volume_entry o ON o.id = e.origin_id
                 WHERE e.period_id = %s
            ), netted AS (
                SELECT root_id, bool_or(reversal) AS reversal,
                       sum(pv_e4)::bigint AS pv_e4, sum(cv_e4)::bigint AS cv_e4,
                       sum(retail_e4)::bigint AS retail_e4,
                       sum(package_qty)::bigint AS package_qty
                  FROM rows GROUP BY root_id
            )
            SELECT r.id::bigint, r.distributor_id::bigint,
                   coalesce(r.buyer_id, 0)::bigint, coalesce(r.position_id, 0)::bigint,
                   extract(epoch FROM r.moment)::bigint,
                   n.pv_e4, n.cv_e4, coalesce(r.package_id, 0)::bigint,
                   coalesce(r.package_from_id, 0)::bigint, n.package_qty,
                   n.retail_e4, n.reversal::int::bigint
              FROM netted n JOIN mlm_volume_entry r ON r.id = n.root_id
             WHERE n.pv_e4 <> 0 OR n.cv_e4 <> 0 OR n.retail_e4 <> 0
                OR n.package_qty <> 0
             ORDER BY r.id
            """,
            [period.id],
            (
                "id",
                "member",
                "buyer",
                "position",
                "moment",
                "pv",
                "cv",
                "package",
                "package_from",
                "qty",
                "retail",
                "reversal",
            ),
        )
        packages = version._package_index()
        snapshot.row_id = rows["id"]
        snapshot.row_member = _index(snapshot.member_id, rows["member"])
        snapshot.row_buyer = _index(snapshot.member_id, rows["buyer"])
        snapshot.row_position = _index(snapshot.position_id, rows["position"])
        snapshot.row_moment = rows["moment"]
        snapshot.row_pv_e4 = rows["pv"]
        snapshot.row_cv_e4 = rows["cv"]
        snapshot.row_package = packages(rows["package"])
        snapshot.row_package_from = packages(rows["package_from"])
        snapshot.row_package_qty = np.where(snapshot.row_package < 0, 0, rows["qty"]).astype(
            np.int64
        )
        snapshot.row_retail_e4 = rows["retail"]
        snapshot.row_reversal = rows["reversal"]

    def _load_held(self, snapshot, period, version):
        """Package purchases before the period that were not taken back by its end.

        What takes back may itself be withdrawn: a cancelled credit note counts for
        nothing.
        """
        rows = copy_out(
            self.env.cr,
            """
            SELECT e.id::bigint, e.buyer_id::bigint, e.package_id::bigint,
                   coalesce(e.package_from_id, 0)::bigint,
                   extract(epoch FROM e.moment)::bigint
              FROM mlm_volume_entry e
              JOIN mlm_period p ON p.id = e.period_id
             WHERE e.company_id = %(company)s AND e.package_id IS NOT NULL
               AND e.origin_id IS NULL AND e.buyer_id IS NOT NULL
               AND p.kind = %(kind)s AND p.number < %(number)s
               AND e.package_qty + coalesce((
                   SELECT sum(d.package_qty) FROM mlm_volume_entry d
                     JOIN mlm_period q ON q.id = d.period_id
                    WHERE d.origin_id = ANY(ARRAY(
                              SELECT e.id UNION ALL
                              SELECT r.id FROM mlm_volume_entry r WHERE r.origin_id = e.id))
                      AND q.number <= %(number)s), 0) > 0
             ORDER BY e.moment, e.id
            """,
            {
                "company": period.company_id.id,
                "kind": period.kind,
                "number": period.number,
            },
            ("id", "member", "package", "package_from", "moment"),
        )
        packages = version._package_index()
        member = _index(snapshot.member_id, rows["member"])
        package = packages(rows["package"])
        keep = (member >= 0) & (package >= 0)
        snapshot.held_member = member[keep]
        snapshot.held_package = package[keep]
        snapshot.held_package_from = packages(rows["package_from"])[keep]
        snapshot.held_moment = rows["moment"][keep]

    def _load_window(self, snapshot, period, version):
        """Own PV of the cycles of the activity window before this one, and the part
        of it that came with packages."""
        window = (version._plan()["activity"] or {"window": 1})["window"]
        rows = copy_out(
            self.env.cr,
            """
            SELECT e.distributor_id::bigint, sum(e.pv_e4)::bigint,
                   sum(CASE WHEN e.package_id IS NULL THEN 0 ELSE e.pv_e4 END)::bigint
              FROM mlm_volume_entry e
              JOIN mlm_period p ON p.id = e.period_id
             WHERE e.company_id = %s AND p.kind = %s
               AND p.number < %s AND p.number > %s
             GROUP BY e.distributor_id ORDER BY e.distributor_id
            """,
            [
                period.company_id.id,
                period.kind,
                period.number,
                period.number - window,
            ],
            ("member", "pv", "package_pv"),
        )
        member = _index(snapshot.member_id, rows["member"])
        known = member >= 0
        snapshot.window_pv_e4 = np.zeros(len(snapshot.member_id), dtype=np.int64)
        snapshot.window_package_pv_e4 = np.zeros_like(snapshot.window_pv_e4)
        snapshot.window_pv_e4[member[known]] = rows["pv"][known]
        snapshot.window_package_pv_e4[member[known]] = rows["package_pv"][known]

    def _load_carry(self, snapshot, period, version):
        """What the posted cycle before left over, or the opening balances."""
        previous = period._previous_run()
        bonuses = {bonus["code"]: index for index, bonus in enumerate(version._plan()["bonuses"])}
        if previous:
            first, last = self.env["mlm.measure"]._id_range(previous.number)
            self.env.cr.execute(
                """
                SELECT s.position_id, b.code, s.measure, s.value
                  FROM mlm_measure_store s JOIN mlm_plan_bonus b ON b.id = s.bonus_id
                 WHERE s.id >= %s AND s.id < %s AND s.measure = ANY(%s)
                 ORDER BY s.position_id, b.code, s.measure
                """,
                [first, last, [BY_NAME["carry_left"], BY_NAME["carry_right"]]],
            )
            found = self._crossed("bonus", self.env.cr.fetchall(), version, previous)
        else:
            self.env.cr.execute(
                """
                SELECT position_id, bonus_code, measure, value_e4 FROM mlm_opening
                 WHERE company_id = %s AND kind = 'carry'
                 ORDER BY position_id, bonus_code, measure
                """,
                [period.company_id.id],
            )
            found = [
                (position, bonus, int(BY_NAME[measure]), value)
                for position, bonus, measure, value in self.env.cr.fetchall()
            ]
        found = [row for row in found if row[1] in bonuses and row[3]]
        position = np.array([row[0] for row in found], dtype=np.int64)
        index = _index(snapshot.position_id, position)
        carry = sorted(
            (int(index[n]), bonuses[row[1]], int(row[2]), int(row[3]))
            for n, row in enumerate(found)
            if index[n] >= 0
        )
        table = np.array(carry, dtype=np.int64).reshape(-1, 4)
        (
            snapshot.carry_position,
            snapshot.carry_bonus,
            snapshot.carry_measure,
            snapshot.carry_value,
        ) = (np.ascontiguousarray(table[:, column]) for column in range(4))

    def _load_titles(self, snapshot, period, version):
        previous = period._previous_run()
        ranks = {rank["code"]: index for index, rank in enumerate(version._plan()["ranks"])}
        if previous:
            first, last = self.env["mlm.measure"]._id_range(previous.number)
            self.env.cr.execute(
                """
                SELECT s.distributor_id, r.code
                  FROM mlm_measure_store s
                  JOIN mlm_run run ON run.id = s.run_id
                  JOIN mlm_plan_rank r
                    ON r.version_id = run.version_id AND r.sequence = s.value
                 WHERE s.id >= %s AND s.id < %s AND s.measure = %s
                """,
                [first, last, int(BY_NAME["title"])],
            )
        else:
            self.env.cr.execute(
                """
                SELECT distributor_id, measure FROM mlm_opening
                 WHERE company_id = %s AND kind = 'title'
                """,
                [period.company_id.id],
            )
        found = self.env.cr.fetchall()
        if previous:
            found = self._crossed("rank", found, version, previous)
        found = [row for row in found if row[1] in ranks]
        ids = np.array([row[0] for row in found], dtype=np.int64)
        index = _index(snapshot.member_id, ids)
        for at, (_member, code) in zip(index, found, strict=True):
            if at >= 0:
                snapshot.member_title[at] = ranks[code]

    @api.model
    def _crossed(self, section, rows, version, previous):
        """Rows ``(holder, code, …)`` of the run before, with their codes in ``version``;
        without those that the crossing of versions lets go (RULES 11)."""
        codes = {
            code: version._carried_code(section, code, previous.version_id)
            for code in {row[1] for row in rows}
        }
        return [(row[0], codes[row[1]], *row[2:]) for row in rows if codes[row[1]]]

    def _load_promotions(self, snapshot, period, version):
        """Who takes part in the promotions that list their members by code."""
        listed = [
            (code, index)
            for index, promotion in enumerate(version._plan()["promotions"])
            for code in promotion["members"] or ()
        ]
        if not listed:
            return
        self.env.cr.execute(
            "SELECT code, id FROM mlm_distributor WHERE company_id = %s AND code = ANY(%s)",
            [period.company_id.id, [code for code, _promotion in listed]],
        )
        ids = dict(self.env.cr.fetchall())
        wanted = np.array([ids.get(code, 0) for code, _promotion in listed], dtype=np.int64)
        member = _index(snapshot.member_id, wanted)
        pairs = sorted(
            {
                (int(one), promotion)
                for one, (_code, promotion) in zip(member, listed, strict=True)
                if one >= 0
            }
        )
        table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        snapshot.promotion_member = np.ascontiguousarray(table[:, 0])
        snapshot.promotion_index = np.ascontiguousarray(table[:, 1])

    def _load_links(self, snapshot, period):
        """Sponsors replaced inside the period: who it was until when."""
        start = period._start_moment()
        rows = copy_out(
            self.env.cr,
            """
            SELECT l.distributor_id::bigint,
                   coalesce(l.parent_distributor_id, 0)::bigint,
                   extract(epoch FROM l.valid_to)::bigint
              FROM mlm_link l
              JOIN mlm_distributor d ON d.id = l.distributor_id
             WHERE l.tree_id IS NULL AND l.superseded_at IS NULL
               AND d.company_id = %s AND l.valid_to > %s AND l.valid_to < %s
             ORDER BY l.valid_to, l.id
            """,
            [period.company_id.id, start, period._end_moment()],
            ("member", "sponsor", "moment"),
        )
        snapshot.link_member = _index(snapshot.member_id, rows["member"])
        snapshot.link_sponsor = _index(snapshot.member_id, rows["sponsor"])
        snapshot.link_moment = rows["moment"]
