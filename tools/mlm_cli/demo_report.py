"""What `./mlm demo` shows: the figures of its cycles as tables a person can read."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from .language import _, how_many, number, spoken
from .paths import STATE

#: What was read last, for whoever serves the demo again.
SUMMARY = STATE / "demo-summary.json"
PAYEES_SHOWN = 15
AT_LENGTH = 2  # cycles


def amount(value: Decimal | str) -> str:
    """An amount as the reader's language writes it, cents only where there are some."""
    value = Decimal(value)
    return number(value, 0 if value == value.to_integral_value() else 2)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table: amounts and counts to the right, everything else to the left."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    right = [
        any(row[column] for row in rows) and all(_is_number(row[column]) for row in rows)
        for column in range(len(head))
    ]
    for place, row in enumerate([head, *rows]):
        cells = [
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ]
        yield "  " + "  ".join(cells).rstrip()
        if place == 0:
            yield "  " + "-" * (sum(widths) + 2 * (len(widths) - 1))


def _is_number(text: str) -> bool:
    return not text.strip("-.,0123456789")


def earned(cycle: dict[str, Any]) -> dict[str, Decimal]:
    """Total earnings by distributor."""
    return {
        code: sum((Decimal(value) for value in bonuses.values()), Decimal())
        for code, bonuses in cycle["earnings"].items()
    }


def problems(cycle: dict[str, Any]) -> list[str]:
    """Which of debits = credits = earnings = withheld + payable does not hold."""
    total = sum(earned(cycle).values(), Decimal())
    debit, credit = Decimal(cycle["debit"]), Decimal(cycle["credit"])
    parts = Decimal(cycle["withheld"]) + Decimal(cycle["payable"])
    found = []
    if debit != credit:
        found.append(_unequal(_("debits"), debit, _("credits"), credit))
    if credit != total:
        found.append(_unequal(_("credits"), credit, _("earnings"), total))
    if parts != total:
        found.append(_unequal(_("withheld + payable"), parts, _("earnings"), total))
    return found


def _unequal(name: str, one: Decimal, other: str, two: Decimal) -> str:
    return f"{name} {amount(one)} ≠ {other} {amount(two)}"


def lines(summary: dict[str, Any]) -> Iterator[str]:
    """The whole report: the first cycles at length, the later ones a line each.

    :param summary: `cycles` as in the command's contract; `names` by code, `readable` per cycle
        (names of bonuses by code, payees with what was withheld, ranks by name, who computed and
        approved) and `proof` (sentences) are shown where they are given
    """
    readable = {one["number"]: one for one in summary.get("readable", [])}
    for cycle in summary["cycles"][:AT_LENGTH]:
        more = readable.get(cycle["number"], {})
        yield ""
        yield _(
            "Cycle {number}: {start} to {end}, pay date {pay_date}",
            **{name: cycle[name] for name in ("number", "start", "end", "pay_date")},
        )
        called = more.get("bonuses", {})
        yield from _bonuses(cycle, called)
        yield from _payees(cycle, called, more.get("payees") or _plain_payees(cycle, summary))
        yield from _ranks(cycle, more.get("ranks"))
        yield from _entries(cycle, more)
    if summary["cycles"][AT_LENGTH:]:
        yield ""
        yield _("Later cycles, up to the present one")
        yield ""
        sums = (_("earned"), _("withheld"), _("payable"))
        yield from table(
            (_("cycle"), _("from"), _("to"), _("payees"), *sums),
            [_line(cycle) for cycle in summary["cycles"][AT_LENGTH:]],
        )
    if summary.get("proof"):
        yield ""
        yield from summary["proof"]


def _line(cycle: dict[str, Any]) -> tuple[str, ...]:
    total = sum(earned(cycle).values(), Decimal())
    sums = (amount(total), amount(cycle["withheld"]), amount(cycle["payable"]))
    return str(cycle["number"]), cycle["start"], cycle["end"], number(len(cycle["earnings"])), *sums


def contradictions(summary: dict[str, Any]) -> list[str]:
    """Everything in a summary that does not agree with everything else."""
    return [
        *(problem for cycle in summary["cycles"] for problem in problems(cycle)),
        *(
            _("the engine alone differs: {what}", what=one)
            for one in summary.get("differences", [])
        ),
        *(
            _("an integrity rule is violated: {what}", what=_law(one))
            for one in summary.get("laws", [])
        ),
    ]


def _law(violation: dict[str, Any]) -> str:
    return ": ".join(violation[name] for name in ("law", "subject", "detail"))


