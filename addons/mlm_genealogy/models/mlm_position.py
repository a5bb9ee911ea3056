from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..internal import is_internal

LEGS = [("left", "Left"), ("right", "Right")]
HIERARCHY_LIMIT = 300


class MlmPosition(models.Model):
    """A person's place in a placement tree; one person may own several.

    The tree is read by recursive queries, which reach 10,000 levels in milliseconds:
    no ``parent_path``, and never ``child_of``. ``parent_id`` and ``leg`` are caches
    of the open link (`mlm.link`).
    """

    _name = "mlm.position"
    _description = "Position"
    _order = "tree_id, code, id"
    _rec_names_search = ["code", "distributor_id.partner_id.name"]
    _check_company_auto = True

    tree_id = fields.Many2one(
        "mlm.tree", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    distributor_id = fields.Many2one(
        "mlm.distributor",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    code = fields.Char(required=True, index=True)
    parent_id = fields.Many2one("mlm.position", string="Below", index=True, ondelete="restrict")
    child_ids = fields.One2many("mlm.position", "parent_id", string="Directly Below")
    leg = fields.Selection(LEGS)
    placed_at = fields.Datetime(string="Placed on", required=True)
    link_ids = fields.One2many("mlm.link", "position_id", string="Links")
    name = fields.Char(related="distributor_id.partner_id.name")
    distributor_state = fields.Selection(related="distributor_id.state")
    avatar_128 = fields.Image(related="distributor_id.avatar_128")

    _code_uniq = models.Constraint("UNIQUE(tree_id, code)", "This code exists in the tree already.")
    _spot_uniq = models.Constraint("UNIQUE(tree_id, parent_id, leg)", "This spot is taken already.")
    _root_uniq = models.UniqueIndex(
        "(tree_id) WHERE parent_id IS NULL", "The tree has a head already."
    )
    _leg_with_parent = models.Constraint(
        "CHECK((parent_id IS NULL) = (leg IS NULL))",
        "Below somebody a position has a leg, at the head it has none.",
    )
    _not_below_itself = models.Constraint(
        "CHECK(parent_id != id)", "A position cannot be below itself."
    )

    @api.depends("code", "distributor_id.partner_id.name")
    def _compute_display_name(self):
        for record in self:
            name = record.distributor_id.partner_id.name or ""
            record.display_name = f"{record.code or ''} {name}"

    @api.model_create_multi
    def create(self, vals_list):
        if not is_internal(self.env):
            raise UserError(self.env._("A position is made by placing somebody, not by hand."))
        return super().create(vals_list)

    def write(self, vals):
        if not is_internal(self.env):
            raise UserError(self.env._("A placement is final and cannot be edited."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "The position %s is part of the history and cannot be deleted.",
                self[:1].display_name,
            )
        )

    def action_place_below(self):
        """Open the placement wizard for the free spots of this position."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Place Somebody"),
            "res_model": "mlm.place.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_tree_id": self.tree_id.id,
                "default_strategy": "spot",
                "default_parent_id": self.id,
            },
        }

    @api.model
    def hierarchy_read(self, domain, specification, parent_field, child_field=None, order=None):
        # the core method reads every match; a large tree would never end
        found = self.search(domain, limit=HIERARCHY_LIMIT, order=order)
        return super().hierarchy_read(
            [("id", "in", found.ids)],
            specification,
            parent_field,
            child_field=child_field,
            order=order,
        )

    def _ancestor_ids(self):
        """Return the ids of the positions above, nearest first."""
        self.ensure_one()
        # a subquery and no join, which the planner might hash for each level
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE above(id, depth) AS (
                       SELECT parent_id, 1 FROM mlm_position WHERE id = %s
                   UNION ALL
                       SELECT (SELECT parent_id FROM mlm_position node
                                WHERE node.id = above.id), depth + 1
                         FROM above WHERE id IS NOT NULL
                   )
                   SELECT id FROM above WHERE id IS NOT NULL ORDER BY depth""",
                self.id,
                to_flush=self._fields["parent_id"],
            )
        )
        return [row[0] for row in rows]

    def _outer_spot(self, leg):
        """Return the free spot at the outer end of a leg, as (position, leg).

        From this position down the given side, always on the same side, until a spot
        is free: the position found is the one below which the spot lies.

        :param str leg: "left" or "right"
        """
        self.ensure_one()
        position, __ = self._walk_outer(leg)
        return position, leg

    def _automatic_spot(self):
        """Return the outer spot of the side whose outer line is shorter, left on a
        tie, as (position, leg)."""
        self.ensure_one()
        left, left_depth = self._walk_outer("left")
        right, right_depth = self._walk_outer("right")
        return (left, "left") if left_depth <= right_depth else (right, "right")

    def _walk_outer(self, leg):
        # a subquery and no join, which the planner would hash for each level
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE walk(id, depth) AS (
                       SELECT %(start)s, 0
                   UNION ALL
                       SELECT (SELECT node.id FROM mlm_position node
                                WHERE node.tree_id = %(tree)s
                                  AND node.parent_id = walk.id
                                  AND node.leg = %(leg)s), depth + 1
                         FROM walk WHERE id IS NOT NULL
                   )
                   SELECT id, depth FROM walk WHERE id IS NOT NULL
                    ORDER BY depth DESC LIMIT 1""",
                start=self.id,
                leg=leg,
                tree=self.tree_id.id,
                to_flush=self._fields["leg"],
            )
        )
        return self.browse(rows[0][0]), rows[0][1]
