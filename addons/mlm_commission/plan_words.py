# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A plan in words and tables, from its canonical document.

Used by the plan form and, later, by the plan document that the law asks for.
Wording of parameters comes from the rule files.
"""

from .engine import rules
from .engine import words as engine_words
from .engine.document import unscaled
from .engine.exact import E4, E6
from .engine.params import describe

WORDS = {
    "es": {
        "basics": "Lo básico",
        "base": "Moneda de base",
        "rounding": "Redondeo por renglón",
        "active": "Activo con PV propio de",
        "window": "en una ventana de (ciclos)",
        "valid": "Vigente desde",
        "packages": "Paquetes",
        "package": "Paquete",
        "pct": "Porcentaje",
        "months": "Meses",
        "repeat": "Al repetir",
        "no_end": "sin término",
        "ranks": "Rangos",
        "rank": "Rango",
        "minimum": "CV pagado mínimo",
        "promotions": "Promociones",
        "from": "Desde",
        "to": "Hasta",
        "generation": "Generación",
        "yes": "Sí",
        "no": "No",
        "own_pv": "PV propio desde",
        "paid": "se paga",
        "no_parameters": "Parámetros",
        "by_rule": "ninguno: la regla lo decide todo",
    },
    "en": {
        "basics": "Basics",
        "base": "Base currency",
        "rounding": "Rounding per row",
        "active": "Active with own PV of",
        "window": "in a window of (cycles)",
        "valid": "Valid from",
        "packages": "Packages",
        "package": "Package",
        "pct": "Percentage",
        "months": "Months",
        "repeat": "When repeated",
        "no_end": "no end",
        "ranks": "Ranks",
        "rank": "Rank",
        "minimum": "Least CV paid",
        "promotions": "Promotions",
        "from": "From",
        "to": "To",
        "generation": "Generation",
        "yes": "Yes",
        "no": "No",
        "own_pv": "Own PV from",
        "paid": "pays",
        "no_parameters": "Parameters",
        "by_rule": "none: the rule decides all",
    },
}


def points(value_e4, lang="en"):
    """``15000000`` → ``1,500``, in Spanish ``1.500``."""
    return engine_words.number(unscaled(value_e4, E4), lang)


def percent(rate_e6, lang="en"):
    """``175000`` → ``17.5 %``, in Spanish ``17,5 %``."""
    if rate_e6 is None:
        return "—"
    return engine_words.number(unscaled(rate_e6, E6 // 100), lang) + " %"


def sections(plan, lang):
    """Return ``[{title, pairs: [(label, text)], head: [..], rows: [[..]]}]``."""
    words = WORDS[lang]
    found = [_basics(plan, words, lang)]
    if plan["packages"]:
        found.append(
            {
                "title": words["packages"],
                "pairs": [],
                "head": [
                    words["package"],
                    words["pct"],
                    words["months"],
                    words["repeat"],
                ],
                "rows": [
                    [
                        package["name"][lang],
                        percent(package["rate_e6"], lang),
                        package["months"] or words["no_end"],
                        percent(package["repeat_rate_e6"], lang),
                    ]
                    for package in plan["packages"]
                ],
            }
        )
    if plan["ranks"]:
        found.append(
            {
                "title": words["ranks"],
                "pairs": [],
                "head": [words["rank"], words["minimum"], words["pct"]],
                "rows": [
                    [
                        rank["name"][lang],
                        points(rank["min_e4"], lang),
                        percent(rank["rate_e6"], lang),
                    ]
                    for rank in plan["ranks"]
                ],
            }
        )
    if plan["promotions"]:
        found.append(
            {
                "title": words["promotions"],
                "pairs": [],
                "head": ["", words["pct"], words["from"], words["to"]],
                "rows": [
                    [
                        promotion["name"][lang],
                        percent(promotion["rate_e6"], lang),
                        engine_words.day(promotion["from"], lang),
                        engine_words.day(promotion["to"], lang),
                    ]
                    for promotion in plan["promotions"]
                ],
            }
        )
    return found + [_bonus(plan, bonus, words, lang) for bonus in plan["bonuses"]]


def markdown(plan, lang):
    """Return the sections of a plan as one Markdown text."""
    lines = [f"# {plan['name'][lang]}"]
    for section in sections(plan, lang):
        lines += ["", f"## {section['title']}", ""]
        lines += [f"- {label}: {text}" for label, text in section["pairs"]]
        if section["rows"]:
            head = section["head"] or [""] * len(section["rows"][0])
            lines += ["", _line(head), _line(["---"] * len(head))]
            lines += [_line(row) for row in section["rows"]]
    return "\n".join(lines) + "\n"


def _line(cells):
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _basics(plan, words, lang):
    pairs = [
        (words["base"], f"{plan['base_currency']} → {plan['company_currency']}"),
        (words["rounding"], points(plan["rounding"]["unit_e4"], lang)),
    ]
    if plan["valid_from"]:
        pairs.append((words["valid"], engine_words.day(plan["valid_from"], lang)))
    if plan["activity"]:
        pairs += [
            (words["active"], points(plan["activity"]["pv_e4"], lang)),
            (words["window"], plan["activity"]["window"]),
        ]
    return {"title": words["basics"], "pairs": pairs, "head": [], "rows": []}


def _bonus(plan, bonus, words, lang):
    section = {"title": bonus["name"][lang], "pairs": [], "head": [], "rows": []}
    if not describe(rules.get(bonus["rule"]).Params):
        section["pairs"].append((words["no_parameters"], words["by_rule"]))
    for item in describe(rules.get(bonus["rule"]).Params):
        value = bonus["params"].get(item["field"])
        if item["kind"] == "table":
            _table(section, plan, item, value, words, lang)
        else:
            section["pairs"].append((item[lang], _text(item, value, words, lang)))
    return section


def _text(item, value, words, lang):
    if item["kind"] == "flag":
        return words["yes"] if value else words["no"]
    if item["kind"] == "percent":
        return percent(value, lang)
    if item["kind"] in ("points", "money"):
        return points(value, lang) if value is not None else "—"
    labels = {name: texts[0 if lang == "es" else 1] for name, texts in item["options"].items()}
    if item["kind"] == "ordered":
        return " › ".join(labels[one] for one in value)
    return labels.get(value, value)


def _table(section, plan, item, value, words, lang):
    if not value:
        return
    if isinstance(value, list):
        section["head"] = [
            item[lang],
            *(f"{words['generation']} {n + 1}" for n in range(len(value[0]))),
        ]
        section["rows"] = [
            [package["name"][lang], *(points(amount, lang) for amount in amounts)]
            for package, amounts in zip(plan["packages"], value, strict=True)
            if any(amounts)
        ]
        return
    for generation, tiers in value.items():
        text = ", ".join(
            f"{words['own_pv']} {points(pv_e4, lang)}: {words['paid']} {percent(rate_e6, lang)}"
            for pv_e4, rate_e6 in tiers
        )
        section["pairs"].append((f"{words['generation']} {generation}", text))
