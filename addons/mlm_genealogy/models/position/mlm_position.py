from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import is_internal

from ...search import create_trigram_index, only_named, search_code_or_name

LEGS = [("left", "Left"), ("right", "Right")]
# a binary tree says its slots in words as well
LEG_SLOTS = {"left": 1, "right": 2}
SLOT_LEGS = {slot: leg for leg, slot in LEG_SLOTS.items()}
STATES = [("open", "Open"), ("closed", "Closed"), ("removed", "Removed")]


class MlmPosition(models.Model):
    """A person's place in a placement tree; one person may own several.

    The tree is read by recursive queries, which reach 10,000 levels in milliseconds:
    no ``parent_path``, and never ``child_of``. ``parent_id``, ``slot`` and ``leg`` are
    caches of the open link (`mlm.link`).
    """

    _name = "mlm.position"
    _description = "Position"
    _inherit = ["mlm.guarded", "mlm.of.network"]
    _order = "tree_id, code, id"
    _rec_names_search = ["code", "distributor_id.partner_id.name"]
    _server_only = True
    _same_network = ("tree_id", "distributor_id", "parent_id")

    tree_id = fields.Many2one("mlm.tree", required=True, index=True, ondelete="restrict")
    tree_kind = fields.Selection(related="tree_id.kind", string="Kind of Tree")
    distributor_id = fields.Many2one(
        "mlm.distributor",
        required=True,
        index=True,
        ondelete="restrict",
    )
    code = fields.Char(required=True, index=True)
    parent_id = fields.Many2one("mlm.position", string="Below", index=True, ondelete="restrict")
    child_ids = fields.One2many("mlm.position", "parent_id", string="Directly Below")
    slot = fields.Integer(
        string="Spot",
        required=True,
        default=0,
        aggregator=None,
        help="Number of the spot below the position above, from left to right; zero at"
        " the head of the tree.",
    )
    leg = fields.Selection(LEGS)
    state = fields.Selection(
        STATES,
        required=True,
        default="open",
        help="Closed: the person left, and the spot lets volume pass through. Removed: no longer "
        "in the tree.",
    )
    placed_at = fields.Datetime(string="Placed on", required=True)
    link_ids = fields.One2many("mlm.link", "position_id", string="Links")
    name = fields.Char(related="distributor_id.name")
    distributor_state = fields.Selection(
        related="distributor_id.state", string="State of the Person"
    )
    avatar_128 = fields.Image(related="distributor_id.avatar_128")

    _code_uniq = models.Constraint("UNIQUE(tree_id, code)", "This code already exists in the tree.")
    _spot_uniq = models.Constraint(
        "UNIQUE(tree_id, parent_id, slot)", "This spot is already taken."
    )
    _root_uniq = models.UniqueIndex(
        "(tree_id) WHERE parent_id IS NULL AND state != 'removed'",
        "The tree already has a head.",
    )
    _leg_with_parent = models.Constraint(
        "CHECK((parent_id IS NULL) = (slot = 0) AND slot >= 0"
        " AND (leg IS NULL OR slot = CASE leg WHEN 'left' THEN 1 ELSE 2 END))",
        "Below somebody, a position has a spot; at the head of the tree it has none.",
    )
    _removed_alone = models.Constraint(
        "CHECK(state != 'removed' OR parent_id IS NULL)",
        "A removed position is not below anybody.",
    )
    _not_below_itself = models.Constraint(
        "CHECK(parent_id != id)", "A position cannot be below itself."
    )

    @api.depends("code", "distributor_id.name")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        for record in self:
            name = record.distributor_id.name or ""
            record.display_name = f"{record.code or ''} {name}"

    @api.model_create_multi
    def create(self, vals_list):
        if not is_internal(self.env):
            raise UserError(self.env._("A position is created by placing somebody, not by hand."))
        return super().create(vals_list)

    def _get_guarded_message(self, names):
        return self.env._(
            "A placement cannot be edited. Move the position, with a reason that stays in the "
            "history."
        )

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

    def action_move(self):
        """Open the move wizard for this position."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move %s", self.display_name),
            "res_model": "mlm.move.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_position_id": self.id,
                "default_distributor_id": self.distributor_id.id,
            },
        }

    def _get_spot_name(self, slot):
        """Return how people call the spot ``slot`` below a position of this tree."""
        self.ensure_one()
        if self.tree_id.kind == "binary" and slot in SLOT_LEGS:
            legs = dict(self._fields["leg"]._description_selection(self.env))
            return legs[SLOT_LEGS[slot]].lower()
        return str(slot)

    def _get_spot_values(self):
        """Return where this position stands, for events: codes and numbers only."""
        self.ensure_one()
        return {
            "tree": self.tree_id.code,
            "position": self.code,
            "parent_id": self.parent_id.id,
            "parent": self.parent_id.code,
            "slot": self.slot,
            "leg": self.leg,
        }

    def _auto_init(self):
        result = super()._auto_init()
        create_trigram_index(self.env, self._table, "code")
        return result

    def _search_display_name(self, operator, value):
        domain = search_code_or_name(self, operator, value, self._get_name_sql)
        if domain is None:
            domain = super()._search_display_name(operator, value)
        people = self.env["mlm.distributor"]
        if not people._has_unnamed():
            return domain
        home = fields.Domain("distributor_id", "any", people._get_home_domain())
        return only_named(domain, operator, value, home)

    def _get_name_sql(self, alias):
        return SQL(
            """(SELECT person.name FROM mlm_distributor node
                  JOIN res_partner person ON person.id = node.partner_id
                 WHERE node.id = %s)""",
            SQL.identifier(alias, "distributor_id"),
        )
