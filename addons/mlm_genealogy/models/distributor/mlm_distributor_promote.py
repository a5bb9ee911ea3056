from odoo import models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

# from the bottom up
STEPS = ("customer", "preferred", "distributor")


class MlmDistributor(models.Model):
    """From customer to preferred customer to distributor: upwards only."""

    _inherit = "mlm.distributor"

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
                    "%(name)s is %(kind)s already.", name=self.display_name, kind=labels[kind]
                )
            )
        if STEPS.index(kind) < STEPS.index(self.kind):
            raise UserError(
                self.env._(
                    "%(name)s does not go back from %(old)s to %(new)s: what was earned and"
                    " sponsored stays. Suspend the person, or terminate the membership at the"
                    " close of the cycle.",
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
                    "%(name)s changed the kind on %(date)s. Choose that date or later.",
                    name=self.display_name,
                    date=self.network_id._local_text(last.effective_at),
                )
            )
