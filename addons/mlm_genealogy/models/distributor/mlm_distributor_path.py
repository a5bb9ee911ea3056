from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, sql

from ...fields import PATH_HEAD, path_head


class MlmDistributor(models.Model):
    """Paths of any depth: index, moves and enrolments in bulk."""

    _inherit = "mlm.distributor"

    def _auto_init(self):
        result = super()._auto_init()
        # before check_indexes, which goes by name, would index the whole path
        sql.create_index(
            self.env.cr,
            sql.make_index_name(self._table, "parent_path"),
            self._table,
            [f'left(parent_path, {PATH_HEAD}) COLLATE "C"'],
        )
        self._compress_paths()
        return result

    def _compress_paths(self):
        # a deep subtree moves three times as fast as with the default compression
        cr = self.env.cr
        cr.execute(
            """SELECT 1 FROM pg_settings, pg_attribute
                WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)
                  AND attrelid = 'mlm_distributor'::regclass
                  AND attname = 'parent_path'
                  AND to_jsonb(pg_attribute)->>'attcompression' IS DISTINCT FROM 'l'"""
        )
        if cr.fetchone():
            cr.execute("ALTER TABLE mlm_distributor ALTER parent_path SET COMPRESSION lz4")

    def _upline_ids(self, at=None):
        """Return the ids of everybody above in the sponsor tree, nearest first.

        :param at: naive UTC datetime, as of that moment; by default now
        """
        self.ensure_one()
        if at:
            # sudo: links of the upline, whose ids the caller may see or not
            return self.env["mlm.link"].sudo()._sponsor_ids_at(self, at)
        ids = [int(label) for label in (self.parent_path or "").split("/")[:-1]]
        return ids[-2::-1]

    def _downline_ids(self, at=None):
        """Return the ids of everybody below in the sponsor tree, at any depth.

        :param at: naive UTC datetime, as of that moment; by default now
        """
        self.ensure_one()
        if at:
            # sudo: links of the downline, whose ids the caller may see or not
            found = self.env["mlm.link"].sudo()._downline_ids_at(self, at)
            return [row[0] for row in found]
        return self.search([("id", "child_of", self.id), ("id", "!=", self.id)], order="id").ids

    def _parent_store_update(self):
        """Move subtrees by a range over the index instead of core's pattern from a
        column, which scans the whole table."""
        path_field = self._fields["parent_path"]
        for record in self:
            # not from the cache: an earlier move of this batch may have changed it
            record.invalidate_recordset(["parent_path"], flush=False)
            sponsor = record.sponsor_id
            sponsor.invalidate_recordset(["parent_path"], flush=False)
            prefix = sponsor.parent_path or ""
            old = record.parent_path
            if f"/{record.id}/" in f"/{prefix}":
                raise UserError(
                    self.env._(
                        "%(name)s cannot be placed under %(sponsor)s, who belongs to"
                        " the own downline.",
                        name=record.display_name,
                        sponsor=sponsor.display_name,
                    )
                )
            moved = self.env.execute_query(
                SQL(
                    """UPDATE %(table)s node
                          SET parent_path = concat(
                              %(prefix)s, substr(node.parent_path, %(start)s))
                        WHERE %(range)s
                    RETURNING node.id""",
                    table=SQL.identifier(self._table),
                    prefix=prefix,
                    start=len(old) - len(f"{record.id}/") + 1,
                    range=self._get_path_range(SQL.identifier("node", "parent_path"), old),
                )
            )
            descendants = self.browse(row[0] for row in moved)
            path_field._invalidate_cache(self.env, descendants._ids)
            descendants.modified(["parent_path"])

    def _get_path_range(self, column, path):
        """Return the SQL condition of ``column`` lying in the subtree of ``path``."""
        # every path of the subtree is >= "4/6/" and < "4/60": "0" follows "/" in C
        upper = path[:-1] + "0"
        head = path_head(column)
        return SQL(
            """%(head)s >= %(low_head)s AND %(head)s <= %(high_head)s
               AND %(column)s COLLATE "C" >= %(low)s
               AND %(column)s COLLATE "C" < %(high)s""",
            head=head,
            low_head=path[:PATH_HEAD],
            high_head=upper[:PATH_HEAD],
            column=column,
            low=path,
            high=upper,
        )

    def _store_batch_sponsors(self, sponsors):
        """Set sponsors that were created in the same batch, and all paths below.

        :param dict sponsors: ``{id: sponsor id}`` of the records to change
        """
        if not sponsors:
            return
        cr = self.env.cr
        cr.execute(
            SQL(
                """UPDATE mlm_distributor node SET sponsor_id = batch.sponsor_id
                     FROM unnest(%s::int[], %s::int[]) AS batch(id, sponsor_id)
                    WHERE node.id = batch.id""",
                list(sponsors),
                list(sponsors.values()),
            )
        )
        seeds = sorted(set(sponsors.values()) - set(sponsors))
        cr.execute(
            SQL(
                """WITH RECURSIVE fresh(id, path) AS (
                       SELECT id, parent_path FROM mlm_distributor WHERE id = ANY(%(seeds)s)
                   UNION ALL
                       SELECT node.id, concat(fresh.path, node.id, '/')
                         FROM fresh
                         JOIN mlm_distributor node ON node.sponsor_id = fresh.id
                   )
                   UPDATE mlm_distributor node SET parent_path = fresh.path
                     FROM fresh
                    WHERE fresh.id = node.id AND node.id != ALL(%(seeds)s)""",
                seeds=seeds,
            )
        )
        self.env["mlm.distributor"].invalidate_model(
            ["sponsor_id", "parent_path", "child_ids"], flush=False
        )
