# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks that nobody can ever hold.

A rank is reached when its conditions can hold with people below who hold ranks that are
reached themselves: what asks, in the end, for itself is never reached.
"""

from .. import measures as kinds
from .. import rules
from ..kernel.exact import E4
from ..kernel.text import _
from ..plan.finding import error, warning


def check(plan):
    """Return the ranks that cannot be reached and the leasts above what can be."""
    reached, earned = reachable(plan), reachable(plan, titles_given=False)
    found = []
    for index, rank in enumerate(plan["ranks"]):
        path = ("ranks", index, "requires")
        above = [one for one in _each(rank["requires"]) if not _can(plan, one)]
        for one in above:
            found.append(_too_high(plan, path, rank, one))
        if index not in reached and not above:
            found.append(
                error(
                    _(
                        "rank {code} can never be reached: it requires people who already hold it",
                        code=rank["code"],
                    ),
                    _("Require a lower rank in the legs, or have a package grant it"),
                    path,
                )
            )
        elif index in reached and index not in earned:
            found.append(
                warning(
                    _(
                        "rank {code} requires a title that only this rank gives: nobody reaches "
                        "it without an earlier title",
                        code=rank["code"],
                    ),
                    _("Require a lower title"),
                    path,
                )
            )
        found += [
            item for one in _each(rank["requires"]) for item in _narrow(plan, path, rank, one)
        ]
    return found


def reachable(plan, titles_given=True):
    """Return the set of the indexes of ranks that somebody can hold.

    ``titles_given``: people may have any title from before (opening import).
    """
    reached = {0} if plan["ranks"] else set()
    reached |= {item["rank"] for item in plan["packages"] if item.get("rank", -1) >= 0}
    ladder = plan["rank_policy"]["mode"] == "ladder"
    before = None
    while before != reached:
        before = set(reached)
        for index, rank in enumerate(plan["ranks"]):
            asked = [
                one
                for item in (plan["ranks"][1 : index + 1] if ladder else [rank])
                for one in item["requires"]
            ]
            if Reach(plan, reached, titles_given).conditions(asked):
                reached.add(index)
    return reached


def _each(conditions):
    """Conditions that must hold; of an alternative there is nothing to say alone."""
    return [one for one in conditions if one["kind"] in ("measure", "figure")]


class Reach:
    """What can hold when people below hold the ranks ``reached``."""

    def __init__(self, plan, reached, titles_given):
        self._plan, self._reached, self._titles_given = plan, reached, titles_given

    def conditions(self, listed):
        """Whether all conditions of a list can hold."""
        return all(self.condition(one) for one in listed)

    def condition(self, one):
        """Whether one condition can hold."""
        kind = one["kind"]
        if kind == "any":
            return any(self.conditions(listed) for listed in one["lists"])
        if kind == "title":
            return self._titles_given or self.rank(one["rank"])
        if kind == "measure" and one["min"] > 0:
            return _can(self._plan, one) and self.measure(one["index"])
        return True

    def rank(self, index):
        """Whether anybody holds a rank or a higher one."""
        return any(one >= index for one in self._reached)

    def measure(self, index):
        """Whether the ranks that a declared measure counts are held by anybody."""
        item = self._plan["measures"][index]
        return kinds.get(item["kind"]).held(item["params"], self)


def _can(plan, condition):
    """Whether a figure can reach what is asked at all."""
    if condition["kind"] != "measure":
        return True
    most = kinds.highest(plan, condition["index"])
    if most is None:
        return True
    scale = E4 if plan["measures"][condition["index"]]["volume"] else 1
    return condition["min"] <= most * scale


def _too_high(plan, path, rank, condition):
    most = kinds.highest(plan, condition["index"])
    name = plan["measures"][condition["index"]]["code"]
    shown = f"{float(most):g}"
    return error(
        _(
            "rank {code} can never be reached: {name} is at most {shown}",
            code=rank["code"],
            name=name,
            shown=shown,
        ),
        _("Require less, or change the measure"),
        path,
    )


def _narrow(plan, path, rank, condition):
    """What only somebody with several positions can reach."""
    most = 0
    if condition["kind"] == "measure":
        item = plan["measures"][condition["index"]]
        most = kinds.get(item["kind"]).highest_of_position(item["params"], plan)
    elif condition["bonus"] >= 0:
        rule, params = rules.of(plan["bonuses"][condition["bonus"]])
        most = rule.highest_of_position(params)
    if most and condition["min"] > most:
        yield warning(
            _("rank {code} requires more than one position can have", code=rank["code"]),
            _("Require less, unless people hold several positions"),
            path,
        )
