# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Why a person did or did not earn on one sale: a sentence per bonus.

"Juan no ganó en esta venta porque su PV propio fue 38 de 50 en el ciclo 924." The
answer looks at what happened in this order: the earning rows themselves, whether the
bonus pays on this sale at all, whether the person stands above the buyer, and what
the rule says of somebody on the line (``rule.Telling``).
"""

from collections import Counter

from ..kernel import row_filter
from ..kernel.context import bonus_of
from . import entitled
from .codes import reason_text
from .line import Line


def of_sale(view, member, row):
    """Explain what ``member`` got on volume row ``row``, bonus by bonus.

    Returns ``{"kind": "why_not", "member", "name", "row", "row_name", "earned",
    "text", "bonuses": [...]}``, each bonus with ``bonus``, ``bonus_name``,
    ``by_sale`` (whether it pays sale by sale), ``earned``, ``amount`` and ``text``, a
    whole sentence.
    """
    found, clauses = [], []
    for bonus in view.context.bonuses:
        told, clause = _bonus(view, bonus, member, row)
        found.append(told)
        clauses.append(clause)
    earned = any(one["earned"] for one in found)
    name, sale = view.name("member", member), view.name("row", row)
    given = Counter(clause for clause in clauses if clause).most_common(1)
    if earned:
        text = view.say("{name} earned on sale {sale}", name=name, sale=sale)
    elif given and 2 * given[0][1] > sum(map(bool, clauses)):
        text = _sentence(view, member, "", given[0][0])
    else:
        text = view.say("{name} earned nothing on sale {sale}", name=name, sale=sale)
    return {
        "kind": "why_not",
        "member": int(member),
        "name": name,
        "row": int(row),
        "row_name": sale,
        "earned": earned,
        "text": text,
        "bonuses": found,
    }


def _bonus(view, bonus, member, row):
    """Return what one bonus did, and the clause of why nothing where it is the person
    that is in the way rather than the sale."""
    item = view.plan["bonuses"][bonus.index]
    telling, label = view.telling(bonus.index), view.label(item["name"])
    rows = ((index, view.earning(index)) for index in view.earnings_on(row, payees=[member]))
    mine = [index for index, one in rows if (one.payee, one.bonus) == (member, bonus.index)]
    amount, clause = sum(view.share(index, row)[1] for index in mine), ""
    by_sale = bool(mine) or telling.by_sale
    if amount:
        name, money = view.name("member", member), view.told_money(amount, member)
        text = view.say("{name} earned {money} by {label}", name=name, money=money, label=label)
    elif by_sale:
        left_out = "" if mine else not_taken(view, bonus, row)
        clause = "" if left_out else _clause(view, bonus, telling, member, row, mine)
        text = _sentence(view, member, label, left_out or clause)
    else:
        text = f"{label}: {telling.on_sale(view, bonus, member, row)}"
    return {
        "bonus": bonus.code,
        "bonus_name": label,
        "by_sale": by_sale,
        "earned": amount > 0,
        "amount": view.money(amount, member),
        "text": text,
    }, clause


def _sentence(view, member, label, clause):
    name = view.name("member", member)
    by = view.say(" by {label}", label=label) if label else ""
    return view.say(
        "{name} earned nothing on this sale{by} because {clause}",
        name=name,
        by=by,
        clause=clause,
    )


def _clause(view, bonus, telling, member, row, mine):
    """Why nothing was paid on a sale that the bonus takes."""
    if mine:
        found = view.earning(mine[0])
        told = telling.less(view, found)
        text = reason_text(found.reason, view.lang)
        return told or entitled.clause(view, bonus, member) or text[:1].lower() + text[1:]
    buyer = int(view.snapshot.row_buyer[row])
    line = Line(view, bonus, row, buyer)
    if bonus.tree is None or line.of_member(member):
        return telling.absent(line, member)
    if member in (line.origin, buyer):
        return view.say(
            "the purchase is this person's own and pays those above",
        )
    passed = telling.passed_on(line, member)
    if passed and not view.discreet:
        return passed
    name = view.name("member", buyer)
    moved = bonus.as_of == "sale" and bonus.tree == "sponsor"
    when = view.say(" at the moment of the sale") if moved else ""
    return view.say(
        "this person was not above {name}{when}",
        name=name,
        when=when,
    )


def not_taken(view, bonus, row):
    """Return why a bonus does not pay on a row at all, as a clause, or nothing."""
    ctx, data, common = view.context, view.snapshot, bonus.common
    if row in row_filter.taken(ctx, bonus):
        return ""
    if data.row_reversal[row]:
        return view.say("it takes back an earlier sale")
    if row_filter.base_of(ctx, bonus)[row] <= 0:
        return view.say("the sale has no volume for this bonus")
    own = data.row_buyer[row] == data.row_member[row]
    if common.buyers == "distributors" and not own:
        return view.say("only own purchases pay")
    if common.buyers == "customers" and own:
        return view.say("only customers' purchases pay")
    if common.packages == "exclude" and data.row_package[row] >= 0:
        return view.say("packages do not pay this bonus")
    if common.packages == "only" and data.row_package[row] < 0:
        return view.say("only packages pay")
    for other in common.not_on:
        if row in row_filter.taken(ctx, bonus_of(ctx.plan, other)):
            name = view.label(view.plan["bonuses"][other]["name"])
            return view.say("the volume of this sale pays {name}", name=name)
    return view.telling(bonus.index).not_taken(view, bonus, row)
