# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fast start: the window of the buyer, then as every bonus by level."""

from ...kernel.context import local_day
from ...kernel.text import _
from ...telling import shapes
from .._by_level.explain import ByLevelTelling


class FastStartTelling(ByLevelTelling):
    def steps(self, view, found, index):
        """The steps of a bonus by level, and the window after the sale."""
        source, *rest = super().steps(view, found, index)
        text, title = _window(view, found.bonus, view.sale_of(found)), _("The window")
        return [source, shapes.sentence(view, "window", text[:1].upper() + text[1:], title), *rest]

    def not_taken(self, view, bonus, row):
        """Why a row is outside the window."""
        return _window(view, bonus.index, row)


def _window(view, bonus, row):
    data, params = view.snapshot, view.bonus(bonus).params
    buyer = int(data.row_buyer[row])
    if buyer < 0:
        return view.say("the buyer is not enrolled")
    if params.window_days:
        window = view.how_many(params.window_days, "{count} day", "{count} days")
    else:
        window = view.how_many(
            params.window_months,
            "{count} calendar month",
            "{count} calendar months",
        )
    if view.discreet:  # when others joined is theirs
        return view.say("the window is {window}", window=window)
    name, joined = view.name("member", buyer), int(data.member_joined[buyer])
    sold = int(local_day(data, data.row_moment[row]))
    return view.say(
        "{name} joined on {joined} and bought on {sold}; the window is {window}",
        name=name,
        joined=view.day(joined),
        sold=view.day(sold),
        window=window,
    )
