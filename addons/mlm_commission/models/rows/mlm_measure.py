# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine.kernel import codes
from mlm_engine.kernel.codes import Measure
from mlm_engine.telling import codes as told
from mlm_engine.telling.language import tell

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import from_e4
from odoo.addons.mlm_base.formats import Formats

from ...copy_binary import Lists, copy_out

#: figures of a person that have a column of their own: what lists, reports and trees ask for
OWN_COLUMN = {
    Measure.OWN_PV: "own_pv_e4",
    Measure.OWN_PV_PERIOD: "pv_e4",
    Measure.OWN_CV_PERIOD: "cv_e4",
    Measure.RANK: "rank",
    Measure.TITLE: "title",
    Measure.RANK_EARNED: "rank_earned",
    Measure.RANK_MISSES: "rank_misses",
    Measure.ACTIVE: "active",
}
# the parts of a key: position << 20 | place of the bonus + 1 << 10 | code
_POSITION, _BONUS, _CODES = 20, 10, 1023
NO_BONUS = -1
#: columns of figures as a long table
_LONG = ("holder", "position", "place", "measure", "value")
#: ids of people whose figures are read at a time
PART = 1 << 16


def key_of(code, place=NO_BONUS, position=0):
    """Key of a figure in ``figure_keys``; numbers or arrays.

    :param place: of the bonus in the plan, -1 for none
    :param position: id of the position, 0 for a figure of the person
    """
    return position << _POSITION | (place + 1) << _BONUS | code


def parts_of(key):
    """``(code, place, position)`` of a key; see `key_of`."""
    return key & _CODES, (key >> _BONUS & 1023) - 1, key >> _POSITION


