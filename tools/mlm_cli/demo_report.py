"""What `./mlm demo` shows: the figures of its cycles as tables a person can read."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

PAYEES_SHOWN = 15


def amount(value: Decimal | str) -> str:
    """An amount with thousands marked and two decimals: `1.234.567,00`, as Colombia writes it."""
    text = f"{Decimal(value):,.2f}"
    return text.translate(str.maketrans(",.", ".,"))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for number, row in enumerate([head, *rows]):
        first, *others = row
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  " + "  ".join([first.ljust(widths[0]), *cells]).rstrip()
        if number == 0:
            yield "  " + "-" * (sum(widths) + 2 * (len(widths) - 1))


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
        found.append(f"debits {amount(debit)} are not credits {amount(credit)}")
    if credit != total:
        found.append(f"credits {amount(credit)} are not earnings {amount(total)}")
    if parts != total:
        found.append(f"withheld + payable {amount(parts)} are not earnings {amount(total)}")
    return found


def lines(summary: dict[str, Any]) -> Iterator[str]:
    """The whole report."""
    names = summary.get("names", {})
    for cycle in summary["cycles"]:
        yield ""
        yield (
            f"Cycle {cycle['number']}: {cycle['start']} to {cycle['end']}, paid {cycle['pay_date']}"
        )
        yield from _bonuses(cycle)
        yield from _payees(cycle, names)
        yield from _ranks(cycle)
        yield from _entries(cycle)


def _bonuses(cycle: dict[str, Any]) -> Iterator[str]:
    totals: dict[str, list[Decimal]] = {}
    for bonuses in cycle["earnings"].values():
        for bonus, value in bonuses.items():
            totals.setdefault(bonus, []).append(Decimal(value))
    rows = [
        (bonus, str(len(values)), amount(sum(values, Decimal())))
        for bonus, values in sorted(totals.items())
    ]
    whole = sum(earned(cycle).values(), Decimal())
    yield ""
    yield from table(
        ("bonus", "payees", "amount"),
        [*rows, ("all bonuses", str(len(cycle["earnings"])), amount(whole))],
    )


def _payees(cycle: dict[str, Any], names: dict[str, str]) -> Iterator[str]:
    totals = earned(cycle)
    ordered = sorted(totals, key=lambda code: (-totals[code], code))
    columns = sorted({bonus for bonuses in cycle["earnings"].values() for bonus in bonuses})
    rows = []
    for code in ordered[:PAYEES_SHOWN]:
        bonuses = cycle["earnings"][code]
        paid = [amount(bonuses[name]) if name in bonuses else "" for name in columns]
        who = f"{code} {names.get(code, '')}".strip()[:36]
        rows.append((who, cycle["ranks"].get(code) or "", *paid, amount(totals[code])))
    if not rows:
        return
    yield ""
    yield from table(("payee", "rank", *columns, "earned"), rows)
    if len(ordered) > PAYEES_SHOWN:
        rest = sum((totals[code] for code in ordered[PAYEES_SHOWN:]), Decimal())
        yield f"  and {len(ordered) - PAYEES_SHOWN} more payees, together {amount(rest)}"


def _ranks(cycle: dict[str, Any]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for rank in cycle["ranks"].values():
        if rank:
            counts[rank] = counts.get(rank, 0) + 1
    if counts:
        shown = ", ".join(f"{rank} {count}" for rank, count in sorted(counts.items()))
        yield ""
        yield f"  ranks: {shown}"


def _entries(cycle: dict[str, Any]) -> Iterator[str]:
    entries = cycle["entries"]
    shown = entries if len(entries) <= 4 else [entries[0], "...", entries[-1]]
    total = sum(earned(cycle).values(), Decimal())
    yield ""
    yield f"  withheld {amount(cycle['withheld'])}, payable {amount(cycle['payable'])}"
    yield f"  journal entries ({len(entries)}): {', '.join(shown)}"
    wrong = problems(cycle)
    proof = (
        f"debits {amount(cycle['debit'])} = credits {amount(cycle['credit'])}"
        f" = earnings {amount(total)}"
    )
    yield f"  WRONG: {'; '.join(wrong)}" if wrong else f"  proof: {proof}"
    yield f"  digest {cycle['digest']}"


def logins(summary: dict[str, Any]) -> Iterator[str]:
    """The accounts to try the demo with; the summary names role, login and password of each."""
    accounts = summary.get("logins", [])
    if accounts:
        rows = [(one["role"], one["login"], one["password"]) for one in accounts]
        width = max(len(one[0]) for one in rows)
        yield "Log in as:"
        yield from (
            f"  {role.ljust(width)}  {login} / {password}" for role, login, password in rows
        )
