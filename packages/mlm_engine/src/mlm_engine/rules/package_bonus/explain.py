# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Package bonus: the purchase, the sponsors up to the payee, both columns."""

import numpy as np

from ...kernel import codes
from ...kernel.exact import E4
from ...plan.document import unscaled
from ...telling.rates import rate_text
from ...telling.rule import Telling


class PackageBonusTelling(Telling):
    by_sale = True

    def steps(self, view, found, index):
        """Source, path, base and rate of one generation of one package."""
        return [
            _source(view, found),
            _path(view, found),
            _base(view, found),
            {
                "step": "rate",
                "rate": view.rate(found.rate_e6),
                "text": f"{view.percent(found.rate_e6)}: {rate_text(view, found)}",
            },
        ]

    def absent(self, line, member):
        """Why somebody on the line got no row: too many generations away."""
        view, depth = line.view, len(line.params.amounts_e4[0])
        level = line.of_member(member)[0].level
        if level > depth:
            paid = view.count(depth, ("generación", "generaciones"), ("generation", "generations"))
            return view.say(
                f"está en la generación {level} y el bono paga {paid}",
                f"is generation {level} and the bonus pays {paid}",
            )
        return view.say(
            "el bono no ofrece nada por este paquete en su generación",
            "the bonus offers nothing for this package at that generation",
        )


def _source(view, found):
    data = view.snapshot
    bought = _code(view, data.row_package[found.row])
    below = _code(view, data.row_package_from[found.row])
    buyer, quantity = view.name("member", found.source), int(data.row_package_qty[found.row])
    upgrade = view.say(f" (ascenso desde {below})", f" (upgrade of {below})") if below else ""
    return {
        "step": "source",
        "text": view.say(
            f"{buyer} compró {quantity} × {bought}{upgrade}",
            f"{buyer} bought {quantity} × {bought}{upgrade}",
        ),
        "package": bought,
        "from": below,
        "quantity": quantity,
    }


def _path(view, found):
    """Every generation from the buyer up to this one, with what it got.

    A discreet view says of the others only whether they qualified (RULES 38).
    """
    rows = view.result.earnings
    same = np.array(view.earnings_on(found.row), dtype=np.int64)
    same = same[rows.bonus[same] == found.bonus]
    same = same[rows.level[same] <= found.level]
    path = []
    for index in same[np.argsort(rows.level[same])]:
        reason = int(rows.reason[index])
        item = {
            "generation": int(rows.level[index]),
            "name": view.name("member", rows.payee[index]),
        }
        if view.discreet and item["generation"] != found.level:
            paid = int(rows.amount_e4[index]) > 0
            item["reason"] = "paid" if paid else "not_qualified"
            item["reason_text"] = "" if paid else view.say("no calificó", "not qualified")
        else:
            item.update(
                member=int(rows.payee[index]),
                amount=view.money(int(rows.amount_e4[index])),
                reason=codes.Reason(reason).name.lower(),
                reason_text=codes.reason_text(reason, view.lang),
            )
        path.append(item)
    names = " → ".join(
        item["name"] if item["reason"] == "paid" else f"{item['name']} ({item['reason_text']})"
        for item in path
    )
    return {
        "step": "path",
        "text": view.say("Patrocinadores: ", "Sponsors: ") + names,
        "path": path,
    }


def _base(view, found):
    data, params = view.snapshot, view.bonus(found.bonus).params
    column = [row[found.level - 1] for row in params.amounts_e4] + [0]
    bought, below = int(data.row_package[found.row]), int(data.row_package_from[found.row])
    offered = unscaled(column[bought] - column[below], E4)
    if found.payee < 0:
        told = view.number(offered)
        text = view.say(f"El plan ofrece {told}", f"The plan offers {told}")
        return {"step": "base", "text": text, "offered": offered}
    moment = data.row_moment[found.row]
    held = view.context.holdings.highest_at(np.array([found.payee]), np.array([moment]))
    own = _code(view, int(held[0]))
    mine = min(column[int(held[0])], column[bought]) - min(column[int(held[0])], column[below])
    kept = unscaled(mine, E4)
    shown = own or view.say("ninguno", "none")
    part = view.say(" de ", " of ").join(map(view.number, (kept, offered)))
    return {
        "step": "base",
        "text": view.say(
            f"Menor entre el paquete propio ({shown}) y el comprado: {part}",
            f"Lower of own package ({shown}) and the one bought: {part}",
        ),
        "own_package": own,
        "offered": offered,
        "own": kept,
    }


def _code(view, package):
    return view.plan["packages"][int(package)]["code"] if package >= 0 else ""
