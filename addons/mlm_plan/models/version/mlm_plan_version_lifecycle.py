# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.mlm_base.internal import as_internal

from ...plan_guard import seal_plan_table

PUBLISHERS = ("mlm_base.group_approver", "mlm_base.group_admin")


class MlmPlanVersion(models.Model):
    """draft → validated → published → active → retired.

    Validated: nothing contradicts and each warning is answered. Published: by a
    second person. Active: a run used it; from then on the database itself refuses
    any change. A published version that no run used may be taken back.
    """

    _inherit = "mlm.plan.version"

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("validated", "Validated"),
            ("published", "Published"),
            ("active", "Active"),
            ("retired", "Retired"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    author_id = fields.Many2one(
        "res.users", string="Last changed by", readonly=True, copy=False, ondelete="restrict"
    )
    validated_by_id = fields.Many2one(
        "res.users", string="Validated by", readonly=True, copy=False, ondelete="restrict"
    )
    validated_at = fields.Datetime(string="Validated on", readonly=True, copy=False)
    published_by_id = fields.Many2one(
        "res.users", string="Published by", readonly=True, copy=False, ondelete="restrict"
    )
    published_at = fields.Datetime(string="Published on", readonly=True, copy=False)

    @api.private
    def init(self):
        result = super().init()
        seal_plan_table(self.env.cr, self._table)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        for version in versions:
            version._write_step({"author_id": self.env.uid})
        return versions

    def write(self, vals):
        if vals.get("state") in ("draft", "validated"):
            self._ensure_draft()
        result = super().write(vals)
        if "document" in vals:
            self._write_step({"author_id": self.env.uid})
        return result

    def _get_guarded_message(self, names):
        return self.env._(
            "%(fields)s of a plan version cannot be written; use the buttons.",
            fields=", ".join(names),
        )

    def _write_step(self, vals):
        """Write what belongs to a step; who may take it was checked before."""
        # sudo: publishing is the right of people who may not change a plan
        step = super(MlmPlanVersion, as_internal(self.sudo()))  # past `write` on purpose
        return step.write(vals)  # pylint: disable=super-method-mismatch

    def _ensure_draft(self):
        for version in self:
            if version.state != "draft":
                raise UserError(
                    self.env._(
                        "%(version)s is %(state)s and cannot be changed. Create a new version, or "
                        "take it back to a draft while no run used it.",
                        version=version.display_name,
                        state=version._state_label(),
                    )
                )

    def _ensure_state(self, *states):
        self.ensure_one()
        if self.state not in states:
            raise UserError(
                self.env._(
                    "%(version)s is %(state)s: this step does not apply.",
                    version=self.display_name,
                    state=self._state_label(),
                )
            )

    def _state_label(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return labels[self.state].lower()

    # -- steps -----------------------------------------------------------

    def action_validate(self):
        """Take a sound draft to be published by somebody else."""
        self.check_access("write")
        for version in self:
            version._ensure_state("draft")
            version._ensure_sound()
            version._sync_packages()
            version._prepare_crossing()
            version._write_step(
                {
                    "state": "validated",
                    "validated_by_id": self.env.uid,
                    "validated_at": self.env.cr.now(),
                }
            )

    def action_draft(self):
        """Back to a draft: by who may write plans, or, once published, who publishes."""
        for version in self:
            version._ensure_state("validated", "published")
            if version.state == "published":
                version._ensure_publisher()
                version._ensure_unused()
            else:
                version.check_access("write")
            version._write_step(
                {
                    "state": "draft",
                    "validated_by_id": False,
                    "validated_at": False,
                    "published_by_id": False,
                    "published_at": False,
                    "crossing_confirmed_by_id": False,
                    "crossing_confirmed_at": False,
                }
            )

    def action_publish(self):
        """Put the version in force from its date on; a second person does it."""
        for version in self:
            version._ensure_state("validated")
            version._ensure_publisher()
            version._ensure_second_person()
            version._ensure_seen()
            version._publish()

    def _publish(self):
        self.ensure_one()
        # sudo: who publishes was checked, and need not be able to read all that is sound
        version = self.sudo()
        version._ensure_sound()
        version._ensure_crossing()
        version._adopt_currency()
        version._write_step(
            {
                "state": "published",
                "published_by_id": self.env.uid,
                "published_at": self.env.cr.now(),
            }
        )

    def _publish_at_once(self):
        """Take every step of a draft: for the setup of a demo, where nobody else is there."""
        self.ensure_one()
        self._ensure_state("draft")
        self._acknowledge_all()
        self.action_validate()
        self.action_confirm_crossing()
        self._publish()

    def _mark_used(self):
        """A run uses the version: it is active and final from now on."""
        self.filtered(lambda version: version.state == "published")._write_step({"state": "active"})

    def _ensure_publisher(self):
        if not any(self.env.user.has_group(group) for group in PUBLISHERS):
            raise AccessError(
                self.env._(
                    "Only people with the role “Approver” or “Administrator” can publish, take "
                    "back or retire a plan."
                )
            )
        self.check_access("read")
        self.network_id._ensure_led()

    def _ensure_second_person(self):
        self.ensure_one()
        if self.env.user in self.author_id + self.validated_by_id:
            raise UserError(
                self.env._(
                    "You wrote or validated %(version)s yourself. Somebody else has to publish it.",
                    version=self.display_name,
                )
            )

    def _ensure_unused(self):
        """UserError once something was computed by the version; extended by what computes."""
        self.ensure_one()
