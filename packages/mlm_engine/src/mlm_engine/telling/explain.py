# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Why an amount is what it is, as plain dicts that any screen can render.

Explanations are derived from a snapshot and its result with the very functions
that computed them, nothing is stored twice. Every one is a mapping with

``kind``, the identifying indexes and ids, figures as decimal text, and
``steps``: a list of steps, each of one of the few ``shapes`` that screens draw.

``name(kind, index)`` supplies the words for ``"member"``, ``"position"`` and
``"row"``; without it ids are shown (``#17``). What the reader may see of others
is the caller's question: pass a ``name`` that hides them (RULES 38).
"""

import numpy as np

from .. import rules
from ..kernel import codes
from ..kernel.codes import Measure, figure_name, figure_unit
from ..kernel.exact import E4, E6, allocate
from ..plan.document import unscaled
from . import entitled, limits, plain, shapes
from .codes import figure_text, reason_text
from .rank_ladder import ladder
from .view import View
from .why_not import of_sale


def explain_earning(snapshot, result, index, name=None, lang="es"):
    """Explain one earning row: source, path, base, rate, rounding.

    ``index`` counts rows of ``result.earnings``. Raises ``IndexError``.
    """
    return earning(View(snapshot, result, name, lang), index)


def explain_member(snapshot, result, member, name=None, lang="es"):
    """Explain a member's cycle: own volume, activity, rank, positions, earnings."""
    return person(View(snapshot, result, name, lang), member)


def explain_position(snapshot, result, position, bonus, name=None, lang="es"):
    """Explain a position's legs in a binary bonus, paid or not."""
    return legs(View(snapshot, result, name, lang), position, bonus)


def explain_row(snapshot, result, row, name=None, lang="es"):
    """Explain a volume row: everybody it paid by name of bonus, and breakage."""
    return sale(View(snapshot, result, name, lang), row)


def explain_why_not(snapshot, result, member, row, name=None, lang="es"):
    """Explain what a member got on a volume row, in one sentence and bonus by bonus."""
    return person_on_sale(View(snapshot, result, name, lang), member, row)


def explain_ranks(snapshot, result, member, name=None, lang="es"):
    """Explain a member's rank: every condition of every rank, and what followed."""
    return ranks_of(View(snapshot, result, name, lang), member)


def volume_behind(snapshot, result, index):
    """Split an earning over the volume rows behind it.

    Returns ``(row, weight_e4, share_e4)``: int64 arrays; ``share_e4`` sums to the
    row's ``amount_e4`` exactly by ``allocate``. Row -1 is volume carried in from
    earlier cycles, row -2 the excess of own purchases. A row-based earning has
    its one row, with the grain ``source`` those of its source. Explanations and clawbacks both use this.
    """
    return behind(View(snapshot, result), index)


def behind(view, index):
    """Split an earning of a ``View``, see ``volume_behind``."""
    found = view.earning(index)
    volume = view.behind(found)
    if volume is None:
        one = np.array([found.row])
        return one, np.array([found.base_e4]), np.array([found.amount_e4])
    row, weight = volume
    return row, weight, allocate(found.amount_e4, weight, row)


def explain_absence(snapshot, result, bonus, member, name=None, lang="es"):
    """Explain why a member earned nothing in bonus number ``bonus``.

    Returns ``None`` when the member did earn, and for rules that pay by the row, where
    the row's own explanation names everybody on its path.
    """
    return absence(View(snapshot, result, name, lang), bonus, member)


def absence(view, bonus, member):
    """Explain that a member earned nothing in a bonus, see ``explain_absence``."""
    if any(view.earning(one).amount_e4 > 0 for one in view.rows.of_payee(member, bonus)):
        return None
    steps = view.telling(bonus).absence(view, view.bonus(bonus), member)
    if steps is None:
        return None
    item = view.plan["bonuses"][bonus]
    return {
        "kind": "absence",
        "bonus": item["code"],
        "bonus_name": view.label(item["name"]),
        "steps": steps,
    }


def earning(view, index):
    """Explain row ``index`` of the earnings of a ``View``."""
    found = view.earning(index)
    telling = view.telling(found.bonus)
    steps = telling.steps(view, found, index)
    paid = found.payee >= 0 and found.amount_e4 + found.cap_e4 - found.scale_e4 > 0
    steps.append((telling.total if paid else plain.rounding_step)(view, found))
    steps.extend(limits.steps(view, found))
    return {
        "kind": "earning",
        "index": int(index),
        "payee": found.payee,
        "payee_name": view.name("member", found.payee),
        "position": found.position,
        "bonus": view.plan["bonuses"][found.bonus]["code"],
        "bonus_name": view.label(view.plan["bonuses"][found.bonus]["name"]),
        "source": found.source,
        "source_name": view.name("member", found.source),
        "row": found.row,
        "level": found.level,
        "paid_level": found.paid_level,
        "level_name": view.level_name(found.bonus),
        "base": unscaled(found.base_e4, E4),
        "unit": view.unit(found),
        "rate": unscaled(found.rate_e6, E6 // 100),
        "fx": unscaled(found.fx_e6, E6),
        **_of_home(view, found),
        "amount": view.money(found.amount_e4, found.payee),
        "breakage": view.money(found.breakage_e4, found.payee),
        "reason": codes.Reason(found.reason).name.lower(),
        "reason_text": reason_text(found.reason, view.lang),
        "rate_source": codes.RateSource(found.rate_source).name.lower(),
        "steps": steps,
    }


def _of_home(view, found):
    """What a row has besides in a network of several companies."""
    if not view.snapshot.homes:
        return {}
    return {"per": unscaled(found.per_e6, E6), "currency": view.currency(found.payee)}


def person(view, member, most=None):
    """Explain one member's cycle.

    :param most: how many rows are explained: where there are more, the largest, which come
        first; None: all, in their order. ``amount``, ``count`` and ``levels`` are of all rows
    """
    figures = view.figures(member)
    ctx = view.context
    blocked = int(ctx.activity.blocked[member])
    steps = entitled.activity_steps(view, member)
    ranks = ranks_of(view, member) if view.plan["ranks"] else None
    if ranks:
        steps.append(shapes.sentence(view, "rank", ranks["text"], rank=ranks["held"]))
        steps += [shapes.sentence(view, "rank_note", text) for text in ranks["notes"]]
    rows = {index: view.earning(index) for index in view.rows.of_payee(member)}
    paid = sorted({(one.position, one.bonus) for one in rows.values()})
    positions = np.flatnonzero(view.snapshot.position_member == member)
    return {
        "kind": "member",
        "member": int(member),
        "name": view.name("member", member),
        "may_earn": blocked == 0,
        "reason": codes.Reason(blocked).name.lower(),
        "reason_text": reason_text(blocked, view.lang),
        "measures": named(view, figures),
        "steps": steps,
        "ranks": ranks,
        "positions": [
            legs(view, int(position), index)
            for position in positions
            for index, item in enumerate(view.plan["bonuses"])
            if rules.get(item["rule"]).on_positions
        ],
        # positions that have a row, with its bonus
        "paid": [[position, view.plan["bonuses"][bonus]["code"]] for position, bonus in paid],
        "amount": view.money(sum(one.amount_e4 for one in rows.values()), member),
        "count": len(rows),
        "levels": levels(view, rows.values()),
        "earnings": [earning(view, index) for index in largest(rows, most)],
        "absences": [
            found
            for bonus in ctx.bonuses
            if (found := absence(view, bonus.index, member)) is not None
        ],
    }


def largest(rows, most):
    """Return the indexes of the rows with the largest amounts, paid or missed; all as they stand
    if ``most`` is None or they are no more."""
    if most is None or len(rows) <= most:
        return list(rows)

    def size(index):
        return abs(rows[index].amount_e4), abs(rows[index].breakage_e4)

    return sorted(rows, key=size, reverse=True)[:most]


def levels(view, rows):
    """Return totals of rows of one person by bonus and level.

    :return: list of dicts ``bonus``, ``bonus_name``, ``level``, ``level_name``, ``count``,
        ``amount`` and ``breakage`` (decimal text)
    """
    groups = {}
    for one in rows:
        groups.setdefault((one.bonus, one.level), []).append(one)
    return [
        {
            "bonus": view.plan["bonuses"][bonus]["code"],
            "bonus_name": view.label(view.plan["bonuses"][bonus]["name"]),
            "level": level,
            "level_name": view.level_name(bonus),
            "count": len(ones),
            "amount": view.money(sum(one.amount_e4 for one in ones), ones[0].payee),
            "breakage": view.money(sum(one.breakage_e4 for one in ones), ones[0].payee),
        }
        for (bonus, level), ones in sorted(groups.items())
    ]


def ranks_of(view, member):
    """Explain a member's ranks, condition by condition: ``rank_ladder.ladder``."""
    return ladder(view, member)


def person_on_sale(view, member, row):
    """Explain what ``member`` got on a row, or why nothing: ``why_not.of_sale``."""
    return of_sale(view, member, row)


def why_not(view, member, row):
    """Return of each bonus what ``member`` got on a row, or the sentence why nothing:
    the ``bonuses`` of ``person_on_sale``."""
    return of_sale(view, member, row)["bonuses"]


def legs(view, position, bonus):
    """Explain one position of a placement bonus."""
    member = int(view.snapshot.position_member[position])
    figures = view.figures(member, position, bonus)
    reason = figures.get(Measure.REASON, 0)
    return {
        "kind": "position",
        "position": int(position),
        "name": view.name("position", position),
        "member": member,
        "bonus": view.plan["bonuses"][bonus]["code"],
        "bonus_name": view.label(view.plan["bonuses"][bonus]["name"]),
        "reason": codes.Reason(reason).name.lower(),
        "reason_text": reason_text(reason, view.lang),
        "measures": named(view, figures),
        "steps": view.telling(bonus).leg_steps(view, view.bonus(bonus), position, figures),
    }


def sale(view, row):
    """Explain one volume row: who was paid on it."""
    data = view.snapshot
    found = view.earnings_on(row)
    return {
        "kind": "row",
        "row": int(row),
        "name": view.name("row", row),
        "buyer": view.name("member", data.row_buyer[row]),
        "credited": view.name("member", data.row_member[row]),
        "pv": unscaled(data.row_pv_e4[row], E4),
        "cv": unscaled(data.row_cv_e4[row], E4),
        "earnings": [_on_sale(view, index, row) for index in found],
    }


def _on_sale(view, index, row):
    """Explain what an earning has of one sale: all of it, or of one that stands for several
    sales the share, with ``whole``, the amount of the row."""
    found = earning(view, index)
    if found["row"] >= 0:
        return found
    payee = found["payee"]
    base, amount, breakage = view.share(index, row)
    shown, whole = (view.number(one) for one in (view.money(amount, payee), found["amount"]))
    text = view.say("Share of this sale: {shown} of {whole}", shown=shown, whole=whole)
    return {
        **found,
        "row": int(row),
        "base": unscaled(base, E4),
        "amount": view.money(amount, payee),
        "breakage": view.money(breakage, payee),
        "whole": found["amount"],
        "steps": [*found["steps"], shapes.sentence(view, "share", text)],
    }


def named(view, figures):
    """Return ``{name: {"value", "unit", "label"}}`` of measures."""
    scales = {"pv": E4, "cv": E4, "rate": E6 // 100}
    return {
        figure_name(code, view.plan): {
            "value": unscaled(value, scales.get(figure_unit(code, view.plan), 1)),
            "unit": figure_unit(code, view.plan),
            "label": figure_text(code, view.lang, view.plan),
        }
        for code, value in figures.items()
    }
