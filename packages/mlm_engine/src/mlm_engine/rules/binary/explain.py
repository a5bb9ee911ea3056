# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Binary: both legs, what was matched, what is carried, or why nothing is paid."""

from functools import partial

import numpy as np

from ...kernel import returned
from ...kernel.codes import Measure, Reason
from ...kernel.exact import E4
from ...kernel.text import _
from ...plan.document import unscaled
from ...telling import limits, plain, shapes
from ...telling.codes import reason_text
from ...telling.rule import Telling, currency_of
from . import matching, rates

#: Volume of a leg that is no row of this period.
CARRIED, EXCESS = -1, -2
_SHOWN = 20


class BinaryTelling(Telling):
    origin = _("Your two legs")

    def base_unit(self, plan, item):
        """CV, or money where cycles are paid."""
        if item["params"]["mode"] == "cycle":
            return currency_of(plan, item)
        return "CV"

    def rank_of_rate(self, view, found):
        """Of a suspended owner what the CV matched gives."""
        ctx, bonus = view.context, view.bonus(found.bonus)
        if bonus.index not in ctx.notes:
            return super().rank_of_rate(view, found)
        return int(rates.rank(ctx, bonus, ctx.notes[bonus.index].match)[found.payee])

    def steps(self, view, found, index):
        """Legs, match, volume behind it, percentage of one binary earning."""
        figures = view.figures(found.payee, found.position, found.bonus)
        row, weight = self.behind(view, found)
        bought = row >= 0
        carried = unscaled(int(weight[row == CARRIED].sum()), E4)
        fresh = unscaled(int(weight[bought].sum()), E4)
        count = int(bought.sum())
        shown = [view.number(text) for text in (fresh, carried)]
        sales = view.how_many(count, "{count} sale", "{count} sales")
        largest = np.argsort(-weight[bought], kind="stable")[:_SHOWN]
        return [
            *self.leg_steps(view, view.bonus(found.bonus), found.position, figures),
            shapes.sales(
                view,
                "volume",
                view.say(
                    "The weaker leg has {fresh} CV from {sales} and {carried} brought forward",
                    fresh=shown[0],
                    sales=sales,
                    carried=shown[1],
                ),
                [
                    (number, shapes.figure(view, _("sale"), unscaled(cv, E4), "CV"))
                    for number, cv in zip(
                        row[bought][largest].tolist(), weight[bought][largest].tolist(), strict=True
                    )
                ],
                count,
                fresh=fresh,
                carried=carried,
            ),
            *_base_steps(view, found),
            plain.rate_step(view, found),
        ]

    def sides(self, item, figures):
        """Both legs: what came, what goes on, what is missing."""
        params = item["params"]
        sizes = params["cycle_left_e4"], params["cycle_right_e4"]
        return {
            **{name: _standing(figures, name, params) for name in ("left", "right")},
            "minimum": min(sizes) if params["mode"] == "cycle" else params["min_cv_e4"],
            "matched": figures.get("matched", 0),
            "reason": figures.get("reason", 0),
            "expires": params["inactive"] == "expire",
        }

    def own_cap(self, view, found):
        """Return the cap of this position in words, for what a cap took."""
        most = int(rates.caps(view.context, view.bonus(found.bonus), np.array([found.payee]))[0])
        words = view.say("cap per position")
        return [words + limits.at_most(view, most, found.payee)] if most >= 0 else []

    def leg_steps(self, view, bonus, position, figures):
        """What came into each leg, what was matched and what goes on."""
        used = None
        if bonus.params.mode == "cycle" and Measure.MATCHED in figures:
            used = _used(view, bonus, position)
            figures = _with_used(figures, used)
        found = [
            _side(view, figures, name, words)
            for name, words in (
                ("LEFT", _("Left leg")),
                ("RIGHT", _("Right leg")),
            )
        ]
        reason = figures.get(Measure.REASON, 0)
        matched = unscaled(figures.get(Measure.MATCHED, 0), E4)
        if used:
            left, right = map(view.points, used)
            text = view.say(
                "The cycles use {left} CV of the left and {right} CV of the right",
                left=left,
                right=right,
            )
        elif Measure.MATCHED in figures:
            shown = view.number(matched)
            text = view.say("{shown} CV matched per side", shown=shown)
        else:
            text = view.say("Not paid: {reason}", reason=reason_text(reason, view.lang))
        idle = figures.get(Measure.INACTIVE_PERIODS, 0)
        if idle:
            shown = view.how_many(idle, "{count} period in a row", "{count} periods in a row")
            text += view.say("; inactive for {shown}", shown=shown)
        title = _("What both legs match")
        figures = {"matched": matched, "reason": Reason(reason).name.lower()}
        return [*found, shapes.sentence(view, "match", text, title, **figures)]

    def behind(self, view, found):
        """Return ``(row, cv_e4)`` of the lesser leg that an amount was matched from.

        Rows of the period, then volume carried in (row -1) and own excess (row -2).
        """
        data = view.snapshot
        figures = view.figures(found.payee, found.position, found.bonus)
        left, right = (_total(figures, name) for name in ("LEFT", "RIGHT"))
        name, leg = ("LEFT", 0) if left <= right else ("RIGHT", 1)
        child = view.context.legs[leg][found.position]
        placed = np.flatnonzero((data.row_position >= 0) & (data.row_cv_e4 != 0))
        paths = returned.of_rows(view.context)
        stays = placed[~np.isin(placed, paths.rows)]
        row = stays[
            view.context.placement.inside(data.row_position[stays], np.full(stays.size, child))
        ]
        row = np.sort(np.append(row, _back(view, found.position, leg, placed)))
        weight = data.row_cv_e4[row]
        for code, special in ((f"{name}_IN", CARRIED), (f"{name}_EXCESS", EXCESS)):
            value = figures.get(Measure[code], 0)
            if value:
                row, weight = np.append(row, special), np.append(weight, value)
        return row, weight

    def on_sale(self, view, bonus, member, row):
        """Return what a sale does for the positions of a member, as a sentence."""
        data, place = view.snapshot, int(view.snapshot.row_position[row])
        found = []
        for position in np.flatnonzero(data.position_member == member).tolist():
            for leg, words in enumerate((_("left"), _("right"))):
                child = view.context.legs[leg][position]
                if row in returned.of_rows(view.context).rows:
                    below = bool(_back(view, position, leg, [row]).size)
                else:
                    below = place >= 0 and view.context.placement.inside(place, child)
                if below:
                    found.append((view.name("position", position), words))
        if not found:
            return view.say(
                "the sale is not below any of this person's positions, so it does not count in a "
                "leg",
            )
        cv = view.points(int(data.row_cv_e4[row]))
        told = "; ".join(
            view.say(
                "adds {cv} CV to the {leg} leg of {name}",
                cv=cv,
                leg=leg,
                name=name,
            )
            for name, leg in found
        )
        return told + view.say(", and the bonus pays the weaker leg")


