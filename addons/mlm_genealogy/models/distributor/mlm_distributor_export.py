from odoo import models
from odoo.tools import SQL

from ...importing import columns

_PAGE = 5000


class MlmDistributor(models.Model):
    """The network as the table that an import reads."""

    _inherit = "mlm.distributor"

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
