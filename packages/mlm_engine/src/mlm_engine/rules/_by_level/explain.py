# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What bonuses by level say: the level and the one paid, rate and share of the volume."""

from ...kernel.codes import RateSource, Reason
from ...kernel.text import _
from ...telling import entitled, line, plain, shapes
from ...telling.language import tell
from .._sales.explain import OfSales
from .params import KINDS
from .rates import LevelRates

#: a limit took a part as well, and its reason stands in the row
_LIMITS = (Reason.CAPPED, Reason.COMPANY_CAP)


class ByLevelTelling(OfSales):
    def steps(self, view, found, index):
        """Source, path, level, base, rate and, where it is less, why."""
        return [
            *self.source_steps(view, found),
            *self.passed_up_step(view, found),
            line.step(view, found, self.told),
            *self.level_step(view, found),
            plain.base_step(view, found),
            plain.rate_step(view, found),
            *plain.fx_step(view, found),
            *self.less_step(view, found),
        ]

    def passed_up_step(self, view, found):
        """Who on the line was passed up, by whom and to whom, as a list of no or one step."""
        path = line.of_earning(view, found)
        if not path.passed_up:
            return []
        if view.discreet:  # who recruited whom is theirs
            text = view.say("The line counts people who were passed up")
        else:
            text = "; ".join(_passed_up(path, *one) for one in path.passed_up[: line.SHOWN])
        title = _("People passed up")
        return [shapes.sentence(view, "passed_up", text[:1].upper() + text[1:], title)]

    def passed_on(self, path, member):
        """Why somebody who sponsors on the line stands no longer on it, as a clause; or
        nothing."""
        given = [one for one in path.passed_up if one[1] == member]
        return "; ".join(_passed_up(path, *one) for one in given)

    def told(self, path, upline):
        """Why somebody on the line is paid no level of it."""
        nothing = path.view.say("no level left to pay")
        return line.short(path, upline) or _passed(path, upline) or nothing

    def lacks(self, path, upline):
        return bool(_short_of(path, upline.member))

    def level_step(self, view, found):
        """How far the payee stands and which level that pays, where those differ."""
        params = view.bonus(found.bonus).params
        if found.payee < 0 or found.level == found.paid_level:
            return []
        kind = tell(KINDS[params.compression["kind"]], view.lang)
        text = view.say(
            "Is on level {level} and is paid as level {paid_level} ({kind})",
            level=found.level,
            paid_level=found.paid_level,
            kind=kind,
        )
        figures = {"level": found.level, "paid_level": found.paid_level}
        return [shapes.sentence(view, "level", text, **figures)]

    def less_step(self, view, found):
        """Why the payee gets less than the plan offers, with figures."""
        text = self.less(view, found)
        return [shapes.sentence(view, "less", text)] if text else []

    def less(self, view, found):
        """Return the sentence of why an earning is less than offered, or nothing."""
        if found.payee < 0 or not found.reason:
            return ""
        bonus = view.bonus(found.bonus)
        rates = _rates_of(bonus, view.plan)
        rank = int(view.context.paying_rank[found.payee])
        named = entitled.rank_name(view, rank)
        if found.reason == Reason.NOT_UNLOCKED:
            reached = int(rates.unlock[rank])
            reach = _levels(view, reached)
            return view.say(
                "rank {named} reaches {reach} and this is level {paid_level}",
                named=named,
                reach=reach,
                paid_level=found.paid_level,
            )
        offered = int(rates.offered[found.paid_level - 1])
        by_rank = found.rate_source == RateSource.LEVEL and found.rate_e6 < offered
        if found.reason == Reason.RANK_RATE or (found.reason in _LIMITS and by_rank):
            offered = view.percent(offered)
            own = view.percent(found.rate_e6)
            return view.say(
                "rank {named} gives {own} at this level; the plan offers up to {offered}",
                named=named,
                own=own,
                offered=offered,
            )
        return entitled.clause(view, bonus, found.payee)

    def absent(self, path, member):
        """Why somebody on the line got no row: too far, or passed over."""
        view, upline = path.view, path.of_member(member)[0]
        blocked = entitled.clause(view, path.bonus, member)
        kind, count = path.params.compression["kind"], _rates(path).count
        if blocked and kind != "none":
            return blocked
        boundary = _boundary(path)
        if boundary and upline.level > boundary.level:
            if view.discreet:
                return view.say("the line ends before")
            name = view.name("member", boundary.member)
            rank = entitled.rank_name(view, path.context.paying_rank[boundary.member])
            return view.say(
                "the line ends at {name}, with rank {rank}",
                name=name,
                rank=rank,
            )
        if max_depth(path) and upline.level > max_depth(path):
            return view.say(
                "is on level {level} and the bonus reaches {reach}",
                level=upline.level,
                reach=max_depth(path),
            )
        if kind == "none" and upline.level > count:
            paid = _levels(view, count)
            return view.say(
                "is on level {level} and the bonus pays {paid}",
                level=upline.level,
                paid=paid,
            )
        return _passed(path, upline) or view.say(
            "the levels of the bonus went to people closer to the purchase",
        )


def _passed_up(path, member, sponsor, above):
    view, count = path.view, path.params.compression["pass_up"]
    who, by, to = (view.name("member", one) for one in (member, sponsor, above))
    first = view.say("the first recruit")
    if count > 1:
        first = view.say("of the first {count} recruits", count=count)
    return view.say(
        "{by} passed {who} up ({first}): now under {to}",
        by=by,
        who=who,
        first=first,
        to=to,
    )


def _passed(path, upline):
    """Why compression passes somebody who may earn, or nothing."""
    view, member = path.view, upline.member
    short = _short_of(path, member)
    if short:
        return short
    if path.params.compression["kind"] == "volume" and _moved_to(path) == member:
        return view.say("receives the volume")
    if max_depth(path) and upline.level > max_depth(path):
        return view.say("beyond the maximum distance")
    return ""


def _short_of(path, member):
    """What rank somebody who may earn lacks, or nothing."""
    view, compression, rates = path.view, path.params.compression, _rates(path)
    rank = int(path.context.paying_rank[member])
    kind, reached = compression["kind"], int(rates.unlock[rank])
    if kind in ("skip_below_rank", "segment") and (
        rank < compression["threshold_rank"] or reached < compression["threshold_levels"]
    ):
        return view.say("below the threshold")
    if kind in ("roll_up", "dynamic") and reached < rates.count:
        reach = _levels(view, reached)
        return view.say("rank reaches {reach}", reach=reach)
    return ""


def max_depth(path):
    """Return the greatest distance, 0 for none."""
    return path.params.compression["max_depth"]


def _levels(view, number):
    return view.how_many(number, "{count} level", "{count} levels")


def _rates_of(bonus, plan):
    return LevelRates(bonus.params, plan, bonus.rule.height(bonus.params))


def _rates(path):
    return _rates_of(path.bonus, path.view.plan)


def _boundary(path):
    rank = path.bonus.rule.boundary(path.params)
    if rank < 0:
        return None
    held = path.context.paying_rank
    return next((one for one in path.uplines if held[one.member] >= rank), None)


def _moved_to(path):
    """The first present upline of an inactive buyer, who gets the volume; else -1."""
    if path.origin < 0 or path.context.activity.active[path.origin]:
        return -1
    present = path.eligibility.present
    return next((one.member for one in path.uplines if present[one.member]), -1)
