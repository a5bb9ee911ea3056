# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import is_system

# people whose termination is planned by one run of the cron
_BATCH = 200


class MlmDistributor(models.Model):
    """Inactivity: distributors without volume of their own for a number of cycles."""

    _inherit = "mlm.distributor"

    mlm_is_idle = fields.Boolean(
        string="Inactive",
        compute="_compute_mlm_is_idle",
        search="_search_mlm_is_idle",
        help="No volume from own purchases or customers in the number of cycles given in the "
        "settings.",
    )

    def _compute_mlm_is_idle(self):
        idle = self.search([("id", "in", self.ids), ("mlm_is_idle", "=", True)])
        for record in self:
            record.mlm_is_idle = record._origin in idle

    @api.model
    def _search_mlm_is_idle(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = [
            Domain("network_id", "=", network.id)
            & Domain("id", "in", self._mlm_idle_query(network))
            for network in self.env.companies.mlm_network_id
            if network.inactivity_cycles
        ]
        found = Domain.OR(domains)
        return found if True in value else ~found

    @api.model
    def _mlm_idle_query(self, network):
        """SQL of the ids of active distributors of ``network`` who joined before the last
        N cycles that ended, and have no volume in them nor since."""
        since = self._mlm_idle_since(network)
        return SQL(
            """(SELECT node.id FROM mlm_distributor node
                 WHERE node.network_id = %(network)s AND node.kind = 'distributor'
                   AND node.state = 'active' AND node.sponsor_id IS NOT NULL
                   AND node.join_date < %(since)s
                   AND NOT EXISTS (
                       SELECT 1 FROM mlm_volume_entry entry
                         JOIN mlm_period period ON period.id = entry.period_id
                        WHERE entry.distributor_id = node.id AND entry.pv_e4 > 0
                          AND period.date_end >= %(since)s))""",
            network=network.id,
            since=since,
        )

    @api.model
    def _mlm_idle_since(self, network):
        """First day of the cycles that count for inactivity."""
        Period = self.env["mlm.period"]
        number = Period._number_on(network, Period._today(network)) - network.inactivity_cycles
        return Period._calendar_values(network, number)["date_start"]

    def action_mlm_terminate_idle(self):
        """Plan the termination of these inactive people at the close of the cycle."""
        if not (is_system(self.env) or self.env.user.has_group("mlm_base.group_manager")):
            raise AccessError(self.env._("Only a manager can terminate memberships."))
        self.check_access("write")
        busy = self.filtered(lambda record: not record.mlm_is_idle)
        if busy:
            raise UserError(
                self.env._(
                    "Not inactive under the company's policy: %s. Take them out of the selection.",
                    ", ".join(busy[:10].mapped("display_name")),
                )
            )
        for record in self.filtered(lambda record: not record.planned_ids):
            record._mlm_terminate_idle()

    def _mlm_terminate_idle(self):
        self._terminate(
            self.env._(
                "No volume in %s cycles (policy of inactivity)",
                self.network_id.inactivity_cycles,
            ),
            effective=self.network_id._close_moment(),
            cause="inactivity",
        )

    @api.model
    def _cron_mlm_inactivity(self):
        """Plan the terminations of the networks that want it done by itself."""
        for network in self.env["mlm.network"].search(
            [("inactivity_cycles", ">", 0), ("inactivity_automatic", "=", True)]
        ):
            here = self.with_context(allowed_company_ids=network.company_ids.ids)
            # one that failed waits for somebody to look at it, and is not planned anew
            planned = here.env["mlm.operation"].search(
                [
                    ("method", "=", "_terminate"),
                    ("state", "in", ("planned", "failed")),
                    ("network_id", "=", network.id),
                ]
            )
            waiting = [
                ("mlm_is_idle", "=", True),
                ("network_id", "=", network.id),
                ("id", "not in", planned.distributor_id.ids),
            ]
            idle = here.search(waiting, limit=_BATCH)
            for record in idle:
                record._mlm_terminate_idle()
            left = int(len(idle) == _BATCH)
            self.env["ir.cron"]._commit_progress(len(idle), remaining=left)
