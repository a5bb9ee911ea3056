from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class MlmLink(models.Model):
    """Sponsor links of many people at once: ended, opened, replaced, asked."""

    _inherit = "mlm.link"

    def _end_open_sponsors(self, people, moment):
        """End the open sponsor links of ``people`` at ``moment``, or where a link
        began later, at its beginning.

        :param people: `mlm.distributor`
        :param moment: naive UTC datetime
        :return: ``{distributor id: (parent id or None, end)}``
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """WITH ended AS (
                       UPDATE mlm_link SET superseded_at = %(now)s
                        WHERE distributor_id = ANY(%(ids)s) AND tree_id IS NULL
                          AND superseded_at IS NULL AND valid_to IS NULL
                    RETURNING *
                   )
                   INSERT INTO mlm_link (company_id, network_id, distributor_id, parent_distributor_id,
                                         event_id, valid_from, valid_to, recorded_at)
                   SELECT company_id, network_id, distributor_id, parent_distributor_id,
                          event_id, valid_from, greatest(valid_from, %(moment)s), %(now)s
                     FROM ended
                RETURNING distributor_id, parent_distributor_id, valid_to""",
                ids=people.ids,
                moment=moment,
                now=fields.Datetime.now(),
            )
        )
        self.invalidate_model(flush=False)
        return {row[0]: (row[1], row[2]) for row in rows}

    def _open_sponsors(self, rows):
        """Open sponsor links.

        :param rows: list of ``(distributor, parent or empty, event, moment)``
        """
        self.env.cr.execute_values(
            """INSERT INTO mlm_link (company_id, network_id, distributor_id, parent_distributor_id,
                                     event_id, valid_from, recorded_at) VALUES %s""",
            [
                (
                    person.company_id.id,
                    person.network_id.id,
                    person.id,
                    parent.id or None,
                    event.id,
                    moment,
                    fields.Datetime.now(),
                )
                for person, parent, event, moment in rows
            ],
            page_size=1000,
        )
        self.env["mlm.distributor"].invalidate_model(["link_ids"], flush=False)

    def _supersede_sponsor_since(self, person, moment):
        """Give up everything known of a person's sponsors from ``moment`` on; what was
        before stays, cut off at ``moment``.

        :return: the sponsors who no longer are, as `mlm.distributor`
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """WITH gone AS (
                       UPDATE mlm_link SET superseded_at = %(now)s
                        WHERE distributor_id = %(id)s AND tree_id IS NULL
                          AND superseded_at IS NULL
                          AND (valid_to IS NULL OR valid_to > %(moment)s)
                    RETURNING *
                   ), kept AS (
                       INSERT INTO mlm_link (company_id, network_id, distributor_id,
                              parent_distributor_id, event_id, valid_from, valid_to,
                              recorded_at)
                       SELECT company_id, network_id, distributor_id, parent_distributor_id,
                              event_id, valid_from, %(moment)s, %(now)s
                         FROM gone WHERE valid_from < %(moment)s
                   )
                   SELECT parent_distributor_id FROM gone
                    WHERE parent_distributor_id IS NOT NULL""",
                id=person.id,
                moment=moment,
                now=fields.Datetime.now(),
            )
        )
        self.invalidate_model(flush=False)
        return self.env["mlm.distributor"].browse({row[0] for row in rows})

    def _open_sponsor_link(self, person):
        """Return the open sponsor link of one person, empty if there is none."""
        return self.search(
            [
                ("distributor_id", "=", person.id),
                ("tree_id", "=", False),
                ("superseded_at", "=", False),
                ("valid_to", "=", False),
            ]
        )

    def _upline_since(self, person, moment):
        """Return the ids of everybody who was above ``person`` at any time from
        ``moment`` on, by links as they are known now.

        More than the upline of one day: whoever is in it must not be put below.
        """
        # OFFSET 0 keeps the planner from a join that hashes the table for each level
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE above(id) AS (
                       SELECT %(id)s
                   UNION
                       SELECT link.parent_id
                         FROM above CROSS JOIN LATERAL (
                              SELECT parent_distributor_id AS parent_id FROM mlm_link
                               WHERE distributor_id = above.id AND tree_id IS NULL
                                 AND superseded_at IS NULL
                                 AND parent_distributor_id IS NOT NULL
                                 AND (valid_to IS NULL OR valid_to > %(moment)s)
                              OFFSET 0) link
                   )
                   SELECT id FROM above WHERE id != %(id)s""",
                id=person.id,
                moment=moment,
                to_flush=self._fields["parent_distributor_id"],
            )
        )
        return [row[0] for row in rows]

    def _sponsor_ids_at(self, person, at):
        """Return the ids above a person in the sponsor tree at a moment, nearest
        first.

        :param at: naive UTC datetime
        """
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE above(id, depth) AS (
                       SELECT %(id)s::int, 0
                   UNION ALL
                       SELECT (SELECT link.parent_distributor_id FROM mlm_link link
                                WHERE link.distributor_id = above.id
                                  AND link.tree_id IS NULL AND link.superseded_at IS NULL
                                  AND link.valid_from <= %(at)s
                                  AND (link.valid_to IS NULL OR link.valid_to > %(at)s)),
                              depth + 1
                         FROM above WHERE id IS NOT NULL
                   )
                   SELECT id FROM above WHERE id IS NOT NULL AND depth > 0 ORDER BY depth""",
                id=person.id,
                at=at,
                to_flush=self._fields["parent_distributor_id"],
            )
        )
        return [row[0] for row in rows]

    def _downline_ids_at(self, person, at):
        """Return ``(id, level)`` of everybody below a person in the sponsor tree at a
        moment, level by level, the frontline at level 1.

        :param at: naive UTC datetime
        """
        return self.env.execute_query(
            SQL(
                """WITH RECURSIVE below(id, level) AS (
                       SELECT %(id)s::int, 0
                   UNION ALL
                       SELECT link.distributor_id, below.level + 1
                         FROM below CROSS JOIN LATERAL (
                              SELECT distributor_id FROM mlm_link
                               WHERE parent_distributor_id = below.id
                                 AND tree_id IS NULL AND superseded_at IS NULL
                                 AND valid_from <= %(at)s
                                 AND (valid_to IS NULL OR valid_to > %(at)s)
                              OFFSET 0) link
                   )
                   SELECT id, level FROM below WHERE level > 0 ORDER BY level, id""",
                id=person.id,
                at=at,
                to_flush=self._fields["parent_distributor_id"],
            )
        )

    def _ensure_began(self, link, moment):
        if moment < link.valid_from:
            raise UserError(
                self.env._(
                    "The current link of %(name)s began on %(date)s; a change cannot begin "
                    "earlier. Correct the link instead.",
                    name=link.distributor_id.display_name,
                    date=link.network_id._local_text(link.valid_from),
                )
            )

    def _ensure_nobody_later(self, sponsor, moment):
        """Refuse to let a sponsor leave while somebody was still below who is elsewhere
        by now: that link is history, and would hang in the air."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT distributor_id, valid_to FROM mlm_link
                    WHERE parent_distributor_id = %(id)s AND tree_id IS NULL
                      AND superseded_at IS NULL
                      AND valid_to > greatest(valid_from, %(moment)s)
                    ORDER BY valid_to DESC LIMIT 1""",
                id=sponsor.id,
                moment=moment,
            )
        )
        for person_id, until in rows:
            raise UserError(
                self.env._(
                    "%(sponsor)s sponsored %(name)s until %(date)s and cannot have left"
                    " before. Choose that moment or a later one.",
                    sponsor=sponsor.display_name,
                    name=sponsor.browse(person_id).display_name,
                    date=sponsor.network_id._local_text(until),
                )
            )
