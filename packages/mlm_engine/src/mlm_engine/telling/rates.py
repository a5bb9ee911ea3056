# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where a percentage came from, in words."""

from ..kernel import packages, promotions
from ..kernel.codes import RateSource
from ..kernel.exact import E6
from ..kernel.text import _
from .codes import source_text

#: Sources whose figures only the rule itself knows, told without them.
_PLAIN = {
    RateSource.STEP: _("by the steps"),
    RateSource.DIFFERENCE: _("difference of percentages"),
    RateSource.SHARE: _("by the share"),
    RateSource.AWARD: _("award"),
}


def rate_text(view, found):
    """Return the words for the rate of an earning row."""
    describe = {
        RateSource.PACKAGE: _package,
        RateSource.RANK: _rank,
        RateSource.PROMOTION: _promotion,
        RateSource.PV_TIER: _tier,
        RateSource.LEVEL: _level,
    }
    source = RateSource(found.rate_source)
    if source in _PLAIN:
        return view.say(_PLAIN[source])
    values = describe[source](view, found) if source in describe else {}
    if isinstance(values, str):
        return values
    return source_text(source, view.lang, **values)


def _package(view, found):
    held = view.context.holdings
    purchase = int(view.packages_in_term[found.payee])
    package = view.plan["packages"][int(held.package[purchase])]
    name, until = view.label(package["name"]), int(held.until[purchase])
    if held.repeat[purchase]:
        name += view.say(" (bought again)")
    if until >= packages.NO_END:
        return {"name": name, "until": view.say("without end")}
    return {"name": name, "until": view.say("until {day}", day=view.day(until))}


def _rank(view, found):
    rank = view.telling(found.bonus).rank_of_rate(view, found)
    return {"name": view.label(view.plan["ranks"][rank]["name"])}


def _promotion(view, found):
    winner = promotions.best(view.snapshot)[1]
    promotion = view.plan["promotions"][int(winner[found.payee])]
    return {"name": view.label(promotion["name"])}


def _tier(view, found):
    own = int(view.context.activity.own_pv_e4[found.payee])
    return {"name": view.points(own) + " PV"}


def _level(view, found):
    """The level or generation paid, and the rank where rates go by rank."""
    bonus = view.plan["bonuses"][found.bonus]
    params = bonus["params"]
    name = f"{view.level_name(found.bonus)} {found.paid_level}"
    if params.get("rates_by_rank_e6") and found.payee >= 0:
        rank = view.plan["ranks"][int(view.context.paying_rank[found.payee])]
        name += view.say(", rank {rank}", rank=view.label(rank["name"]))
    if params.get("base_pct_e6", E6) != E6:
        share = view.percent(params["base_pct_e6"])
        name += view.say(", on {share} of the volume", share=share)
    return name
