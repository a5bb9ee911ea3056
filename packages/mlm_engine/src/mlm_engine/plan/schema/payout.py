# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Caps per person, company cap and guaranteed minimum: declared like parameters."""

from dataclasses import dataclass

from ...kernel.text import _
from .. import params as make
from ..read_params import read, values
from .common import MOST_CAPS, Named, unique


@dataclass(frozen=True)
class Cap:
    """Most that a person gets from some bonuses in one period."""

    bonuses: list = make.codes("bonuses", _("Bonuses"))
    amount_e4: int = make.number("money", 0, _("Cap per person"), none=_("by rank"))
    by_rank_e4: list = make.grid("ranks", "money", _("Cap by rank"))


@dataclass(frozen=True)
class Payout:
    """What the company pays at most and at least, as a part of the volume."""

    cap_pct_e6: int = make.number("percent", 0, _("Company cap"), "% CV", _("no cap"))
    mode: str = make.only(
        make.choice(
            "pro_rata",
            {
                "pro_rata": _("Pro rata"),
                "protect_ranks": _("Protect higher ranks"),
                "hard_stop": _("Until used up"),
            },
            _("Reduction"),
        ),
        cap_pct=make.GIVEN,
    )
    protect_from: int = make.only(
        make.ref("ranks", _("Protect from")),
        cap_pct=make.GIVEN,
        mode="protect_ranks",
    )
    bonuses: list = make.codes("bonuses", _("Bonuses included"))
    floor_pct_e6: int = make.number(
        "percent",
        0,
        _("Guaranteed minimum"),
        "% CV",
        _("no minimum"),
    )
    floor_bonus: int = make.only(
        make.ref("bonuses", _("Bonus that tops it up")), floor_pct=make.GIVEN
    )


def caps(check, value, plan):
    result = []
    for path, item in check.sequence(value, ("caps",), MOST_CAPS):
        data = check.mapping(item, path)
        entry = values(Named, data, check, path, plan)
        own = {key: one for key, one in data.items() if key not in entry}
        entry.update(read(Cap, own, check, path, plan))
        if not entry["bonuses"] and not data.get("bonuses"):
            check.wrong((*path, "bonuses"), _("a cap needs bonuses"), _("Add `bonuses: […]`"))
        if not entry["amount_e4"] and not entry["by_rank_e4"]:
            check.wrong((*path, "amount"), _("a cap needs `amount` or `by_rank`"))
        result.append(entry)
    unique(check, result, ("caps",))
    return result


def payout(check, value, plan):
    """Canonical: the fields of ``Payout``; ``cap_pct_e6`` 0 = no cap."""
    return read(Payout, value, check, ("payout",), plan)
