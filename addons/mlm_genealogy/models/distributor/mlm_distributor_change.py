from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal

from .mlm_distributor import PEOPLE

# from the bottom up
STEPS = ("customer", "preferred", "distributor")


class MlmDistributor(models.Model):
    """Changes of a membership: when they take effect (now, later, or as if it had been so), which
    ones are planned, and those of state and kind.

    The state: suspension, return from it, and death. The kind: from customer to preferred
    customer to distributor, upwards only.
    """

    _inherit = "mlm.distributor"

    planned_ids = fields.One2many(
        "mlm.operation",
        "distributor_id",
        string="Planned Changes",
        domain=[("state", "=", "planned")],
        groups=PEOPLE,
    )
    planned_text = fields.Char(compute="_compute_planned_text", groups=PEOPLE)

    def _ensure_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Give a reason: it stays in the history."))

    def _plan_if_later(self, method, reason, effective, document=None, **values):
        """Plan the operation of one person whose moment is still to come.

        :return: the `mlm.operation`, or None when it has to happen at once
        """
        Operation = self.env["mlm.operation"]
        if not effective or Operation._is_running() or effective <= fields.Datetime.now():
            return None
        self.ensure_one()
        return Operation._plan(method, self, effective, reason, document, **values)

    def _get_moment(self, effective):
        """Return the moment of an operation, by default now.

        :raise UserError: it lies in a time that is closed, or before the enrolment
        """
        self.ensure_one()
        moment = effective or fields.Datetime.now()
        self.network_id._ensure_open(moment, self)
        if moment < self.joined_at:
            raise UserError(
                self.env._(
                    "%(name)s joined on %(date)s; nothing takes effect earlier.",
                    name=self.display_name,
                    date=self.network_id._local_text(self.joined_at),
                )
            )
        return moment

    @api.depends("planned_ids")
    @api.depends_context("lang")
    def _compute_planned_text(self):
        labels = dict(self.env["mlm.operation"]._fields["method"]._description_selection(self.env))
        for record in self:
            record.planned_text = " · ".join(
                self.env._(
                    "%(change)s on %(date)s",
                    change=labels[operation.method],
                    date=record.network_id._local_text(operation.effective_at),
                )
                for operation in record.planned_ids
            )

    def action_view_planned(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Planned Changes"),
            "res_model": "mlm.operation",
            "view_mode": "list,form",
            "domain": [("distributor_id", "=", self.id)],
        }

    def _open_wizard(self, model, title, **defaults):
        self.ensure_one()
        defaults = {f"default_{name}": value for name, value in defaults.items()}
        return {
            "type": "ir.actions.act_window",
            "name": f"{title}: {self.display_name}",
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_distributor_id": self.id, **defaults},
        }

    def _suspend(self, reason, effective=None, treatment="compress", document=None):
        """Suspend these people; the caller has checked the right to do so.

        :param str reason: why, required
        :param effective: naive UTC datetime, by default now; later than now plans it
        :param str treatment: "hold" (goes on earning, the payout waits) or "compress"
            (earns nothing; others earn past the person)
        :param document: `ir.attachment` that shows why
        :return: the events, or the `mlm.operation` that waits
        """
        if treatment not in ("hold", "compress"):
            raise UserError(self.env._("Say what happens to the earnings: held, or compressed."))
        return self._change_state(
            "_suspend",
            "suspended",
            {"state": "suspended", "treatment": treatment},
            ("active",),
            reason,
            effective,
            document,
            treatment=treatment,
        )

    def _reinstate(self, reason, effective=None, document=None):
        """End the suspension of these people; see `_suspend`."""
        return self._change_state(
            "_reinstate",
            "reinstated",
            {"state": "active", "treatment": "earn"},
            ("suspended",),
            reason,
            effective,
            document,
        )

    def _decease(self, reason, effective=None, document=None):
        """Record the death of these people: place and downline stay, the earnings wait
        for the heirs; see `_suspend`. A transfer to an heir ends it."""
        return self._change_state(
            "_decease",
            "deceased",
            {"state": "deceased", "treatment": "hold"},
            ("active", "suspended"),
            reason,
            effective,
            document,
        )

    def _change_state(
        self, method, kind, after, expected, reason, effective, document=None, **arguments
    ):
        self._ensure_reason(reason)
        self._ensure_state(expected)
        if planned := self._plan_if_later(method, reason, effective, document, **arguments):
            return planned
        events = self.env["mlm.genealogy.event"]
        for record in self:
            moment = record._get_moment(effective)
            record._ensure_after_states(moment)
            before = record._get_state_values()
            as_internal(record).write(after)
            events |= record._record_event(
                kind, moment, reason=reason, before=before, after=after, document=document
            )
        return events

    def _ensure_after_states(self, moment):
        """Refuse a change of the state before the last one: the past would say another
        state from then on than the present."""
        self.ensure_one()
        self.env["mlm.genealogy.event"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT max(effective_at) FROM mlm_genealogy_event
                    WHERE distributor_id = %s AND effective_at > %s
                      AND jsonb_exists(after, 'state')""",
                self.id,
                moment,
            )
        )
        if rows[0][0]:
            raise UserError(
                self.env._(
                    "The state of %(name)s changed on %(date)s. Choose that moment or a later one.",
                    name=self.display_name,
                    date=self.network_id._local_text(rows[0][0]),
                )
            )

    def _get_state_values(self):
        """Return what an event keeps of the state, to undo it when the past is asked."""
        self.ensure_one()
        return {"state": self.state, "treatment": self.treatment}

    def _ensure_state(self, expected):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if record.state not in expected:
                raise UserError(
                    self.env._(
                        "%(name)s is %(state)s, not %(expected)s.",
                        name=record.display_name,
                        state=labels[record.state].lower(),
                        expected=" / ".join(labels[state] for state in expected).lower(),
                    )
                )

    def _promote(self, kind, reason, effective=None, document=None):
        """Make this person a preferred customer or a distributor.

        Code, sponsor and history stay. Without a position the person waits in the
        holding tank.

        :param str kind: ``preferred`` or ``distributor``
        :param str reason: why, required
        :param effective: naive UTC datetime, by default now; later than now plans it
        :param document: `ir.attachment` that shows why
        :raise UserError: it is no step upwards
        :return: the event, or the `mlm.operation` that waits
        """
        self.ensure_one()
        self._ensure_reason(reason)
        self._ensure_promotable(kind)
        planned = self._plan_if_later("_promote", reason, effective, document, kind=kind)
        if planned:
            return planned
        moment = self._get_moment(effective)
        self._ensure_after_promotions(moment)
        event = self._record_event(
            "kind_changed",
            moment,
            reason=reason,
            before={"kind": self.kind},
            after={"kind": kind},
            document=document,
        )
        as_internal(self).write({"kind": kind})
        self.flush_recordset()
        return event

    def _kinds_at(self, at):
        """Return as what these people took part at a moment (naive UTC): ``{id: kind}``."""
        # sudo: the history of people whom the caller has
        later = (
            self.env["mlm.genealogy.event"]
            .sudo()
            .search(
                [
                    ("distributor_id", "in", self.ids),
                    ("kind", "=", "kind_changed"),
                    ("effective_at", ">", at),
                ],
                order="effective_at desc, id desc",
            )
        )
        # the earliest one comes last and tells what was before them all
        before = {event.distributor_id.id: event.before["kind"] for event in later}
        return {person.id: before.get(person.id, person.kind) for person in self}

    def _ensure_promotable(self, kind):
        self.ensure_one()
        labels = dict(self._fields["kind"]._description_selection(self.env))
        self._ensure_state(("active", "suspended"))
        if kind == self.kind:
            raise UserError(
                self.env._(
                    "%(name)s is already %(kind)s.", name=self.display_name, kind=labels[kind]
                )
            )
        if STEPS.index(kind) < STEPS.index(self.kind):
            raise UserError(
                self.env._(
                    "%(name)s cannot go back from %(old)s to %(new)s: what was earned and "
                    "sponsored stays. Suspend the person, or terminate the membership at the "
                    "close of the cycle.",
                    name=self.display_name,
                    old=labels[self.kind],
                    new=labels[kind],
                )
            )

    def _ensure_after_promotions(self, moment):
        # sudo: a date of the own history, for a check
        last = (
            self.env["mlm.genealogy.event"]
            .sudo()
            .search(
                [
                    ("distributor_id", "=", self.id),
                    ("kind", "=", "kind_changed"),
                    ("effective_at", ">", moment),
                ],
                limit=1,
            )
        )
        if last:
            raise UserError(
                self.env._(
                    "The kind of %(name)s changed on %(date)s. Choose that date or later.",
                    name=self.display_name,
                    date=self.network_id._local_text(last.effective_at),
                )
            )

    def action_suspend(self):
        return self._open_wizard("mlm.state.wizard", self.env._("Suspend"), action="suspend")

    def action_reinstate(self):
        return self._open_wizard("mlm.state.wizard", self.env._("Reinstate"), action="reinstate")

    def action_decease(self):
        return self._open_wizard("mlm.state.wizard", self.env._("Record a Death"), action="decease")

    def action_promote(self):
        return self._open_wizard("mlm.promote.wizard", self.env._("Promote"))
