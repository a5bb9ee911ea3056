# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel import codes
from mlm_engine.telling import codes as told
from mlm_engine.telling.language import name_in

from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger, from_e4, from_e6
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.scaled import ScaledMonetary

# Figures of a difference in the order in which they are told.
_SHOWN = (
    "amount_e4",
    "breakage_e4",
    "reason",
    "base_e4",
    "rate_e6",
    "fx_e6",
    "per_e6",
    "cap_e4",
    "scale_e4",
    "rank",
    "title",
    "value",
)


class MlmRunAuditDifference(models.Model):
    """One figure of a run on which the stored result and a recomputation differ."""

    _name = "mlm.run.audit.difference"
    _description = "Difference Found by an Audit"
    _inherit = "mlm.guarded"
    _order = "audit_id, id"
    _log_access = False
    _server_only = True

    audit_id = fields.Many2one(
        "mlm.run.audit", required=True, readonly=True, index=True, ondelete="cascade"
    )
    network_id = fields.Many2one(related="audit_id.network_id")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    distributor_id = fields.Many2one("mlm.distributor", string="Person", readonly=True)
    kind = fields.Selection(
        [
            ("engine", "Engine"),
            ("earning", "Earning"),
            ("rank", "Rank"),
            ("title", "Title"),
            ("figure", "Figure"),
            ("carry", "Carried over"),
            ("state", "Kept for the next cycle"),
            ("entry", "Journal entry"),
        ],
        required=True,
        readonly=True,
        string="What",
    )
    bonus_id = fields.Many2one("mlm.plan.bonus", readonly=True)
    facts = fields.Json(readonly=True, help="What was found and what the rules give.")
    note = fields.Text(readonly=True)
    found_e4 = BigInteger(string="Stored (ten-thousandths)", readonly=True)
    expected_e4 = BigInteger(string="By the rules (ten-thousandths)", readonly=True)
    found = ScaledMonetary(scaled="found_e4", string="Stored")
    expected = ScaledMonetary(scaled="expected_e4", string="By the rules")
    text = fields.Text(compute="_compute_text", string="Difference")

    @api.depends("audit_id", "distributor_id")
    def _compute_currency_id(self):
        for one in self:
            run = one.audit_id.run_id
            person = one.distributor_id
            one.currency_id = run._currency_of(person) if person else run.currency_id

    @api.depends("kind", "note", "facts")
    @api.depends_context("lang")
    def _compute_text(self):
        for one in self:
            one.text = one.note or one._tell()

    def _tell(self):
        """What differs and no more: the rest of a row is as it should be."""
        found, expected = self.facts["found"], self.facts["expected"]
        names = [name for name in _SHOWN if found.get(name) != expected.get(name)]
        return self.env._(
            "%(where)sstored: %(found)s; by the rules: %(expected)s",
            where=self._where(),
            found=self._figures(found, names) or self.env._("nothing"),
            expected=self._figures(expected, names) or self.env._("nothing"),
        )

    def _where(self):
        """The row that the difference stands on, as far as it has a place."""
        where = self.facts["where"]
        words = {
            "row": self.env._("volume row"),
            "source": self.env._("from"),
            "position": self.env._("position"),
            "level": self.env._("level"),
            "measure": self.env._("figure"),
        }
        people = self.env["mlm.distributor"]
        shown = []
        for name, word in words.items():
            value = where.get(name)
            if name == "source" and value:
                value = people.browse(value).code
            elif name == "measure" and value:
                value = told.figure_text(value, self._lang(), self._plan())
            if value:
                shown.append(f"{word} {value}")
        return ", ".join(shown) + ": " if shown else ""

    def _figures(self, values, names):
        labels = {
            "amount_e4": self.env._("paid"),
            "breakage_e4": self.env._("breakage"),
            "base_e4": self.env._("base"),
            "rate_e6": self.env._("rate"),
            "fx_e6": self.env._("exchange rate"),
            "per_e6": self.env._("divided by"),
            "reason": self.env._("reason"),
            "cap_e4": self.env._("capped"),
            "scale_e4": self.env._("scaled"),
        }
        return ", ".join(
            f"{labels.get(name, '')} {self._figure(name, values[name])}".strip()
            for name in names
            if name in values
        )

    def _figure(self, name, value):
        formats, lang = Formats(self.env), self._lang()
        if name.endswith("_e4"):
            return formats.number(from_e4(value))
        if name == "rate_e6":
            return formats.percent(from_e4(value))
        if name in ("fx_e6", "per_e6"):
            return formats.number(from_e6(value))
        if name == "reason":
            return told.reason_text(codes.Reason[value], lang)
        if name in ("rank", "title"):
            return name_in(self._plan()["ranks"][value]["name"], lang)
        return str(value)

    def _lang(self):
        return self.audit_id.run_id.version_id._short_lang()

    def _plan(self):
        return self.audit_id.run_id.version_id._plan()
