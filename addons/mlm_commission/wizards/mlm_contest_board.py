# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from mlm_engine import rules
from mlm_engine.kernel import codes
from mlm_engine.kernel.codes import Measure
from mlm_engine.kernel.exact import E4, E6
from mlm_engine.telling import codes as told

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import SQL

from ..models.rows.mlm_measure import key_of
from ..models.run.mlm_run import COMPUTED

# lines of the list, and people in the chart
SHOWN = 100
CHARTED = 20


class MlmContestBoard(models.TransientModel):
    """Standings of a contest by the last run, preview or posted, that counted it."""

    _name = "mlm.contest.board"
    _description = "Contest Standings"

    network_id = fields.Many2one(
        "mlm.network", required=True, default=lambda self: self.env.company.mlm_network_id
    )
    currency_id = fields.Many2one(related="network_id.money_currency_id")
    bonus_id = fields.Many2one(
        "mlm.plan.bonus",
        string="Contest",
        domain="[('id', 'in', contest_ids)]",
        default=lambda self: self._default_bonus_id(),
    )
    contest_ids = fields.Many2many(
        "mlm.plan.bonus", string="Contests of the plans", compute="_compute_contest_ids"
    )
    date_start = fields.Date(string="First day", compute="_compute_standing")
    date_end = fields.Date(string="Last day", compute="_compute_standing")
    measure = fields.Char(string="Counts", compute="_compute_standing")
    minimum = fields.Float(compute="_compute_standing", digits=(18, 2))
    run_id = fields.Many2one("mlm.run", string="Standings by", compute="_compute_standing")
    computed_at = fields.Datetime(related="run_id.computed_at")
    line_ids = fields.One2many(
        "mlm.contest.line", "board_id", compute="_compute_line_ids", store=True
    )

    @api.depends("bonus_id")
    def _compute_display_name(self):
        for board in self:
            board.display_name = board.bonus_id.name or self.env._("Contests")

    @api.model
    def _contests(self, network):
        """Contests of the plans in force, those that are open now first."""
        # sudo: whoever reads standings need not read the plan
        versions = (
            self.env["mlm.plan.version"]
            .sudo()
            .search(
                [
                    ("network_id", "=", network.id),
                    ("state", "in", ("published", "active", "retired")),
                ]
            )
        )
        today = self.env["mlm.period"]._today(network).toordinal()
        found = []
        for bonus in versions.bonus_ids:
            race = self._race(bonus)
            if race:
                is_open = race.start <= today <= race.end
                found.append((not is_open, -race.end, bonus.id))
        return self.env["mlm.plan.bonus"].browse(one for *_order, one in sorted(found))

    @api.model
    def _rule(self, bonus):
        """Return ``(rule, params)`` of a bonus."""
        # sudo: whoever reads standings need not read the plan
        return rules.of(bonus.sudo().version_id._plan()["bonuses"][bonus.sequence])

    @api.model
    def _race(self, bonus):
        rule, params = self._rule(bonus)
        return rule.race(params)

    @api.model
    def _default_bonus_id(self):
        return self._contests(self.env.company.mlm_network_id)[:1]

    @api.depends("network_id")
    def _compute_contest_ids(self):
        for board in self:
            board.contest_ids = board._contests(board.network_id)

    @api.constrains("network_id", "bonus_id")
    def _check_bonus(self):
        for board in self:
            if board.bonus_id != board._get_bonus():
                raise ValidationError(
                    self.env._(
                        "%(bonus)s is not a contest of a plan in force of %(network)s.",
                        bonus=board.bonus_id.display_name,
                        network=board.network_id.display_name,
                    )
                )

    def _get_bonus(self):
        """Return the contest that is asked for, empty if it is none of the network's."""
        return self.bonus_id & self._contests(self.network_id)

    @api.depends("network_id", "bonus_id")
    def _compute_standing(self):
        for board in self:
            bonus = board._get_bonus()
            board.run_id = board._find_run() if bonus else False
            race = board._race(bonus) if bonus else None
            board.date_start = date.fromordinal(race.start) if race else False
            board.date_end = date.fromordinal(race.end) if race else False
            board.minimum = race.min_e4 / E4 if race else 0
            board.measure = board._measure_name(race.measure) if race else False

    def _measure_name(self, measure):
        """Words of what is counted, as the plan names it."""
        # sudo: whoever reads standings need not read the plan
        version = self.bonus_id.sudo().version_id
        lang = version._short_lang()
        if measure["kind"] == "measure":
            return told.figure_text(codes.PLAN + measure["index"], lang, version._plan())
        return told.figure_text(measure["measure"], lang)

    def _find_run(self):
        """The run that shows how the contest stands: of the last period counted."""
        # sudo: as above
        version = self.bonus_id.sudo().version_id
        item, race = version._plan()["bonuses"][self.bonus_id.sequence], self._race(self.bonus_id)
        return self.env["mlm.run"].search(
            [
                ("network_id", "=", self.network_id.id),
                ("version_id", "=", version.id),
                ("state", "in", COMPUTED),
                ("period_id.kind", "=", item["period"]),
                ("period_id.date_end", ">=", date.fromordinal(race.start)),
                ("period_id.date_start", "<=", date.fromordinal(race.end)),
            ],
            order="period_id, number desc",  # the last period comes first
            limit=1,
        )

    @api.depends("network_id", "bonus_id")
    def _compute_line_ids(self):
        for board in self:
            board.line_ids = [
                Command.clear(),
                *(Command.create(values) for values in board._read_lines()),
            ]

    def _read_lines(self):
        """The highest standings, with the place that the run gave them.

        Who is not entitled now has points and no place.
        """
        run = self._find_run() if self._get_bonus() else None
        if not run:
            return []
        rule, params = self._rule(self.bonus_id)
        prizes = rule.prizes(params)
        figures = self.env["mlm.measure"]
        first, last = figures._id_range(run.number)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT * FROM (
                    SELECT (store.id & 4294967295)::int AS holder, points.value, coalesce(
                               store.figure_values[
                                   array_position(store.figure_keys, %(place)s)], 0) AS place
                      FROM mlm_measure_store AS store
                     CROSS JOIN LATERAL (
                           SELECT sum(value)::bigint AS value
                             FROM unnest(store.figure_keys, store.figure_values)
                                  AS figure (key, value)
                            WHERE key = ANY(%(points)s::bigint[])) AS points
                     WHERE store.id >= %(first)s AND store.id < %(last)s
                       AND store.figure_keys && %(points)s::bigint[]) AS standing
                 WHERE value > 0
                 ORDER BY value DESC, place = 0, place, holder LIMIT %(limit)s
                """,
                place=key_of(int(Measure.PLACE), self.bonus_id.sequence),
                points=figures._get_point_keys(self.bonus_id),
                first=first,
                last=last,
                limit=SHOWN,
            )
        )
        best = max((value for _holder, value, _place in rows), default=1)
        return [
            {
                "distributor_id": holder,
                "place": place,
                "points": value / E4,
                "share": 100 * value / best,
                **self._prize(prizes.get(place), run),
            }
            for holder, value, place in rows
        ]

    def _prize(self, prize, run):
        """What a place would win if the contest ended now."""
        if not prize:
            return {}
        return {
            "prize_kind": prize.kind,
            "prize_value": prize.amount_e4 * run.fx_e6 / (E4 * E6),
        }

    @api.model
    def _action_open(self):
        """Open the standings of the contest that is open now."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contests"),
            "res_model": self._name,
            "res_id": self.create({}).id,
            "view_mode": "form",
        }

    def action_all(self):
        """Everybody's points in the run, also of those below the lines of the board."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "mlm.measure",
            "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban",
            "domain": [
                *self.run_id._id_domain("mlm.measure"),
                ("bonus_id", "=", self.bonus_id.id),
            ],
            "context": {"mlm_figures_of": self.bonus_id.id},
        }

    def action_chart(self):
        """Bars of the first places."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "mlm.contest.line",
            "view_mode": "graph,list",
            "domain": [("id", "in", self.line_ids[:CHARTED].ids)],
        }
