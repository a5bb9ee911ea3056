# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Basics, placement trees and kinds of period: what the other sections stand on."""

from ..kernel.exact import MODES
from ..kernel.text import _
from ..telling.words import ROUNDINGS
from . import choices
from .field import CODE, field, required, section

_ROUNDINGS = {mode: ROUNDINGS[mode] for mode in MODES}

GENERAL = section(
    "group",
    None,
    _("Basics"),
    [
        required("code", "plan", _("Code of the plan"), readonly=True),
        required("names", "name", _("Name")),
        required("integer", "version", _("Version")),
        field(
            "day",
            "valid_from",
            _("Valid from"),
            _("The first day of a period of every kind that it uses."),
        ),
        required(
            "group",
            "currency",
            _("Currencies"),
            fields=[
                required(
                    "currency",
                    "base",
                    _("Of the plan"),
                    _("A point is worth one unit of this currency."),
                ),
                required("currency", "company", _("Of the company")),
            ],
        ),
        required(
            "group",
            "rounding",
            _("Rounding of each row"),
            fields=[
                required("choice", "mode", _("Mode"), options=_ROUNDINGS),
                required("decimal", "unit", _("Unit")),
            ],
        ),
        field(
            "lines",
            "sources",
            _("Sources"),
            _("Where the figures come from, one a line."),
            advanced=True,
        ),
    ],
)
TREES = section(
    "list",
    "trees",
    _("Placement trees"),
    [
        CODE,
        required("choice", "kind", _("Kind"), options=choices.TREE_KINDS, default="binary"),
        field(
            "integer",
            "width",
            _("Width"),
            _("Of a matrix: how many fit below each one."),
            default=0,
        ),
    ],
    _("The sponsor tree is always there. Here are the others."),
    item=_("Tree"),
    code="tree",
    new={"kind": "binary"},
    unnamed=True,
)
_KNOWN = (
    required("integer", "anchor_number", _("A known number")),
    required("day", "anchor_start", _("Which began on")),
)
_PAY_DAY = field(
    "integer",
    "pay_day",
    _("Paid on day"),
    _("Of the month after."),
    default=15,
)
PERIODS = section(
    "map",
    "periods",
    _("Periods and pay dates"),
    [],
    _("The first one is that of the volume ledger."),
    item=_("Period"),
    code="period",
    variant={
        "key": "kind",
        "options": {
            "days": {
                "label": _("Fixed number of days"),
                "summary": _("Numbered weeks or cycles, one after the other."),
                "new": {"days": 7, "anchor_number": 1},
                "fields": [
                    required("integer", "days", _("Days")),
                    *_KNOWN,
                    field(
                        "integer",
                        "pay_after_start",
                        _("Paid so many days after its start"),
                        default=0,
                    ),
                ],
            },
            "month": {
                "label": _("Calendar month"),
                "new": {"anchor_number": 1},
                "fields": [*_KNOWN, _PAY_DAY],
            },
            "weeks_of_month": {
                "label": _("Weeks that end in the month"),
                "new": {"anchor_number": 1},
                "fields": [
                    field("ref", "of", _("Of the weeks"), section="periods"),
                    *_KNOWN,
                    _PAY_DAY,
                ],
            },
        },
    },
)
