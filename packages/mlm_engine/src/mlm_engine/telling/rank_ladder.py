# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks of a person: every condition with what it asks, what is reached, what is missing."""

from types import SimpleNamespace

from .. import measures as kinds
from ..kernel import rank_policy
from ..kernel.codes import PLAN, figure_name
from ..measures.base import Kind
from . import entitled, rank_steps
from .view import View


def ladder(view, member):
    """Explain the ranks of one member in the run.

    Returns ``{"held", "held_name", "next", "next_name", "text", "earned", "title",
    "before", "misses", "notes", "steps", "ranks"}``: ranks are codes (``next`` empty at the
    top), ``notes`` sentences about grace, grants and overrides, ``steps`` the same and what
    the conditions give as ``rank_steps.steps`` tells it, ``ranks`` a list from the second rank up of
    ``{"rank", "name", "held", "holds", "conditions"}``, conditions as in ``shapes``.
    """
    ranks, held = view.plan["ranks"], int(view.context.rank[member])
    following = held + 1 if held + 1 < len(ranks) else -1
    name = entitled.rank_name(view, held)
    text = view.say("Rank of the period: {name}", name=name)
    told = rank_steps.steps(view, member)
    if following >= 0:
        goal = entitled.rank_name(view, following)
        text += view.say("; next is {goal}", goal=goal)
    return {
        "held": ranks[held]["code"],
        "held_name": name,
        "next": ranks[following]["code"] if following >= 0 else "",
        "next_name": entitled.rank_name(view, following) if following >= 0 else "",
        "text": text,
        "earned": ranks[int(view.context.earned_rank[member])]["code"],
        "title": ranks[int(view.context.title[member])]["code"],
        "before": ranks[int(rank_policy.before(view.snapshot)[member])]["code"],
        "misses": int(view.context.misses[member]),
        "notes": [step["text"] for step in told if step["step"] != "reached"],
        "steps": told,
        "ranks": [_rank(view, member, index, held) for index in range(1, len(ranks))],
    }


def stored(plan, index, lang, value):
    """Return the conditions of rank number ``index`` by the figures that a run has stored.

    ``value(bonus, name)`` gives a figure of a person, of a bonus or (code empty) of none, 0
    where nothing is stored. Empty where some condition asks for what no run stores: a
    package, a title, alternatives, a figure that depends on what is asked.
    """
    values = []
    for condition in plan["ranks"][index]["requires"]:
        kind = condition["kind"]
        if kind == "measure" and _as_stored(plan, condition["index"]):
            values.append(value("", figure_name(PLAN + condition["index"], plan)))
        elif kind == "figure":
            bonus, name = condition["bonus"], figure_name(condition["measure"], plan)
            values.append(value(plan["bonuses"][bonus]["code"] if bonus >= 0 else "", name))
        else:
            return []
    view = View(SimpleNamespace(plan=plan), None, lang=lang)
    return entitled.told(view, plan["ranks"][index]["requires"], iter(values))


def _as_stored(plan, index):
    """Tell whether a measure is the same whatever a condition asks for."""
    return type(kinds.of(plan, index)[0]).against is Kind.against


def _rank(view, member, index, held):
    item = view.plan["ranks"][index]
    conditions = entitled.conditions_of(view, item["requires"], member)
    return {
        "rank": item["code"],
        "name": view.label(item["name"]),
        "held": index <= held,
        "holds": all(one["holds"] for one in conditions),
        "conditions": conditions,
    }
