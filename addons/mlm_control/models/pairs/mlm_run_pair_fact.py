# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, timezone

from mlm_engine.kernel import codes
from mlm_engine.telling import codes as told
from mlm_engine.telling.language import name_in
from mlm_engine.telling.plan_diff import diff

from odoo import api, fields, models

from odoo.addons.mlm_base.exact import from_e4, from_e6
from odoo.addons.mlm_base.formats import Formats

from .mlm_run_pair_cause import KINDS

# In the order in which a snapshot counts them.
_KINDS_OF_MEMBER = ("distributor", "preferred", "customer")
_STATES_OF_MEMBER = ("active", "suspended", "terminated")
_LISTS = {
    "bonus": "bonuses",
    "package": "packages",
    "promotion": "promotions",
    "rank": "ranks",
    "title": "ranks",
    "paid": "ranks",
    "tree": "trees",
    "product": "catalog",
    "measure": "measures",
    "from": "packages",
    "index": "promotions",
}
# Lines of a plan's differences that stand in a table; the plan itself has them all.
_LINES = 20


class MlmRunPairFact(models.Model):
    """Something that differs between the inputs of two runs of a cycle.

    Ids and codes are kept, as `mlm_engine/sides/facts.py` gives them, and told in the
    language of the reader.
    """

    _name = "mlm.run.pair.fact"
    _description = "Difference in the Inputs of Two Runs"
    _inherit = "mlm.guarded"
    _order = "id"
    _log_access = False
    _server_only = True

    pair_id = fields.Many2one("mlm.run.pair", required=True, index=True, ondelete="cascade")
    kind = fields.Selection(KINDS, required=True)
    what = fields.Selection(
        [
            ("member", "Person"),
            ("sponsor", "Sponsor"),
            ("link", "Change of sponsor inside the cycle"),
            ("position", "Position"),
            ("window", "Own volume before the cycle"),
            ("rank", "Rank before the cycle"),
            ("carry", "Carried over"),
            ("held", "Package bought before the cycle"),
            ("prior", "Figure of earlier cycles"),
            ("earned", "Paid in shorter cycles"),
            ("state", "Kept from earlier cycles"),
            ("row", "Sale or return"),
            ("former", "Earlier sponsor, for a return"),
            ("moved", "Earlier place, for a return"),
            ("fed", "Excess of own purchases, for a return"),
            ("override", "Rank set by decision"),
            ("promotion", "Takes part in a promotion"),
            ("rate", "Exchange rate"),
            ("plan", "Plan"),
        ],
        required=True,
    )
    change = fields.Selection(
        [("came", "Only in the second"), ("went", "Only in the first"), ("changed", "Different")],
        required=True,
    )
    distributor_id = fields.Many2one(
        "mlm.distributor", index="btree_not_null", ondelete="cascade", string="Person"
    )
    entry_id = fields.Many2one(
        "mlm.volume.entry", index="btree_not_null", ondelete="cascade", string="Ledger row"
    )
    order_name = fields.Char(related="entry_id.order_name")
    old_values = fields.Json()
    new_values = fields.Json()
    old = fields.Text(compute="_compute_told", string="First")
    new = fields.Text(compute="_compute_told", string="Second")

    @api.depends("what", "distributor_id", "entry_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        words = dict(self._fields["what"]._description_selection(self.env))
        for fact in self:
            about = fact.order_name or fact.distributor_id.display_name
            fact.display_name = " · ".join(filter(None, (words[fact.what], about)))

    @api.depends("what", "old_values", "new_values")
    @api.depends_context("lang")
    def _compute_told(self):
        for fact in self:
            pair = fact.pair_id
            if fact.what == "plan":
                fact.old, fact.new = pair.before_id.version_id.display_name, fact._tell_plan()
                continue
            teller = _Teller(self.env, pair)
            fact.old, fact.new = (
                teller.tell(values, fact.change != "changed") if values else False
                for values in (fact.old_values, fact.new_values)
            )

    def _tell_plan(self):
        """The plan of the second run, and what it says otherwise than that of the first."""
        plans = [run.version_id for run in (self.pair_id.before_id, self.pair_id.after_id)]
        sections = diff(*(version._plan()["source"] for version in plans), plans[1]._short_lang())
        lines = [change["text"] for section in sections for change in section["changes"]]
        if len(lines) > _LINES:
            more = self.env._("and %(count)s more", count=len(lines) - _LINES)
            lines = [*lines[:_LINES], more]
        return "\n".join([plans[1].display_name, *lines])

    def action_open(self):
        """What it is about: the row of the ledger, the person, or the plan."""
        self.ensure_one()
        about = self.entry_id or self.distributor_id or self.pair_id.after_id.version_id
        return about.get_formview_action()


class _Teller:
    """Words for the columns of a snapshot; one pair and one language."""

    def __init__(self, env, pair):
        self.env, self.pair = env, pair
        self.formats = Formats(env)
        self.versions = [run.version_id for run in (pair.after_id, pair.before_id)]
        self.lang = self.versions[0]._short_lang()

    def tell(self, values, whole):
        """``"PV 50, CV 40"``: what is known of one side, of a whole row without its zeros."""
        words = self.words()
        shown = {name: self.value(name, values[name]) for name in words if name in values}
        if whole:
            shown = {name: text for name, text in shown.items() if text != "0"}
        parts = [f"{words[name]} {text}".strip() for name, text in shown.items() if text]
        measure = next((name for name in values if name.endswith("_measure")), None)
        if measure:
            number = self.number(values[measure], values[f"{measure.partition('_')[0]}_value"])
            parts.append(f"{self.figure(values[measure])}: {number}")
        return ", ".join(parts)

    def words(self):
        """``{column: word before its value}`` of what is told; others say nothing to people."""
        _ = self.env._
        return {
            "member_kind": "",
            "member_state": "",
            "member_joined": _("enrolled on"),
            "member_home": _("company"),
            "sponsor": "",
            "link_sponsor": "",
            "link_moment": _("until"),
            "position_member": "",
            "position_parent": _("below"),
            "position_leg": _("spot"),
            "position_tree": _("tree"),
            "window_pv_e4": "PV",
            "window_package_pv_e4": _("of packages"),
            "member_title": _("title"),
            "member_paid": _("paid as"),
            "member_misses": _("cycles missed"),
            "carry_bonus": "",
            "held_package": "",
            "held_package_from": _("from"),
            "held_moment": _("on"),
            "prior_age": _("cycles ago:"),
            "earned_bonus": "",
            "earned_amount_e4": "",
            "state_bonus": "",
            "row_member": _("counts for"),
            "row_buyer": _("buyer"),
            "row_position": _("position"),
            "row_moment": _("on"),
            "row_pv_e4": "PV",
            "row_cv_e4": "CV",
            "row_package": _("package"),
            "row_package_from": _("from"),
            "row_package_qty": _("packages"),
            "row_retail_e4": _("retail profit"),
            "row_product": "",
            "row_reversal": "",
            "former_sponsor": "",
            "former_until": _("until"),
            "moved_parent": _("below"),
            "moved_leg": _("spot"),
            "moved_until": _("until"),
            "fed_bonus": "",
            "fed_left_e4": _("left"),
            "fed_right_e4": _("right"),
            "override_rank": "",
            "override_exact": "",
            "promotion_index": "",
            "rate": "",
            "fx_e6": "",
        }

    def value(self, name, value):
        """Return a value as people write it, "" where there is nothing to say."""
        rest = name.rpartition("_")[2]
        if value is None:
            return ""
        if name == "member_kind":
            return self.choice("kind", _KINDS_OF_MEMBER[value])
        if name == "member_state":
            return self.choice("state", _STATES_OF_MEMBER[value])
        if name == "member_home":
            return self.home(value)
        if name == "row_reversal":
            return self.env._("return") if value else ""
        if name == "override_exact":
            return self.env._("exactly") if value else self.env._("at least")
        if name == "rate":
            return value or self.pair.after_id.currency_id.name
        if name.endswith("_leg"):
            return self.leg(value)
        if name in ("sponsor", "link_sponsor", "former_sponsor") or rest in ("member", "buyer"):
            return self.person(value)
        if rest in ("position", "parent"):
            return self.position(value)
        if name.endswith("_e4"):
            return self.formats.number(from_e4(value))
        if name.endswith("_e6"):
            return self.formats.number(from_e6(value))
        if rest == "joined":
            return self.formats.day(date.fromordinal(value))
        if rest in ("moment", "until"):
            moment = datetime.fromtimestamp(value, timezone.utc).replace(tzinfo=None)
            return self.formats.moment(moment)
        if rest in _LISTS:
            return self.entry(_LISTS[rest], value)
        return str(value)

    def choice(self, name, value):
        field = self.env["mlm.distributor"]._fields[name]
        return dict(field._description_selection(self.env))[value]

    def home(self, value):
        # sudo: the companies of a network are no secret to who reads its runs
        homes = self.pair.network_id.sudo()._get_homes()
        return homes[value].name if 0 <= value < len(homes) else ""

    def person(self, value):
        if value < 0:
            return self.env._("nobody")
        return self.env["mlm.distributor"].browse(value).display_name

    def position(self, value):
        # sudo: the code of a position of the network
        return self.env["mlm.position"].sudo().browse(value).code if value >= 0 else ""

    def leg(self, value):
        sides = {0: self.env._("1 (left)"), 1: self.env._("2 (right)")}
        return sides.get(value, str(value + 1)) if value >= 0 else ""

    def entry(self, part, code):
        """Name of an entry of the plan, of whichever plan has it."""
        for version in self.versions:
            for item in version._plan()[part]:
                if item["code"] == code and item.get("name"):
                    return name_in(item["name"], self.lang)
        return code or ""

    def plan(self):
        return self.versions[0]._plan()

    def figure(self, value):
        """Name of a figure: a code, or of a plan's own measure its code there."""
        if isinstance(value, str):
            return self.entry("measures", value)
        return told.figure_text(value, self.lang, self.plan())

    def number(self, code, value):
        """A figure in its own unit."""
        if isinstance(code, str):
            found = next((one for one in self.plan()["measures"] if one["code"] == code), None)
            scaled = not found or found["volume"]
        else:
            scaled = codes.figure_unit(code, self.plan()) in ("pv", "cv", "rate")
        return self.formats.number(from_e4(value) if scaled else value)
