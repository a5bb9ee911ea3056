from dataclasses import dataclass, field
from itertools import count

from odoo import models
from odoo.tools import SQL

from . import downline_walk

CHUNK = 1000
_cursor_number = count(1)


@dataclass
class Parts:
    """Pieces of the query, to which every add-on adds its own.

    They may use ``walk`` (node, distributor_id, parent, level, leg, generation), the
    membership ``member``, the contact ``person`` and the membership ``sponsor``.
    """

    columns: dict
    joins: list
    where: list
    totals: dict = field(default_factory=dict)


class MlmDownlineReport(models.AbstractModel):
    """The queries of the report: the walk of the tree and the parts of every add-on."""

    _inherit = "mlm.downline.report"

    def _get_rows_query(self, question, limit=None, offset=0):
        self.env.flush_all()
        parts = self._get_parts(question)
        return SQL(
            """%(walk)s SELECT %(columns)s %(source)s
               ORDER BY walk.%(group)s, walk.level, member.code, walk.node
               LIMIT %(limit)s OFFSET %(offset)s""",
            walk=self._get_walk(question),
            columns=self._get_list(parts.columns),
            source=self._get_source(parts),
            group=SQL.identifier(question.group_by),
            limit=limit,
            offset=offset,
        )

    def _get_totals_query(self, question):
        self.env.flush_all()
        parts = self._get_parts(question)
        return SQL(
            """%(walk)s
               SELECT %(group)s AS "group", %(totals)s, GROUPING(%(group)s) AS is_all
               %(source)s
               GROUP BY GROUPING SETS ((%(group)s), ())
               ORDER BY is_all, "group" """,
            walk=self._get_walk(question),
            group=SQL.identifier("walk", question.group_by),
            totals=self._get_list(parts.totals),
            source=self._get_source(parts),
        )

    def _get_list(self, named):
        return SQL(", ").join(
            SQL("%s AS %s", value, SQL.identifier(name)) for name, value in named.items()
        )

    def _get_source(self, parts):
        return SQL(
            "FROM walk %s WHERE %s",
            SQL(" ").join(parts.joins),
            SQL(" AND ").join(parts.where),
        )

    def _get_walk(self, question):
        return downline_walk.get_walk(
            question.root, question.tree, question.at, self._get_generation_end(question)
        )

    def _get_generation_end(self, question):
        """Return the SQL condition under which the person of ``walk`` ends a generation."""
        return SQL("TRUE")

    def _get_parts(self, question):
        """Return the `Parts` of the query; add-ons extend them."""
        state = downline_walk.get_state(question.at)
        kind = downline_walk.get_kind(question.at)
        people = self.env["mlm.distributor"]
        parts = Parts(
            columns={
                "node": SQL("walk.node"),
                "distributor_id": SQL("member.id"),
                "level": SQL("walk.level"),
                "generation": SQL("walk.generation"),
                "leg": SQL("walk.leg"),
                "code": SQL("member.code"),
                "name": people._get_name_column("member", SQL("person.name")),
                "sponsor_id": SQL("sponsor.id"),
                "sponsor": SQL(
                    "concat_ws(' ', sponsor.code, %s)",
                    people._get_name_column("sponsor", SQL("sponsor_person.name")),
                ),
                "kind": SQL("now.kind"),
                "state": SQL("now.state"),
                "joined": SQL("member.join_date"),
                "city": self._get_city(question),
            },
            joins=[
                SQL("JOIN mlm_distributor member ON member.id = walk.distributor_id"),
                SQL("JOIN res_partner person ON person.id = member.partner_id"),
                SQL(
                    "LEFT JOIN mlm_distributor sponsor ON sponsor.id = %s",
                    downline_walk.get_sponsor(question.tree, question.at),
                ),
                SQL(
                    "LEFT JOIN res_partner sponsor_person ON sponsor_person.id = sponsor.partner_id"
                ),
                SQL("CROSS JOIN LATERAL (SELECT %s AS state, %s AS kind) now", state, kind),
            ],
            where=[
                SQL("walk.level > 0"),
                SQL("now.state <> 'terminated'"),
                *self._get_conditions(question),
            ],
            totals={
                "people": SQL("count(*)"),
                "joined_new": SQL(
                    "count(*) FILTER (WHERE member.join_date > %s::date - 30)",
                    self._get_day(question),
                ),
                "suspended": SQL("count(*) FILTER (WHERE now.state = 'suspended')"),
            },
        )
        if question.tree:
            parts.columns["position"] = SQL("spot.code")
            parts.joins.append(SQL("JOIN mlm_position spot ON spot.id = walk.node"))
        return parts

    def _get_city(self, question):
        """SQL of the city, of people at home where the reader works."""
        if not question.root.network_id._is_shared():
            return SQL("person.city")
        home = self.env["mlm.distributor"]._get_home_sql("member")
        return SQL("CASE WHEN %s THEN person.city END", home)

    def _get_conditions(self, question):
        found, filters = [], question.filters
        for name, condition in (
            ("states", "now.state = ANY(%s)"),
            ("kinds", "now.kind = ANY(%s)"),
            ("level_from", "walk.level >= %s"),
            ("level_to", "walk.level <= %s"),
            ("joined_from", "member.join_date >= %s"),
            ("joined_to", "member.join_date <= %s"),
        ):
            if filters.get(name):
                found.append(SQL(condition, filters[name]))
        if filters.get("city"):
            wanted = filters["city"].strip()
            for sign in "\\%_":
                wanted = wanted.replace(sign, f"\\{sign}")
            found.append(
                SQL(
                    "%s ILIKE %s",
                    self.env.registry.unaccent(self._get_city(question)),
                    self.env.registry.unaccent(SQL("%s", f"%{wanted}%")),
                )
            )
        return found

    def _stream(self, query):
        """Yield the rows of a query as dicts, from a cursor of the server."""
        cr = self.env.cr
        name = SQL.identifier(f"mlm_downline_{next(_cursor_number)}")
        cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", name, query))
        fetch = SQL("FETCH %s FROM %s", SQL(str(CHUNK)), name)
        while True:
            # a reader who stops early leaves it to the end of the transaction
            cr.execute(fetch)
            rows = cr.dictfetchall()
            if not rows:
                break
            yield rows
        cr.execute(SQL("CLOSE %s", name))
