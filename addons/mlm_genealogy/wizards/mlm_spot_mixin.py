from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.position.mlm_position import LEG_SLOTS, LEGS
from ..models.tree.mlm_tree import STRATEGIES

_SHOWN_ABOVE = 6


class MlmSpotMixin(models.AbstractModel):
    """The choice of a spot and the preview of who is above, for several wizards."""

    _name = "mlm.spot.mixin"
    _description = "Choice of a Spot"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    tree_id = fields.Many2one(
        "mlm.tree",
        string="Placement Tree",
        domain="[('network_id.company_ids', '=', company_id)]",
        compute="_compute_tree_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    tree_kind = fields.Selection(related="tree_id.kind", string="Kind of Tree")
    strategy = fields.Selection(
        [*STRATEGIES, ("spot", "A Named Spot"), ("holding", "Holding Tank")],
        string="Placement",
        required=True,
        compute="_compute_strategy",
        store=True,
        precompute=True,
        readonly=False,
        help="Automatic: the outer spot of the sponsor's leg whose outer line is"
        " shorter; in a matrix the first free spot, level by level; in a free tree"
        " directly below the sponsor. Left or right leg: the outer spot of that leg."
        " Weaker leg: the one with less volume in this cycle. Holding tank: no spot yet.",
    )
    parent_id = fields.Many2one(
        "mlm.position",
        string="Below Position",
        domain="[('tree_id', '=', tree_id), ('state', '!=', 'removed')]",
    )
    leg = fields.Selection(LEGS)
    slot = fields.Integer(
        string="Spot",
        compute="_compute_slot",
        store=True,
        readonly=False,
        help="Number of the spot below the position, from left to right.",
    )
    spot_preview = fields.Html(
        string="Who Is Above", compute="_compute_spot_preview", sanitize=False
    )

    @api.depends("company_id")
    def _compute_tree_id(self):
        for wizard in self:
            wizard.tree_id = self.env["mlm.tree"].search(
                [("network_id", "=", wizard.company_id.mlm_network_id.id)], limit=1
            )

    @api.depends(lambda self: ["tree_id", *self._get_sponsor_dependencies()])
    def _compute_strategy(self):
        for wizard in self:
            if wizard.strategy in ("spot", "holding"):
                continue
            tree = wizard.tree_id
            sponsor = wizard._get_sponsor()
            wizard.strategy = sponsor._get_strategy(tree) if tree else "holding"

    @api.depends("parent_id", "tree_id")
    def _compute_slot(self):
        for wizard in self:
            parent, width = wizard.parent_id, None
            if not parent or wizard.tree_kind == "binary":
                wizard.slot = 0
                continue
            if wizard.tree_id:
                width = wizard.tree_id._get_width()
            wizard.slot = parent._origin._free_slot(width) or 0

    def _get_sponsor_dependencies(self):
        """Return the fields on which the sponsor depends."""
        return []

    def _get_spot_dependencies(self):
        sponsor = self._get_sponsor_dependencies()
        return ["strategy", "parent_id", "leg", "slot", "tree_id", *sponsor]

    @api.depends(lambda self: self._get_spot_dependencies())
    def _compute_spot_preview(self):
        for wizard in self:
            lines = wizard._get_sponsor_lines()
            try:
                lines += wizard._get_spot_lines()
            except UserError as error:
                lines.append(wizard._get_warning_line(error.args[0]))
            wizard.spot_preview = Markup().join(lines)

    def _get_sponsor(self):
        """Sponsor below whom a spot is looked for; each wizard says who that is."""
        raise NotImplementedError()

    def _get_named_spot(self):
        """Return (position, slot) that the user named."""
        self.ensure_one()
        if not self.tree_id:
            raise UserError(self.env._("Choose a placement tree, or the holding tank."))
        slot = LEG_SLOTS.get(self.leg, 0) if self.tree_kind == "binary" else self.slot
        if not self.parent_id or not slot:
            raise UserError(self.env._("Choose the position and its spot."))
        self.tree_id._ensure_slot(slot)
        return self.parent_id._origin, slot

    def _get_spot(self):
        """Return (position, slot) of the chosen spot, or None for the holding tank."""
        self.ensure_one()
        if self.strategy == "holding":
            return None
        if self.strategy == "spot":
            return self._get_named_spot()
        if not self.tree_id:
            raise UserError(self.env._("Choose a placement tree, or the holding tank."))
        sponsor = self._get_sponsor()
        Distributor = self.env["mlm.distributor"]
        return Distributor._find_spot_below(sponsor, self.tree_id, self.strategy)

    def _prepare_spot(self):
        """Return the choice as `mlm.position._place_many` wants it."""
        values = {"tree_id": self.tree_id.id}
        if self.strategy != "spot":
            return {**values, "strategy": self.strategy}
        position, slot = self._get_named_spot()
        return {**values, "parent_id": position.id, "slot": slot}

    def _get_sponsor_lines(self):
        sponsor = self._get_sponsor()
        if not sponsor:
            return []
        people = [sponsor.id, *sponsor._upline_ids()]
        return [self._get_preview_line(self.env._("Sponsors"), "mlm.distributor", people)]

    def _get_spot_lines(self):
        spot = self._get_spot()
        if spot is None:
            text = self.env._("Waits in the holding tank, without a position.")
            if self.strategy != "holding":
                text = self.env._(
                    "The matrix of the sponsor is full: the person waits in the holding tank."
                )
            return [Markup("<div>%s</div>") % text]
        position, slot = spot
        if not position:
            text = self.env._("Becomes the head of the tree.")
            return [Markup("<div>%s</div>") % text]
        above = [position.id, *position._ancestor_ids()]
        lines = [
            self._get_preview_line(self._get_spot_title(position, slot), "mlm.position", above)
        ]
        return lines + self._get_spot_warnings(position, slot, above)

    def _get_spot_title(self, position, slot):
        name = position._get_spot_name(slot)
        if position.tree_id.kind == "binary":
            return self.env._("Placement, on the %s leg of", name)
        return self.env._("Placement, on spot %s of", name)

    def _get_spot_warnings(self, position, slot, above):
        lines = []
        taken = position._child_at(slot)
        if taken:
            text = self.env._("This spot is taken by %s.", taken.display_name)
            lines.append(Markup('<div class="text-danger">%s</div>') % text)
        sponsor = self._get_sponsor()
        own = sponsor and sponsor._get_position(position.tree_id)
        if own and own.id not in above:
            text = self.env._("This spot is outside the sponsor's own line.")
            lines.append(self._get_warning_line(text))
        return lines

    def _get_warning_line(self, text):
        return Markup('<div class="text-warning">%s</div>') % text

    def _get_preview_line(self, title, model, ids):
        """Return one line of names, the nearest first, the head at the end."""
        shown = ids[:_SHOWN_ABOVE]
        names = self.env[model].browse(shown).mapped("display_name")
        hidden = len(ids) - len(shown)
        if hidden > 1:
            names.append(self.env._("… %s more …", hidden - 1))
        if hidden:
            names.append(self.env[model].browse(ids[-1]).display_name)
        path = Markup(' <i class="fa fa-angle-right text-muted mx-1"></i> ').join(names)
        return Markup("<div><b>%s:</b> %s</div>") % (title, path)
