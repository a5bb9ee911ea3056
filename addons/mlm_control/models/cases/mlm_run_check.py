# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.mlm_base.exact import BigInteger, from_e4
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_base.scaled import ScaledMonetary

KINDS = [
    ("last_days", "Purchases of the last days"),
    ("returned", "Bought, qualified, returned"),
    ("stack", "Enrolled one below the other"),
    ("shared_bank", "Shared bank account"),
    ("shared_phone", "Shared phone number"),
    ("shared_address", "Shared address"),
    ("shared_login", "Shared internet address"),
]
# What two people share may be in order for as long as they share it.
LASTING = ("shared_bank", "shared_phone", "shared_address", "shared_login")
CLEARING = ("mlm_base.group_manager", "mlm_base.group_approver")


class MlmRunCheck(models.Model):
    """A case that somebody has to look at before the run is approved (RULES 39).

    The facts are found with the preview and go with it; what was decided stays in
    `mlm.run.clearance` and is found again by the key of the facts.
    """

    _name = "mlm.run.check"
    _description = "Case to Clear"
    _inherit = "mlm.guarded"
    _order = "run_id, state desc, at_stake_e4 desc, id"
    _server_only = True

    run_id = fields.Many2one("mlm.run", required=True, index=True, ondelete="cascade")
    network_id = fields.Many2one(related="run_id.network_id")
    currency_id = fields.Many2one(related="run_id.currency_id")
    run_state = fields.Selection(related="run_id.state", string="State of the run")
    kind = fields.Selection(KINDS, required=True, string="Case")
    key = fields.Char(required=True, index=True)
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="cascade", string="Person"
    )
    distributor_ids = fields.Many2many("mlm.distributor", string="People")
    people_count = fields.Integer(string="Number of people")
    at_stake_e4 = BigInteger(
        string="At stake (ten-thousandths)",
        help="The amount that depends on the case: for purchases, what would not have been earned "
        "without them; otherwise, what the people earned in the run.",
    )
    at_stake = ScaledMonetary(scaled="at_stake_e4", string="At stake")
    facts = fields.Json()
    text = fields.Text(compute="_compute_text", string="What was found")
    state = fields.Selection(
        [("open", "Open"), ("cleared", "Cleared")], required=True, default="open"
    )
    clearance_id = fields.Many2one("mlm.run.clearance", ondelete="restrict", string="Decision")
    reason = fields.Text(related="clearance_id.reason")
    cleared_by_id = fields.Many2one(related="clearance_id.author_id", string="Decided by")
    cleared_at = fields.Datetime(related="clearance_id.recorded_at", string="Decided on")

    @api.depends("kind", "distributor_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for check in self:
            check.display_name = f"{kinds.get(check.kind)} · {check.distributor_id.display_name}"

    @api.model
    def _make_key(self, kind, people, identity=()):
        """SHA-256 of what makes a case the same case in another preview."""
        data = json.dumps([kind, sorted(people), sorted(map(str, identity))])
        return hashlib.sha256(data.encode()).hexdigest()

    # -- in words ------------------------------------------------------------

    @api.depends("facts", "kind")
    @api.depends_context("lang")
    def _compute_text(self):
        for check in self:
            check.text = getattr(check, f"_text_{check.kind}")(check.facts or {})

    def _money(self, value_e4):
        return Formats(self.env, self.currency_id).money(from_e4(value_e4))

    def _points(self, value_e4):
        return Formats(self.env).number(from_e4(value_e4))

    def _day(self, text):
        return Formats(self.env).day(text)

    def _rank(self, index):
        ranks = {rank.sequence: rank.name for rank in self.run_id.version_id.rank_ids}
        return ranks.get(index, "")

    def _people(self, ids):
        """Codes of people, the first ten."""
        codes = self.env["mlm.distributor"].browse(ids[:10]).mapped("code")
        more = len(ids) - 10
        return ", ".join(codes) + (f" … (+{more})" if more > 0 else "")

    def _lifted_texts(self, facts):
        """What somebody held because of the purchases."""
        texts = []
        if facts["active"]:
            texts.append(self.env._("active instead of inactive"))
        if facts["rank"] > facts["rank_without"]:
            texts.append(
                self.env._(
                    "rank %(rank)s instead of %(other)s",
                    rank=self._rank(facts["rank"]),
                    other=self._rank(facts["rank_without"]),
                )
            )
        if facts["packages"]:
            texts.append(self.env._("package %s", ", ".join(facts["packages"])))
        return ", ".join(texts) or self.env._("a higher amount")

    def _text_last_days(self, facts):
        sentences = [
            self.env._(
                "Because of their own purchases since %(day)s: %(lifted)s. %(amount)s instead of "
                "%(without)s.",
                day=self._day(facts["from"]),
                lifted=self._lifted_texts(facts),
                amount=self._money(facts["amount_e4"]),
                without=self._money(facts["without_e4"]),
            )
        ]
        if facts["own_pv_e4"]:
            sentences.append(
                self.env._("Own purchases of these days: %s PV.", self._points(facts["own_pv_e4"]))
            )
        buyers = [
            f"{self.env['mlm.distributor'].browse(one).code} ({self._points(pv_e4)} PV)"
            for one, pv_e4 in facts["buyers"]
        ]
        if buyers:
            sentences.append(self.env._("Largest buyers below: %s.", ", ".join(buyers)))
        return " ".join(sentences)

    def _text_returned(self, facts):
        texts = [
            self.env._(
                "Cycle %(cycle)s: %(lifted)s because of purchases that were returned later. "
                "%(amount)s instead of %(without)s.",
                cycle=one["cycle"],
                lifted=self._lifted_texts(one),
                amount=self._money(one["amount_e4"]),
                without=self._money(one["without_e4"]),
            )
            for one in facts["cycles"]
        ]
        returned = self.env._(
            "Returned: %(pv)s PV of %(orders)s.",
            pv=self._points(facts["pv_e4"]),
            orders=", ".join(facts["orders"]),
        )
        return " ".join([*texts, returned])

    def _text_stack(self, facts):
        values = {
            "count": len(facts["people"]),
            "people": self._people(facts["people"]),
            "pv": self._points(facts["pv_e4"]),
        }
        if facts["basis"] == "sponsor":
            return self.env._(
                "%(count)s people enrolled by %(sponsor)s within the cycle are placed one below "
                "the other: %(people)s. They bought %(pv)s PV.",
                sponsor=self.distributor_id.display_name,
                **values,
            )
        return self.env._(
            "%(count)s people with the same address (%(address)s), enrolled within the cycle, "
            "are placed one below the other: %(people)s. They bought %(pv)s PV.",
            address=facts["shared"],
            **values,
        )

    def _text_shared(self, facts):
        return {
            "people": self._people(facts["people"]),
            "shared": facts["shared"],
            "amount": self._money(self.at_stake_e4),
        }

    def _text_shared_bank(self, facts):
        return self.env._(
            "Paid to the same bank account (%(shared)s): %(people)s. Together %(amount)s.",
            **self._text_shared(facts),
        )

    def _text_shared_phone(self, facts):
        return self.env._(
            "The same phone number (%(shared)s): %(people)s. Together %(amount)s.",
            **self._text_shared(facts),
        )

    def _text_shared_address(self, facts):
        return self.env._(
            "The same address (%(shared)s): %(people)s. Together %(amount)s.",
            **self._text_shared(facts),
        )

    def _text_shared_login(self, facts):
        return self.env._(
            "Used the portal from the same internet address (%(shared)s) during the cycle: "
            "%(people)s. Together %(amount)s. A household or a mobile network may share one.",
            **self._text_shared(facts),
        )

    # -- decisions -----------------------------------------------------------

    def _decide(self, decision, reason, is_lasting=False):
        """Clear cases or open them again; who, when and why goes on record.

        :raise AccessError: neither manager nor approver
        :raise UserError: no reason, the run is past it, or the own case
        """
        if not any(self.env.user.has_group(group) for group in CLEARING):
            raise AccessError(
                self.env._("Only a commission manager or an approver can clear cases.")
            )
        self.check_access("read")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: the reason goes on record."))
        for check in self:
            check.run_id._ensure_run_state("preview", "submitted")
            # sudo: whether it is the own case, not who the others are
            people = check.sudo().distributor_ids | check.sudo().distributor_id
            if self.env.user.partner_id in people.partner_id:
                raise UserError(
                    self.env._(
                        "%(case)s is about you. Somebody else has to decide it.",
                        case=check.display_name,
                    )
                )
        # sudo: nobody writes decisions but here, where the rights were checked
        for check in self.sudo():
            clearance = as_internal(self.env["mlm.run.clearance"].sudo()).create(
                {
                    "period_id": check.run_id.period_id.id,
                    "run_number": check.run_id.number,
                    "key": check.key,
                    "kind": check.kind,
                    "distributor_id": check.distributor_id.id,
                    "text": check.text,
                    "decision": decision,
                    "is_lasting": is_lasting and check.kind in LASTING,
                    "reason": reason.strip(),
                    "author_id": self.env.uid,
                }
            )
            as_internal(check).write({"clearance_id": clearance.id, "state": decision})

    def _action_decide(self, decision, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "mlm.run.check.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_decision": decision,
                "default_check_ids": [(6, 0, self.ids)],
            },
        }

    def action_clear(self):
        """Ask for the reason and clear the selected cases."""
        return self._action_decide("cleared", self.env._("Clear"))

    def action_reopen(self):
        return self._action_decide("open", self.env._("Reopen"))

    def action_explain(self):
        """How the cycle went for the person."""
        self.ensure_one()
        wizard = self.env["mlm.explanation"].create(
            {"run_id": self.run_id.id, "distributor_id": self.distributor_id.id}
        )
        return wizard._action_open()

    def action_people(self):
        self.ensure_one()
        people = self.distributor_ids | self.distributor_id
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "mlm.distributor",
            "view_mode": "list,form",
            "domain": [("id", "in", people.ids)],
        }

    def action_history(self):
        """Every decision about these facts."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decisions"),
            "res_model": "mlm.run.clearance",
            "view_mode": "list",
            "domain": [("key", "=", self.key)],
        }
