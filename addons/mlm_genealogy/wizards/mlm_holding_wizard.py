from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.tree.mlm_tree import STRATEGIES

_NAMED = 10


class MlmHoldingWizard(models.TransientModel):
    """Placement of several people who wait in the holding tank."""

    _name = "mlm.holding.wizard"
    _description = "Placement of Several People"

    distributor_ids = fields.Many2many("mlm.distributor", string="People", required=True)
    tree_id = fields.Many2one(
        "mlm.tree",
        string="Placement Tree",
        required=True,
        default=lambda self: self.env["mlm.tree"].search(
            [("network_id", "=", self.env.company.mlm_network_id.id)], limit=1
        ),
    )
    strategy = fields.Selection(
        [("default", "As the Sponsor or the Tree Prefers"), *STRATEGIES],
        string="Placement",
        required=True,
        default="default",
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.depends("distributor_ids", "tree_id", "strategy")
    def _compute_preview(self):
        for wizard in self:
            people = wizard._get_people()
            lines = [
                self.env._(
                    "%s people are placed below their sponsors, in the order of their enrolment.",
                    len(people),
                )
            ]
            known = people | people.sponsor_id.filtered(
                lambda sponsor, wizard=wizard: sponsor._get_position(wizard.tree_id)
            )
            stuck = people.filtered(lambda person, known=known: person.sponsor_id not in known)
            if stuck:
                names = stuck[:_NAMED].mapped("display_name")
                lines.append(
                    self.env._(
                        "Cannot be placed, because the sponsor has no position: %s",
                        ", ".join([*names, *(["…"] if len(stuck) > _NAMED else [])]),
                    )
                )
            if wizard.tree_id and wizard.strategy != "default":
                try:
                    wizard.tree_id._ensure_strategy(wizard.strategy)
                except UserError as error:
                    lines.append(error.args[0])
            wizard.preview = Markup().join(Markup("<div>%s</div>") % line for line in lines)

    def _get_people(self):
        return self.distributor_ids._origin.filtered("holding_since").sorted(
            lambda person: (person.holding_since, person.id)
        )

    def action_place(self):
        """Place everybody who can be placed, and say who could not."""
        self.ensure_one()
        people = self._get_people()
        people.check_access("write")
        if self.tree_id.network_id != people.network_id:
            raise UserError(self.env._("The tree belongs to another network."))
        if self.strategy != "default":
            self.tree_id._ensure_strategy(self.strategy)
        placed, failed = self.tree_id._place_waiting(people, self.strategy)
        message = self.env._("Placed: %s.", len(placed))
        if failed:
            message += " " + self.env._(
                "Still waiting: %s. The list says why.", ", ".join(failed.mapped("display_name"))
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "warning" if failed else "success",
                "sticky": bool(failed),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
