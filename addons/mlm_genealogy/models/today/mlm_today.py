from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.mlm_base.formats import Formats

#: changes of the next days are told
AHEAD = timedelta(days=7)
#: a change that failed is told for so long
FAILED = timedelta(days=30)


class MlmToday(models.AbstractModel):
    """What waits in the network: people who want in, want a place, or change."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        if room == "network":
            cards += [
                self._card_applications(),
                self._card_holding(),
                self._card_planned(),
                self._card_failed_changes(),
                self._card_check(),
            ]
        return cards

    @api.model
    def _get_starts(self, room):
        starts = super()._get_starts(room)
        if room == "network" and self._is_support():
            starts.append(
                {
                    "label": self.env._("Enrol"),
                    "action": "mlm_genealogy.mlm_enrol_wizard_action",
                }
            )
        return starts

    @api.model
    def _is_support(self):
        return self.env.user.has_group("mlm_base.group_support")

    @api.model
    def _card_applications(self):
        def text(_count):
            first = self.env["mlm.application"].search(domain, order="submitted_at, id", limit=1)
            return self.env._(
                "People have asked to join and are waiting for an answer, the first since %s.",
                Formats(self.env).moment(first.submitted_at),
            )

        domain = [("state", "=", "waiting")]
        return self._count_card(
            "applications",
            self.env._("Applications"),
            text,
            20,
            "mlm.application",
            domain,
            "mlm_genealogy.mlm_application_action",
            verb=self.env._("Answer") if self._is_support() else None,
            order="submitted_at, id",
            tone="warning",
            icon="fa-user-plus",
        )

    @api.model
    def _card_holding(self):
        """People without a position, for those who place them."""
        if not self._is_support():
            return None
        domain = [("holding_since", "!=", False)]
        card = self._count_card(
            "holding",
            self.env._("Holding tank"),
            self.env._("Nobody gets the volume of these people until they are placed."),
            30,
            "mlm.distributor",
            domain,
            "mlm_genealogy.mlm_distributor_action_holding",
            verb=self.env._("Place"),
            order="holding_since, id",
            icon="fa-hourglass-half",
        )
        near = card and self._count(
            "mlm.distributor", [*domain, ("holding_state", "in", ("soon", "late"))]
        )
        if near:
            card["tone"] = "warning"
            card["text"] = self.env._(
                "Deadline near or past: %s. After it, they are placed automatically.",
                near,
            )
        return card

    @api.model
    def _card_planned(self):
        until = fields.Datetime.to_string(fields.Datetime.now() + AHEAD)
        domain = [("state", "=", "planned"), ("effective_at", "<=", until)]
        return self._count_card(
            "planned",
            self.env._("Planned changes"),
            self.env._("They take effect by themselves within seven days."),
            60,
            "mlm.operation",
            domain,
            "mlm_genealogy.mlm_operation_action",
            icon="fa-calendar",
            waits=False,
        )

    @api.model
    def _card_failed_changes(self):
        since = fields.Datetime.to_string(fields.Datetime.now() - FAILED)
        domain = [("state", "=", "failed"), ("effective_at", ">=", since)]
        return self._count_card(
            "failed_changes",
            self.env._("Changes that failed"),
            self.env._("They were due, and something prevented them. Each one says what."),
            25,
            "mlm.operation",
            domain,
            "mlm_genealogy.mlm_operation_action",
            verb=self.env._("See why"),
            order="effective_at, id",
            tone="danger",
            icon="fa-calendar-times-o",
        )

    @api.model
    def _card_check(self):
        """The last check of the network, where it found something."""
        checks = self.env["mlm.check"]
        if not checks.has_access("read"):
            return None
        last = checks.search([("state", "=", "done")], limit=1)
        if last.verdict not in ("broken", "failed"):
            return None
        return self._card(
            "check",
            self.env._("Check of the network"),
            self.env._("The last check found contradictions.")
            if last.verdict == "broken"
            else self.env._("The last check did not finish."),
            10,
            count=last.violation_count,
            open={"model": "mlm.check", "id": last.id},
            tone="danger",
            icon="fa-stethoscope",
        )
