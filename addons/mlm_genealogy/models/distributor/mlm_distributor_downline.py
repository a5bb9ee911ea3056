from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, sql

from ...fields import PATH_HEAD, path_head
from ...importing import columns
from ...search import create_trigram_index, only_named, search_code_or_name

_PAGE = 5000


class MlmDistributor(models.Model):
    """Who is above and below whom, however many people there are: paths of any depth, people
    found by code or name, lists, the report, and the table that an import reads.
    """

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
        create_trigram_index(self.env, self._table, "code")
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
                        "%(name)s cannot be placed under %(sponsor)s, who is in their own "
                        "downline.",
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

    def action_view_frontline(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Frontline of %s", self.display_name),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("sponsor_id", "=", self.id)],
        }

    def action_view_downline(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Downline of %s", self.display_name),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("id", "child_of", self.id), ("id", "!=", self.id)],
        }

    def action_view_tree(self):
        """Open the trees at this person."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("mlm_genealogy.mlm_tree_read_action")
        return {**action, "params": {"person_id": self.id, "name": self.display_name}}

    def action_downline_report(self):
        """Open the report of everybody below this person, with its totals."""
        self.ensure_one()
        wizard = self.env["mlm.downline.wizard"].create(
            {"root_id": self.id, "company_id": self.company_id.id}
        )
        return {**wizard.action_show(), "target": "current"}

    def _search_display_name(self, operator, value):
        domain = search_code_or_name(self, operator, value, self._get_name_sql)
        if domain is None:
            domain = super()._search_display_name(operator, value)
        return self._search_named(domain, operator, value)

    def _search_named(self, domain, operator, value):
        """By their names only those are found whose names the reader may see."""
        if not self._has_unnamed():
            return domain
        return only_named(domain, operator, value, self._get_home_domain())

    def _get_name_sql(self, alias):
        return SQL(
            "(SELECT name FROM res_partner WHERE id = %s)", SQL.identifier(alias, "partner_id")
        )

    def _export_headings(self, lang=None):
        return [columns.heading(key, lang or self.env.lang) for key in columns.KEYS]

    def _get_export_rows(self, company, tree, lang=None):
        """Yield one list of text for each distributor who has not left, a page at a time.

        The caller has checked the right to take the identity data of everybody.

        :param company: `res.company`
        :param tree: `mlm.tree` whose spots are told, or None
        :param str lang: language of the words, by default the user's
        """
        lang = lang or self.env.lang
        self.env.flush_all()
        last = 0
        while True:
            page = self.env.execute_query_dict(self._export_query(company, tree, last))
            if not page:
                return
            last = page[-1]["id"]
            for values in page:
                yield [self._export_cell(key, values, lang) or "" for key in columns.KEYS]

    def _export_cell(self, key, values, lang):
        if key == "kind":
            return columns.word(columns.KINDS, values["kind"], lang)
        if key == "leg":
            if values["is_head"]:
                return columns.word(columns.LEGS, "head", lang)
            if values["leg"]:
                return columns.word(columns.LEGS, values["leg"], lang)
            return str(values["slot"] or "")
        if key == "sponsor_code" and values["is_root"]:
            return "-"
        if key == "joined_on":
            return values["joined_on"].isoformat()
        return values[key]

    def _export_query(self, company, tree, last):
        return SQL(
            """SELECT node.id, node.code, person.name, person.vat AS document_number,
                      person.email, person.phone, person.street, person.city,
                      state.name AS state, country.code AS country, node.kind, node.is_root,
                      sponsor.code AS sponsor_code, node.join_date AS joined_on,
                      above.code AS placement_code, position.leg, position.slot,
                      position.id IS NOT NULL AND above.id IS NULL AS is_head,
                      person.lang AS language, %(document)s AS document_type
                 FROM mlm_distributor node
                 JOIN res_partner person ON person.id = node.partner_id
            LEFT JOIN res_country country ON country.id = person.country_id
            LEFT JOIN res_country_state state ON state.id = person.state_id
            LEFT JOIN mlm_distributor sponsor ON sponsor.id = node.sponsor_id
            LEFT JOIN LATERAL (
                      SELECT * FROM mlm_position
                       WHERE distributor_id = node.id AND tree_id = %(tree)s
                    ORDER BY id LIMIT 1
                      ) position ON true
            LEFT JOIN mlm_position above ON above.id = position.parent_id
                WHERE node.company_id = %(company)s AND node.state != 'terminated'
                  AND node.id > %(last)s
             ORDER BY node.id LIMIT %(page)s""",
            document=self._export_document_sql("person"),
            tree=tree.id if tree else None,
            company=company.id,
            last=last,
            page=_PAGE,
        )

    def _export_document_sql(self, alias):
        """Return the SQL of the key of the document's type (`columns.DOCUMENT_TYPES`)."""
        return SQL("NULL")
