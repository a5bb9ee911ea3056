# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The comparison: every difference with its cause, and totals that add up."""

from dataclasses import dataclass

from odoo.addons.mlm_base.exact import text_e4
from odoo.addons.mlm_base.importing.headings import plain

from . import words
from .causes import Causes
from .legacy import TOTAL


@dataclass
class Difference:
    """One person and bonus (or total) of which the two systems say different things.

    Amounts in ten-thousandths; ``line`` is 0 where the old file has none.
    """

    line: int
    code: str
    bonus: str
    old_e4: int
    ours_e4: int
    old_rank: str
    our_rank: str
    cause: str = ""
    note: str = ""
    #: the difference in the currency of the run
    turned_e4: int = 0

    @property
    def difference_e4(self):
        return self.ours_e4 - self.old_e4


@dataclass
class Comparison:
    """All differences of a file and a run, sorted by cause and size.

    Totals are in the currency of the run, each difference in that of its person.
    """

    people: int
    compared: int
    old_e4: int
    ours_e4: int
    differences: list

    def causes(self, env):
        """Return ``[{cause, name, lines, people, difference_e4}]``, all of them."""
        found = []
        for cause, name in words.NAMES.items():
            mine = [one for one in self.differences if one.cause == cause]
            found.append(
                {
                    "cause": cause,
                    "name": env._(name),
                    "lines": len(mine),
                    "people": len({one.code for one in mine}),
                    "difference_e4": sum(one.turned_e4 for one in mine),
                }
            )
        return found

    def document(self, env):
        """Return the comparison as plain data, amounts as text."""
        return {
            "schema": 1,
            "people": self.people,
            "compared": self.compared,
            "equal": self.compared - len(self.differences),
            "old": text_e4(self.old_e4),
            "ours": text_e4(self.ours_e4),
            "difference": text_e4(self.ours_e4 - self.old_e4),
            "causes": [
                {
                    "cause": one["cause"],
                    "name": one["name"],
                    "lines": one["lines"],
                    "people": one["people"],
                    "difference": text_e4(one["difference_e4"]),
                }
                for one in self.causes(env)
                if one["lines"]
            ],
            "differences": [
                {
                    "line": one.line,
                    "code": one.code,
                    "bonus": one.bonus,
                    "old": text_e4(one.old_e4),
                    "ours": text_e4(one.ours_e4),
                    "difference": text_e4(one.difference_e4),
                    "old_rank": one.old_rank,
                    "our_rank": one.our_rank,
                    "cause": one.cause,
                    "note": one.note,
                }
                for one in self.differences
            ],
        }


def compare(facts, legacy, env):
    """Compare the old system's results with a run of ours.

    :param Facts facts: our run
    :param Legacy legacy: the file
    :param env: its language is the reader's
    :return: `Comparison`; its causes sum exactly to the difference of the totals
    """
    ours = _our_amounts(facts, legacy)
    theirs = {}
    for (code, bonus), amount_e4 in legacy.amounts.items():
        index = facts.bonuses.get(plain(bonus)) if bonus else None
        unknown = bonus if bonus and index is None else TOTAL
        key = (code, index, unknown)
        theirs[key] = theirs.get(key, 0) + amount_e4
    lines = {
        (code, facts.bonuses.get(plain(bonus)) if bonus else None): line
        for (code, bonus), line in legacy.lines.items()
    }
    keys = sorted(
        set(theirs) | set(ours), key=lambda key: (key[0], -1 if key[1] is None else key[1], key[2])
    )
    found = [
        _difference(facts, legacy, key, theirs.get(key, 0), ours.get(key, 0), lines) for key in keys
    ]
    differing = [
        one for one in found if one[1].difference_e4 or _ranks_differ(facts, legacy, one[1])
    ]
    ranked = set()
    kept = []
    for key, one in differing:
        if not one.difference_e4:
            # a rank that differs is said once for each person
            if one.code in ranked or any(
                other.code == one.code and other.difference_e4 for _key, other in differing
            ):
                continue
            ranked.add(one.code)
        kept.append((key, one))
    causes = Causes(
        facts, legacy, {(one.code, key[1]): one.difference_e4 for key, one in kept}, env
    )
    for key, one in kept:
        one.turned_e4 = facts.turned(one.code, one.ours_e4) - facts.turned(one.code, one.old_e4)
        one.cause, one.note = causes.find(one.code, key[1], key[2], one.old_e4, one.ours_e4)
    order = list(words.NAMES)
    differences = sorted(
        (one for _key, one in kept),
        key=lambda one: (order.index(one.cause), -abs(one.turned_e4), one.code, one.bonus),
    )
    return Comparison(
        people=len({key[0] for key in keys}),
        compared=len(keys),
        old_e4=sum(facts.turned(key[0], value) for key, value in theirs.items()),
        ours_e4=sum(facts.turned(key[0], value) for key, value in ours.items()),
        differences=differences,
    )


def _our_amounts(facts, legacy):
    """Return our amounts by the same keys as the file: by bonus, or in one total."""
    totals = {code for code, bonus in legacy.amounts if not bonus}
    found = {}
    for (member, bonus), amount_e4 in facts.paid().items():
        code = facts.codes[member]
        in_total = code in totals or (code not in legacy.facts and not legacy.by_bonus)
        key = (code, None if in_total else bonus, TOTAL)
        found[key] = found.get(key, 0) + amount_e4
    return found


def _difference(facts, legacy, key, old_e4, ours_e4, lines):
    code, bonus, unknown = key
    member = facts.member_of.get(code)
    return key, Difference(
        line=lines.get((code, bonus), 0),
        code=code,
        bonus=unknown or (facts.bonus_code(bonus) if bonus is not None else ""),
        old_e4=old_e4,
        ours_e4=ours_e4,
        old_rank=legacy.facts.get(code, {}).get("rank", ""),
        our_rank=facts.rank_names(member)[0] if member is not None else "",
    )


def _ranks_differ(facts, legacy, one):
    member = facts.member_of.get(one.code)
    if member is None or not one.old_rank:
        return False
    return plain(one.old_rank) not in {plain(name) for name in facts.rank_names(member)}
