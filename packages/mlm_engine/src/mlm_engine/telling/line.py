# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The line from a buyer up to whoever was paid: everybody passed, and why.

A rule gives ``told(line, upline)``: why somebody on the line got nothing on it, in
few words, for those without an earning row.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from types import SimpleNamespace

import numpy as np

from ..kernel import codes, eligibility
from ..kernel.uplines import Start, of_bonus, of_sponsors, starts
from ..rules._by_level.compression import passed_up, restarted
from . import shapes
from .codes import reason_text

#: Reasons that are no lack of the person
_OF_THE_PLAN = {
    int(one)
    for one in (
        codes.Reason.PAID,
        codes.Reason.CAPPED,
        codes.Reason.COMPANY_CAP,
        codes.Reason.GUARANTEE,
    )
}
#: People shown at each end of a line that is longer.
SHOWN = 12


@dataclass
class Line:
    """The uplines of one volume row, or of one person's earnings, in one bonus.

    ``uplines``: all of them, each with ``level``, ``member``, ``position`` and
    ``rows``, the indexes of what it got here.
    """

    view: object
    bonus: object
    row: int
    source: int

    @property
    def context(self):
        return self.view.context

    @property
    def params(self):
        return self.bonus.params

    @cached_property
    def eligibility(self):
        return eligibility.of_bonus(self.context, self.bonus)

    @cached_property
    def _begin(self):
        """Return ``(lines, start)``."""
        ctx, bonus = self.context, self.bonus
        if self.row < 0:  # what a person earned: sponsors at the period's end
            one = np.array([self.source], dtype=np.int64)
            sponsor = ctx.snapshot.sponsor
            moment = np.array([ctx.snapshot.period_end_moment])
            lines = of_sponsors(ctx)
            start = Start(one, one, sponsor[one], moment)
        else:
            lines, start = of_bonus(ctx, bonus), starts(ctx, bonus, np.array([self.row]))
        settings = bonus.rule.compression(bonus.params)
        if settings.get("kind") == "pass_up":
            lines = passed_up(ctx, settings["pass_up"])
            start = restarted(ctx, lines, start)
        return lines, start

    @cached_property
    def passed_up(self):
        """``[(who was passed up, by whom, to whom)]`` from the credited member up."""
        lines, start = self._begin
        sponsor, found = self.context.snapshot.sponsor, []
        first = self.source if self.row < 0 else int(self.context.snapshot.row_member[self.row])
        for node in [first, *lines.climb(start, 0)] if lines.passing else ():
            above = lines.parent_of(node) if node >= 0 else -1
            if above >= 0 and above != sponsor[node] and node not in [one[0] for one in found]:
                found.append((int(node), int(sponsor[node]), above))
        return found

    @property
    def origin(self):
        """The member that bought, -1 for a customer or nobody."""
        return int(self._begin[1].origin[0])

    @cached_property
    def uplines(self):
        return list(self._climb())

    def up_to(self, level):
        """Return the uplines to a distance, that one included; -1: all."""
        if level < 0:
            return self.uplines
        return list(islice(self._climb(), level))

    def _climb(self):
        lines, start = self._begin
        for level, node in enumerate(lines.climb(start, 0), 1):
            member = int(lines.owner[node])
            yield SimpleNamespace(
                level=level,
                member=member,
                position=int(lines.position(node)),
                rows=self.rows.get((member, level), []),
            )

    @cached_property
    def rows(self):
        """``{(payee, level): [index of the earning]}``."""
        found, (lines, start) = {}, self._begin
        source = self.source if self.row < 0 else None
        people = [int(lines.owner[node]) for node in lines.climb(start, 0)]
        for index in self.view.earnings_on(self.row, source, people):
            one = self.view.earning(index)
            if one.bonus == self.bonus.index:
                found.setdefault((one.payee, one.level), []).append(index)
        return found

    def of_member(self, member):
        """Return the uplines that are this member, nearest first."""
        return [one for one in self.uplines if one.member == member]


def of_earning(view, found):
    """Return the ``Line`` of an earning row: of its sale, of several that of the first."""
    return Line(view, view.bonus(found.bonus), view.sale_of(found), found.source)


def step(view, found, told):
    """The step that names everybody from the buyer up to the payee of a row.

    A discreet view says of the others only whether they qualified (RULES 38).
    """
    line = of_earning(view, found)
    people = line.up_to(found.level if found.payee >= 0 else -1)
    shown = [_person(view, line, found, one, told) for one in people[:SHOWN]]
    left_out = max(0, len(people) - 2 * SHOWN)
    shown += [_person(view, line, found, one, told) for one in people[SHOWN + left_out :]]
    texts = [_text(item) for item in shown]
    if left_out:
        texts.insert(SHOWN, view.say("… {left_out} people …", left_out=left_out))
    nobody = view.say("nobody above")
    if found.payee >= 0 and not found.level:
        nobody = view.say("the purchase is the payee's own")
    text = view.say("Uplines: {people}", people=" → ".join(texts) or nobody)
    return shapes.path(view, "path", text, shown, view.level_name(found.bonus), left_out)


def _person(view, line, found, one, told):
    here = (one.member, one.level) == (found.payee, found.level)
    item = {"level": one.level, "name": view.name("member", one.member), "here": here}
    paid = [index for index in one.rows if view.earning(index).amount_e4 > 0]
    if view.discreet and not here:
        lacking = not paid and _lacking(view, line, one)
        item["reason"] = "paid" if paid else "not_qualified" if lacking else "passed"
        item["reason_text"] = view.say("not qualified") if lacking else ""
        return item
    item.update(member=one.member, position=one.position)
    if one.rows:
        rows = [view.earning(index) for index in one.rows]
        item["reason"] = "paid" if paid else codes.Reason(rows[0].reason).name.lower()
        item["paid_levels"] = [row.paid_level for row in rows]
        item["amount"] = view.money(sum(row.amount_e4 for row in rows), one.member)
        item["reason_text"] = _got(view, rows) if paid else _brief(view, rows[0].reason)
    else:
        reason = int(line.eligibility.reason[one.member])
        item["reason"] = codes.Reason(reason).name.lower() if reason else "passed"
        item["reason_text"] = told(line, one)
    return item


def _lacking(view, line, one):
    """Whether it is something that somebody lacks why nothing was paid, and no limit of the
    plan or a level that went to others."""
    reasons = {view.earning(index).reason for index in one.rows}
    if line.eligibility.reason[one.member] or reasons - _OF_THE_PLAN:
        return True
    return not one.rows and view.telling(line.bonus.index).lacks(line, one)


def _got(view, rows):
    amount = view.told_money(sum(row.amount_e4 for row in rows), rows[0].payee)
    levels = [str(row.paid_level) for row in rows if row.paid_level and row.amount_e4]
    if not levels:
        return amount
    levels = view.say(" and ").join(levels)
    return view.say("level {levels}: {amount}", levels=levels, amount=amount)


def _text(item):
    told = f" ({item['reason_text']})" if item["reason_text"] else ""
    return f"{item['level']}. {item['name']}{told}"


def short(line, upline):
    """Return why somebody may not earn in the bonus, in few words, or nothing."""
    reason = int(line.eligibility.reason[upline.member])
    if not reason:
        return ""
    return _brief(line.view, reason)


def _brief(view, reason):
    text = reason_text(reason, view.lang).partition(":")[0]
    return text[:1].lower() + text[1:]
