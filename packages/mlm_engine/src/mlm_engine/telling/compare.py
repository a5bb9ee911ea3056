# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Why a person earned more or less in one period than in another, under any plan.

Nothing is known of a rule but what every earning row says: base × percentage × rate of
exchange, and what limits took. So the difference of each bonus falls into these parts, which
add up exactly; the rule itself says why there is nothing.
"""

import numpy as np

from .. import rules
from ..kernel.codes import Measure, Reason
from ..kernel.text import _
from . import compare_parts, entitled, explain, shapes
from .codes import figure_text, reason_text

#: figures of a person that are told when they changed
_FIGURES = (Measure.OWN_PV, Measure.OWN_PV_PERIOD, Measure.OWN_CV_PERIOD)
#: people named as those who brought less, or more
_NAMED = 3


class Side:
    """One of the two periods: a ``View`` and the person in it, -1 where there was none."""

    def __init__(self, view, person):
        self.view = view
        ids = view.snapshot.member_id
        place = int(np.searchsorted(ids, person))
        self.member = place if place < len(ids) and ids[place] == person else -1
        mine = view.rows.of_payee(self.member) if self.member >= 0 else []
        self.rows = {item["code"]: [] for item in view.plan["bonuses"]}
        for row in map(view.earning, mine):
            self.rows[view.plan["bonuses"][row.bonus]["code"]].append(row)
        self.figures = view.figures(self.member) if self.member >= 0 else {}

    def amount(self, code):
        return sum(row.amount_e4 for row in self.rows.get(code, ()))

    @property
    def total(self):
        return sum(map(self.amount, self.rows))

    def item(self, code):
        """Return ``(index, bonus of the plan)``, or ``None`` where the plan has it not."""
        items = enumerate(self.view.plan["bonuses"])
        return next(((index, one) for index, one in items if one["code"] == code), None)


def compare(before, after, person):
    """Compare two periods of a person.

    :param before: ``View`` of the earlier period; ``after``: of the later one, in its language
    :param person: id of the member, as snapshots have it
    :return: ``{"kind", "before", "after", "difference", "text", "steps", "bonuses"}``: sums as
        decimal text in the person's currency; ``steps`` about the person; of each bonus that
        differs, the largest difference first, ``{"bonus", "bonus_name", "before", "after",
        "difference", "step"}``, whose ``rows`` add up to its difference
    """
    first, last = Side(before, person), Side(after, person)
    # where a person is not a member, the amounts have the currency of the run
    last.paid = last if last.member >= 0 else first
    earned = first.total, last.total
    changed = [
        code for code in {**last.rows, **first.rows} if first.amount(code) != last.amount(code)
    ]
    changed.sort(key=lambda code: -abs(last.amount(code) - first.amount(code)))
    return {
        "kind": "comparison",
        **_sums(last, *earned),
        "text": after.say(
            "Earned in {later}: {after}; in {earlier}: {before}; {difference}",
            later=after.period,
            after=_money(last, earned[1]),
            earlier=before.period,
            before=_money(last, earned[0]),
            difference=_difference(last, earned[1] - earned[0]),
        ),
        "steps": _about(first, last),
        "bonuses": [_bonus(first, last, code) for code in changed],
    }


def _sums(side, before, after):
    sums = {"before": before, "after": after, "difference": after - before}
    paid = side.paid
    return {name: paid.view.money(value, paid.member) for name, value in sums.items()}


def _money(side, value):
    return side.paid.view.told_money(value, side.paid.member)


def _difference(side, value):
    shown = _money(side, abs(value))
    if not value:
        return side.view.say("no difference")
    if value < 0:
        return side.view.say("{amount} less", amount=shown)
    return side.view.say("{amount} more", amount=shown)


# -- the person


def _about(first, last):
    """Return steps about what changed of the person: membership, activity, rank, volume."""
    say = last.view.say
    missing = [one for one in (first, last) if one.member < 0]
    if missing:
        text = say("Not in the network in {period}", period=missing[0].view.period)
        return [shapes.sentence(last.view, "membership", text, _("Membership"))]
    result = [*_activity(first, last), *_rank(first, last)]
    for figure in _FIGURES:
        was, now = (one.figures.get(figure, 0) for one in (first, last))
        if was != now:
            text = _from_to(
                last, figure_text(figure, last.view.lang), *map(last.view.points, (was, now))
            )
            result.append(shapes.sentence(last.view, "volume", text, _("Own volume")))
    return result


def _from_to(side, label, was, now):
    return side.view.say("{label}: {was} → {now}", label=label, was=was, now=now)


def _activity(first, last):
    view = last.view
    was, now = (bool(one.figures.get(Measure.ACTIVE)) for one in (first, last))
    if was == now or not view.plan["activity"]:
        return []
    state = view.say("Active again") if now else view.say("No longer active")
    reason = int(view.context.activity.blocked[last.member])
    if reason in (Reason.PAID, Reason.INACTIVE):
        why = entitled.own_pv(view, last.member)
    else:
        why = reason_text(reason, view.lang)
    text = f"{state}: {why}"
    return [shapes.sentence(view, "activity", text)]


def _rank(first, last):
    names = [
        entitled.rank_name(one.view, one.view.context.rank[one.member])
        for one in (first, last)
        if one.view.plan["ranks"]
    ]
    if len(set(names)) < 2:
        return []
    text = _from_to(last, figure_text(Measure.RANK, last.view.lang), *names)
    return [shapes.sentence(last.view, "rank", text)]


# -- a bonus


def _bonus(first, last, code):
    was, now = first.amount(code), last.amount(code)
    label = next(
        one.view.label(found[1]["name"]) for one in (last, first) if (found := one.item(code))
    )
    parts = compare_parts.split(first, last, code)
    clauses = [one for one in (*_why(first, last, code), *_whom(first, last, code)) if one]
    text = last.view.say(
        "{difference}: {after} instead of {before}",
        difference=_difference(last, now - was),
        after=_money(last, now),
        before=_money(last, was),
    )
    paid = last.paid
    currency = paid.view.currency(paid.member)
    rows = [
        shapes.figure(last.view, told, paid.view.money(value, paid.member), currency)
        for told, value in parts
    ]
    step = shapes.amounts(last.view, "bonus", ". ".join([text, *clauses]), rows, label)
    return {"bonus": code, "bonus_name": label, **_sums(last, was, now), "step": step}


def _why(first, last, code):
    """Return clauses that say why it pays nothing, or less than it offers, in the later period."""
    view, found = last.view, last.item(code)
    if not found:
        return [view.say("The plan no longer has this bonus")]
    if last.member < 0:
        return []
    index, item = found
    told = [
        view.say("Missed: {amount} ({reason})", amount=_money(last, amount), reason=reason)
        for reason, amount in _missed(first, last, code)
    ]
    if last.amount(code):
        return told
    absent = explain.absence(view, index, last.member)
    if absent:
        told += [step["text"] for step in absent["steps"]]
    elif clause := entitled.clause(view, view.bonus(index), last.member):
        told.append(_upper(clause))
    else:
        told += _of_positions(last, index, item)
    if not told:
        told.append(view.say("Nothing in {period} paid this bonus", period=view.period))
    return list(dict.fromkeys(told))


def _upper(text):
    return text[:1].upper() + text[1:]


def _missed(first, last, code):
    """Return ``(reason in words, ten-thousandths)`` of what was not reached, where it is more
    than before."""
    sums = {}
    for sign, side in ((-1, first), (1, last)):
        for row in side.rows.get(code, ()):
            sums.setdefault(row.reason, [0, 0])[sign > 0] += row.breakage_e4
    return [
        (reason_text(reason, last.view.lang), now)
        for reason, (was, now) in sums.items()
        if reason and now > was
    ]


def _of_positions(side, index, item):
    """Return why the positions of the person were not paid, of a rule that pays positions."""
    if not rules.get(item["rule"]).on_positions:
        return []
    places = np.flatnonzero(side.view.snapshot.position_member == side.member)
    reasons = [
        side.view.figures(side.member, int(place), index).get(Measure.REASON, 0) for place in places
    ]
    return [reason_text(one, side.view.lang) for one in reasons if one]


def _whom(first, last, code):
    """Return a clause about the people from whom it came: how many, and for who may know
    whose sales made most of the difference."""
    view = last.view
    sums = {}
    for place, side in enumerate((first, last)):
        for row in side.rows.get(code, ()):
            if row.source >= 0 and row.amount_e4:
                person = int(side.view.snapshot.member_id[row.source])
                sums.setdefault(person, [0, 0])[place] += row.amount_e4
    counts = [sum(1 for amounts in sums.values() if amounts[place]) for place in (0, 1)]
    told = []
    if counts[0] != counts[1]:
        label = view.say("People it came from")
        told.append(_from_to(last, label, *map(str, counts)))
    if view.discreet:
        return told
    falls = last.amount(code) < first.amount(code)
    moved = {
        one: now - was for one, (was, now) in sums.items() if (now < was) == falls and now != was
    }
    largest = sorted(moved, key=lambda one: (-abs(moved[one]), one))[:_NAMED]
    names = [f"{_name(first, last, one)} ({_difference(last, moved[one])})" for one in largest]
    return [*told, *([view.say("Most of it: {names}", names=", ".join(names))] if names else [])]


def _name(first, last, person):
    for side in (last, first):
        ids = side.view.snapshot.member_id
        place = int(np.searchsorted(ids, person))
        if place < len(ids) and ids[place] == person:
            return side.view.name("member", place)
    return ""
