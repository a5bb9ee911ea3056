# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A plan as a document for distributors: everything it says, in plain words.

``document`` returns blocks that a screen and a PDF show alike::

    {"kind": "heading" or "text" or "note", "text": …}
    {"kind": "list", "items": […]}
    {"kind": "table", "head": […], "rows": [[…]]}

Each rule words its own bonus (``rule_words``); what it does not word is said from its
described parameters, so that nothing is missing.
"""

from datetime import date

from .. import rules
from ..form.parts import entry_fields, is_read, is_said, rule_fields, value_of
from ..form.say import (
    anything,
    conditions,
    entry,
    measure_name,
    name_of,
    named,
    number,
    statement,
    value_text,
)
from ..form.sections import BONUSES, CAPS, MEASURES, PAYOUT, RANK_POLICY
from ..kernel import periods
from ..kernel.text import _
from . import plan_words, rule_words, words
from .language import name_in, tell

#: Said elsewhere in the paragraph of a bonus, or not to distributors.
_SAID = ("code", "name", "rule", "period", "tree", "as_of", "grain", "pays_on")


def document(plan, lang="es", today=None):
    """Return the blocks of a canonical plan.

    :param today: ordinal of the day whose period is the example of pay dates
    """
    return _Document(plan, lang, today or date.today().toordinal()).blocks()


def period_name(code, kind, lang):
    """Return what people call a kind of period: a week, a month, else its code."""
    found = _PERIODS.get(kind["days"] if kind["kind"] == "days" else kind["kind"])
    return tell(found or code, lang)


_PERIODS = {
    7: _("week"),
    14: _("two weeks"),
    28: _("four weeks"),
    "month": _("month"),
    "weeks_of_month": _("month of whole weeks"),
}


class _Document:
    def __init__(self, plan, lang, today):
        self.plan, self.lang, self.today = plan, lang, today
        self.data = plan["source"]
        self.found = []

    def blocks(self):
        for part in (
            self.how_one_earns,
            self.only_sales,
            self.periods,
            self.activity,
            self.packages,
            self.bonuses,
            self.measures,
            self.ranks,
            self.caps,
            self.promotions,
            self.not_qualified,
            self.amounts,
            self.catalog,
        ):
            part()
        return self.found

    # -- blocks ----------------------------------------------------------

    def heading(self, key, **values):
        self.found.append({"kind": "heading", "text": self.said(key, **values)})

    def text(self, text):
        self.found.append({"kind": "text", "text": text})

    def paragraph(self, key, **values):
        self.text(self.said(key, **values))

    def said(self, key, **values):
        return tell(plan_words.WORDS[key], self.lang, **values)

    def items(self, items):
        if items:
            self.found.append({"kind": "list", "items": items})

    def table(self, head, rows):
        """A table without the columns in which nothing stands."""
        kept = [n for n in range(len(head)) if any(row[n] for row in rows)]
        if rows:
            self.found.append(
                {
                    "kind": "table",
                    "head": [head[n] for n in kept],
                    "rows": [[row[n] for n in kept] for row in rows],
                }
            )

    def period(self, code):
        return period_name(code, self.plan["periods"][code], self.lang)

    # -- parts -----------------------------------------------------------

    def how_one_earns(self):
        self.heading("how")
        if self.plan["valid_from"]:
            self.paragraph(
                "valid_text",
                name=name_in(self.plan["name"], self.lang),
                version=self.plan["version"],
                day=words.day(self.plan["valid_from"], self.lang),
            )
        self.paragraph("points_text", base=self.plan["base_currency"])
        self.items(
            [
                f"{name_in(bonus['name'], self.lang)}: "
                + tell(rule_words.of(bonus["rule"]).summary, self.lang)
                for bonus in self.plan["bonuses"]
            ]
        )

    def only_sales(self):
        self.heading("not_paid")
        self.paragraph("only_sales")

    def periods(self):
        self.heading("periods")
        items = []
        for code, kind in self.plan["periods"].items():
            number_ = periods.number_of(kind, self.today)
            start, end, pay = (words.day(day, self.lang) for day in periods.bounds(kind, number_))
            text = self.said(
                "period_text", code=self.period(code), number=number_, start=start, end=end, pay=pay
            )
            bonuses = [
                name_in(bonus["name"], self.lang)
                for bonus in self.plan["bonuses"]
                if bonus["period"] == code
            ]
            if bonuses:
                text += " " + self.said("period_bonuses", bonuses=", ".join(bonuses))
            items.append(text)
        self.items(items)

    def activity(self):
        rule = self.plan["activity"]
        self.heading("activity")
        if not rule or not any([rule["pv_e4"], *rule["by_rank_e4"]]):
            return self.paragraph("everybody_active")
        self.paragraph(
            "active_text" if rule["window"] > 1 else "active_text_one",
            pv=words.points(rule["pv_e4"], self.lang),
            window=rule["window"],
            period=self.period(rule["period"]),
        )
        by_rank = (self.data.get("activity") or {}).get("by_rank") or {}
        self.items(
            [
                f"{name_of('ranks', code, self.lang, self.data)}: {number(pv, self.lang)} PV"
                for code, pv in by_rank.items()
            ]
        )

    def packages(self):
        if not self.plan["packages"]:
            return
        self.heading("packages")
        ranks = self.plan["ranks"]
        self.table(
            [self.said(key) for key in ("package", "pct", "months", "repeat", "grants")],
            [
                [
                    name_in(package["name"], self.lang),
                    words.percent(package["rate_e6"], self.lang) if package["rate_e6"] else "",
                    str(package["months"] or self.said("no_end")),
                    words.percent(package["repeat_rate_e6"], self.lang)
                    if package["repeat_rate_e6"] is not None
                    else "",
                    ranks[package["rank"]]["name"][self.lang] if package["rank"] >= 0 else "",
                ]
                for package in self.plan["packages"]
            ],
        )

    def bonuses(self):
        for bonus, written in zip(self.plan["bonuses"], self.data["bonuses"], strict=True):
            self.found.append({"kind": "heading", "text": name_in(bonus["name"], self.lang)})
            name, fields = bonus["rule"], rule_fields(bonus["rule"])
            params = {item["key"]: value_of(item, written) for item in fields}
            said = rule_words.of(name)
            for paragraph in said.earned(params, self.data, self.lang):
                self.text(paragraph)
            label = tell(rules.get(name).label, self.lang)
            self.paragraph("bonus_text", rule=label, period=self.period(bonus["period"]))
            items = []
            for item in fields:
                if is_read(item, fields, written):
                    self.parameter(item, params[item["key"]], items)
            for item in entry_fields(BONUSES, written):
                if item["key"] in _SAID or item.get("in") or item["key"] not in written:
                    continue
                items.append(statement(item, value_of(item, written), self.lang, self.data))
            self.items(items)
            worked = said.worked(params, self.data, self.lang)
            told = [("example", text) for text in worked]
            if not told and said.tiny:  # of the rule, with figures that are not this plan's
                told = [("example_other", name_in(said.tiny, self.lang))]
            for key, paragraph in told:
                text = self.said(key, text=paragraph)
                self.found.append({"kind": "note", "text": text})

    def parameter(self, item, value, items):
        """One parameter: a table where it is one, else a sentence; silent if empty."""
        if not is_said(item, value):
            return
        if item["kind"] == "grid" and isinstance(value, dict):
            self.grid(item, value)
        elif item["kind"] == "entries" and isinstance(value, list):
            self.text(tell(item["label"], self.lang) + ":")
            self.items([entry(item, one, self.lang, self.data) for one in value])
        elif item["kind"] == "steps" and isinstance(value, list):
            self.text(tell(item["label"], self.lang) + ":")
            self.table(
                [tell(text, self.lang) for _kind, text in item["columns"].values()],
                [
                    [
                        value_text({"kind": kind}, row.get(key, 0), self.lang, self.data)
                        for key, (kind, _text) in item["columns"].items()
                    ]
                    for row in value
                ],
            )
        else:
            items.append(statement(item, value, self.lang, self.data))

    def grid(self, item, value):
        self.text(tell(item["label"], self.lang) + ":")
        cell = {"kind": item["cell"], "unit": item.get("unit")}
        rows = [one if isinstance(one, list) else [one] for one in value.values()]
        wide = max(len(row) for row in rows)
        head = [""] + ([f"{self.said('level')} {n + 1}" for n in range(wide)] if wide > 1 else [""])
        self.table(
            head,
            [
                [
                    name_of(item["section"], code, self.lang, self.data),
                    *(value_text(cell, one, self.lang, self.data) for one in row),
                    *[""] * (wide - len(row)),
                ]
                for code, row in zip(value, rows, strict=True)
            ],
        )

    def measures(self):
        if not self.plan["measures"]:
            return
        self.heading("measures")
        items = []
        for measure in self.data["measures"]:
            parts = [
                say_field
                for fields in [entry_fields(MEASURES, measure)]
                for item in fields
                if item["key"] not in ("code", "name") and item["key"] in measure
                if is_read(item, fields, measure) and is_said(item, measure[item["key"]])
                for say_field in [statement(item, measure[item["key"]], self.lang, self.data)]
            ]
            kind = next(one for one in _measure_kinds() if one["value"] == measure["kind"])
            text = (
                f"{named(measure, measure['code'], self.lang)} ({tell(kind['label'], self.lang)})"
            )
            items.append(text + (": " + "; ".join(parts) if parts else ""))
        self.items(items)

    def ranks(self):
        if not self.plan["ranks"]:
            return
        self.heading("ranks")
        rows = []
        for rank, written in zip(self.plan["ranks"], self.data["ranks"], strict=True):
            asked = []
            if written.get("measure") and rank["requires"]:
                name = measure_name(written["measure"], self.lang, self.data)
                asked.append(f"{name} ≥ {number(written.get('min', 0), self.lang)}")
            if written.get("requires"):
                asked.append(conditions(written["requires"], self.lang, self.data))
            rate = words.percent(rank["rate_e6"], self.lang) if rank["rate_e6"] else ""
            asked = "; ".join(asked) or self.said("everybody")
            rows.append([name_in(rank["name"], self.lang), asked, rate])
        self.table([self.said("rank"), self.said("requires"), self.said("pct")], rows)
        policy = self.data.get("rank_policy") or {}
        self.items(
            [
                statement(item, value_of(item, policy), self.lang, self.data)
                for item in RANK_POLICY["fields"]
                if value_of(item, policy) is not None
            ]
        )

    def caps(self):
        items = []
        for cap in self.data.get("caps") or []:
            parts = [
                statement(item, cap[item["key"]], self.lang, self.data)
                for item in CAPS["fields"]
                if item["key"] not in ("code", "name") and is_said(item, cap.get(item["key"]))
            ]
            items.append(f"{named(cap, cap['code'], self.lang)}: " + "; ".join(parts))
        company = self.data.get("payout") or {}
        items += [
            statement(item, company[item["key"]], self.lang, self.data)
            for item in PAYOUT["fields"]
            if is_said(item, company.get(item["key"])) and is_read(item, PAYOUT["fields"], company)
        ]
        self.heading("caps")
        if items:
            self.items(items)
        else:
            self.paragraph("no_caps")

    def promotions(self):
        if not self.plan["promotions"]:
            return
        self.heading("promotions")
        self.table(
            ["", self.said("pct"), self.said("from"), self.said("to")],
            [
                [
                    name_in(promotion["name"], self.lang),
                    words.percent(promotion["rate_e6"], self.lang),
                    words.day(promotion["from"], self.lang),
                    words.day(promotion["to"], self.lang),
                ]
                for promotion in self.plan["promotions"]
            ],
        )

    def not_qualified(self):
        self.heading("unqualified")
        keys = ["unqualified_1", "unqualified_2", "unqualified_3"]
        if not any(rules.get(item["rule"]).on_positions for item in self.plan["bonuses"]):
            keys.remove("unqualified_2")  # no points wait on anything
        self.items([self.said(key) for key in keys])

    def amounts(self):
        self.heading("money")
        one = self.plan["base_currency"] == self.plan["company_currency"]
        self.paragraph(
            "money_text_one" if one else "money_text",
            base=self.plan["base_currency"],
            company=self.plan["company_currency"],
            rounding=words.rounding(self.plan["rounding"]["mode"], self.lang),
            unit=words.points(self.plan["rounding"]["unit_e4"], self.lang),
        )

    def catalog(self):
        if not self.plan["catalog"]:
            return
        self.heading("catalog")
        self.table(
            ["", "PV", "CV", f"{self.said('price')} ({self.plan['company_currency']})"],
            [
                [
                    name_in(product["name"], self.lang),
                    *(
                        words.points(product[key], self.lang)
                        for key in ("pv_e4", "cv_e4", "price_e4")
                    ),
                ]
                for product in self.plan["catalog"]
            ],
        )
        sources = self.data.get("sources")
        if sources:
            self.paragraph("sources_text", sources=anything(sources, self.lang))


def _measure_kinds():
    from ..form.parts import variants_of  # noqa: PLC0415 - only plans with measures ask

    return variants_of(MEASURES)