def _bonuses(cycle: dict[str, Any], called: dict[str, str]) -> Iterator[str]:
    totals: dict[str, list[Decimal]] = {}
    for bonuses in cycle["earnings"].values():
        for bonus, value in bonuses.items():
            totals.setdefault(bonus, []).append(Decimal(value))
    rows = [
        (called.get(bonus, bonus), number(len(values)), amount(sum(values, Decimal())))
        for bonus, values in sorted(totals.items())
    ]
    whole = sum(earned(cycle).values(), Decimal())
    yield ""
    yield from table(
        (_("bonus"), _("payees"), _("amount")),
        [*rows, (_("all bonuses"), number(len(cycle["earnings"])), amount(whole))],
    )


def _plain_payees(cycle: dict[str, Any], summary: dict[str, Any]) -> list[dict[str, Any]]:
    """The payees of a cycle of which nothing but the contract is known."""
    names, totals = summary.get("names", {}), earned(cycle)
    return [
        {
            "code": code,
            "name": names.get(code, ""),
            "rank": _rank(cycle["ranks"].get(code)),
            "bonuses": cycle["earnings"][code],
            "gross": totals[code],
        }
        for code in sorted(totals, key=lambda code: (-totals[code], code))
    ]


def _rank(rank: str | None) -> str:
    return "" if rank in (None, "none") else str(rank)


def _payees(
    cycle: dict[str, Any], called: dict[str, str], payees: list[dict[str, Any]]
) -> Iterator[str]:
    if not payees:
        return
    bonuses = sorted({bonus for paid in cycle["earnings"].values() for bonus in paid})
    names = {"gross": _("gross"), "withheld": _("withheld"), "net": _("net")}
    sums = [key for key in names if key in payees[0]]
    rows = []
    for one in payees[:PAYEES_SHOWN]:
        paid = [amount(one["bonuses"][name]) if name in one["bonuses"] else "" for name in bonuses]
        who = f"{one['code']} {one['name']}".strip()[:36]
        rows.append((who, one["rank"] or "", *paid, *(amount(one[key]) for key in sums)))
    yield ""
    columns = (*(called.get(bonus, bonus) for bonus in bonuses), *(names[key] for key in sums))
    yield from table((_("payee"), _("rank"), *columns), rows)
    totals = earned(cycle)
    others = set(totals) - {one["code"] for one in payees[:PAYEES_SHOWN]}
    if others:
        rest = sum((totals[code] for code in others), Decimal())
        yield "  " + how_many(
            len(others),
            "and {count} more payee, {amount}",
            "and {count} more payees, together {amount}",
            amount=amount(rest),
        )


def _ranks(cycle: dict[str, Any], named: list[dict[str, Any]] | None) -> Iterator[str]:
    if named is None:
        ranks = [shown for rank in cycle["ranks"].values() if (shown := _rank(rank))]
        named = [{"rank": rank, "people": ranks.count(rank)} for rank in sorted(set(ranks))]
    if named:
        yield ""
        shown = ", ".join(f"{one['rank']} {number(one['people'])}" for one in named)
        yield "  " + _("ranks: {ranks}", ranks=shown)


def _entries(cycle: dict[str, Any], more: dict[str, Any]) -> Iterator[str]:
    entries = cycle["entries"]
    shown = entries if len(entries) <= 4 else [entries[0], "...", entries[-1]]
    total = sum(earned(cycle).values(), Decimal())
    yield ""
    withheld, payable = amount(cycle["withheld"]), amount(cycle["payable"])
    yield "  " + _("withheld {withheld}, payable {payable}", withheld=withheld, payable=payable)
    if more.get("computed_by"):
        yield "  " + _(
            "computed by {computed_by}, approved by {approved_by}",
            computed_by=more["computed_by"],
            approved_by=more["approved_by"],
        )
    yield "  " + _(
        "journal entries ({count}): {names}", count=number(len(entries)), names=", ".join(shown)
    )
    if wrong := problems(cycle):
        yield "  " + _("WRONG: {problems}", problems="; ".join(wrong))
    else:
        yield "  " + _(
            "proof: debits {debits} = credits {credits} = earnings {earnings}",
            debits=amount(cycle["debit"]),
            credits=amount(cycle["credit"]),
            earnings=amount(total),
        )
    yield "  " + _("result {digest}", digest=cycle["digest"])


def logins(summary: dict[str, Any]) -> Iterator[str]:
    """The accounts to try the demo with.

    The summary gives `{language: [{role, name, login, password}]}`, an older one a list.
    """
    accounts = summary.get("logins", [])
    if isinstance(accounts, dict):
        accounts = accounts[spoken()]
    if accounts:
        head = {
            "role": _("role"),
            "name": _("name"),
            "login": _("login"),
            "password": _("password"),
        }
        yield _("Log in as:")
        yield from table(
            list(head.values()), [[one.get(key, "") for key in head] for one in accounts]
        )
