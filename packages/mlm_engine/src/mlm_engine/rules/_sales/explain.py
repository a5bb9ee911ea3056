# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sales behind an earning of the grain ``source``, and the steps that name them."""

from dataclasses import replace

import numpy as np

from ...kernel import row_filter
from ...kernel.columns import joined
from ...kernel.exact import E4, allocate
from ...kernel.text import _
from ...plan.document import unscaled
from ...telling import plain, shapes
from ...telling.rule import Telling

#: What tells apart the rows of one bonus and source.
_KEY = ("payee", "level", "paid_level", "position", "rate_e6")
_SHOWN = 20


class OfSales(Telling):
    """Rules that pay sales up a line, one row for each sale or for each source."""

    by_sale = True

    def behind(self, view, found):
        """Return the rows of the source's purchases that are paid alike, with their base: the
        rule pays these purchases once more, each by itself and not rounded."""
        bonus = view.bonus(found.bonus)
        if bonus.grain == "sale":
            return None
        line = _lines(view, bonus, found.source)
        mine = np.flatnonzero(np.all([line[name] == getattr(found, name) for name in _KEY], axis=0))
        mine = mine[np.argsort(line["row"][mine])]
        return line["row"][mine].astype(np.int64), line["base_e4"][mine]

    def source_steps(self, view, found):
        """The sale, or the source with its sales, as a list."""
        if found.row >= 0 or view.bonus(found.bonus).grain == "sale":
            return plain.source_step(view, found)
        row, base = self.behind(view, found)
        share, unit = allocate(found.amount_e4, base, row), view.unit(found)
        count, who = row.size, view.name("member", found.source)
        sales = view.how_many(count, "{count} sale", "{count} sales")
        source = view.say("{sales} to {who}", sales=sales, who=who)
        credited = np.unique(view.snapshot.row_member[row]).tolist()
        if len(credited) == 1 and credited[0] != found.source:
            name = view.name("member", credited[0])
            source += view.say(", credited to {name}", name=name)
        largest = np.argsort(-base, kind="stable")[:_SHOWN]
        money = [view.told_money(int(one), found.payee) for one in share[largest]]
        told = [f"{view.points(int(one))} {unit}" for one in base[largest]]
        names = [view.name("row", one) for one in row[largest]]
        listed = [
            view.say("{sale}: {base}, its share is {share}", sale=name, base=told_, share=part)
            for name, told_, part in zip(names, told, money, strict=True)
        ]
        figures = [
            (one, shapes.figure(view, _("sale"), unscaled(int(cv), E4), unit))
            for one, cv in zip(row[largest].tolist(), base[largest], strict=True)
        ]
        return [
            shapes.sentence(view, "source", source),
            shapes.sales(view, "volume", "; ".join(listed), figures, count),
        ]


def _lines(view, bonus, source):
    """Return the columns of what the purchases of one source are paid, sale by sale."""
    kept = view.context.shared.setdefault("lines", {})
    if (bonus.index, source) not in kept:
        if len(kept) >= _KEPT:
            kept.clear()
        ctx = view.context
        row = row_filter.taken(ctx, bonus)
        row = row[ctx.snapshot.row_buyer[row] == source]
        alone = replace(ctx, taken={bonus.index: row}, lines=[])
        bonus.rule.compute(alone, replace(bonus, grain="line"))
        names = ("row", "base_e4", *_KEY)
        kept[bonus.index, source] = {
            name: joined([line[name] for line in alone.lines]) if alone.lines else np.zeros(0, int)
            for name in names
        }
    return kept[bonus.index, source]


#: Sources whose sales are kept for the next question.
_KEPT = 1000
