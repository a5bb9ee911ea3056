# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Why an amount of ours is not the old system's: one cause for each difference.

What explains the number exactly comes before what merely differs, and nothing is
guessed: what no figure explains stays unexplained.
"""

from collections import defaultdict

from mlm_engine.kernel.codes import Measure, Reason
from mlm_engine.telling import codes as told

from odoo.addons.mlm_base.exact import from_e4
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.importing.headings import plain

from . import words

#: which cause a reason of not being paid belongs to
REASON_CAUSES = {
    Reason.INACTIVE: "activity",
    Reason.SUSPENDED: "activity",
    Reason.TERMINATED: "activity",
    Reason.NO_ACTIVE_LEFT: "activity",
    Reason.NO_ACTIVE_RIGHT: "activity",
    Reason.NO_ACTIVE_SIDES: "activity",
    Reason.NOT_QUALIFIED: "activity",
    Reason.NO_PACKAGE: "rate",
    Reason.SMALLER_PACKAGE: "rate",
    Reason.PV_TIER: "rate",
    Reason.RANK_RATE: "rank",
    Reason.RANK_BELOW: "rank",
    Reason.NOT_UNLOCKED: "rank",
    Reason.NO_UPLINE: "position",
    Reason.OWN_PURCHASE: "position",
    Reason.VACANT: "position",
    Reason.BELOW_MINIMUM: "volume",
    Reason.GROUP_TOO_SMALL: "volume",
}
_POINT = 10_000
#: sources that one note names
_SHOWN = 3


class Causes:
    """Finds the cause of each difference of one comparison.

    :param Facts facts: our run
    :param Legacy legacy: the old system
    :param dict differences: ``{(code, bonus index, None for a total): ours − theirs}``
    :param env: its language is the reader's
    """

    def __init__(self, facts, legacy, differences, env):
        self.facts, self.legacy, self.env = facts, legacy, env
        self._formats = Formats(env)
        self.differences = differences
        self._moved = self._find_moved()
        self._opposite = defaultdict(set)
        for (code, bonus), value in differences.items():
            self._opposite[bonus, -value].add(code)
        self._given = self._find_given()

    def _unit_e4(self, member):
        """What one row may differ by because the systems round elsewhere."""
        return max(self.facts.unit_e4(member), self.legacy.unit_e4)

    # -- once for all ----------------------------------------------------------

    def _find_moved(self):
        """Return who is touched by somebody whose sponsor or position differs:
        ``{code: (moved code, old, ours)}``; those above only one of both places."""
        facts, found = self.facts, {}
        for code, known in self.legacy.facts.items():
            member = facts.member_of.get(code)
            if member is None:
                continue
            ours = facts.sponsor(member)
            old = known.get("sponsor", ours)
            if old not in ("-", ours):
                before, after = list(facts.uplines(old)), list(facts.uplines(ours))
                for one in set(before) ^ set(after) or {old, ours}:
                    found.setdefault(one, (code, old, ours or "-"))
            above = facts.above(member)
            old = known.get("above")
            if old and above and old not in above:
                shown = ", ".join(sorted(above))
                for one in (old, *above):
                    found.setdefault(one, (code, old, shown))
        return found

    def _find_given(self):
        """Return whose lost amount is exactly what one other person gained from one
        source: ``{(code, bonus): (the other, codes of the sources it may be)}``.

        Where several people have the same difference nothing says who goes with whom.
        """
        found = {}
        for (code, bonus), value in self.differences.items():
            if bonus is None or value <= 0:
                continue
            others = self._opposite[bonus, value]
            if len(others) != 1 or len(self._opposite[bonus, -value]) != 1:
                continue
            (other,) = others
            sources = self._find_sources(code, bonus, value)
            if sources:
                found[code, bonus] = other, sources
                found[other, bonus] = code, sources
        return found

    def _find_sources(self, code, bonus, value):
        """Return the codes of those whose purchases alone earned ``value``."""
        facts = self.facts
        member = facts.member_of.get(code)
        if member is None:
            return []
        table = facts.result.earnings
        sums = defaultdict(int)
        for row in facts.rows(member, bonus):
            sums[int(table.source[row])] += int(table.amount_e4[row])
        return [
            facts.codes[source] for source, total in sums.items() if total == value and source >= 0
        ]

    # -- one difference ----------------------------------------------------------

    def find(self, code, bonus, bonus_text, old_e4, ours_e4):
        """Return ``(cause, note)`` of one difference."""
        facts = self.facts
        member = facts.member_of.get(code)
        if member is None:
            return "network", self._note("network", code=code)
        if bonus is None and bonus_text:
            return "bonus", self._note("bonus", bonus=bonus_text)
        if code not in self.legacy.facts:
            return "absent", self._note("absent", code=code)
        known = self.legacy.facts[code]
        if old_e4 == ours_e4:
            return self._rank(member, known)
        rows = facts.rows(member, bonus)
        unit_e4 = self._unit_e4(member)
        return (
            self._rounding(rows, old_e4, ours_e4, unit_e4)
            or self._reason(rows, old_e4, ours_e4, unit_e4)
            or self._other_rate(member, known, rows, bonus, old_e4)
            or self._given_away(code, bonus)
            or self._touched(code)
            or self._rank(member, known)
            or self._activity(member, known)
            or self._percentage(member, known)
            or self._volume(member, known)
            or self._implied(rows, old_e4, unit_e4)
            or self._missing_sale(code, bonus, ours_e4 - old_e4)
            or ("unexplained", self._note("unexplained", code=code))
        )

    def _rounding(self, rows, old_e4, ours_e4, unit_e4):
        count = len(rows)
        limit = unit_e4 * max(count, 1)
        if abs(ours_e4 - old_e4) > limit or not count:
            return None
        if abs(self.facts.exact(rows) - old_e4) > limit:
            return None
        return "rounding", self._note("rounding", count=count)

    def _reason(self, rows, old_e4, ours_e4, unit_e4):
        """The old system paid exactly what ours kept back, for one reason or one cause."""
        table = self.facts.result.earnings
        by_reason, by_cause = defaultdict(int), defaultdict(int)
        for row in rows:
            reason = Reason(int(table.reason[row]))
            if table.breakage_e4[row] and reason in REASON_CAUSES:
                by_reason[reason] += int(table.breakage_e4[row])
                by_cause[REASON_CAUSES[reason]] += int(table.breakage_e4[row])
        limit = unit_e4 * max(len(rows), 1)
        for reason, kept in by_reason.items():
            if abs(ours_e4 + kept - old_e4) <= limit:
                return REASON_CAUSES[reason], self._note("reason", reason=self._because(reason))
        for cause, kept in by_cause.items():
            if abs(ours_e4 + kept - old_e4) <= limit:
                texts = [self._because(one) for one in by_reason if REASON_CAUSES[one] == cause]
                return cause, self._note("reason", reason="; ".join(texts))
        return None

    def _because(self, reason):
        return told.reason_text(int(reason), self.env["mlm.plan.version"]._short_lang())

    def _other_rate(self, member, known, rows, bonus, old_e4):
        """The old amount is our base at another percentage of the plan."""
        if bonus is None or not rows or old_e4 <= 0:
            return None
        limit = self._unit_e4(member) * len(rows)
        ours = int(self.facts.result.earnings.rate_e6[rows[0]])
        for rate_e6 in self.facts.rates(bonus):
            if rate_e6 != ours and abs(self.facts.at_rate(rows, rate_e6) - old_e4) <= limit:
                cause = (
                    "rank"
                    if self._rank(member, known) and rate_e6 in self._rank_rates()
                    else "rate"
                )
                return cause, self._note(
                    "other_rate", old=self._number(rate_e6), ours=self._number(ours)
                )
        return None

    def _rank_rates(self):
        return {rank.get("rate_e6") for rank in self.facts.plan["ranks"]}

    def _given_away(self, code, bonus):
        if (code, bonus) not in self._given:
            return None
        other, sources = self._given[code, bonus]
        return "position", self._note("source", code=" / ".join(sources[:_SHOWN]), other=other)

    def _touched(self, code):
        if code not in self._moved:
            return None
        moved, old, ours = self._moved[code]
        return "position", self._note("moved", code=moved, old=old, ours=ours)

    def _rank(self, member, known):
        names = self.facts.rank_names(member)
        old = known.get("rank")
        if not old or plain(old) in {plain(one) for one in names}:
            return None
        return "rank", self._note("rank", old=old, ours=names[0])

    def _activity(self, member, known):
        ours = bool(self.facts.measure(member, Measure.ACTIVE))
        if known.get("active", ours) == ours:
            return None
        return "activity", self._note(
            "activity_flag",
            old=self.env._(words.ACTIVE[known["active"]]),
            ours=self.env._(words.ACTIVE[ours]),
        )

    def _percentage(self, member, known):
        ours = self.facts.measure(member, Measure.RATE)
        if "percent" in known and known["percent"] != ours:
            return "rate", self._note(
                "percent", old=self._number(known["percent"]), ours=self._number(ours)
            )
        if "package" in known:
            held = self._package(member)
            if plain(known["package"]) != plain(held):
                return "rate", self._note("package", old=known["package"], ours=held or "-")
        return None

    def _package(self, member):
        """Return the code of the highest package held, empty without one."""
        snapshot = self.facts.snapshot
        held = snapshot.held_package[snapshot.held_member == member].tolist()
        held += snapshot.row_package[snapshot.row_buyer == member].tolist()
        best = max(held, default=-1)
        return self.facts.plan["packages"][best]["code"] if best >= 0 else ""

    def _volume(self, member, known):
        measure = self.facts.measure
        ours = {
            "own_pv": measure(member, Measure.OWN_PV),
            "left": measure(member, Measure.LEFT_IN) + measure(member, Measure.LEFT_NEW),
            "right": measure(member, Measure.RIGHT_IN) + measure(member, Measure.RIGHT_NEW),
        }
        for key, value in ours.items():
            if key in known and known[key] != value:
                return "volume", self._note(
                    "volume",
                    figure=self.env._(words.FIGURES[key]),
                    old=self._number(known[key]),
                    ours=self._number(value),
                )
        return None

    def _implied(self, rows, old_e4, unit_e4):
        """At our percentage the old amount is a whole number of points."""
        table = self.facts.result.earnings
        if len(rows) != 1 or old_e4 <= 0 or not table.amount_e4[rows[0]]:
            return None
        row = rows[0]
        worth, whole = self.facts.worth(row)
        base = int(table.base_e4[row])
        factor = worth // base
        base_e4 = round(old_e4 * whole / factor / _POINT) * _POINT
        if abs(base_e4 * factor // whole - old_e4) > unit_e4:
            return None
        if _POINT * factor // whole <= 2 * unit_e4:
            return None  # every amount would be a whole number of points
        return "volume", self._note(
            "implied", old=self._number(base_e4), ours=self._number(int(table.base_e4[row]))
        )

    def _missing_sale(self, code, bonus, value):
        """Ours is more by exactly what one person's purchases earned, and nobody less."""
        if bonus is None or value <= 0:
            return None
        sources = self._find_sources(code, bonus, value)
        return ("volume", self._note("sale", code=sources[0])) if len(sources) == 1 else None

    # -- words -----------------------------------------------------------------

    def _note(self, key, **values):
        template = self.env._(words.NOTES[key])
        return template % values

    def _number(self, value_e4):
        return self._formats.number(from_e4(value_e4))
