# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Examples computed from a plan's own numbers, shared by rules.

``params`` is the document's mapping with defaults; numbers are taken exactly and shown
with two decimals at most.
"""

from decimal import ROUND_HALF_UP, Decimal

from ..kernel.text import _
from .language import tell
from .words import number as grouped

SALE = Decimal(100)


def exact(value):
    """Return a number of a document, 0 where there is none."""
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return Decimal(0)


def shown(value, lang):
    """Return a number for a sentence: two decimals at most."""
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return grouped(format(rounded, "f"), lang)


def base_of(params):
    """Return ``CV`` or ``PV``, whichever the bonus pays on."""
    return "PV" if params.get("base") == "pv" else "CV"


def levels(params, currency, lang):
    """What a sale of 100 points pays level by level; ``[]`` without rates by level."""
    rates, rank = _rates(params)
    if not rates:
        return []
    share = exact(params.get("base_pct", 100) or 100) / 100
    paid = [
        (level, exact(rate), SALE * share * exact(rate) / 100)
        for level, rate in enumerate(rates, 1)
    ]
    word = tell(_("level"), lang)
    parts = ", ".join(
        f"{word} {level}: {shown(rate, lang)} % = {shown(amount, lang)} {currency}"
        for level, rate, amount in paid
    )
    total = shown(sum(amount for _level, _rate, amount in paid), lang)
    base = base_of(params)
    who = tell(_(" (with rank {rank})", rank=rank), lang) if rank else ""
    text = _(
        "A sale of 100 {base}{who} pays: {parts}. {total} {currency} in total.",
        base=base,
        who=who,
        parts=parts,
        total=total,
        currency=currency,
    )
    return [tell(text, lang)]


def steps(params, lang):
    """Which percentage somebody reaches, from the table of thresholds."""
    rows = [row for row in params.get("steps") or [] if isinstance(row, dict)]
    rows = [row for row in rows if "pct" in row]
    if not rows:
        return []
    row = max(rows, key=lambda one: exact(one.get("min", 0)))
    least, pct = shown(exact(row.get("min", 0)), lang), exact(row["pct"])
    amount = shown(SALE * pct / 100, lang)
    text = _(
        "Whoever reaches {least} gets {pct} %: {amount} per 100 points.",
        least=least,
        pct=shown(pct, lang),
        amount=amount,
    )
    return [tell(text, lang)]


def _rates(params):
    """Rates by level, of the highest rank where they differ by rank."""
    if params.get("rates") and isinstance(params["rates"], list):
        return params["rates"], ""
    by_rank = params.get("rates_by_rank")
    if isinstance(by_rank, dict) and by_rank:
        rank, rates = list(by_rank.items())[-1]
        return (rates, rank) if isinstance(rates, list) else ([], "")
    return [], ""
