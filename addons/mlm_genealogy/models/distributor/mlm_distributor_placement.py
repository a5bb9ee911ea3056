from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tree.mlm_tree import KIND_STRATEGIES, STRATEGIES


class MlmDistributor(models.Model):
    """Where somebody may be placed. The placement itself: `mlm.position`."""

    _inherit = "mlm.distributor"
    _free = ("placement_preference",)

    position_ids = fields.One2many(domain=[("state", "!=", "removed")])
    placement_preference = fields.Selection(
        [*STRATEGIES, ("holding", "Holding Tank")],
        string="Placement of Own Enrolments",
        help="Where those whom this person sponsors are placed by default. Empty: as the"
        " tree says.",
    )

    may_hold_more = fields.Boolean(
        compute="_compute_may_hold_more", help="A tree allows one more position."
    )

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
                    self.env._("%s is a customer and holds no position.", record.display_name)
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
