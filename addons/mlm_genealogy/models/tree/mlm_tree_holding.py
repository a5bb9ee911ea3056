import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import retrying

from odoo.addons.mlm_base.internal import as_internal

from .mlm_tree import STRATEGIES

_logger = logging.getLogger(__name__)

_CHUNK = 50
_NAMED = 20


class MlmTree(models.Model):
    """The holding tank: how long people wait for a spot, and what happens then."""

    _inherit = "mlm.tree"
    _free = ("holding_days", "holding_strategy", "holding_warning_days", "holding_user_id")

    holding_days = fields.Integer(
        string="Days in the Holding Tank",
        required=True,
        default=0,
        help="After this number of days, a person without a position is placed automatically. 0: "
        "people wait until somebody places them.",
    )
    holding_strategy = fields.Selection(
        STRATEGIES,
        string="Placement after the Deadline",
        required=True,
        default="auto",
    )
    holding_warning_days = fields.Integer(
        string="Warn before the Deadline",
        required=True,
        default=3,
        help="This number of days before the deadline, the list shows the person in colour, and "
        "the responsible user gets a message.",
    )
    holding_user_id = fields.Many2one(
        "res.users",
        string="Responsible for the Holding Tank",
        domain="[('share', '=', False), ('company_ids.mlm_network_id', '=', network_id)]",
        help="Gets one message a day about the people whose deadline is approaching.",
    )

    _holding_positive = models.Constraint(
        "CHECK(holding_days >= 0 AND holding_warning_days >= 0)",
        "Days of the holding tank count from 0.",
    )

    @api.constrains("kind", "holding_strategy")
    def _check_holding_strategy(self):
        for record in self:
            record._ensure_strategy(record.holding_strategy)

    def _waiting_domain(self, days):
        """Return who has waited for this tree at least ``days`` days."""
        self.ensure_one()
        return [
            ("network_id", "=", self.network_id.id),
            ("holding_since", "<=", fields.Datetime.now() - timedelta(days=days)),
            ("state", "=", "active"),
        ]

    @api.model
    def _cron_holding_tank(self):
        """Place those whose deadline has passed, and warn of those whose comes near."""
        for tree in self.search([("holding_days", ">", 0)]):
            if not tree._place_late():
                return
            tree._warn_of_deadlines()

    def _place_late(self):
        """Place whoever has waited too long, in chunks; one who cannot be placed gets
        a note and does not stop the others.

        :return: False when the time of the cron is over
        """
        self.ensure_one()
        cron = self.env["ir.cron"]
        domain = self._waiting_domain(self.holding_days)
        late = self.env["mlm.distributor"].search(domain, order="holding_since, id")
        cron._commit_progress(remaining=len(late))
        for start in range(0, len(late), _CHUNK):
            chunk = late[start : start + _CHUNK]
            # a cron job does not try again by itself
            retrying(lambda chunk=chunk: self._place_waiting(chunk), self.env)
            if not cron._commit_progress(len(chunk)):
                return False
        return True

    def _place_waiting(self, people, strategy=None):
        """Place people one by one, in the given order.

        :param str strategy: by default the one for after the deadline
        :return: (the positions, those who could not be placed)
        """
        self.ensure_one()
        placed = self.env["mlm.position"]
        failed = people.browse()
        # first of all: see `_bump_version`
        self._bump_version()
        people.invalidate_recordset(["holding_since", "state"])
        for person in people.exists().filtered("holding_since"):
            item = {
                "distributor": person,
                "tree_id": self.id,
                "strategy": strategy or self.holding_strategy,
            }
            note = False
            try:
                with self.env.cr.savepoint():
                    position = self.env["mlm.position"]._place_many([item])
            except UserError as error:
                note = error.args[0]
            else:
                placed |= position
                if not position:
                    note = self.env._("The matrix of the sponsor is full.")
            if note:
                failed |= person
                _logger.info("%s stays in the holding tank: %s", person.code, note)
            if note != person.holding_note:
                # sudo: a note of the system, not an edit of the person
                as_internal(person.sudo()).write({"holding_note": note})
        return placed, failed

    def _warn_of_deadlines(self):
        """Tell the responsible user who is about to be placed automatically."""
        self.ensure_one()
        user = self.holding_user_id
        if not user or not self.holding_warning_days:
            return
        domain = self._waiting_domain(max(self.holding_days - self.holding_warning_days, 0))
        near = self.env["mlm.distributor"].search(
            domain, order="holding_since, id", limit=_NAMED + 1
        )
        if not near:
            return
        names = near[:_NAMED].mapped("display_name")
        if len(near) > _NAMED:
            names.append("…")
        env = self.with_context(lang=user.lang).env
        self.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            subject=env._("Holding tank: deadlines approaching"),
            body=env._(
                "The following people will be placed automatically in the tree %(tree)s,"
                " unless somebody places them before: %(names)s",
                tree=self.with_context(lang=user.lang).display_name,
                names=", ".join(names),
            ),
        )