def _base_steps(view, found):
    """How the base follows from what matched, where it is not just that."""
    params, legs = view.bonus(found.bonus).params, view.context.notes[found.bonus].legs
    match = view.context.notes[found.bonus].match
    paid = view.points(match.paid_cv[found.position])
    shown = view.points(found.base_e4)
    if params.mode == "cycle":
        text = _cycles(view, params, [leg[[found.position]] for leg in legs.total], shown)
    elif params.pays_on == "both":
        text = view.say(
            "{paid} CV of each leg are paid: {shown}",
            paid=paid,
            shown=shown,
        )
    else:
        text = view.say("{paid} CV are paid", paid=paid)
    if params.ratio:
        ordered = sorted(int(leg[found.position]) for leg in legs.total)
        quotient = " ÷ ".join(map(view.points, ordered))
        text += view.say(", times the ratio {quotient}", quotient=quotient)
    if found.base_e4 == match.taken[found.position] and params.mode == "percentage":
        return []
    return [shapes.sentence(view, "base", text, base=unscaled(found.base_e4, E4))]


def _paid_cycles(params, legs):
    """Return ``(cycles that the legs hold, paid as the plan writes them, paid with the sides
    swapped)``; ``legs``: one position's totals."""
    held = matching.cycles(params, legs)
    paid = matching.paid_cycles(params, legs, held) if params.max_matched_e4 else held
    straight = int(matching.ways(params, legs, paid)[0])
    return int(held[0]), straight, int(paid[0]) - straight


def _used(view, bonus, position):
    """Return the points of (left, right) that the cycles of a position used up."""
    params, legs = bonus.params, view.context.notes[bonus.index].legs
    _held, straight, swapped = _paid_cycles(params, [leg[[position]] for leg in legs.total])
    one, other = params.cycle_left_e4, params.cycle_right_e4
    return straight * one + swapped * other, straight * other + swapped * one


def _with_used(figures, used):
    """Return the figures of a position with what its cycles used taken out of what expired:
    a run records both together, beside what matched on both sides."""
    matched = figures[Measure.MATCHED]
    changed = {
        code: figures.get(code, 0) + matched - points
        for code, points in zip((Measure.LEFT_EXPIRED, Measure.RIGHT_EXPIRED), used, strict=True)
    }
    return {**figures, **changed}


