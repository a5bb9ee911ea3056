# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal


class MlmAsked(models.AbstractModel):
    """Asked for by one person, and decided on by an approver who had no hand in it and is not
    whom it is about (``distributor_id``, which each model has).

    Whoever changes what is asked for asks for it, too: a model calls `_ask_again` before it
    writes that.
    """

    _name = "mlm.asked"
    _description = "Decision by a Second Person"
    _inherit = ["mlm.guarded", "mlm.seen"]

    requested_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    requested_at = fields.Datetime(
        readonly=True, copy=False, default=lambda self: self.env.cr.now()
    )
    asker_ids = fields.Many2many(
        "res.users",
        string="Asked for by",
        readonly=True,
        copy=False,
        help="Whoever wrote or changed the request; none of them can decide on it.",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    decided_at = fields.Datetime(readonly=True, copy=False)

    def _ask_again(self):
        """Note that the user changes what is asked for; the caller has checked the right to."""
        # sudo: may be changed, see above; nobody writes who asked by themselves
        as_internal(self.sudo()).write(
            {
                "requested_by_id": self.env.uid,
                "requested_at": self.env.cr.now(),
                "asker_ids": [Command.link(self.env.uid)],
            }
        )

    def _get_seen(self):
        # to the microsecond, in which no two changes meet
        return self.requested_at and self.requested_at.isoformat()

    def _get_askers(self):
        """Who had a hand in asking for it."""
        self.ensure_one()
        # sudo: users only
        own = self.sudo()
        return own.asker_ids | own.requested_by_id | own.create_uid

    @api.model
    def _get_own_memberships(self):
        """Memberships that the user holds or co-holds, and decides on nothing for."""
        # sudo: only whose they are, to compare
        people, contact = self.env["mlm.distributor"].sudo(), self.env.user.partner_id
        return people.search([("partner_id", "=", contact.id)]) | people._get_co_held(contact)

    def _ensure_second_person(self):
        """AccessError or UserError where the user may not decide on these."""
        if not self.env.user.has_group("mlm_base.group_approver"):
            raise AccessError(self.env._("Only people with the role “Approver” can decide on it."))
        self.check_access("read")
        own = self._get_own_memberships()
        for asked in self:
            if asked.distributor_id in own:
                raise UserError(
                    self.env._(
                        "%(name)s is about you. Somebody else has to decide on it.",
                        name=asked.display_name,
                    )
                )
            if self.env.user in asked._get_askers():
                raise UserError(
                    self.env._(
                        "You asked for %(name)s yourself. Somebody else has to decide on it.",
                        name=asked.display_name,
                    )
                )

    def _lock(self):
        """Take the rows: of two who press at the same time, the second waits and then finds
        the state that the first has left. What the screen did not show is refused."""
        self.env.flush_all()
        table = SQL.identifier(self._table)
        self.env.cr.execute(
            SQL("SELECT id FROM %s WHERE id = ANY(%s) ORDER BY id FOR UPDATE", table, self.ids)
        )
        self.invalidate_recordset(["state", "requested_at"])
        self._ensure_seen()
