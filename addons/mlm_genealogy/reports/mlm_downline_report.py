from dataclasses import dataclass

from odoo import api, models
from odoo.exceptions import UserError

GROUPS = ("level", "generation", "leg")


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
        self.env.cr.execute(self._get_totals_query(question))
        rows = self.env.cr.dictfetchall()
        for row in rows:
            self._finish_total(row)
        everybody = next(row for row in rows if row.pop("is_all"))
        return {"groups": [row for row in rows if row is not everybody], "all": everybody}

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
        if group_by not in GROUPS:
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

    def _get_day(self, question):
        """Return the day of the network for which the report is made."""
        return question.root.network_id._local_date(question.at or self.env.cr.now())

    def _prepare_rows(self, question):
        """Return what `_finish_rows` needs for all rows; add-ons extend the dict."""
        return {}

    def _finish_rows(self, rows, question, context):
        """Complete a list of rows in place, and return it; add-ons extend it, in bulk."""
        return rows

    def _finish_total(self, row):
        """Complete one row of totals in place, and return it."""
        return row
