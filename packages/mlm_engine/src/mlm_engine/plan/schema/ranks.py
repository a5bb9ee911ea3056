# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks and how they are kept."""

from dataclasses import dataclass

from ...kernel.text import _
from .. import params as make
from ..read_params import read
from . import conditions
from .common import MOST_RANKS, Named, unique


@dataclass(frozen=True)
class Rank(Named):
    """A rank, and what it asks for; ``measure`` with ``min`` is a short condition."""

    measure: dict = make.table(None, make.as_written, _("Measured by"), form={"kind": "measure"})
    min_e4: int = make.number("points", 0, _("From"))
    rate_e6: int = make.number("percent", 0, _("Percentage it gives"), key="pct")
    requires: list = make.conditions(_("Requirements"))


@dataclass(frozen=True)
class Policy:
    """How ranks are kept from period to period; see ``docs/contracts/rules.md`` §4."""

    period: str = make.ref("periods", _("Evaluated every"), help=_("Empty: the first."))
    mode: str = make.choice(
        "own",
        {"own": _("Those of this rank"), "ladder": _("Those of all ranks below as well")},
        _("Requirements"),
    )
    grace: int = make.number(
        "integer",
        0,
        _("Periods of grace"),
        help=_("How many in a row can be missed without dropping."),
    )
    demotion: str = make.choice(
        "earned",
        {
            "earned": _("Drops to the one earned"),
            "one_step": _("Drops one step"),
            "none": _("Does not drop"),
        },
        _("After the grace"),
    )
    paid_rank: str = make.choice(
        "current",
        {"current": _("Of the same period"), "last_closed": _("Of the last closed period")},
        _("Bonuses use the rank"),
    )
    title: str = make.choice(
        "keeps",
        {"keeps": _("The highest ever reached"), "paid": _("The same as the rank paid")},
        _("Title"),
    )


def ranks(check, value, plan):
    """Canonical: the fields of ``Rank``, the short condition among ``requires``; ``min_e4``,
    its least, is kept for lists."""
    result = []
    for path, item in check.sequence(value, ("ranks",), MOST_RANKS):
        found = read(Rank, item, check, path, plan)
        measure, requires = found["measure"], found["requires"]
        if measure is not None:
            short = conditions.by_name(check, measure, item.get("min", 0), path, plan)
            requires = ([short] if short and short["min"] else []) + requires
        elif found["min_e4"]:
            check.wrong((*path, "measure"), _("`min` needs a measure"), _("Add `measure: …`"))
        kept = {name: found[name] for name in ("min_e4", "rate_e6")}
        result.append({"code": found["code"], "name": found["name"], "requires": requires, **kept})
    unique(check, result, ("ranks",))
    if result and result[0]["requires"]:
        check.wrong(("ranks", 0), _("the first rank is everybody's: it requires nothing"))
    return result


def policy(check, value, plan):
    """Canonical: the fields of ``Policy``."""
    return read(Policy, value, check, ("rank_policy",), plan)
