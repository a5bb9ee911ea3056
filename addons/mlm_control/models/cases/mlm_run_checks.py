# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

# So many open cases are named in an error.
NAMED = 5
# Support does not see whom the network looks at.
SEES_CASES = ",".join(
    f"mlm_base.group_{role}" for role in ("manager", "approver", "accountant", "auditor")
)


class MlmRun(models.Model):
    """Cases found with a preview, and the approval that waits for them."""

    _inherit = "mlm.run"

    check_ids = fields.One2many("mlm.run.check", "run_id", string="Cases", groups=SEES_CASES)
    check_count = fields.Integer(compute="_compute_check_count", string="Number of cases")
    open_check_count = fields.Integer(compute="_compute_check_count", string="Open cases")

    def _compute_check_count(self):
        counts = {
            (run.id, state): count
            # sudo: how many there are, of a run that is read
            for run, state, count in self.env["mlm.run.check"]
            .sudo()
            ._read_group([("run_id", "in", self.ids)], ["run_id", "state"], ["__count"])
        }
        for run in self:
            run.open_check_count = counts.get((run.id, "open"), 0)
            run.check_count = run.open_check_count + counts.get((run.id, "cleared"), 0)

    def _store_cases(self, snapshot, outcome):
        """Find every kind of case; decisions about the same facts are taken over."""
        self.check_ids.unlink()
        cases = [
            *self._find_last_days(snapshot, outcome),
            *self._find_returned(snapshot, outcome),
            *self._find_stacks(snapshot),
            *self._find_shared(),
        ]
        self._take_over_decisions(cases)
        as_internal(self.env["mlm.run.check"]).create(
            [
                {
                    **case,
                    "run_id": self.id,
                    "people_count": len(case["distributor_ids"]),
                    "distributor_ids": [fields.Command.set(case["distributor_ids"])],
                }
                for case in cases
            ]
        )
        self.env["mlm.run.check"].invalidate_model()
        self.invalidate_recordset(["check_ids", "check_count", "open_check_count"])

    def _take_over_decisions(self, cases):
        """Set ``state`` and ``clearance_id`` of cases that were decided before: in this
        cycle, or in an earlier one for as long as the facts stay the same."""
        last = {}
        for decision in self.env["mlm.run.clearance"].search(
            [
                ("network_id", "=", self.network_id.id),
                ("key", "in", [case["key"] for case in cases]),
            ],
            order="id",
        ):
            if decision.period_id == self.period_id or decision.is_lasting:
                last[decision.key] = decision
            elif decision.decision == "open":
                last.pop(decision.key, None)
        for case in cases:
            decision = last.get(case["key"])
            case["clearance_id"] = decision.id if decision else False
            case["state"] = decision.decision if decision else "open"

    def _amounts_of(self, people):
        """``{distributor id: earned}`` of some people in this run, ten-thousandths of its
        currency."""
        amounts = self._gross_by_payee(list(people))
        if not self.homes:
            return amounts
        # sudo: only who pays each; amounts of all were read above, for the case
        people = self.env["mlm.distributor"].sudo().browse(amounts)
        return {one.id: self._turn_e4(amounts[one.id], one.company_id) for one in people}

    # -- approval --------------------------------------------------------------

    def _ensure_cases_cleared(self):
        """UserError that names the open cases."""
        self.ensure_one()
        # sudo: the approver reads cases anyway; counting must not depend on rules
        cases = self.env["mlm.run.check"].sudo()
        domain = [("run_id", "=", self.id), ("state", "=", "open")]
        count = cases.search_count(domain)
        if not count:
            return
        named = "\n".join(f"– {case.display_name}" for case in cases.search(domain, limit=NAMED))
        raise UserError(
            self.env._(
                "%(run)s has open cases (%(count)s). Clear each with a reason before the run is "
                "approved (“Open cases” button):\n%(named)s",
                count=count,
                run=self.display_name,
                named=named + ("\n…" if count > NAMED else ""),
            )
        )

    def action_approve(self):
        for run in self:
            run._ensure_run_state("submitted")
            run._ensure_cases_cleared()
        return super().action_approve()

    def action_checks(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cases of %(run)s", run=self.display_name),
            "res_model": "mlm.run.check",
            "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban",
            "domain": [("run_id", "=", self.id)],
            "context": {"search_default_open": 1} if self.open_check_count else {},
        }
