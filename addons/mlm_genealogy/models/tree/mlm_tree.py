from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

TREE_KINDS = [
    ("binary", "Binary: left and right"),
    ("matrix", "Forced matrix: width and depth"),
    ("free", "Free: any width"),
]
# how a spot below the sponsor is found
STRATEGIES = [
    ("auto", "Automatic"),
    ("left", "Left Leg"),
    ("right", "Right Leg"),
    ("weaker", "Weaker Leg by Volume"),
    ("balanced", "Leg with Fewer Positions"),
    ("breadth", "First Free Spot, Level by Level"),
]
KIND_STRATEGIES = {
    "binary": [code for code, __ in STRATEGIES],
    "matrix": [code for code, __ in STRATEGIES],
    "free": ["auto"],
}
GUARDED = {"network_id", "kind", "version", "width", "depth"}


class MlmTree(models.Model):
    """A placement tree. Its positions are its own; the sponsor tree needs none."""

    _name = "mlm.tree"
    _description = "Placement Tree"
    _inherit = ["mlm.guarded", "mlm.of.network"]
    _order = "sequence, id"
    _free = (
        "name",
        "code",
        "sequence",
        "network_id",
        "kind",
        "width",
        "depth",
        "full_matrix",
        "default_strategy",
        "max_positions",
    )

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    network_id = fields.Many2one(readonly=False)
    kind = fields.Selection(TREE_KINDS, required=True, default="binary")
    width = fields.Integer(
        default=3, help="How many positions are directly below each one in a matrix."
    )
    depth = fields.Integer(
        default=7, help="How many levels a sponsor's matrix has below their own position."
    )
    full_matrix = fields.Selection(
        [("below", "Continues below"), ("wait", "People stay in the holding tank")],
        required=True,
        default="below",
        help="What happens when all spots of the sponsor's own matrix are taken.",
    )
    default_strategy = fields.Selection(
        [*STRATEGIES, ("holding", "Holding Tank")],
        required=True,
        default="auto",
        help="How people are placed when neither staff nor their sponsor chooses.",
    )
    max_positions = fields.Integer(
        string="Positions per person",
        required=True,
        default=1,
        help="How many positions (business centres) one person may hold in this tree.",
    )
    version = fields.Integer(
        default=0,
        required=True,
        readonly=True,
        copy=False,
        help="Counts placements, so that two at the same time cannot overlook each other.",
    )
    position_count = fields.Integer(compute="_compute_position_count")

    _code_uniq = models.Constraint(
        "UNIQUE(network_id, code)", "There is already a tree with this code."
    )
    _size = models.Constraint(
        "CHECK(kind != 'matrix' OR (width >= 1 AND depth >= 1))",
        "A matrix has a width and a depth of at least 1.",
    )
    _max_positions_positive = models.Constraint(
        "CHECK(max_positions >= 1)", "A person may hold at least one position."
    )

    def _compute_position_count(self):
        counts = dict(
            self.env["mlm.position"]._read_group(
                [("tree_id", "in", self.ids), ("state", "!=", "removed")],
                ["tree_id"],
                ["__count"],
            )
        )
        for record in self:
            record.position_count = counts.get(record, 0)

    @api.constrains("kind", "default_strategy")
    def _check_default_strategy(self):
        for record in self:
            if record.default_strategy != "holding":
                try:
                    record._ensure_strategy(record.default_strategy)
                except UserError as error:
                    raise ValidationError(error.args[0]) from error

    def write(self, vals):
        changed = GUARDED.intersection(vals)
        for record in self if changed else ():
            if any(record[name] != vals[name] for name in changed - {"network_id"}) or (
                "network_id" in changed and record.network_id.id != vals["network_id"]
            ):
                record._ensure_empty()
        return super().write(vals)

    def _ensure_empty(self):
        for record in self:
            # those removed count too: their links tell of this shape
            domain = [("tree_id", "=", record.id)]
            # sudo: whether there are any, also of people whom the user does not see
            if self.env["mlm.position"].sudo().search_count(domain, limit=1):
                raise UserError(
                    self.env._(
                        "%s has positions, so its network, kind and size can no longer change.",
                        record.display_name,
                    )
                )

    def action_view_positions(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "mlm.position",
            "view_mode": "list,form",
            "domain": [("tree_id", "=", self.id)],
        }

    @api.model
    def _get_default(self, network):
        """Return the network's first placement tree.

        :raise UserError: the network has none
        """
        tree = self.search([("network_id", "=", network.id)], limit=1)
        if not tree:
            raise UserError(
                self.env._(
                    "%(network)s has no placement tree yet. Create one under %(menu)s.",
                    network=network.display_name,
                    menu=self.env["ir.ui.menu"]._get_mlm_path("mlm_genealogy.menu_tree"),
                )
            )
        return tree

    def _get_width(self):
        """Return how many spots lie directly below a position, None without a limit."""
        self.ensure_one()
        return {"binary": 2, "matrix": self.width, "free": None}[self.kind]

    def _ensure_slot(self, slot):
        """Refuse a slot that no position of this tree has below it."""
        self.ensure_one()
        width = self._get_width()
        if isinstance(slot, int) and 1 <= slot <= (width or slot):
            return
        if self.kind == "binary":
            raise UserError(self.env._("Choose the left or the right leg."))
        if width:
            raise UserError(
                self.env._(
                    "Choose a spot from 1 to %(width)s: the tree %(tree)s is that wide.",
                    width=width,
                    tree=self.display_name,
                )
            )
        raise UserError(self.env._("The spots below a position count from 1."))

    def _ensure_strategy(self, strategy):
        """Refuse a strategy that finds no spot in a tree of this kind."""
        self.ensure_one()
        if strategy in KIND_STRATEGIES[self.kind]:
            return
        labels = dict(self._fields["default_strategy"]._description_selection(self.env))
        if strategy not in labels:
            raise UserError(self.env._("There is no placement “%s”.", strategy))
        possible = [labels[code] for code in KIND_STRATEGIES[self.kind]]
        raise UserError(
            self.env._(
                "“%(strategy)s” finds no spot in the tree %(tree)s. Choose one of: %(possible)s.",
                strategy=labels[strategy],
                tree=self.display_name,
                possible=", ".join(possible),
            )
        )

    def _leg_volumes(self, position):
        """Return what each leg below ``position`` weighs, as ``{slot: amount}``.

        Here it is the number of positions; where there is a volume ledger, it is the
        volume of the present cycle. Empty legs may be missing.
        """
        self.ensure_one()
        return position._leg_counts()

    def _bump_version(self):
        """Make every other placement in these trees collide with ours, so that the
        later one is retried and sees this one."""
        if not self:
            return
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE mlm_tree SET version = version + 1 WHERE id = ANY(%s)",
                sorted(self.ids),
            ),
            # a collision is met by a retry and is no error of the log
            log_exceptions=False,
        )
        self.invalidate_recordset(["version"], flush=False)