def _cycles(view, params, legs, shown):
    """How many cycles of which sizes were paid, and how many the legs hold."""
    held, straight, swapped = _paid_cycles(params, legs)
    sizes = [view.points(one) for one in (params.cycle_left_e4, params.cycle_right_e4)]
    told = " : ".join(sizes)
    if swapped and straight:
        other = " : ".join(reversed(sizes))
        told = view.say(
            "{told} CV ({straight}) and of {other} CV ({swapped})",
            told=told,
            straight=straight,
            other=other,
            swapped=swapped,
        )
    else:
        told = " : ".join(reversed(sizes) if swapped else sizes) + " CV"
    amount = view.points(params.cycle_amount_e4)
    text = view.say(
        "Cycles of {told} at {amount} each: {shown}",
        told=told,
        amount=amount,
        shown=shown,
    )
    if straight + swapped < held:
        most = view.points(params.max_matched_e4)
        text += view.say(
            "; {held} fit and {paid} are paid, up to {most} CV",
            held=held,
            paid=straight + swapped,
            most=most,
        )
    return text


def _back(view, position, leg, rows):
    """Return those of ``rows`` whose returned sale stood on a leg of a position."""
    paths = returned.of_rows(view.context)
    here = (paths.node == position) & (paths.spot == leg)
    return np.intersect1d(paths.row[here], rows)


def _total(figures, name):
    return sum(figures.get(Measure[f"{name}_{part}"], 0) for part in ("IN", "NEW", "EXCESS"))


def _side(view, figures, name, words):
    parts = {
        part: unscaled(figures.get(Measure[f"{name}_{part}"], 0), E4)
        for part in ("IN", "NEW", "EXCESS", "BACK", "EXPIRED")
    }
    out = unscaled(figures.get(Measure[f"CARRY_{name}"], 0), E4)
    total, count = unscaled(_total(figures, name), E4), figures.get(Measure[f"{name}_ACTIVE"], 0)
    shown = {part: view.number(text) for part, text in parts.items()}
    back = ""
    if parts["BACK"] != "0":
        back = _(" (already less {back} of returned purchases)", back=shown["BACK"])
    sign = "−" if parts["EXCESS"].startswith("-") else "+"
    shown["EXCESS"] = view.number(parts["EXCESS"].removeprefix("-"))
    sums, goes_on = f"{view.number(total)} CV", view.number(out)
    text = view.say(
        "{leg}: brought forward {brought} + new {fresh} {sign} own excess {excess}{back} = "
        "{sums}; active sponsored: {count}; carried {goes_on}, expired {expired}",
        leg=words,
        brought=shown["IN"],
        fresh=shown["NEW"],
        sign=sign,
        excess=shown["EXCESS"],
        back=back,
        sums=sums,
        count=count,
        goes_on=goes_on,
        expired=shown["EXPIRED"],
    )
    figure = partial(shapes.figure, view)
    terms = [
        ("", figure(_("brought forward"), parts["IN"])),
        ("+", figure(_("new"), parts["NEW"])),
    ]
    if parts["EXCESS"] != "0":
        excess = parts["EXCESS"].removeprefix("-")
        terms.append((sign, figure(_("own excess"), excess)))
    terms.append(("=", figure(_("in total"), total, "CV")))
    rows = [
        figure(_("Active people sponsored there"), str(count)),
        figure(_("Carried over to the next period"), out, "CV"),
    ]
    for part, label in (("BACK", _("Already deducted for returns")), ("EXPIRED", _("Expired"))):
        if parts[part] != "0":
            rows.append(figure(label, parts[part], "CV"))
    return shapes.formula(view, name.lower(), text, terms, rows, title=words)


def _lets_go(params):
    """Whether points may be lost although cycles were paid."""
    return params["after_pay"] != "net_off" or params["carry_cap_e4"] or params["leg_cap_e4"]


def _standing(figures, name, params):
    """Return one side as ``Telling.sides`` has it."""
    found = {
        part: figures.get(f"{name}_{part}", 0)
        for part in ("in", "new", "excess", "expired", "active")
    }
    found["out"] = figures.get(f"carry_{name}", 0)
    if params["mode"] == "cycle" and figures.get("matched") and not _lets_go(params):
        found["expired"] = 0  # its cycles used what is gone
    found["active_missing"] = max(0, params["active_each_side"] - found["active"])
    return found
