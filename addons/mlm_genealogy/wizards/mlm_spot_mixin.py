from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

_SHOWN_ABOVE = 6


class MlmSpotMixin(models.AbstractModel):
    """The choice of a spot and the preview of who is above, for two wizards."""

    _name = "mlm.spot.mixin"
    _description = "Choice of a Spot"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    tree_id = fields.Many2one(
        "mlm.tree",
        string="Placement Tree",
        domain="[('company_id', '=', company_id)]",
        compute="_compute_tree_id",
        store=True,
        readonly=False,
    )
    strategy = fields.Selection(
        [
            ("auto", "Automatic"),
            ("left", "Left Leg"),
            ("right", "Right Leg"),
            ("spot", "A Named Spot"),
            ("holding", "Holding Tank"),
        ],
        string="Placement",
        required=True,
        default="auto",
        help="Automatic: the outer spot of the sponsor's leg whose outer line is"
        " shorter. Left or right leg: the outer spot of that leg. Holding tank: no"
        " spot yet. A placement is final.",
    )
    parent_id = fields.Many2one(
        "mlm.position",
        string="Below Position",
        domain="[('tree_id', '=', tree_id)]",
    )
    leg = fields.Selection([("left", "Left"), ("right", "Right")])
    spot_preview = fields.Html(
        string="Who Is Above", compute="_compute_spot_preview", sanitize=False
    )

    @api.depends("company_id")
    def _compute_tree_id(self):
        for wizard in self:
            wizard.tree_id = self.env["mlm.tree"].search(
                [("company_id", "=", wizard.company_id.id)], limit=1
            )

    def _get_spot_dependencies(self):
        return ["strategy", "parent_id", "leg", "tree_id"]

    @api.depends(lambda self: self._get_spot_dependencies())
    def _compute_spot_preview(self):
        for wizard in self:
            lines = wizard._get_sponsor_lines()
            try:
                lines += wizard._get_spot_lines()
            except UserError as error:
                lines.append(Markup('<div class="text-warning">%s</div>') % error.args[0])
            wizard.spot_preview = Markup().join(lines)

    def _get_sponsor(self):
        """Sponsor below whom a spot is looked for; each wizard says who that is."""
        raise NotImplementedError()

    def _get_spot(self):
        """Return (position, leg) of the chosen spot, or None for the holding tank."""
        self.ensure_one()
        if self.strategy == "holding":
            return None
        if not self.tree_id:
            raise UserError(self.env._("Choose a placement tree, or the holding tank."))
        if self.strategy == "spot":
            if not self.parent_id or not self.leg:
                raise UserError(self.env._("Choose the position and its leg."))
            return self.parent_id, self.leg
        sponsor = self._get_sponsor()
        Distributor = self.env["mlm.distributor"]
        return Distributor._find_spot_below(sponsor, self.tree_id, self.strategy)

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
            return [Markup("<div>%s</div>") % text]
        position, leg = spot
        if not position:
            text = self.env._("Becomes the head of the tree.")
            return [Markup("<div>%s</div>") % text]
        legs = dict(self._fields["leg"]._description_selection(self.env))
        above = [position.id, *position._ancestor_ids()]
        lines = [
            self._get_preview_line(
                self.env._("Placement, on the %s leg of", legs[leg].lower()),
                "mlm.position",
                above,
            )
        ]
        taken = position.child_ids.filtered(lambda child: child.leg == leg)
        if taken:
            text = self.env._("This spot is taken by %s.", taken[:1].display_name)
            lines.append(Markup('<div class="text-danger">%s</div>') % text)
        sponsor = self._get_sponsor()
        own = sponsor and sponsor._get_position(position.tree_id)
        if own and own.id not in above:
            text = self.env._("This spot lies outside the sponsor's own line.")
            lines.append(Markup('<div class="text-warning">%s</div>') % text)
        return lines

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
