from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tree.mlm_tree import KIND_STRATEGIES, STRATEGIES

HOLDING_STATES = [
    ("waiting", "Waiting"),
    ("soon", "Deadline Approaching"),
    ("late", "Deadline Passed"),
]


class MlmDistributor(models.Model):
    """Where somebody may be placed, and the holding tank: people who have no position yet.

    The placement itself: `mlm.position`.
    """

    _inherit = "mlm.distributor"
    _free = ("placement_preference",)

    position_ids = fields.One2many(domain=[("state", "!=", "removed")])
    placement_preference = fields.Selection(
        [*STRATEGIES, ("holding", "Holding Tank")],
        string="Default placement of their enrolments",
        help="Where the people sponsored by this person are placed by default. Empty: as set in "
        "the tree.",
    )

    may_hold_more = fields.Boolean(
        compute="_compute_may_hold_more", help="A tree allows one more position."
    )

    holding_since = fields.Datetime(
        string="In the Holding Tank since",
        compute="_compute_holding_since",
        store=True,
        compute_sudo=True,
        help="Empty for whoever has a position, needs none or has left.",
    )
    holding_note = fields.Char(
        string="Why Not Placed",
        readonly=True,
        copy=False,
        help="What blocked the automatic placement last time.",
    )
    holding_deadline = fields.Datetime(
        compute="_compute_holding_deadline",
        string="Deadline",
        help="When the person is placed automatically.",
    )
    holding_days_left = fields.Integer(
        compute="_compute_holding_deadline", string="Days Left", aggregator=None
    )
    holding_state = fields.Selection(
        HOLDING_STATES,
        string="Holding Tank",
        compute="_compute_holding_deadline",
        search="_search_holding_state",
    )

    _holding_idx = models.Index("(network_id, holding_since) WHERE holding_since IS NOT NULL")

    @api.depends("position_ids", "kind", "state")
    def _compute_may_hold_more(self):
        for record in self:
            trees = self.env["mlm.tree"].search([("network_id", "=", record.network_id.id)])
            record.may_hold_more = (
                record.kind != "customer"
                and record.state != "terminated"
                and any(
                    len(record.position_ids.filtered(lambda spot, tree=tree: spot.tree_id == tree))
                    < tree.max_positions
                    for tree in trees
                )
            )

    def action_move(self):
        return self._open_wizard("mlm.move.wizard", self.env._("Move"))

    def action_place(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Place %s", self.display_name),
            "res_model": "mlm.place.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_distributor_id": self.id},
        }

    def _get_position(self, tree):
        """Return this person's first position in ``tree``, empty if there is none."""
        self.ensure_one()
        return self.env["mlm.position"].search(
            [
                ("tree_id", "=", tree.id),
                ("distributor_id", "=", self.id),
                ("state", "!=", "removed"),
            ],
            order="id",
            limit=1,
        )

    def _get_strategy(self, tree):
        """Return how those whom this person sponsors are placed in ``tree``: the own
        preference, where the tree knows it, or the default of the tree.

        :param self: the sponsor, empty for a root
        """
        preference = self.placement_preference
        if preference == "holding" or preference in KIND_STRATEGIES[tree.kind]:
            return preference
        return tree.default_strategy

    def _find_spot(self, tree, strategy):
        """Return the spot below the sponsor that a strategy gives, as
        (position, slot); (empty, 0) is the head of the tree.

        :param str strategy: see `mlm.position._find_free_spot`, or "default" for the
            one of the sponsor or of the tree
        :raise UserError: the sponsor has no position in this tree
        :return: None for somebody who waits in the holding tank
        """
        self.ensure_one()
        return self._find_spot_below(self.sponsor_id, tree, strategy)

    def _find_spot_below(self, sponsor, tree, strategy):
        Position = self.env["mlm.position"]
        if strategy == "default":
            strategy = sponsor._get_strategy(tree)
        if strategy == "holding":
            return None
        if not sponsor:
            if Position.search([("tree_id", "=", tree.id), ("state", "!=", "removed")], limit=1):
                raise UserError(
                    self.env._(
                        "Without a sponsor there is no leg to choose: name the"
                        " position and its spot."
                    )
                )
            return Position, 0
        below = sponsor._get_position(tree)
        if not below:
            raise UserError(
                self.env._(
                    "The sponsor %(sponsor)s has no position in the tree %(tree)s yet."
                    " Place the sponsor first, or leave the new person in the holding"
                    " tank.",
                    sponsor=sponsor.display_name,
                    tree=tree.display_name,
                )
            )
        return below._find_free_spot(strategy)

    def _ensure_placeable(self, tree):
        for record in self:
            if record.kind == "customer":
                raise UserError(
                    self.env._("%s is a customer and cannot hold a position.", record.display_name)
                )
            if record.state == "terminated":
                raise UserError(self.env._("%s has left the network.", record.display_name))
            if record.network_id != tree.network_id:
                raise UserError(
                    self.env._(
                        "%(name)s and the tree %(tree)s belong to different companies.",
                        name=record.display_name,
                        tree=tree.display_name,
                    )
                )

    @api.depends("kind", "state", "joined_at", "position_ids.state")
    def _compute_holding_since(self):
        """In one query: an enrolment of a hundred thousand comes by here."""
        self.env["mlm.position"].flush_model(["state", "distributor_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT person FROM unnest(%s) person
                    WHERE EXISTS (SELECT FROM mlm_position
                                   WHERE distributor_id = person AND state != 'removed')""",
                list(self._ids),
            )
        )
        placed = {row[0] for row in rows}
        for record in self:
            waits = (
                record.kind != "customer"
                and record.state != "terminated"
                and record.id not in placed
            )
            record.holding_since = waits and record.joined_at

    def _get_holding_tree(self, network):
        """Return the tree whose deadline comes first, empty without any."""
        return self.env["mlm.tree"].search(
            [("network_id", "=", network.id), ("holding_days", ">", 0)],
            order="holding_days, sequence, id",
            limit=1,
        )

    @api.depends("holding_since", "state")
    def _compute_holding_deadline(self):
        now = fields.Datetime.now()
        trees = {network: self._get_holding_tree(network) for network in self.network_id}
        for record in self:
            tree = trees[record.network_id]
            record.holding_deadline = False
            record.holding_days_left = 0
            record.holding_state = "waiting" if record.holding_since else False
            if not tree or not record.holding_since or record.state != "active":
                continue
            deadline = record.holding_since + timedelta(days=tree.holding_days)
            left = deadline - now
            record.holding_deadline = deadline
            day = record.network_id._local_date
            record.holding_days_left = max((day(deadline) - day(now)).days, 0)
            if left <= timedelta():
                record.holding_state = "late"
            elif left <= timedelta(days=tree.holding_warning_days):
                record.holding_state = "soon"

    def _search_holding_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = [fields.Domain("holding_since", "=", False)] if False in value else []
        # sudo: of which networks the companies are that are switched on
        for network in self.env.companies.sudo().mlm_network_id:
            tree = self._get_holding_tree(network)
            own = fields.Domain("network_id", "=", network.id)
            own &= fields.Domain("holding_since", "!=", False)
            late, near = fields.Domain.FALSE, fields.Domain.FALSE
            if tree:
                late = fields.Domain(tree._waiting_domain(tree.holding_days))
                near = fields.Domain(
                    tree._waiting_domain(tree.holding_days - tree.holding_warning_days)
                )
            found = {"late": late, "soon": near & ~late, "waiting": own & ~near & ~late}
            domains += [found[state] for state in value if state]
        return fields.Domain.OR(domains)

    def action_place_several(self):
        """Open the placement of several people who wait in the holding tank."""
        waiting = self.filtered("holding_since")
        if not waiting:
            raise UserError(self.env._("None of the chosen people is in the holding tank."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Place Several"),
            "res_model": "mlm.holding.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_distributor_ids": waiting.ids},
        }

    def action_view_positions(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Positions of %s", self.display_name),
            "res_model": "mlm.position",
            "view_mode": "list,form",
            "domain": [("distributor_id", "=", self.id)],
        }
