from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.mlm_base.formats import Formats

from ..models.position.mlm_position import LEG_SLOTS, LEGS

# counting stops here: what matters is that it is many
_COUNTED = 100_000


class MlmMoveWizard(models.TransientModel):
    """Move of a position, with all below it, to a free spot."""

    _name = "mlm.move.wizard"
    _description = "Move of a Position"
    _inherit = ["mlm.change.mixin"]

    position_id = fields.Many2one(
        "mlm.position",
        required=True,
        domain="[('distributor_id', '=', distributor_id), ('state', '!=', 'removed')]",
    )
    tree_id = fields.Many2one(related="position_id.tree_id")
    tree_kind = fields.Selection(related="position_id.tree_id.kind", string="Kind of Tree")
    parent_id = fields.Many2one(
        "mlm.position",
        string="Below Position",
        required=True,
        domain="[('tree_id', '=', tree_id), ('state', '!=', 'removed'), ('id', '!=', position_id)]",
    )
    leg = fields.Selection(LEGS)
    slot = fields.Integer(
        string="Spot",
        compute="_compute_slot",
        store=True,
        readonly=False,
        help="Number of the spot below the position, from left to right.",
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        Position = self.env["mlm.position"]
        position = Position.browse(values.get("position_id"))
        if not position and values.get("distributor_id"):
            person = self.env["mlm.distributor"].browse(values["distributor_id"])
            values["position_id"] = person.position_ids.sorted("id")[:1].id
        return values

    @api.model
    def _get_default_timing(self):
        return "close"

    @api.depends("parent_id")
    def _compute_slot(self):
        for wizard in self:
            parent = wizard.parent_id._origin
            wizard.slot = 0
            if parent and parent.tree_id.kind != "binary":
                wizard.slot = parent._free_slot(parent.tree_id._get_width()) or 0

    @api.model
    def _get_preview_dependencies(self):
        own = ["position_id", "parent_id", "leg", "slot"]
        return [*super()._get_preview_dependencies(), *own]

    def _get_slot(self):
        return LEG_SLOTS.get(self.leg, 0) if self.tree_kind == "binary" else self.slot

    def _get_moment(self):
        """Return when the move takes effect; "now" is named, since a move without a
        moment takes effect at the close of the cycle."""
        return self.effective_at or fields.Datetime.now()

    def _get_preview_lines(self):
        position, parent = self.position_id._origin, self.parent_id._origin
        if not position:
            return []
        above = position._ancestor_ids()
        lines = [("info", self._render_spot(self.env._("Now below"), position.slot, above))]
        count = position._count_below(_COUNTED)
        if count:
            number = Formats(self.env).number(count) + ("" if count < _COUNTED else "+")
            lines.append(("info", self.env._("Positions below that move too: %s.", number)))
        slot = self._get_slot()
        if not parent or not slot:
            return lines
        moment = min(self._get_moment(), fields.Datetime.now())
        try:
            position._ensure_movable(parent, slot, since=moment)
            position._ensure_free(parent, slot, moment)
        except UserError as error:
            return [*lines, ("danger", error.args[0])]
        above = [parent.id, *parent._ancestor_ids()]
        lines.append(("good", self._render_spot(self.env._("Then below"), slot, above)))
        own = self.distributor_id.sponsor_id._get_position(position.tree_id)
        if own and own.id not in above:
            text = self.env._("The new spot is outside the sponsor's own line.")
            lines.append(("warning", text))
        return [*lines, self._get_moment_line(), self._get_count_line()]

    def _get_count_line(self):
        moment = self._get_moment()
        text = self.network_id._move_counts_from(moment)
        level = "info" if moment >= self.close_moment else "warning"
        return level, text

    def _render_spot(self, title, slot, ids):
        """Return one line of who is above on a spot, the nearest first."""
        if not ids:
            return self._render_path(title, [], self.env["mlm.position"])
        name = self.env["mlm.position"].browse(ids[0])._get_spot_name(slot)
        title = self.env._("%(title)s, spot %(spot)s of", title=title, spot=name)
        return self._render_path(title, ids, self.env["mlm.position"])

    def action_confirm(self):
        """Move the position, or plan the move."""
        self.ensure_one()
        if not self.env.user.has_group("mlm_base.group_manager"):
            raise AccessError(self.env._("Only a manager can move a position."))
        if self.position_id.distributor_id != self.distributor_id:
            # rights are checked on the person
            raise UserError(
                self.env._(
                    "%(position)s is not a position of %(name)s.",
                    position=self.position_id.display_name,
                    name=self.distributor_id.display_name,
                )
            )
        arguments = {**self._get_arguments(), "effective": self._get_moment()}
        return self._finish(self.position_id._move(self.parent_id, self._get_slot(), **arguments))
