# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal, is_internal

#: What a person asks for; kept as it is from the approval on.
CONTENT = {
    "distributor_id",
    "rank_id",
    "mode",
    "period_from_id",
    "period_to_id",
    "date_from",
    "date_to",
    "reason",
}


class MlmRankOverride(models.Model):
    """A rank given by decision instead of by figures: asked for by a manager, approved by
    another person, for some periods or until further notice.

    requested → approved or refused; withdrawn while no posted run used it. A run uses the
    override that is in force on the last day of its period. Once used it stays; it can
    only be ended after the last period that used it.
    """

    _name = "mlm.rank.override"
    _description = "Rank Override"
    _inherit = ["mlm.asked", "mlm.of.network", "mail.thread"]
    _order = "date_from desc, id desc"
    _free = CONTENT
    _same_network = ("distributor_id", "period_from_id", "period_to_id")

    company_id = fields.Many2one(
        related="distributor_id.company_id", string="Home Company", store=True, index=True
    )
    distributor_id = fields.Many2one(
        "mlm.distributor",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('kind', '=', 'distributor'), ('network_id', '=', network_id)]",
        tracking=True,
    )
    rank_id = fields.Many2one(
        "mlm.plan.rank",
        required=True,
        ondelete="restrict",
        domain="[('version_id', 'in', version_ids)]",
        tracking=True,
    )
    version_ids = fields.Many2many("mlm.plan.version", compute="_compute_version_ids")
    mode = fields.Selection(
        [("at_least", "At least this rank"), ("exact", "Exactly this rank")],
        required=True,
        default="at_least",
        tracking=True,
        help="At least: a higher rank that was earned is kept. Exactly: even if a higher rank "
        "was earned.",
    )
    period_from_id = fields.Many2one(
        "mlm.period",
        string="From period",
        ondelete="restrict",
        domain="[('state', 'in', ('open', 'grace', 'closed')), ('network_id', '=', network_id)]",
    )
    period_to_id = fields.Many2one(
        "mlm.period",
        string="To period",
        ondelete="restrict",
        domain="[('state', 'in', ('open', 'grace', 'closed')), ('network_id', '=', network_id)]",
    )
    date_from = fields.Date(
        string="First day",
        required=True,
        compute="_compute_dates",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    date_to = fields.Date(
        string="Last day",
        compute="_compute_dates",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Empty: until it is ended.",
    )
    reason = fields.Text(required=True)
    state = fields.Selection(
        [
            ("requested", "Requested"),
            ("approved", "Granted"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="requested",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    event_id = fields.Many2one(
        "mlm.genealogy.event", readonly=True, copy=False, ondelete="restrict"
    )
    used_until = fields.Date(
        compute="_compute_used_until",
        help="Last day of the last posted period whose ranks it decided.",
    )

    _dates_ordered = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "An override cannot end before it begins.",
    )
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (distributor_id WITH =, daterange(date_from, date_to, '[]') WITH &&)"
        " WHERE (state = 'approved')",
        "This person has another approved override in these days. End that one first.",
    )

    @api.depends("network_id")
    def _compute_version_ids(self):
        for override in self:
            override.version_ids = self.env["mlm.plan.version"].search(
                [
                    ("network_id", "=", override.network_id.id),
                    ("state", "in", ("published", "active")),
                ]
            )

    @api.depends("period_from_id", "period_to_id")
    def _compute_dates(self):
        for override in self:
            if override.period_from_id:
                override.date_from = override.period_from_id.date_start
            if override.period_to_id:
                override.date_to = override.period_to_id.date_end

    @api.depends("distributor_id", "rank_id")
    def _compute_display_name(self):
        for override in self:
            override.display_name = " · ".join(
                filter(None, (override.distributor_id.display_name, override.rank_id.name))
            )

    @api.depends("state", "date_from", "date_to")
    def _compute_used_until(self):
        for override in self:
            override.used_until = override._last_posted().date_end if override.id else False

    def _last_posted(self):
        """Last posted period of the kind that decides ranks in which this was in force."""
        self.ensure_one()
        if self.state != "approved":
            return self.env["mlm.period"]
        return self._posted_since([("date_end", "<=", self.date_to)] if self.date_to else [])

    def _posted_since(self, domain=()):
        # sudo: whether something was posted says nothing of amounts
        kind = self.sudo().rank_id.version_id._plan()["rank_policy"]["period"]
        return (
            self.env["mlm.period"]
            .sudo()
            .search(
                [
                    ("network_id", "=", self.network_id.id),
                    ("kind", "=", kind),
                    ("state", "=", "posted"),
                    ("date_end", ">=", self.date_from),
                    *domain,
                ],
                order="date_end desc",
                limit=1,
            )
        )

    @api.constrains("rank_id", "network_id")
    def _check_rank(self):
        for override in self:
            version = override.rank_id.version_id
            if version.network_id != override.network_id or version.state == "draft":
                raise ValidationError(
                    self.env._(
                        "Choose a rank of a plan that %(network)s has published.",
                        network=override.network_id.display_name,
                    )
                )

    def write(self, vals):
        if CONTENT & set(vals) and not is_internal(self.env):
            self.check_access("write")
            for override in self:
                override._ensure_override_state("requested")
                override._ask_again()
        return super().write(vals)

    def _get_guarded_message(self, names):
        return self.env._("Use the buttons to change an override.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        for override in self:
            override._ensure_override_state("requested", "withdrawn")

    def _ensure_override_state(self, *states):
        self.ensure_one()
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "The override of %(name)s is “%(state)s”; this needs “%(wanted)s”.",
                    name=self.display_name,
                    state=labels[self.state],
                    wanted=" / ".join(labels[state] for state in states),
                )
            )

    # -- steps -----------------------------------------------------------

    def _decide(self, state):
        # sudo: approvers may decide, not write
        as_internal(self.sudo()).write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": self.env.cr.now(),
            }
        )

    def _ensure_second_person(self):
        self.network_id._ensure_led()
        return super()._ensure_second_person()

    def action_approve(self):
        """Put the override in force: by another person than the one who asked."""
        self._lock()
        for override in self:
            override._ensure_override_state("requested")
            override._ensure_second_person()
            posted = override._posted_since()
            if posted:
                raise UserError(
                    self.env._(
                        "%(period)s is already posted, and what it paid stays. Start the "
                        "override after %(date)s.",
                        period=posted.display_name,
                        date=Formats(self.env).day(posted.date_end),
                    )
                )
            override._decide("approved")
            override._record("rank_overridden")

    def action_refuse(self):
        self._lock()
        for override in self:
            override._ensure_override_state("requested")
            override._ensure_second_person()
            override._decide("refused")

    def action_withdraw(self):
        """Take back a request, or an override that no posted run used yet."""
        self.check_access("write")
        for override in self:
            override._ensure_override_state("requested", "approved")
            if override.state == "requested":
                # sudo: the right to write was checked above; the state moves in steps only
                as_internal(override.sudo()).write({"state": "withdrawn"})
                continue
            used = override._last_posted()
            if used:
                raise UserError(
                    self.env._(
                        "%(period)s was posted with the override of %(name)s, so the override "
                        "stays. End it instead.",
                        period=used.display_name,
                        name=override.display_name,
                    )
                )
            # sudo: as above
            as_internal(override.sudo()).write({"state": "withdrawn"})
            override._record("rank_override_ended")

    def action_end(self):
        """End with the last posted period that used it; later periods go by figures."""
        self.check_access("write")
        for override in self:
            override._ensure_override_state("approved")
            used = override._last_posted()
            if not used:
                raise UserError(
                    self.env._(
                        "No posted run has used the override of %(name)s yet: withdraw it.",
                        name=override.display_name,
                    )
                )
            # sudo: the right to write was checked above; an approved one is changed by steps only
            as_internal(override.sudo()).write({"date_to": used.date_end})
            override._record("rank_override_ended")

    def _record(self, kind):
        """Add the decision to the person's history."""
        self.ensure_one()
        moment = self.env["mlm.period"]._local_start(self.network_id, self.date_from)
        # sudo: the history is written by steps like this one
        event = self.sudo().distributor_id._record_event(
            kind,
            moment if kind == "rank_overridden" else self.env.cr.now(),
            reason=self.reason,
            after={
                "rank": self.rank_id.code,
                "mode": self.mode,
                "from": str(self.date_from),
                "to": str(self.date_to or ""),
            },
        )
        as_internal(self.sudo()).write({"event_id": event.id})