class MlmMeasure(models.Model):
    """The figures of a person in a run, those of the person's positions included: one
    record for everybody who has any.

    Volumes, activity and rank have columns; all others stand in two arrays, ``figure_keys``
    (see `key_of`) and ``figure_values``. Figures of zero are left out. The id is
    ``run number << 32 | id of the distributor``, 0 for positions that nobody holds.
    """

    _name = "mlm.measure"
    _description = "Figures of a Person"
    _inherit = ["mlm.partition"]
    _auto = False
    _log_access = False
    _order = "id"

    _store_columns = {
        "own_pv_e4": "int8",
        "pv_e4": "int8",
        "cv_e4": "int8",
        "rank": "int2",
        "title": "int2",
        "rank_earned": "int2",
        "rank_misses": "int2",
        "active": "bool",
        "figure_keys": "int8[]",
        "figure_values": "int8[]",
    }
    _store_empty = dict.fromkeys(OWN_COLUMN.values(), 0)

    run_id = fields.Many2one("mlm.run", readonly=True)
    network_id = fields.Many2one("mlm.network", readonly=True)
    period_id = fields.Many2one("mlm.period", readonly=True, string="Cycle")
    distributor_id = fields.Many2one("mlm.distributor", readonly=True)
    active_cycle = fields.Boolean("Active", readonly=True)
    rank_id = fields.Many2one("mlm.plan.rank", "Paid-as rank", readonly=True)
    title_id = fields.Many2one("mlm.plan.rank", readonly=True)
    own_pv = fields.Float("Own PV in the window", readonly=True, digits=(18, 2))
    pv = fields.Float("Own PV of the cycle", readonly=True, digits=(18, 2))
    cv = fields.Float("Own CV of the cycle", readonly=True, digits=(18, 2))
    bonus_id = fields.Many2one(
        "mlm.plan.bonus",
        "Has figures of",
        compute="_compute_bonus_id",
        search="_search_bonus_id",
        help="The bonus whose points and place the list shows.",
    )
    points = fields.Float(compute="_compute_contest", digits=(18, 2))
    place = fields.Integer(compute="_compute_contest")
    html = fields.Html("Figures", compute="_compute_html", sanitize=False)

    def _view_query(self):
        return SQL(
            """
            SELECT store.id, run.id AS run_id, run.network_id, run.period_id,
                   NULLIF(store.id & 4294967295, 0)::int4 AS distributor_id,
                   coalesce(store.active, FALSE) AS active_cycle,
                   rank.id AS rank_id, title.id AS title_id,
                   coalesce(store.own_pv_e4, 0) / 10000.0 AS own_pv,
                   coalesce(store.pv_e4, 0) / 10000.0 AS pv,
                   coalesce(store.cv_e4, 0) / 10000.0 AS cv,
                   store.figure_keys
              FROM mlm_measure_store AS store
              JOIN mlm_run AS run ON run.number = (store.id >> 32)
              LEFT JOIN mlm_plan_rank AS rank
                ON rank.version_id = run.version_id AND rank.sequence = store.rank
              LEFT JOIN mlm_plan_rank AS title
                ON title.version_id = run.version_id AND title.sequence = store.title
            """
        )

    @api.depends("distributor_id", "run_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = " · ".join(
                filter(None, [one.distributor_id.display_name, one.run_id.display_name])
            )

    # -- storing ------------------------------------------------------------------

    @api.model
    def _packed(self, run, figures):
        """The columns of the store from a long table.

        :param figures: ``{holder, position, place, measure, value}``, int64 arrays sorted by
            them: ids of the distributor and the position (0: none), place of the bonus
            (-1: none), code and value
        """
        people, row = np.unique(figures["holder"], return_inverse=True)
        first, _last = self._id_range(run.number)
        return {"id": first + people, **self._packed_rows(figures, row, people.size)}

    @api.model
    def _packed_rows(self, figures, row, size):
        """The columns but ``id``; ``row``: where the holder of each figure stands, of ``size``."""
        measure, value = figures["measure"], figures["value"]
        own = (figures["position"] == 0) & (figures["place"] == NO_BONUS)
        columns, left = {}, np.ones(row.size, dtype=bool)
        for code, name in OWN_COLUMN.items():
            chosen = own & (measure == code)
            column = np.zeros(size, dtype=np.int64)
            column[row[chosen]] = value[chosen]
            columns[name], left = column, left & ~chosen
        start = np.searchsorted(row[left], np.arange(size + 1))
        keys = key_of(measure[left], figures["place"][left], figures["position"][left])
        return {
            **columns,
            "figure_keys": Lists(start, keys),
            "figure_values": Lists(start, value[left]),
        }

    # -- reading ------------------------------------------------------------------

    @api.model
    def _get_long(self, run, wanted=None, people=None, ids=None):
        """SQL of the figures of a run as a long table: ``holder``, ``position``, ``place``,
        ``measure``, ``value``, all bigint, in no order (see `_packed`).

        :param wanted: codes, or None for all
        :param people: ids of distributors, or None for everybody
        :param ids: from which id of the store to before which other, or None for all
        """
        first, _last = self._id_range(run.number)
        rows = SQL("store.id >= %s AND store.id < %s", *(ids or self._id_range(run.number)))
        if people is not None:
            rows = SQL("store.id = ANY(%s)", [first + one for one in people])
        asked = [int(code) for code in (OWN_COLUMN if wanted is None else wanted)]
        parts = []
        own = {code: name for code, name in OWN_COLUMN.items() if int(code) in asked}
        if own:
            parts.append(
                SQL(
                    """
                    SELECT store.id & 4294967295 AS holder, 0::bigint AS position,
                           -1::bigint AS place, own.measure, own.value
                      FROM mlm_measure_store AS store
                     CROSS JOIN LATERAL (VALUES %s) AS own (measure, value)
                     WHERE own.value <> 0 AND %s
                    """,
                    SQL(", ").join(
                        SQL("(%s::bigint, store.%s::int::bigint)", int(code), SQL.identifier(name))
                        if name == "active"
                        else SQL("(%s::bigint, store.%s::bigint)", int(code), SQL.identifier(name))
                        for code, name in own.items()
                    ),
                    rows,
                )
            )
        if wanted is None or set(asked) - set(own):
            chosen = SQL("TRUE")
            if wanted is not None:
                chosen = SQL("(figure.key & %s) = ANY(%s)", _CODES, asked)
            parts.append(
                SQL(
                    """
                    SELECT store.id & 4294967295 AS holder, figure.key >> %s AS position,
                           ((figure.key >> %s) & 1023) - 1 AS place,
                           figure.key & %s AS measure, figure.value
                      FROM mlm_measure_store AS store
                     CROSS JOIN LATERAL unnest(store.figure_keys, store.figure_values)
                           AS figure (key, value)
                     WHERE %s AND %s
                    """,
                    _POSITION,
                    _BONUS,
                    _CODES,
                    chosen,
                    rows,
                )
            )
        return SQL(" UNION ALL ").join(parts)

    @api.model
    def _read_long(self, run, wanted=None, people=None):
        """The rows of `_get_long` as int64 arrays by column, sorted by all but the value."""
        if people is not None:
            return self._read_sorted(self._get_long(run, wanted, people))
        pieces = {name: [np.zeros(0, dtype=np.int64)] for name in _LONG}
        for part in self._read_parts(run, wanted):
            for name, column in part.items():
                pieces[name].append(column)
        return {name: np.concatenate(pieces.pop(name)) for name in _LONG}

    @api.model
    def _read_parts(self, run, wanted=None):
        """Yield the same of everybody, some people at a time."""
        first, last = self._id_range(run.number)
        ((greatest,),) = self.env.execute_query(
            SQL("SELECT max(id) FROM mlm_measure_store WHERE id >= %s AND id < %s", first, last)
        )
        for begin in range(first, (greatest or first - 1) + 1, PART):
            ids = begin, min(begin + PART, last)
            yield self._read_sorted(self._get_long(run, wanted, ids=ids))

    @api.model
    def _read_sorted(self, query):
        rows = copy_out(self.env.cr, query, None, _LONG)
        order = np.lexsort([rows[name] for name in ("measure", "place", "position", "holder")])
        return {name: column[order] for name, column in rows.items()}

    # -- showing ------------------------------------------------------------------

    def _get_figures(self):
        """All figures of the person in words, in the order of the plan.

        :return: list of dicts ``measure`` (name of the code), ``label``, ``bonus``,
            ``position`` (names, or "") and ``shown``; of no record nothing
        """
        if not self:
            return []
        self.ensure_one()
        run = self.run_id
        lang, plan = run.version_id._short_lang(), run.version_id._plan()
        bonuses = run.version_id.bonus_ids.sorted("sequence")
        rows = self.env.execute_query(
            SQL(
                "SELECT position, place, measure, value FROM (%s) AS figures ORDER BY 1, 2, 3",
                self._get_long(run, people=[self.id & 0xFFFFFFFF]),
            )
        )
        # sudo: the codes of the person's own positions
        positions = self.env["mlm.position"].sudo().browse({row[0] for row in rows if row[0]})
        names = {one.id: one.code for one in positions}
        return [
            {
                "measure": codes.figure_name(measure, plan),
                "label": told.figure_text(measure, lang, plan),
                "bonus": bonuses[place].name if place >= 0 else "",
                "position": names.get(position, ""),
                "shown": self._say(measure, value, plan, lang),
            }
            for position, place, measure, value in rows
        ]

    def _say(self, code, value, plan, lang):
        """A figure as people write it: points, percentage, count, or the word of a code."""
        formats = Formats(self.env)
        unit = codes.figure_unit(code, plan)
        if unit == "flag":
            return self.env._("Yes") if value else self.env._("No")
        if unit == "count":
            return formats.number(value)
        if unit == "rate":
            return formats.percent(from_e4(value))
        if unit != "code":
            return formats.number(from_e4(value))
        if code in (Measure.RANK, Measure.TITLE, Measure.RANK_EARNED):
            ranks = {rank.sequence: rank.name for rank in self.run_id.version_id.rank_ids}
            return ranks.get(value, "")
        if code == Measure.RATE_SOURCE:
            return tell(codes.RateSource(value).label, lang)
        if code == Measure.REASON:
            return told.reason_text(value, lang)
        # awards received, a bit for each
        return ", ".join(str(bit + 1) for bit in range(value.bit_length()) if value >> bit & 1)

    @api.depends_context("lang")
    def _compute_html(self):
        for one in self:
            one.html = self.env["ir.qweb"]._render(
                "mlm_commission.person_figures", {"figures": one._get_figures()}
            )

    # -- points of a contest ----------------------------------------------------

    @api.depends_context("mlm_figures_of")
    def _compute_bonus_id(self):
        self.bonus_id = self.env.context.get("mlm_figures_of", False)

    def _search_bonus_id(self, operator, value):
        """Whoever has points of a contest."""
        if operator != "in":
            return NotImplemented
        bonuses = self.env["mlm.plan.bonus"].browse(one for one in value if one)
        keys = [key for bonus in bonuses for key in self._get_point_keys(bonus)]
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s && %s::bigint[]", SQL.identifier(alias, "figure_keys"), keys
            )
        )

    @api.model
    def _get_point_keys(self, bonus):
        return [
            key_of(int(code), bonus.sequence) for code in (Measure.STANDING, Measure.FINAL_STANDING)
        ]

    @api.depends_context("mlm_figures_of")
    def _compute_contest(self):
        self.points = self.place = 0
        bonus = self.env["mlm.plan.bonus"].browse(self.env.context.get("mlm_figures_of"))
        for run, rows in self.grouped("run_id").items() if bonus else ():
            found = {}
            for holder, place, measure, value in self.env.execute_query(
                SQL(
                    "SELECT holder, place, measure, value FROM (%s) AS figures",
                    self._get_long(
                        run,
                        (Measure.STANDING, Measure.FINAL_STANDING, Measure.PLACE),
                        rows.distributor_id.ids,
                    ),
                )
            ):
                if place == bonus.sequence:
                    found[holder, measure == Measure.PLACE] = value
            for one in rows:
                one.points = from_e4(found.get((one.distributor_id.id, False), 0))
                one.place = found.get((one.distributor_id.id, True), 0)
