# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Why a person did or did not earn on one sale: a sentence per bonus.

"Juan no ganó en esta venta porque su PV propio fue 38 de 50 en el ciclo 924." The
answer looks at what happened in this order: the earning rows themselves, whether the
bonus pays on this sale at all, whether the person stands above the buyer, and what
the rule says of somebody on the line (``rule.Telling``).
"""

from collections import Counter

from ..kernel import codes, row_filter
from ..kernel.context import bonus_of
from . import entitled
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
        text = view.say(f"{name} ganó en la venta {sale}", f"{name} earned on sale {sale}")
    elif given and 2 * given[0][1] > sum(map(bool, clauses)):
        text = _sentence(view, member, "", given[0][0])
    else:
        text = view.say(
            f"{name} no ganó en la venta {sale}", f"{name} earned nothing on sale {sale}"
        )
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
    rows = view.result.earnings
    mine = [
        index
        for index in view.earnings_on(row)
        if rows.payee[index] == member and rows.bonus[index] == bonus.index
    ]
    amount, clause = sum(int(rows.amount_e4[index]) for index in mine), ""
    by_sale = bool(mine) or telling.by_sale
    if amount:
        name, money = view.name("member", member), view.number(view.money(amount))
        text = view.say(f"{name} ganó {money} por {label}", f"{name} earned {money} by {label}")
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
        "amount": view.money(amount),
        "text": text,
    }, clause


def _sentence(view, member, label, clause):
    name = view.name("member", member)
    by = view.say(f" por {label}", f" by {label}") if label else ""
    return view.say(
        f"{name} no ganó en esta venta{by} porque {clause}",
        f"{name} earned nothing on this sale{by} because {clause}",
    )


def _clause(view, bonus, telling, member, row, mine):
    """Why nothing was paid on a sale that the bonus takes."""
    if mine:
        found = view.earning(mine[0])
        told = telling.less(view, found)
        text = codes.reason_text(found.reason, view.lang)
        return told or entitled.clause(view, bonus, member) or text[:1].lower() + text[1:]
    buyer = int(view.snapshot.row_buyer[row])
    line = Line(view, bonus, row, buyer)
    if bonus.tree is None or line.of_member(member):
        return telling.absent(line, member)
    if member in (line.origin, buyer):
        return view.say(
            "la compra es suya y paga a quienes están por encima",
            "the purchase is this person's own and pays those above",
        )
    passed = telling.passed_on(line, member)
    if passed and not view.discreet:
        return passed
    name = view.name("member", buyer)
    moved = bonus.as_of == "sale" and bonus.tree == "sponsor"
    when = view.say(" en el momento de la venta", " at the moment of the sale") if moved else ""
    return view.say(
        f"no estaba en la línea ascendente de {name}{when}",
        f"this person did not stand above {name}{when}",
    )


def not_taken(view, bonus, row):
    """Return why a bonus does not pay on a row at all, as a clause, or nothing."""
    ctx, data, common = view.context, view.snapshot, bonus.common
    if row in row_filter.taken(ctx, bonus):
        return ""
    if data.row_reversal[row]:
        return view.say("es una devolución", "it takes back an earlier sale")
    if row_filter.base_of(ctx, bonus)[row] <= 0:
        return view.say(
            "la venta no tiene volumen para este bono", "the sale has no volume for this bonus"
        )
    own = data.row_buyer[row] == data.row_member[row]
    if common.buyers == "distributors" and not own:
        return view.say("solo pagan las compras propias", "only own purchases pay")
    if common.buyers == "customers" and own:
        return view.say("solo pagan las compras de clientes", "only customers' purchases pay")
    if common.packages == "exclude" and data.row_package[row] >= 0:
        return view.say("los paquetes no pagan este bono", "packages do not pay this bonus")
    if common.packages == "only" and data.row_package[row] < 0:
        return view.say("solo pagan los paquetes", "only packages pay")
    for other in common.not_on:
        if row in row_filter.taken(ctx, bonus_of(ctx.plan, other, data)):
            name = view.label(view.plan["bonuses"][other]["name"])
            return view.say(
                f"el volumen de esta venta paga {name}", f"the volume of this sale pays {name}"
            )
    return view.telling(bonus.index).not_taken(view, bonus, row)
