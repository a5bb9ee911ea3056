# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What stands at the top of a plan, placement trees and activity."""

from dataclasses import dataclass

from ...kernel.text import _
from .. import params as make
from ..read_params import read, values
from .common import MOST_TREES, Coded

#: ways to round (``kernel/exact.py: MODES``) → what people call them
ROUNDINGS = {
    "half_up": _("to the nearest"),
    "half_even": _("to the nearest, half to even"),
    "down": _("down"),
    "up": _("up"),
}


@dataclass(frozen=True)
class Currency:
    """Currencies of the plan's amounts and of what is paid out."""

    base: str = make.plain(
        "currency",
        _("Of the plan"),
        help=_("A point is worth one unit of this currency."),
        required=True,
    )
    company: str = make.plain("currency", _("Of the company"), required=True)


@dataclass(frozen=True)
class Rounding:
    """How each row is rounded."""

    mode: str = make.choice(None, ROUNDINGS, _("Mode"), required=True)
    unit_e4: int = make.plain("decimal", _("Unit"), required=True)


@dataclass(frozen=True)
class General:
    """What stands at the top of the document."""

    code: str = make.plain("code", _("Code of the plan"), key="plan", required=True, readonly=True)
    name: dict = make.plain("names", _("Name"), required=True)
    version: int = make.number("integer", None, _("Version"), least=1, required=True)
    valid_from: int = make.day(
        _("Valid from"), help=_("The first day of a period of every kind that it uses.")
    )
    currency: dict = make.group(Currency, _("Currencies"), required=True)
    rounding: dict = make.group(Rounding, _("Rounding of each row"), required=True)
    sources: list = make.table(
        None,
        make.as_written,
        _("Sources"),
        form={"kind": "lines"},
        help=_("Where the figures come from, one per line."),
        advanced=True,
    )


@dataclass(frozen=True)
class Tree(Coded):
    """A placement tree."""

    kind: str = make.choice(
        "binary",
        {"binary": _("Binary"), "matrix": _("Matrix"), "free": _("Free")},
        _("Kind"),
        required=True,
    )
    width: int = make.only(
        make.number("integer", 0, _("Width"), help=_("In a matrix: how many fit below each one.")),
        kind=("matrix", "free"),
    )


@dataclass(frozen=True)
class Activity:
    """What a person must buy to be active."""

    period: str = make.ref("periods", _("Period"), required=True)
    pv_e4: int = make.number("points", None, _("Own PV"), "PV", required=True)
    window: int = make.number(
        "integer",
        1,
        _("Within how many periods"),
        least=1,
        most=1_000,
        help=_("The current one included."),
    )
    by_rank_e4: list = make.grid(
        "ranks", "points", _("Another PV by rank"), unit="PV", advanced=True
    )
    held: str = make.only(
        make.choice(
            "paid",
            {"paid": _("The one paid before"), "title": _("The title")},
            _("Which rank counts for that"),
            advanced=True,
        ),
        by_rank=make.GIVEN,
    )


def general(check, data):
    """Canonical: the fields of ``General`` that are read, both currencies beside the others."""
    found = values(General, data, check, (), None)
    currency = found["currency"]
    if found["rounding"]["unit_e4"] <= 0:
        check.wrong(("rounding", "unit"), _("the rounding unit must be positive"))
        found["rounding"]["unit_e4"] = 1
    return {
        **{name: found[name] for name in ("code", "name", "version")},
        **{f"{name}_currency": currency[name] for name in ("base", "company")},
        **{name: found[name] for name in ("valid_from", "rounding")},
    }


def trees(check, value):
    """Placement trees of the plan; the sponsor tree is always there.

    ``placement`` stands for the binary tree of that code.
    """
    result = []
    for path, item in check.sequence(value, ("trees",), MOST_TREES):
        if item == "sponsor":
            continue
        if isinstance(item, str):
            item = {"code": item, "kind": "binary"}
        result.append(read(Tree, item, check, path, None))
    return result


def activity(check, value, plan):
    """Canonical: the fields of ``Activity``, a PV for each rank; ``None``: all are active."""
    if value is None:
        return None
    found = read(Activity, value, check, ("activity",), plan)
    by_rank = found["by_rank_e4"] or [None] * len(plan["codes"]["ranks"])
    found["by_rank_e4"] = make.nearest_lower(by_rank, found["pv_e4"])
    return found
