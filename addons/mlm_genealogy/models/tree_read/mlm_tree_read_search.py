from odoo import models
from odoo.tools import SQL

from ...names import fold, folded

SEARCH_LIMIT = 50


class MlmTreeRead(models.AbstractModel):
    """Search by code and name that a million people do not slow down."""

    _inherit = "mlm.tree.read"

    def _find_matches(self, scope, text, limit=10):
        """People found, an exact code first, then codes that begin so, then names.

        :param str text: a code or a part of a name
        :return: ``[{"person", "code", "name", "state", "sponsor"}]``
        """
        text = (text or "").strip()
        if not text:
            return []
        self._flush()
        limit = max(1, min(int(limit or 10), SEARCH_LIMIT))
        people = []
        for condition in self._get_conditions(scope, text):
            if len(people) >= limit:
                break
            rows = self.env.execute_query(
                SQL(
                    """SELECT c.id FROM mlm_distributor c
                         JOIN res_partner person ON person.id = c.partner_id
                        WHERE %s AND c.network_id = %s AND NOT %s AND %s LIMIT %s""",
                    condition,
                    scope.network.id,
                    self._hidden(scope),
                    self._get_searched(scope),
                    limit + len(people),
                )
            )
            people += [row[0] for row in rows if row[0] not in people]
        return self._get_found(scope, people[:limit])

    def _get_conditions(self, scope, text):
        """Conditions of one search, the best first."""
        prefix = _escape(text)
        codes = sorted({f"{form}%" for form in (prefix, prefix.upper(), prefix.lower())})
        exact = sorted({text, text.upper(), text.lower()})
        return [
            SQL("c.code = ANY(%s)", exact),
            SQL(
                "(%s)",
                SQL(" OR ").join(SQL('c.code COLLATE "C" LIKE %s', one) for one in codes),
            ),
            SQL(
                "%s LIKE %s",
                folded(self._get_name(scope, "c", "person")),
                f"%{_escape(fold(text))}%",
            ),
        ]

    def _get_name(self, scope, member, person):
        """SQL of the name of the distributor ``member``, whose contact is ``person``."""
        name = SQL.identifier(person, "name")
        if scope.viewer is not None:
            return name
        return self.env["mlm.distributor"]._get_name_column(member, name)

    def _get_searched(self, scope):
        """Condition of the people ``c`` whom the reader may find."""
        return SQL("TRUE")

    def _get_found(self, scope, people):
        rows = self.env.execute_query(
            SQL(
                """SELECT c.id, c.code, %s, c.state, %s
                     FROM mlm_distributor c
                     JOIN res_partner person ON person.id = c.partner_id
                     LEFT JOIN mlm_distributor sponsor ON sponsor.id = c.sponsor_id
                     LEFT JOIN res_partner above ON above.id = sponsor.partner_id
                    WHERE c.id = ANY(%s)""",
                self._get_name(scope, "c", "person"),
                self._get_name(scope, "sponsor", "above"),
                people,
            )
        )
        readable = self._get_readable(scope, people)
        found = {
            row[0]: dict(
                zip(("person", "code", "name", "state", "sponsor"), row, strict=True),
            )
            for row in rows
            if row[0] in readable
        }
        return [found[one] for one in people if one in found]


def _escape(text):
    """Take their meaning from the wildcards of LIKE."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
