# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from random import SystemRandom

import numpy as np
from mlm_engine.kernel.run import ENGINE_VERSION
from mlm_reference import audit as reference
from mlm_reference import inputs as reference_inputs
from mlm_reference.calculator import NOBODY, Calculator
from mlm_reference.codes import (
    AWARDED,
    CARRY,
    OF_PERSON,
    PLAN,
    RANK,
    STANDING,
    STREAKS,
    TITLE,
)

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.mlm_base.internal import is_system

from .mlm_run_audit import AUDITING, SEES_AUDITS, STATES

# Columns of the store, for each column of an earning that is compared.
_INDEXED = {
    "payee": "payee_id",
    "bonus": "bonus_id",
    "row": "entry_id",
    "source": "source_id",
    "position": "position_id",
}
# Index of an id that the inputs do not know.
_UNKNOWN = -2


class MlmRun(models.Model):
    """A run beside its recomputation by the engine and by the reference calculator."""

    _inherit = "mlm.run"

    audit_ids = fields.One2many("mlm.run.audit", "run_id", string="Audits", groups=SEES_AUDITS)
    audit_id = fields.Many2one(
        "mlm.run.audit",
        compute="_compute_audit_id",
        string="Audit of the current result",
        groups=SEES_AUDITS,
    )
    audit_state = fields.Selection(
        STATES, compute="_compute_audit_id", string="Result of the audit", groups=SEES_AUDITS
    )
    audit_count = fields.Integer(
        compute="_compute_audit_id", string="Number of audits", groups=SEES_AUDITS
    )

    @api.depends("audit_ids.state", "audit_ids.scope", "digest", "snapshot_sha")
    def _compute_audit_id(self):
        for run in self:
            audits = run.audit_ids
            run.audit_count = len(audits)
            speaking = audits.filtered(lambda one: one.is_current and one.scope != "person")
            run.audit_id = speaking.sorted("id")[-1:]
            run.audit_state = run.audit_id.state

    # -- the button ----------------------------------------------------------

    def action_audit(self):
        """Ask how much is to be recomputed."""
        self.ensure_one()
        self._ensure_may_audit()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Audit"),
            "res_model": "mlm.run.audit.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_run_id": self.id},
        }

    def action_audit_now(self):
        """Audit the run as the settings of the network say, without a question."""
        self.ensure_one()
        self._ensure_may_audit()
        if self.audit_state not in ("clean", "queued"):
            self._ensure_run_state("preview", "submitted")
            self.env["mlm.run.audit"]._request(self, automatic=True)

    def action_audits(self):
        self.ensure_one()
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Audits of %(run)s", run=self.display_name),
            "res_model": "mlm.run.audit",
            "view_mode": "list,form",
            "domain": [("run_id", "=", self.id)],
        }
        if self.audit_count == 1:
            action.update(view_mode="form", res_id=self.audit_ids.id)
        return action

    def _ensure_may_audit(self):
        self.check_access("read")
        user = self.env.user
        if not is_system(self.env) and not any(
            user.has_group(f"mlm_base.group_{one}") for one in AUDITING
        ):
            raise AccessError(self.env._("Only auditors, managers and approvers can audit a run."))
        self.network_id._ensure_led()

    def _count_members(self, limit):
        return self.env["mlm.distributor"].search_count(
            [("network_id", "=", self.network_id.id)], limit=limit
        )

    # -- the comparison ------------------------------------------------------

    def _audit(self, scope="all", size=0, distributor=None, progress=None):
        """Recompute the run by the engine, whole, and by the reference calculator.

        Of a posted run the journal entries are compared with statements and seals, too.

        :param progress: ``f(fraction)``
        :return: ``{"people", "differences", "note"}``: how many the reference recomputed,
            values of ``mlm.run.audit.difference`` (none when everything agrees), and what
            was left out
        """
        self.ensure_one()
        report = progress or (lambda fraction: None)
        report(0.0)
        note, found = "", []
        if self.engine_version == ENGINE_VERSION:
            found = [{"kind": "engine", "note": text} for text in self._verify()]
        else:
            note = self.env._(
                "It was computed by version %(old)s of the engine, so only the reference "
                "calculator recomputed it; the evidence pack includes that engine.",
                old=self.engine_version,
            )
        if self.state in ("posting", "posted"):
            found += [
                {"kind": "entry", "note": text}
                for text in self.env["mlm.law"]._find_in_entries(self)
            ]
        report(0.1)
        try:
            inputs = reference_inputs.read(self._snapshot_data() or b"")
        except reference_inputs.InputsError as error:
            found.append({"kind": "engine", "note": str(error)})
            return {"people": 0, "differences": found, "note": note}
        members = self._audited_members(inputs, scope, size, distributor)
        stored = self._stored_result(inputs, members)
        differences = reference.compare(
            Calculator(inputs, whole=members is None),
            stored,
            members,
            lambda done, of: report(0.1 + 0.9 * done / of),
        )
        found += [self._difference_values(inputs, one) for one in differences]
        report(1.0)
        people = len(inputs.members if members is None else members)
        return {"people": people, "differences": found, "note": note}

    def _audited_members(self, inputs, scope, size, distributor):
        """Indexes of the people to recompute; None for everybody."""
        if scope == "all":
            return None
        people = [distributor.id] if scope == "person" else list(self._gross_by_payee())
        places = [one for one in _places(inputs.member_id, people) if one >= 0]
        if scope == "person":
            return places
        chance = SystemRandom()
        chosen = set(chance.sample(places, min(len(places), (size + 1) // 2)))
        others = [index for index in inputs.members if index not in chosen]
        chosen.update(chance.sample(others, min(len(others), size - len(chosen))))
        return sorted(chosen)

    def _stored_result(self, inputs, members):
        """The stored rows in indexes of the inputs; of some members only their own."""
        payees = None if members is None else [inputs.member_id[index] for index in members]
        figures = self._stored_figures(inputs, payees)
        return reference.Stored(self._stored_earnings(inputs, payees), *figures)

    def _stored_earnings(self, inputs, payees):
        names = [_INDEXED.get(name, name) for name in (*reference.KEY, *reference.VALUES)]
        bonuses = self.version_id.bonus_ids.sorted("sequence").ids
        of_bonus = {code: index for index, code in enumerate(bonuses)}
        ids = {
            **dict.fromkeys(("payee_id", "source_id"), inputs.member_id),
            "entry_id": inputs.row_id,
            "position_id": inputs.position_id,
        }
        columns = {
            name: values.tolist() for name, values in self._stored_columns(names, payees).items()
        }
        for name, known in ids.items():
            columns[name] = _places(known, columns[name])
        columns["bonus_id"] = [of_bonus.get(code, _UNKNOWN) for code in columns["bonus_id"]]
        return zip(*(columns[name] for name in names), strict=True)

    def _stored_figures(self, inputs, payees):
        """``(rank, title, carry, state, figures)`` of the stored measures."""
        columns = self.env["mlm.measure"]._read_long(self, people=payees)
        columns = {name: values.tolist() for name, values in columns.items()}
        members = _places(inputs.member_id, columns["holder"])
        positions = _places(inputs.position_id, columns["position"])
        rank, title = ([0] * len(inputs.member_id) for _ in range(2))
        carry, state, figures = {}, {}, defaultdict(dict)
        for member, position, bonus, measure, value in zip(
            *(members, positions, columns["place"], columns["measure"], columns["value"]),
            strict=True,
        ):
            if position != NOBODY:
                if measure in CARRY:
                    carry[position, bonus, measure] = value
            elif measure in (RANK, TITLE):
                (rank if measure == RANK else title)[member] = value
            elif measure in (AWARDED, STANDING) or measure in STREAKS:
                state[member, bonus, measure] = value
            elif measure in OF_PERSON or measure >= PLAN:
                figures[member][measure] = value
        return rank, title, carry, state, figures

    def _difference_values(self, inputs, one):
        """Values of ``mlm.run.audit.difference``, ids instead of indexes."""
        where = dict(one.where)
        bonuses = self.version_id.bonus_ids.sorted("sequence").ids
        bonus = where.pop("bonus", NOBODY)
        for name, codes in (
            ("payee", inputs.member_id),
            ("member", inputs.member_id),
            ("source", inputs.member_id),
            ("row", inputs.row_id),
            ("position", inputs.position_id),
        ):
            if name in where:
                where[name] = codes[where[name]] if where[name] >= 0 else 0
        known = one.member >= 0
        return {
            "kind": one.what,
            "distributor_id": inputs.member_id[one.member] if known else False,
            "bonus_id": bonuses[bonus] if 0 <= bonus < len(bonuses) else False,
            "facts": {"where": where, "found": one.found, "expected": one.expected},
            "found_e4": one.found.get("amount_e4", 0),
            "expected_e4": one.expected.get("amount_e4", 0),
        }


def _places(known, wanted):
    """Return where ids stand among rising ones, as a list; of 0, which is none, `NOBODY`."""
    known, wanted = np.asarray(known, dtype=np.int64), np.asarray(wanted, dtype=np.int64)
    found = np.searchsorted(known, wanted)
    there = np.append(known, -1)[found] == wanted
    return np.where(wanted == 0, NOBODY, np.where(there, found, _UNKNOWN)).tolist()
