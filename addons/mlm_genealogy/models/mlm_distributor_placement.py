from odoo import models
from odoo.exceptions import UserError


class MlmDistributor(models.Model):
    """Where somebody may be placed. The placement itself: `mlm.position`."""

    _inherit = "mlm.distributor"

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
            [("tree_id", "=", tree.id), ("distributor_id", "=", self.id)],
            order="id",
            limit=1,
        )

    def _find_spot(self, tree, strategy):
        """Return the spot below the sponsor that a strategy gives, as
        (position, leg); (empty, False) is the head of the tree.

        :param str strategy: "left" or "right" (the outer spot of that leg) or "auto"
            (the outer spot of the leg with the shorter outer line)
        :raise UserError: the sponsor has no position in this tree
        """
        self.ensure_one()
        return self._find_spot_below(self.sponsor_id, tree, strategy)

    def _find_spot_below(self, sponsor, tree, strategy):
        Position = self.env["mlm.position"]
        if not sponsor:
            if Position.search([("tree_id", "=", tree.id)], limit=1):
                raise UserError(
                    self.env._(
                        "Without a sponsor there is no leg to choose: name the"
                        " position and its leg."
                    )
                )
            return Position, False
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
        if strategy == "auto":
            return below._automatic_spot()
        if strategy in ("left", "right"):
            return below._outer_spot(strategy)
        raise UserError(self.env._("Choose the left or the right leg."))

    def _ensure_placeable(self, tree):
        for record in self:
            if record.kind == "customer":
                raise UserError(
                    self.env._("%s is a customer and holds no position.", record.display_name)
                )
            if record.state == "terminated":
                raise UserError(self.env._("%s has left the network.", record.display_name))
            if record.company_id != tree.company_id:
                raise UserError(
                    self.env._(
                        "%(name)s and the tree %(tree)s belong to different companies.",
                        name=record.display_name,
                        tree=tree.display_name,
                    )
                )
