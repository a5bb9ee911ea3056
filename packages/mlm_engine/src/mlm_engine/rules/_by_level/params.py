# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Parameters of rates by level and of compression, and what contradicts in them."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...kernel import bounds
from ...kernel.exact import E6
from ...kernel.text import _
from ...plan import params as make
from ...plan.finding import error, warning
from .rates import LevelRates

BASES = {"cv": _("CV"), "pv": _("PV")}
CUSTOMERS = {
    "level": _("Use up level 1: the person who serves them"),
    "own": _("Count as an own purchase"),
}
KINDS = {
    "none": _("No compression"),
    "roll_up": _("Rolls up to the next who reaches it"),
    "skip_inactive": _("Inactive people use up no level"),
    "skip_below_rank": _("Nor people below the threshold"),
    "dynamic": _("Dynamic: the next who qualifies"),
    "volume": _("Volume of an inactive buyer moves up"),
    "segment": _("Segments down to a qualified person"),
    "pass_up": _("First ones are passed up"),
}


@dataclass(frozen=True)
class Compression:
    """Who is passed over; §2."""

    kind: str = make.choice("none", KINDS, _("Compression"))
    threshold_rank: int = make.only(
        make.ref("ranks", _("Rank of the threshold")),
        kind=("skip_below_rank", "segment"),
    )
    threshold_levels: int = make.only(
        make.number(
            "integer",
            0,
            _("Levels to be reached"),
            none=_("not required"),
        ),
        kind=("skip_below_rank", "segment"),
    )
    twice: bool = make.only(
        make.flag(True, _("A person may be paid two levels")),
        kind="roll_up",
    )
    max_depth: int = make.number("integer", 0, _("Maximum distance"), none=_("no limit"))
    pass_up: int = make.only(make.number("integer", 2, _("People to pass up")), kind="pass_up")


@dataclass(frozen=True)
class Rates:
    """Rates of levels."""

    rates_e6: list = make.levels((), "percent", _("Rate by level"))
    rates_by_rank_e6: list = make.grid("ranks", "percent", _("Rates by rank"), lists=True)
    levels_by_rank: list = make.grid("ranks", "integer", _("Levels a rank reaches"))
    base_pct_e6: int = make.number("percent", E6, _("Share of the volume"))


@dataclass(frozen=True)
class OfRows:
    """What a bonus on volume rows reads of them."""

    base: str = make.choice("cv", BASES, _("Volume that pays"))
    customers: str = make.choice("level", CUSTOMERS, _("Customers' purchases"))


@dataclass(frozen=True)
class Levels(OfRows, Rates):
    """What unilevel, matrix and fast start take."""

    boundary_rank: int = make.ref("ranks", _("Ends at the rank"))
    compression: dict = make.group(Compression, _("Compression"))


def validate_rates(params, plan):
    """Return the contradictions of the rates of levels."""
    findings = []
    by_rank = params.rates_by_rank_e6
    if params.rates_e6 and by_rank:
        findings.append(
            error(
                _("two rates for one level: `rates` and `rates_by_rank`"),
                _("Keep one of them"),
                ("rates_by_rank",),
            )
        )
    rates = LevelRates(params, plan)
    if not rates.offered.any():
        findings.append(error(_("no level pays anything"), _("Give `rates: [level 1, …]`")))
    if by_rank:
        findings += _falling(rates.table, "rates_by_rank")
    if params.levels_by_rank:
        deepest = max(count or 0 for count in params.levels_by_rank)
        if deepest > rates.count:
            findings.append(
                error(
                    _(
                        "a rank reaches level {deepest}, rates end at level {count}",
                        deepest=deepest,
                        count=rates.count,
                    ),
                    _("Give each level a rate, or lower `levels_by_rank`"),
                    ("levels_by_rank",),
                )
            )
        findings += _falling(rates.unlock[:, None], "levels_by_rank")
    return findings + _inexact(params)


def validate_compression(compression, plan):
    """Return what contradicts in the settings of compression."""
    kind, findings = compression["kind"], []
    threshold = compression["threshold_rank"] >= 0 or compression["threshold_levels"] > 0
    if kind == "skip_below_rank" and not threshold:
        findings.append(
            warning(
                _("skip_below_rank has no threshold: it only skips inactive people"),
                _("Give `threshold_rank` or `threshold_levels`"),
                ("compression",),
            )
        )
    if kind == "pass_up" and not compression["pass_up"]:
        findings.append(
            error(_("nobody is passed up"), _("Give `pass_up: 2`"), ("compression", "pass_up"))
        )
    return findings


def ceiling_of_rates(params, plan, height=0, compression=None):
    """Return the sum of the offered rates; ``segment`` may pay level 1 twice."""
    rates = LevelRates(params, plan, height)
    total = int(rates.offered.sum())
    if compression and compression["kind"] == "segment" and rates.count:
        total += int(rates.offered[0])
    return Fraction(total, E6)


def of_cv(share, params, plan):
    """Turn a share of the base into one of CV; ``None`` where that has no bound."""
    points = bounds.of_base(plan, params.base)
    return None if points is None else share * points


def _falling(table, key):
    """A higher rank that gets less than a lower one: perhaps meant, worth a look."""
    for level in range(table.shape[1]):
        if (np.diff(table[:, level]) < 0).any():
            text = _(
                "{key}: a higher rank has less at level {level} than a lower one",
                key=key,
                level=level + 1,
            )
            return [warning(text, _("Check the order of the ranks"), (key,))]
    return []


def _inexact(params):
    values = [rate or 0 for rate in params.rates_e6]
    for row in params.rates_by_rank_e6 or ():
        values += row or ()
    if any(value * params.base_pct_e6 % E6 for value in values):
        return [
            warning(
                _("base_pct × rate has more than four decimals of a percent: it is rounded"),
                _("Choose figures whose product is exact"),
                ("base_pct",),
            )
        ]
    return []


def validate_tree(bonus, plan):
    """Return the finding that people are passed up in the sponsor tree alone."""
    if bonus["params"]["compression"]["kind"] == "pass_up" and bonus["tree"] != "sponsor":
        return [
            error(
                _("people are passed up only in the sponsor tree"),
                _("Use `tree: sponsor` or another compression"),
                ("params", "compression"),
            )
        ]
    return []
