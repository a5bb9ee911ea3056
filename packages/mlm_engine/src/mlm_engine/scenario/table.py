# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A played scenario as a command line shows it, in the language of its reader."""

from ..kernel.exact import E4
from ..kernel.text import _
from ..plan.document import iso_day, unscaled
from ..telling import problem_words
from ..telling.language import how_many, tell
from .expectation import COMPANY
from .figures import CycleFigures
from .warnings import warnings

_TOTALS = {
    "earnings": _("earnings"),
    "breakage": _("breakage"),
    "withheld": _("withheld"),
    "payable": _("payable"),
    "debit": _("debit"),
    "credit": _("credit"),
}


def table(played, lang):
    """Return earnings, ranks, carry, breakage and totals of each cycle."""
    lines = [played.scenario.title]
    if played.scenario.source:
        lines.append(tell(_("Source: {source}", source=played.scenario.source), lang))
    for cycle in played.periods:
        lines += ["", *_Cycle(played, cycle, lang).lines()]
    return "\n".join(lines) + "\n"


def warned(scenario, lang):
    """Return the warnings about the scenario and its plan; or nothing."""
    found = warnings(scenario)
    lines = ["", how_many(len(found), "{count} warning", "{count} warnings", lang) + ":"]
    lines += [f"  {problem_words.whole(item, lang)}" for item in found]
    return "\n".join([*lines, ""]) if found else ""


def verdict(scenario, found, lang):
    """Return whether it came as the file expects, and each difference.

    :param found: as ``report.differences`` gives them
    """
    if not scenario.expect or not found:
        said = _("As expected.") if scenario.expect else _("Nothing expected.")
        return f"\n{tell(said, lang)}\n"
    lines = ["", how_many(len(found), "{count} difference", "{count} differences", lang) + ":"]
    for place, item in found:
        where = place if isinstance(place, str) else tell(_("Cycle {number}", number=place), lang)
        lines.append(f"  {where}: {tell(item.text, lang)}")
    return "\n".join([*lines, ""])


def heading(cycle, lang):
    """Return what a cycle or longer period is called, as a heading."""
    label = tell(cycle.label, lang)
    return label[:1].upper() + label[1:]


class _Cycle:
    def __init__(self, played, cycle, lang):
        self.cycle, self.lang = cycle, lang
        self.figures = CycleFigures(played, cycle)
        self.currency = played.scenario.company.currency

    def tell(self, text):
        return tell(text, self.lang)

    def lines(self):
        cycle, figures = self.cycle, self.figures
        days = {name: iso_day(getattr(cycle, name)) for name in ("start", "end", "pay")}
        label = heading(cycle, self.lang)
        period = _("{label}: {start} to {end}, paid {pay}", label=label, **days)
        lines = [self.tell(period)]
        heads = [*self.who(""), *figures.bonuses, self.tell(_("total")), self.tell(_("rank"))]
        rows = [
            [
                *self.who(code),
                *self.amounts(row, code),
                figures.money(sum(row.values()), code),
                figures.ranks.get(code, ""),
            ]
            for code, row in sorted(figures.earnings.items())
        ]
        lines += self.grid(_("Earnings"), heads, rows)
        rows = [
            [*self.who(code), *self.amounts(row, code)]
            for code, row in sorted(figures.breakage.items())
        ]
        lines += self.grid(_("Breakage"), [*self.who(""), *figures.bonuses], rows)
        rows = [
            [
                code,
                bonus,
                *(unscaled(item.get(side, 0), E4) for side in ("carry_left", "carry_right")),
            ]
            for code, by_bonus in figures.carry.items()
            for bonus, item in by_bonus.items()
        ]
        heads = ["", *map(self.tell, (_("bonus"), _("left"), _("right")))]
        lines += self.grid(_("Carried over"), heads, rows)
        lines += [f"  {line}" for line in self.totals()]
        lines.append("  " + self.tell(_("Digest: {digest}", digest=cycle.result.digest)))
        return lines

    def who(self, code):
        """The first cells of a row: somebody, and of several companies also the currency."""
        if not self.cycle.snapshot.homes:
            return [code]
        if not code:
            return ["", ""]
        member = -1 if code == COMPANY else self.figures.codes.index(code)
        return [code, self.figures.exchange.currency(member)]

    def amounts(self, row, code):
        return (self.figures.money(row.get(bonus, 0), code) for bonus in self.figures.bonuses)

    def totals(self):
        """Sums in words: a line, or one of each company."""
        if not self.cycle.snapshot.homes:
            yield self._totals(self.figures.totals, -1, self.currency)
        for home, (code, row) in enumerate(self.figures.companies.items()):
            named = {
                "earnings": row["earned"],
                "withheld": row["withheld"],
                "payable": row["payable"],
            }
            yield f"{code}: " + self._totals(named, home, row["currency"])

    def _totals(self, totals, home, currency):
        found = ", ".join(
            f"{self.tell(_TOTALS[name])} {self.figures.money_of(value, home)}"
            for name, value in totals.items()
        )
        return self.tell(_("Totals ({currency}): {totals}", currency=currency, totals=found))

    def grid(self, title, heads, rows):
        title = self.tell(title)
        if not rows:
            return [f"  {title}: {self.tell(_('none'))}"]
        widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
        lines = [f"  {title}"]
        for row in [heads, *rows]:
            first, *others = zip(row, widths, strict=True)
            cells = [first[0].ljust(first[1]), *(text.rjust(width) for text, width in others)]
            lines.append("    " + "  ".join(cells).rstrip())
        return lines
