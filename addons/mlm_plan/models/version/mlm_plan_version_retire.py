# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError


class MlmPlanVersion(models.Model):
    """The end of a plan version: asked for with a reason, confirmed by a second person.

    Without a plan in force nobody is paid, so one person alone does not end it, and not
    while a run that it computed waits to be posted.
    """

    _inherit = "mlm.plan.version"

    retire_reason = fields.Text(string="Why it is retired", readonly=True, copy=False)
    retire_asked_by_id = fields.Many2one(
        "res.users",
        string="Retirement asked for by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    retire_asked_at = fields.Datetime(string="Retirement asked for on", readonly=True, copy=False)
    retired_by_id = fields.Many2one(
        "res.users",
        string="Retired by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    retired_at = fields.Datetime(string="Retired on", readonly=True, copy=False)

    def action_retire(self):
        """Retire a version that no run used; ask for the reason where one did."""
        self.ensure_one()
        self._ensure_state("published", "active")
        self._ensure_publisher()
        if self.state == "published":
            return self._retire()
        self._ensure_nobody_waits()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Retire %s", self.display_name),
            "res_model": "mlm.plan.retire",
            "view_mode": "form",
            "target": "new",
            "context": {"default_version_id": self.id},
        }

    def _ask_to_retire(self, reason):
        """Propose the end of the active version to somebody else.

        :param str reason: for those who read it years later
        """
        self.ensure_one()
        self._ensure_state("active")
        self._ensure_publisher()
        self._ensure_nobody_waits()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why %s is retired.", self.display_name))
        self._write_step(
            {
                "retire_reason": reason,
                "retire_asked_by_id": self.env.uid,
                "retire_asked_at": self.env.cr.now(),
            }
        )

    def action_confirm_retirement(self):
        """End the active version; somebody else has asked for it."""
        self.ensure_one()
        self._ensure_state("active")
        self._ensure_publisher()
        if not self.retire_asked_by_id:
            raise UserError(
                self.env._(
                    "Nobody has asked to retire %s. Use “Retire” and say why.", self.display_name
                )
            )
        if self.retire_asked_by_id == self.env.user:
            raise UserError(
                self.env._(
                    "You asked to retire %s yourself. Somebody else has to confirm it.",
                    self.display_name,
                )
            )
        self._ensure_nobody_waits()
        self._retire()

    def action_keep_in_force(self):
        """Take back that it should end, by whoever may end it."""
        self.ensure_one()
        self._ensure_state("active")
        self._ensure_publisher()
        self._write_step(
            {"retire_reason": False, "retire_asked_by_id": False, "retire_asked_at": False}
        )

    def _retire(self):
        self._write_step(
            {
                "state": "retired",
                "retired_by_id": self.env.uid,
                "retired_at": self.env.cr.now(),
            }
        )

    def _ensure_nobody_waits(self):
        """UserError while something computed by the version is on its way to be paid;
        extended by what computes."""
        self.ensure_one()
