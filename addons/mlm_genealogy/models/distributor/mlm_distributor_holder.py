from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal


class MlmDistributor(models.Model):
    """Who holds the membership: transfer to somebody else, and co-holders."""

    _inherit = "mlm.distributor"

    holder_ids = fields.One2many(
        "mlm.holder",
        "distributor_id",
        string="Holders",
        domain=[("superseded_at", "=", False)],
    )
    co_holder_ids = fields.Many2many(
        "res.partner", string="Co-holders", compute="_compute_co_holder_ids", compute_sudo=True
    )

    @api.depends("holder_ids.valid_to", "holder_ids.superseded_at", "company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_co_holder_ids(self):
        rows = self.env["mlm.holder"].search(
            [
                ("distributor_id", "in", self.filtered(lambda one: one._is_home()).ids),
                ("role", "=", "co_holder"),
                ("superseded_at", "=", False),
                ("valid_to", "=", False),
            ]
        )
        by_member = rows.grouped("distributor_id")
        for record in self:
            record.co_holder_ids = by_member.get(record._origin, rows.browse()).partner_id

    def _holder_at(self, at):
        """Return the contact who held this membership at a moment (naive UTC)."""
        self.ensure_one()
        return self._holders_at(at)[self.id]

    def _holders_at(self, at):
        """Return who held each of these memberships at a moment: ``{id: contact}``.

        Before the first row, which begins with the enrolment, it is the first holder.
        """
        # sudo: the contact of a membership that the caller has
        rows = (
            self.env["mlm.holder"]
            .sudo()
            .search(
                [
                    ("distributor_id", "in", self.ids),
                    ("role", "=", "holder"),
                    ("superseded_at", "=", False),
                ],
                order="distributor_id, valid_from desc",
            )
        )
        found = {}
        for row in rows:
            if row.valid_to == row.valid_from:
                continue
            current = found.get(row.distributor_id.id)
            if current is None or current.valid_from > at:
                found[row.distributor_id.id] = row
        Partner = self.env["res.partner"]
        return {
            record.id: Partner.browse(found[record.id].partner_id.id)
            if record.id in found
            else record.partner_id
            for record in self
        }

    def _get_held_since(self):
        """Return the moment (naive UTC) since which the present holder holds this."""
        self.ensure_one()
        row = self._get_open_holders(self.partner_id).filtered(lambda one: one.role == "holder")
        return row.valid_from or self.joined_at

    def _get_open_holders(self, partner=None):
        """Return the open rows of this membership, the holder's first, as sudo records."""
        domain = [
            ("distributor_id", "=", self.id),
            ("superseded_at", "=", False),
            ("valid_to", "=", False),
        ]
        if partner is not None:
            domain.append(("partner_id", "=", partner.id))
        # sudo: rows of the history are written by operations only
        return self.env["mlm.holder"].sudo().search(domain, order="role desc, id")

    # -- transfer ----------------------------------------------------------

    def _transfer(self, partner, reason, effective=None, document=None):
        """Give this membership to another person or company.

        Place, downline, rank, carry and terms go with it. What was earned and booked
        until the moment stays with the old holder's tax number. Somebody deceased is
        followed by the heir, and the membership is active again.

        :param partner: `res.partner` who is not enrolled in the network
        :param str reason: why, required
        :param effective: naive UTC datetime, by default now; later than now plans it
        :param document: `ir.attachment` that shows why
        :raise UserError: ``partner`` is enrolled, or the heirs are too late
        :return: the event, or the `mlm.operation` that waits
        """
        self.ensure_one()
        self._ensure_reason(reason)
        self._ensure_transferable(partner)
        self._ensure_heir_in_time(effective or fields.Datetime.now())
        planned = self._plan_if_later("_transfer", reason, effective, document, partner=partner)
        if planned:
            return planned
        moment = self._get_moment(effective)
        old = self.partner_id
        before = {"partner_id": old.id}
        after = {"partner_id": partner.id}
        values = {"partner_id": partner.id}
        if self.state == "deceased":
            self._ensure_after_states(moment)
            back = {"state": "active", "treatment": "earn"}
            before |= self._get_state_values()
            after |= back
            values |= back
        rows = self._get_open_holders()
        leaving = rows.filtered(lambda row: row.role == "holder" or row.partner_id == partner)
        leaving._end(moment)
        event = self._record_event(
            "transferred", moment, reason=reason, before=before, after=after, document=document
        )
        # sudo: holders are written by operations only; the person is written below as the user
        self.env["mlm.holder"].sudo()._open(self, partner, "holder", moment, event)
        as_internal(self).write(values)
        self.flush_recordset()
        self.invalidate_recordset(["holder_ids", "co_holder_ids"])
        return event

    def _ensure_transferable(self, partner):
        self.ensure_one()
        self._ensure_state(("active", "suspended", "deceased"))
        if not partner:
            raise UserError(self.env._("Choose who takes over the membership."))
        if partner == self.partner_id:
            raise UserError(self.env._("%s already holds this membership.", partner.display_name))
        self._ensure_company_of(partner)
        # sudo: the membership of somebody whom the user may not see counts too
        other = self.sudo().search(
            [("partner_id", "=", partner.id), ("network_id", "=", self.network_id.id)], limit=1
        )
        if other:
            raise UserError(
                self.env._(
                    "%(person)s is already enrolled as %(code)s, and a person has one membership. "
                    "Choose somebody else; if both are the same person, merge the memberships.",
                    person=partner.display_name,
                    code=other._get_told_code(),
                )
            )

    def _ensure_company_of(self, partner):
        if partner.company_id and partner.company_id != self.company_id:
            raise UserError(
                self.env._("%s is a contact that belongs to another company.", partner.display_name)
            )

    def _ensure_heir_in_time(self, moment):
        until = self._get_heir_deadline()
        if until and moment > until:
            raise UserError(
                self.env._(
                    "The heirs of %(name)s had until %(date)s to take over. Terminate the"
                    " membership; the balance is paid to the heirs.",
                    name=self.display_name,
                    date=self.network_id._local_text(until),
                )
            )

    def _get_heir_deadline(self):
        """Return until when an heir may take over (naive UTC), or False without a limit."""
        self.ensure_one()
        months = self.network_id.heir_months
        if self.state != "deceased" or not months:
            return False
        # sudo: a date of the own history, for a check
        death = (
            self.env["mlm.genealogy.event"]
            .sudo()
            .search(
                [("distributor_id", "=", self.id), ("kind", "=", "deceased")],
                order="id desc",
                limit=1,
            )
        )
        return death.effective_at + relativedelta(months=months) if death else False

    def action_transfer(self):
        return self._open_wizard("mlm.transfer.wizard", self.env._("Transfer"))

    # -- co-holders --------------------------------------------------------

    def _add_co_holder(self, partner, reason, effective=None, document=None):
        """Let ``partner`` hold this membership together with its holder.

        A co-holder logs in for the code. What is earned is paid to the holder.

        :param partner: `res.partner`
        :raise UserError: ``partner`` holds this or another code with somebody already
        :return: the event, or the `mlm.operation` that waits; see `_transfer`
        """
        self.ensure_one()
        self._ensure_reason(reason)
        self._ensure_co_holder_possible(partner)
        planned = self._plan_if_later(
            "_add_co_holder", reason, effective, document, partner=partner
        )
        if planned:
            return planned
        moment = self._get_moment(effective)
        self._ensure_no_overlap(partner, moment)
        event = self._record_event(
            "co_holder_added",
            moment,
            reason=reason,
            after={"partner_id": partner.id},
            document=document,
        )
        # sudo: holders are written by operations only; the wizard has checked the right
        self.env["mlm.holder"].sudo()._open(self, partner, "co_holder", moment, event)
        self.invalidate_recordset(["holder_ids", "co_holder_ids"])
        return event

    def _ensure_co_holder_possible(self, partner):
        self._ensure_state(("active", "suspended", "deceased"))
        if not partner:
            raise UserError(self.env._("Choose the co-holder."))
        if self._get_open_holders(partner):
            raise UserError(self.env._("%s already holds this membership.", partner.display_name))
        self._ensure_company_of(partner)
        other = self._get_co_held(partner)
        if other:
            raise UserError(
                self.env._(
                    "%(person)s is already co-holder of %(code)s, and a log-in needs one code. "
                    "End that first.",
                    person=partner.display_name,
                    code=other._get_told_code(),
                )
            )

    def _get_co_held(self, partner):
        """Return the membership of the network that ``partner`` co-holds now."""
        # sudo: asked before a change, or for the user's own code
        network = self.network_id or self.env.company.sudo().mlm_network_id
        row = (
            self.env["mlm.holder"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", partner.id),
                    ("network_id", "=", network.id),
                    ("role", "=", "co_holder"),
                    ("superseded_at", "=", False),
                    ("valid_to", "=", False),
                ],
                limit=1,
            )
        )
        return row.distributor_id

    def _ensure_no_overlap(self, partner, moment):
        # sudo: only whether and until when it overlaps, of a person whom the caller changes
        later = (
            self.env["mlm.holder"]
            .sudo()
            .search(
                [
                    ("distributor_id", "=", self.id),
                    ("partner_id", "=", partner.id),
                    ("superseded_at", "=", False),
                    ("valid_to", ">", moment),
                ],
                order="valid_to desc",
                limit=1,
            )
        )
        if later:
            raise UserError(
                self.env._(
                    "%(person)s held this membership until %(date)s. Choose that date or later.",
                    person=partner.display_name,
                    date=self.network_id._local_text(later.valid_to),
                )
            )

    def _end_co_holder(self, partner, reason, effective=None, document=None):
        """End what `_add_co_holder` began; see there."""
        self.ensure_one()
        self._ensure_reason(reason)
        self._ensure_co_holder(partner)
        planned = self._plan_if_later(
            "_end_co_holder", reason, effective, document, partner=partner
        )
        if planned:
            return planned
        moment = self._get_moment(effective)
        self._ensure_co_holder(partner)._end(moment)
        event = self._record_event(
            "co_holder_ended",
            moment,
            reason=reason,
            before={"partner_id": partner.id},
            document=document,
        )
        self.invalidate_recordset(["holder_ids", "co_holder_ids"])
        return event

    def _ensure_co_holder(self, partner):
        rows = self._get_open_holders(partner).filtered(lambda row: row.role == "co_holder")
        if not rows:
            raise UserError(
                self.env._("%s is not a co-holder of this membership.", partner.display_name)
            )
        return rows

    def _lines_cross(self, other):
        """Tell whether one of two memberships stands below the other in any tree."""
        self.ensure_one()
        if self.id in other._upline_ids() or other.id in self._upline_ids():
            return True
        return any(
            set(below.position_ids.ids) & set(spot._ancestor_ids())
            for above, below in ((self, other), (other, self))
            for spot in above.position_ids
        )

    def action_co_holder(self):
        return self._open_wizard("mlm.co.holder.wizard", self.env._("Co-holders"))

    # -- previews ----------------------------------------------------------

    def _get_moving_texts(self):
        """Return in words what goes along when the membership changes hands."""
        self.ensure_one()
        texts = [
            self.env._(
                "Code %(code)s, sponsor and the frontline of %(count)s people move too.",
                code=self.code,
                count=self.frontline_count,
            )
        ]
        if self.position_ids:
            texts.append(
                self.env._(
                    "Positions %s move too, with everybody below.",
                    ", ".join(self.position_ids.mapped("code")),
                )
            )
        return texts

    def _get_staying_texts(self, name):
        """Return in words what stays with the old holder, whose name is ``name``."""
        return [
            self.env._(
                "Accepted contracts, documents and certificates until then stay with %s.", name
            )
        ]
