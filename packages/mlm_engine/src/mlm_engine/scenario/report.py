# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The JSON document of a played scenario, and what its parts are made of."""

from ..plan.document import iso_day, unscaled
from ..telling import explain, problem_words
from ..telling.view import View
from . import expectation
from .figures import CycleFigures
from .read_opening import CARRIED
from .warnings import warnings

SCHEMA = 1


def document(played, explained=True, lang="es", said="en"):
    """Return the JSON document (plain data) of a played scenario: ``cycles``, and
    ``periods`` for the longer ones, which also have a ``kind``.

    ``warnings``: what a person should read about the plan, in the language ``said``;
    explanations are in ``lang``. Per cycle: number, start, end, pay_date, earnings, breakage, ranks, carry,
    withheld, payable, entries, debit, credit, digest, explain, differences.
    Amounts are text in the currency of each person's company, carry in points. Of several
    companies ``companies`` stands for withheld, payable, debit and credit. ``entries`` is
    empty: the engine alone books nothing.
    """
    return {
        "schema": SCHEMA,
        "title": played.scenario.title,
        "plan": played.scenario.plan["code"],
        "warnings": [
            {
                "where": _place(item),
                "text": problem_words.text(item, said),
                "remedy": problem_words.remedy(item, said),
            }
            for item in warnings(played.scenario)
        ],
        "cycles": [_cycle(played, cycle, explained, lang) for cycle in played.cycles],
        "periods": [
            {"kind": period.kind, **_cycle(played, period, explained, lang)}
            for period in played.periods
            if period.kind
        ],
    }


def differences(played):
    """Return ``[(cycle number or label of a longer period, Difference)]`` from what the
    scenario expects."""
    found = []
    for cycle in played.periods:
        expected = played.scenario.expect.get(cycle.key)
        if expected:
            figures = CycleFigures(played, cycle)
            for item in expectation.compare(expected, figures):
                found.append((cycle.label if cycle.kind else cycle.number, item))
    return found


def explanations(played, cycle, lang="es", only=None):
    """Return ``{code: explanation}`` of everybody with a position or earnings, or of the one
    person of the code ``only``."""
    figures = CycleFigures(played, cycle)

    def name(kind, index):
        if kind == "row":
            sale, line = played.maker.row(cycle.snapshot.row_id[index])
            return f"{sale}/{line}"
        return figures.position(index) if kind == "position" else figures.member(index)

    view = View(cycle.snapshot, cycle.result, name, lang)
    people = set(cycle.snapshot.position_member.tolist())
    people |= set(cycle.result.earnings.payee.tolist())
    codes = {figures.member(member): member for member in range(cycle.snapshot.member_id.size)}
    if only is not None:
        people = {codes[only]} if only in codes else ()
    return {
        figures.member(member): explain.person(view, member)
        for member in sorted(people)
        if member >= 0
    }


def _cycle(played, cycle, explained, lang):
    figures = CycleFigures(played, cycle)
    expected = played.scenario.expect.get(cycle.key)
    found = expectation.compare(expected, figures) if expected else []
    result = {
        "number": cycle.number,
        "start": iso_day(cycle.start),
        "end": iso_day(cycle.end),
        "pay_date": iso_day(cycle.pay),
        "earnings": _money(figures, figures.earnings),
        "breakage": _money(figures, figures.breakage),
        "ranks": figures.ranks,
        "carry": {
            code: {bonus: _carried(item) for bonus, item in by_bonus.items()}
            for code, by_bonus in figures.carry.items()
        },
        **_sums(figures),
        "digest": cycle.result.digest,
    }
    if explained:
        result["explain"] = explanations(played, cycle, lang)
    result["differences"] = [
        {"where": item.where, "expected": item.expected, "actual": item.actual} for item in found
    ]
    return result


def _carried(figures):
    return {name: unscaled(value, CARRIED[name]) for name, value in figures.items()}


def _money(figures, found):
    return {
        code: {bonus: figures.money(value, code) for bonus, value in row.items()}
        for code, row in found.items()
    }


def _sums(figures):
    """Sums of one company, or of each of several."""
    if figures.cycle.snapshot.homes:
        companies = {
            code: {
                name: value if name == "currency" else figures.money_of(value, home)
                for name, value in row.items()
            }
            for home, (code, row) in enumerate(figures.companies.items())
        }
        return {"companies": companies, "entries": []}
    totals = {name: figures.money(value) for name, value in figures.totals.items()}
    return {
        "withheld": totals["withheld"],
        "payable": totals["payable"],
        "entries": [],
        "debit": totals["debit"],
        "credit": totals["credit"],
    }


def _place(problem):
    return ".".join(str(part) for part in problem.path)
