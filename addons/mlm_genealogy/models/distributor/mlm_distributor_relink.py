from odoo import models
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal

from ...fields import PATH_HEAD, path_head


class MlmDistributor(models.Model):
    """Many people who get another sponsor at once: links, caches and events."""

    _inherit = "mlm.distributor"

    def _relink(self, sponsor, moment, cause):
        """Hang these people, each with the whole downline, below ``sponsor``.

        They have one sponsor in common, or none. The caller has bumped the versions
        and checked that none of them is above ``sponsor``.

        :param sponsor: `mlm.distributor`
        :param moment: naive UTC datetime; who came later is linked from then on
        :param cause: the event that brings this about
        """
        if not self:
            return
        # sudo: links and events are written by operations only; callers have checked the right
        Link = self.env["mlm.link"].sudo()
        ended = Link._end_open_sponsors(self, moment)
        codes = self._get_codes([end[0] for end in ended.values()] + [sponsor.id])
        # sudo: links and events are written by operations only
        events = as_internal(self.env["mlm.genealogy.event"].sudo()).create(
            [
                {
                    "kind": "relinked",
                    "distributor_id": person.id,
                    "company_id": person.company_id.id,
                    "network_id": person.network_id.id,
                    "effective_at": ended[person.id][1],
                    "cause_id": cause.id,
                    "before": {
                        "sponsor_id": ended[person.id][0],
                        "sponsor": codes.get(ended[person.id][0]),
                    },
                    "after": {"sponsor_id": sponsor.id, "sponsor": sponsor.code},
                }
                for person in self
            ]
        )
        Link._open_sponsors(
            [
                (person, sponsor, event, ended[person.id][1])
                for person, event in zip(self, events, strict=True)
            ]
        )
        self._hang_below(sponsor)

    def _hang_below(self, sponsor):
        """Write the sponsor of these people and the paths of their downlines, in two
        statements however many they are.

        :param sponsor: `mlm.distributor`, or empty: each one becomes a head, alone
        """
        self.flush_model(["sponsor_id", "parent_path"])
        cr = self.env.cr
        cr.execute(
            SQL(
                """UPDATE mlm_distributor
                      SET sponsor_id = %s, is_root = NULL,
                          write_uid = %s, write_date = now() AT TIME ZONE 'UTC'
                    WHERE id = ANY(%s)""",
                sponsor.id or None,
                self.env.uid,
                self.ids,
            )
        )
        column = SQL.identifier("node", "parent_path")
        head = path_head(column)
        cr.execute(
            SQL(
                """WITH moved AS MATERIALIZED (
                       SELECT parent_path AS low,
                              left(parent_path, -1) || '0' AS high,
                              length(parent_path) - length(id::text) AS start
                         FROM mlm_distributor WHERE id = ANY(%(ids)s)
                   ), prefix AS (
                       SELECT coalesce(
                           (SELECT parent_path FROM mlm_distributor WHERE id = %(sponsor)s), ''
                       ) AS path
                   )
                   UPDATE mlm_distributor node
                      SET parent_path = prefix.path || substr(node.parent_path, moved.start)
                     FROM moved, prefix
                    WHERE %(head)s >= left(moved.low, %(size)s) COLLATE "C"
                      AND %(head)s <= left(moved.high, %(size)s) COLLATE "C"
                      AND %(column)s COLLATE "C" >= moved.low COLLATE "C"
                      AND %(column)s COLLATE "C" < moved.high COLLATE "C" """,
                ids=self.ids,
                sponsor=sponsor.id or None,
                head=head,
                column=column,
                size=SQL(str(PATH_HEAD)),
            )
        )
        self.env["mlm.distributor"].invalidate_model(
            [
                "sponsor_id",
                "is_root",
                "parent_path",
                "child_ids",
                "level",
                "frontline_count",
                "write_uid",
                "write_date",
            ],
            flush=False,
        )
        # what other models store of the sponsor, such as who is credited with an offer
        self.modified(["sponsor_id"])
