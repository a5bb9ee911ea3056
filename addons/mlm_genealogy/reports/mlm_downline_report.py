from dataclasses import dataclass, field
from itertools import count

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.documents import column
from odoo.addons.mlm_base.formats import Formats

from ..models.position.mlm_position import LEG_SLOTS
from . import downline_walk

CHUNK = 1000
GROUPS = [("level", "Level"), ("generation", "Generation"), ("leg", "Leg")]
_cursor_number = count(1)


@dataclass
class Question:
    """What is asked; see `mlm.downline.report._downline_report`."""

    root: models.Model
    tree: models.Model
    group_by: str
    filters: dict
    at: object

    @property
    def asked(self):
        """What `_downline_report` and `_downline_totals` are called with."""
        return self.root, self.tree, self.group_by, self.filters, self.at


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
    """Everybody below a leader, as rows that are never all in memory.

    Rows are read through a cursor of the database server, a thousand at a time, and
    totals are made there: a hundred thousand people need no more memory than a
    thousand. Callers check who may read whose downline.
    """

    _name = "mlm.downline.report"
    _description = "Downline Report"

    @api.model
    def _downline_report(
        self, root, tree=None, group_by="level", filters=None, at=None, limit=None, offset=0
    ):
        """Yield the downline of ``root`` in lists of at most a thousand dicts.

        Rows are sorted by group, level and code. Whoever is terminated is in no list.

        - *Level*: steps below ``root``; those whom ``root`` sponsored are on level 1.
        - *Generation*, of the sponsor tree: a generation ends on each line with the
          first person who holds the rank of the filter ``generation_rank`` or a higher
          one; that person is its last member, and whoever is below belongs to the
          next. Without a rank everybody ends a generation, and it is the level.
        - *Leg*, of a placement tree: the side of the first position of ``root``.

        :param root: `mlm.distributor`
        :param tree: `mlm.tree`, or None for the sponsor tree
        :param str group_by: "level", "generation" or "leg"
        :param dict filters: any of ``states`` and ``kinds`` (lists), ``level_from``,
            ``level_to``, ``joined_from``, ``joined_to`` (dates), ``city`` (a part of
            its name); further add-ons know more
        :param at: naive UTC datetime: links, states and kinds as they were then;
            names and cities are those of today
        :param limit: number of rows, by default all
        :return: dicts with the keys of `_get_columns`, and ``node`` (the id of the
            distributor, or of the position), ``distributor_id`` and ``generation``;
            ``leg`` is the number of a spot: in a binary tree 1 is left and 2 is right
        :raise UserError: the question makes no sense
        """
        question = self._ask(root, tree, group_by, filters, at)
        context = self._prepare_rows(question)
        for rows in self._stream(self._get_rows_query(question, limit, offset)):
            self._finish_rows(rows, question, context)
            yield rows

    @api.model
    def _downline_totals(self, root, tree=None, group_by="level", filters=None, at=None):
        """Return the totals of the same people as ``{"groups": [dict], "all": dict}``.

        Each dict has ``group`` (number of the level or generation, or the leg) and the
        keys of `_get_total_columns`; in ``all`` the group is None.
        """
        question = self._ask(root, tree, group_by, filters, at)
        self.env.flush_all()
        parts = self._get_parts(question)
        query = SQL(
            """%(walk)s
               SELECT %(group)s AS "group", %(totals)s, GROUPING(%(group)s) AS is_all
               %(source)s
               GROUP BY GROUPING SETS ((%(group)s), ())
               ORDER BY is_all, "group" """,
            walk=self._get_walk(question),
            group=SQL.identifier("walk", group_by),
            totals=self._get_list(parts.totals),
            source=self._get_source(parts),
        )
        self.env.cr.execute(query)
        rows = self.env.cr.dictfetchall()
        for row in rows:
            self._finish_total(row)
        everybody = next(row for row in rows if row.pop("is_all"))
        return {"groups": [row for row in rows if row is not everybody], "all": everybody}

    def _get_columns(self, question):
        """Return the columns of the rows, in the order in which people read them.

        :return: list of `documents.column`
        """
        position = [column("position", self.env._("Position"), "text", 14)]
        member = self.env["mlm.distributor"]._fields
        state = dict(member["state"]._description_selection(self.env))
        kind = dict(member["kind"]._description_selection(self.env))
        return [
            column("level", self.env._("Level"), "number", 7),
            *(
                [column("generation", self.env._("Generation"), "number", 11)]
                if question.group_by == "generation"
                else []
            ),
            *([self._get_leg_column(question)] if question.tree else []),
            column("code", self.env._("Code"), "text", 12),
            *(position if question.tree else []),
            column("name", self.env._("Name"), "text", 32),
            column("sponsor", self.env._("Sponsor"), "text", 32),
            column("kind", self.env._("Kind"), "choice", 18, kind),
            column("state", self.env._("State"), "choice", 12, state),
            column("joined", self.env._("Joined on"), "date", 12),
            column("city", self.env._("City"), "text", 18),
        ]

    def _get_total_columns(self, question):
        """Return the columns of the totals, like `_get_columns`."""
        return [
            column("people", self.env._("People"), "number", 10),
            column("joined_new", self.env._("Joined in 30 days"), "number", 18),
            column("suspended", self.env._("Suspended"), "number", 12),
        ]

    def _get_notes(self, question):
        """Return sentences that say what the figures are."""
        if question.at is None:
            return []
        return [
            self.env._(
                "Links, states and kinds are those of the date; names and cities those of today."
            )
        ]

    def _get_group_label(self, question, group):
        """Return the words for one group: "Level 3", "Left leg"."""
        if question.group_by == "leg":
            return self._get_legs(question).get(group) or self.env._("Leg %s", group)
        if question.group_by == "generation":
            return self.env._("Generation %s", group)
        return self.env._("Level %s", group)

    def _get_legs(self, question):
        """Return the words of the legs of a binary tree by their number."""
        if question.tree.kind != "binary":
            return {}
        legs = dict(self.env["mlm.position"]._fields["leg"]._description_selection(self.env))
        return {slot: legs[leg] for leg, slot in LEG_SLOTS.items()}

    def _get_leg_column(self, question):
        legs = self._get_legs(question)
        return column("leg", self.env._("Leg"), "choice" if legs else "number", 10, legs)

    def _get_labelled_totals(self, question, totals):
        """Return the lines of `_downline_totals`, each with its ``label``, the sum last."""
        lines = [
            {**line, "label": self._get_group_label(question, line["group"])}
            for line in totals["groups"]
        ]
        return [*lines, {**totals["all"], "label": self.env._("Total")}]

    def _get_named_rows(self, question, name_rows=None):
        """Yield the rows of `_downline_report` one by one.

        :param name_rows: function that changes a list of rows, as the portal does
        """
        for rows in self._downline_report(*question.asked):
            if name_rows:
                name_rows(rows)
            yield from rows

    def _ask(self, root, tree, group_by, filters, at):
        """Return the `Question`, checked."""
        root.ensure_one()
        tree = tree or self.env["mlm.tree"]
        if group_by not in dict(GROUPS):
            raise UserError(self.env._("Group by level, generation or leg."))
        if group_by == "leg" and not tree:
            raise UserError(
                self.env._("Legs are those of a placement tree: choose one, or group by level.")
            )
        if group_by == "generation" and tree:
            raise UserError(
                self.env._("Generations are those of the sponsor tree: choose it, or group by leg.")
            )
        if tree and tree.network_id != root.network_id:
            raise UserError(
                self.env._(
                    "%(name)s and the tree %(tree)s belong to different companies.",
                    name=root.display_name,
                    tree=tree.display_name,
                )
            )
        known = {
            key: value for key, value in (filters or {}).items() if value not in (None, "", [])
        }
        return Question(root, tree, group_by, known, at)

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

    def _get_day(self, question):
        """Return the day of the network for which the report is made."""
        return question.root.network_id._local_date(question.at or self.env.cr.now())

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

    def _prepare_rows(self, question):
        """Return what `_finish_rows` needs for all rows; add-ons extend the dict."""
        return {}

    def _finish_rows(self, rows, question, context):
        """Complete a list of rows in place, and return it; add-ons extend it, in bulk."""
        return rows

    def _finish_total(self, row):
        """Complete one row of totals in place, and return it."""
        return row

    def _get_title(self, question):
        return self.env._("Downline of %s", question.root.display_name)

    def _get_subtitle(self, question):
        """Return lines that say what was asked."""
        day = Formats(self.env).day(self._get_day(question))
        tree = question.tree.display_name or self.env._("Sponsor tree")
        moment = self.env._("as of %s", day)
        return [f"{tree} · {moment}"]

    def _get_file_name(self, question, kind):
        """Return the name of the file: "downline-000017-2026-11-21.xlsx"."""
        start = self.env._("downline")
        return f"{start}-{question.root.code}-{self._get_day(question)}.{kind}"

    def _get_group_names(self):
        """Return the groupings with their names in the user's language."""
        return [
            ("level", self.env._("Level")),
            ("generation", self.env._("Generation")),
            ("leg", self.env._("Leg")),
        ]
