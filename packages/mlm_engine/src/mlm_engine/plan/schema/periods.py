# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Kinds of period: a class for each way in which periods follow each other."""

from dataclasses import dataclass

from ...kernel.text import _
from .. import params as make
from ..document import shown, suggestion
from ..read_params import read
from .common import MOST_PERIODS

#: days of a period, or until it is paid
_LONGEST = 3_660
#: Read on with this where a kind of period cannot be read, so that its mistake is said once.
_STAND_IN = {
    "kind": "days",
    "days": 7,
    "anchor_number": 1,
    "anchor_start": 719163,
    "pay_after_start": 0,
}


def _anchor_number():
    return make.number("integer", None, _("A known number"), least=None, required=True)


def _anchor_start():
    return make.day(_("Which began on"), required=True)


def _pay_day():
    label, text = _("Paid on day"), _("Of the following month.")
    return make.number("integer", 15, label, least=1, most=366, help=text)


@dataclass(frozen=True)
class Days:
    """Periods of so many days."""

    days: int = make.number("integer", None, _("Days"), least=1, most=_LONGEST, required=True)
    anchor_number: int = _anchor_number()
    anchor_start: int = _anchor_start()
    pay_after_start: int = make.number(
        "integer", 0, _("Days from its start to payment"), most=_LONGEST
    )


@dataclass(frozen=True)
class Month:
    """Calendar months."""

    anchor_number: int = _anchor_number()
    anchor_start: int = _anchor_start()
    pay_day: int = _pay_day()


@dataclass(frozen=True)
class WeeksOfMonth:
    """The weeks that end in a month."""

    of: str = make.table(
        None,
        make.as_written,
        _("Of the weeks"),
        form={"kind": "ref", "section": "periods"},
    )
    anchor_number: int = _anchor_number()
    anchor_start: int = _anchor_start()
    pay_day: int = _pay_day()


#: kind → its keys, and what people call it
KINDS = {
    "days": (Days, _("Fixed number of days")),
    "month": (Month, _("Calendar month")),
    "weeks_of_month": (WeeksOfMonth, _("Weeks that end in the month")),
}


def periods(check, value):
    """Kinds of period in the order written: the first is the ledger's."""
    result = {}
    for code, item in check.mapping(value, ("periods",)).items():
        path = ("periods", code)
        if len(result) == MOST_PERIODS:
            check.wrong(
                path,
                _("more than {most} entries", most=MOST_PERIODS),
                _("Remove some"),
            )
            break
        result[code] = _one(check, item, path, result)
    if not result:
        check.shape(
            path=("periods",), text=_("no kind of period"), remedy=_("Add e.g. `week: {…}`")
        )
        result["week"] = dict(_STAND_IN)
    return result


def _one(check, item, path, known):
    data = check.mapping(item, path)
    kind = data.get("kind", "")
    if kind not in list(KINDS):
        missing = _("'kind' is missing")
        text = _("unknown value {kind}", kind=shown(kind)) if "kind" in data else missing
        check.shape((*path, "kind"), text, suggestion(kind, KINDS))
        return dict(_STAND_IN)
    found = {"kind": kind, **read(KINDS[kind][0], item, check, path, None, own=("kind",))}
    if kind == "weeks_of_month":
        del found["of"]
        days = {code: one for code, one in known.items() if one["kind"] == "days"}
        code = str(data.get("of", next(iter(days), "")))
        if code not in days:
            where, remedy = (*path, "of"), suggestion(code, days) or _("Declare one first")
            check.wrong(
                where, _("{code} is not one of the kinds of days above", code=shown(code)), remedy
            )
        found["of"], found["week"] = code, days.get(code, _STAND_IN)
    return found
