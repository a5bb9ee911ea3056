from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

HOLDING_STATES = [
    ("waiting", "Waits"),
    ("soon", "Deadline Near"),
    ("late", "Deadline Passed"),
]


class MlmDistributor(models.Model):
    """The holding tank: people who have no position yet."""

    _inherit = "mlm.distributor"

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
        help="What stood against the automatic placement the last time.",
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
            raise UserError(self.env._("Nobody of those chosen waits in the holding tank."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Place Several"),
            "res_model": "mlm.holding.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_distributor_ids": waiting.ids},
        }
