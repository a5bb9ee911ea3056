from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal


class MlmDistributor(models.Model):
    """Suspension, return from it, and death."""

    _inherit = "mlm.distributor"

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
            raise UserError(self.env._("Say what becomes of the earnings: held, or compressed."))
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
                    "%(name)s changed the state on %(date)s. Choose that moment or a later one.",
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
