# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine.kernel.by_id import index_of

from odoo import models

from ...copy_binary import copy_out
from ...snapshot_columns import ordinal_sql, sorted_columns

KINDS = (
    "CASE coalesce(later_kind.kind, d.kind)"
    " WHEN 'distributor' THEN 0 WHEN 'preferred' THEN 1 ELSE 2 END"
)
# who is suspended with the payout held, or deceased, takes part like everybody else
STATES = (
    "CASE WHEN coalesce(later.state, d.state) = 'terminated' THEN 2"
    " WHEN coalesce(later.treatment, d.treatment) = 'compress' THEN 1 ELSE 0 END"
)


class MlmSnapshot(models.AbstractModel):
    """People of a run: who they were, who sponsored them, what they take part in."""

    _inherit = "mlm.snapshot"

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
                 WHERE e.network_id = %(network)s
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
                 WHERE e.network_id = %(network)s AND e.kind = 'kind_changed'
                   AND e.effective_at >= %(end)s
                 ORDER BY e.distributor_id, e.effective_at, e.id
            )
            SELECT d.id, {KINDS}, {STATES}, {ordinal_sql("d.join_date")},
                   coalesce(l.parent_distributor_id, 0)
              FROM mlm_distributor d
              LEFT JOIN later ON later.distributor_id = d.id
              LEFT JOIN later_kind ON later_kind.distributor_id = d.id
              LEFT JOIN mlm_link l
                ON l.distributor_id = d.id AND l.tree_id IS NULL
               AND l.superseded_at IS NULL AND l.valid_from < %(end)s
               AND (l.valid_to IS NULL OR l.valid_to >= %(end)s)
             WHERE d.network_id = %(network)s AND d.join_date <= %(day)s
             ORDER BY d.id
            """,
            {
                "network": period.network_id.id,
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
        snapshot.sponsor = index_of(rows["id"], rows["sponsor"])

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
               AND d.network_id = %s AND l.valid_to > %s AND l.valid_to < %s
             ORDER BY l.valid_to, l.id
            """,
            [period.network_id.id, start, period._end_moment()],
            ("member", "sponsor", "moment"),
        )
        snapshot.link_member = index_of(snapshot.member_id, rows["member"])
        snapshot.link_sponsor = index_of(snapshot.member_id, rows["sponsor"])
        snapshot.link_moment = rows["moment"]

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
            "SELECT code, id FROM mlm_distributor WHERE network_id = %s AND code = ANY(%s)",
            [period.network_id.id, [code for code, _promotion in listed]],
        )
        ids = dict(self.env.cr.fetchall())
        wanted = np.array([ids.get(code, 0) for code, _promotion in listed], dtype=np.int64)
        member = index_of(snapshot.member_id, wanted)
        snapshot.promotion_member, snapshot.promotion_index = sorted_columns(
            {
                (int(one), promotion)
                for one, (_code, promotion) in zip(member, listed, strict=True)
                if one >= 0
            },
            2,
        )
