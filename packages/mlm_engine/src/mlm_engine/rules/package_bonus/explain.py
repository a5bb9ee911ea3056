# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Package bonus: the purchase, the sponsors up to the payee, both columns."""

import numpy as np

from ...kernel import codes
from ...kernel.exact import E4
from ...kernel.text import _
from ...plan.document import unscaled
from ...telling import plain, shapes
from ...telling.codes import reason_text
from ...telling.rule import Telling, currency_of


class PackageBonusTelling(Telling):
    by_sale = True
    level = _("generation")

    def base_unit(self, plan, item):
        """Money: the columns are amounts."""
        return currency_of(plan, item)

    def steps(self, view, found, index):
        """Source, path, base and rate of one generation of one package."""
        return [
            _source(view, found),
            _path(view, found),
            _base(view, found),
            plain.rate_step(view, found),
        ]

    def absent(self, line, member):
        """Why somebody on the line got no row: too many generations away."""
        view, depth = line.view, len(line.params.amounts_e4[0])
        level = line.of_member(member)[0].level
        if level > depth:
            paid = view.how_many(depth, "{count} generation", "{count} generations")
            return view.say(
                "is in generation {level} and the bonus pays {paid}",
                level=level,
                paid=paid,
            )
        return view.say(
            "the bonus offers nothing for this package in that generation",
        )


def _source(view, found):
    data = view.snapshot
    bought = _code(view, data.row_package[found.row])
    below = _code(view, data.row_package_from[found.row])
    buyer, quantity = view.name("member", found.source), int(data.row_package_qty[found.row])
    upgrade = view.say(" (upgrade of {below})", below=below) if below else ""
    text = view.say(
        "{buyer} bought {quantity} × {bought}{upgrade}",
        buyer=buyer,
        quantity=quantity,
        bought=bought,
        upgrade=upgrade,
    )
    figures = {"package": bought, "from": below, "quantity": quantity}
    title = _("The purchase")
    return shapes.sentence(view, "source", text[:1].upper() + text[1:], title, **figures)


def _path(view, found):
    """Every generation from the buyer up to this one, with what it got.

    A discreet view says of the others only whether they qualified (RULES 38).
    """
    same = [view.earning(index) for index in view.rows.on(found.row)]
    same = [one for one in same if one.bonus == found.bonus and one.level <= found.level]
    path = []
    for one in sorted(same, key=lambda one: one.level):
        item = {
            "level": one.level,
            "name": view.name("member", one.payee),
            "here": one.level == found.level,
        }
        if view.discreet and not item["here"]:
            item["reason"] = "paid" if one.amount_e4 > 0 else "not_qualified"
            item["reason_text"] = "" if one.amount_e4 > 0 else view.say("not qualified")
        else:
            item.update(
                member=one.payee,
                amount=view.money(one.amount_e4, one.payee),
                reason=codes.Reason(one.reason).name.lower(),
                reason_text=reason_text(one.reason, view.lang) if one.reason else "",
            )
        path.append(item)
    names = " → ".join(
        item["name"] if item["reason"] == "paid" else f"{item['name']} ({item['reason_text']})"
        for item in path
    )
    text = view.say("Sponsors: {names}", names=names)
    return shapes.path(view, "path", text, path, view.level_name(found.bonus))


def _base(view, found):
    data, params = view.snapshot, view.bonus(found.bonus).params
    column = [row[found.level - 1] for row in params.amounts_e4] + [0]
    bought, below = int(data.row_package[found.row]), int(data.row_package_from[found.row])
    offered, unit = unscaled(column[bought] - column[below], E4), view.unit(found)
    rows = [shapes.figure(view, _("For the package bought"), offered, unit)]
    if found.payee < 0:
        told = view.number(offered)
        text = view.say("The plan offers {told}", told=told)
        return shapes.amounts(view, "base", text, rows)
    moment = data.row_moment[found.row]
    held = view.context.holdings.highest_at(np.array([found.payee]), np.array([moment]))
    own = _code(view, int(held[0]))
    mine = min(column[int(held[0])], column[bought]) - min(column[int(held[0])], column[below])
    kept = unscaled(mine, E4)
    shown = own or view.say("none")
    part = view.say(" of ").join(map(view.number, (kept, offered)))
    text = view.say(
        "The lower of the own package ({shown}) and the one bought: {part}",
        shown=shown,
        part=part,
    )
    label = _("Up to the own package ({shown})", shown=shown)
    rows.append(shapes.figure(view, label, kept, unit))
    quantity = int(data.row_package_qty[found.row])
    if quantity != 1:
        base = unscaled(mine * quantity, E4)
        text += f" × {quantity} = {view.number(base)}"
        rows.append(shapes.figure(view, _("Times {quantity}", quantity=quantity), base, unit))
    return shapes.amounts(view, "base", text, rows, own_package=own)


def _code(view, package):
    return view.plan["packages"][int(package)]["code"] if package >= 0 else ""
