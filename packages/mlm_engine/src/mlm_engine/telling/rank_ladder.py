# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks of a person: every condition with what it asks, what is reached, what is missing."""

from ..kernel import rank_policy
from . import entitled, rank_steps


def ladder(view, member):
    """Explain the ranks of one member in the run.

    Returns ``{"held", "held_name", "next", "next_name", "text", "earned", "title",
    "before", "misses", "notes", "steps", "ranks"}``: ranks are codes (``next`` empty at the
    top), ``notes`` sentences about grace, grants and overrides, ``steps`` the same and what
    the conditions give as ``rank_steps.steps`` tells it, ``ranks`` a list from the second rank up of
    ``{"rank", "name", "held", "holds", "conditions"}``. A condition has ``holds`` and
    ``text``, with figures ``required``, ``reached``, ``missing`` (decimal text) and
    ``done``, the part reached in percent, 0 to 100.
    """
    ranks, held = view.plan["ranks"], int(view.result.rank[member])
    following = held + 1 if held + 1 < len(ranks) else -1
    name = entitled.rank_name(view, held)
    text = view.say(f"Rango del periodo: {name}", f"Rank of the period: {name}")
    told = rank_steps.steps(view, member)
    if following >= 0:
        goal = entitled.rank_name(view, following)
        text += view.say(f"; sigue {goal}", f"; next is {goal}")
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


def _rank(view, member, index, held):
    item = view.plan["ranks"][index]
    conditions = entitled.conditions_of(view, item["requires"], member)
    for condition in conditions:
        condition["done"] = _done(condition)
    return {
        "rank": item["code"],
        "name": view.label(item["name"]),
        "held": index <= held,
        "holds": all(one["holds"] for one in conditions),
        "conditions": conditions,
    }


def _done(condition):
    """Return the part of a condition that is reached, whole percent."""
    if condition["holds"]:
        return 100
    required = float(condition.get("required") or 0) if "reached" in condition else 0
    if not required:
        return 0
    return max(0, min(99, int(100 * float(condition["reached"]) / required)))
