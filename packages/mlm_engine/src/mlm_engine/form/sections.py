# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sections of a plan document, in the order in which people think of them.

A section is one key of the document, or several under one heading (``keys``). It is
a ``group`` of fields, a ``list`` of entries or a ``map`` of entries by their code.
The wording of a bonus's parameters is not here but in its rule file.
"""

from ..kernel.text import _
from . import choices
from .basics import GENERAL, PERIODS, TREES
from .field import CODE, NAME, field, required, section

ACTIVITY = section(
    "group",
    "activity",
    _("Who is active"),
    [
        required("ref", "period", _("Period"), section="periods"),
        required("points", "pv", _("Own PV"), unit="PV"),
        field(
            "integer",
            "window",
            _("Within how many periods"),
            _("The present one included."),
            default=1,
        ),
        field(
            "grid",
            "by_rank",
            _("Another PV by rank"),
            section="ranks",
            cell="points",
            lists=False,
            unit="PV",
            advanced=True,
        ),
        field(
            "choice",
            "held",
            _("Which rank counts for that"),
            options=choices.HELD,
            default="paid",
            advanced=True,
        ),
    ],
    _("Without this, everybody is active."),
    optional=True,
)
PACKAGES = section(
    "list",
    "packages",
    _("Packages"),
    [
        CODE,
        NAME,
        field("percent", "pct", _("Percentage it gives"), default=0),
        field(
            "integer",
            "months",
            _("Months of its term"),
            _("Empty: without end."),
            nullable=True,
        ),
        field("percent", "repeat_pct", _("Percentage when repeated")),
        field("ref", "rank", _("Grants the rank"), section="ranks", advanced=True),
        field("integer", "rank_months", _("For how many months"), advanced=True),
    ],
    _("From the lowest to the highest."),
    item=_("Package"),
    code="package",
)
MEASURES = section(
    "list",
    "measures",
    _("Measures"),
    [CODE, NAME],
    _("What is counted of each person, for ranks and conditions."),
    item=_("Measure"),
    code="measure",
    variant={"key": "kind", "options": "measures"},
)
RANKS = section(
    "list",
    "ranks",
    _("Ranks"),
    [
        CODE,
        NAME,
        field("measure", "measure", _("Measured by")),
        field("points", "min", _("From"), default=0),
        field("percent", "pct", _("Percentage it gives"), default=0),
        field("conditions", "requires", _("Requirements")),
    ],
    _("From the lowest to the highest; the first one is everybody's."),
    item=_("Rank"),
    code="rank",
)
RANK_POLICY = section(
    "group",
    "rank_policy",
    _("How ranks are kept"),
    [
        field(
            "ref",
            "period",
            _("Evaluated every"),
            _("Empty: the first."),
            section="periods",
        ),
        field("choice", "mode", _("Requirements"), options=choices.MODES, default="own"),
        field(
            "integer",
            "grace",
            _("Periods of grace"),
            _("How many in a row may be missed without falling."),
            default=0,
        ),
        field(
            "choice",
            "demotion",
            _("After the grace"),
            options=choices.DEMOTIONS,
            default="earned",
        ),
        field(
            "choice",
            "paid_rank",
            _("Bonuses use the rank"),
            options=choices.PAID_RANKS,
            default="current",
        ),
        field("choice", "title", _("Title"), options=choices.TITLES, default="keeps"),
    ],
    optional=True,
)
PROMOTIONS = section(
    "list",
    "promotions",
    _("Promotions"),
    [
        CODE,
        NAME,
        required("percent", "pct", _("Percentage")),
        required("day", "from", _("From")),
        required("day", "to", _("To")),
        field(
            "words",
            "members",
            _("For whom"),
            _("“all”, or the codes of the people."),
            default="all",
        ),
    ],
    item=_("Promotion"),
    code="promotion",
)
BONUSES = section(
    "list",
    "bonuses",
    _("Bonuses"),
    [
        CODE,
        NAME,
        field(
            "ref",
            "period",
            _("Paid by"),
            _("Empty: the first."),
            section="periods",
        ),
    ],
    item=_("Bonus"),
    code="bonus",
    variant={"key": "rule", "options": "rules"},
)
CAPS = section(
    "list",
    "caps",
    _("Caps per person"),
    [CODE, NAME],
    _("The most that a person gets from some bonuses in a period."),
    item=_("Cap"),
    code="cap",
    params="cap",
)
PAYOUT = section(
    "group",
    "payout",
    _("Company cap and minimum"),
    [],
    _("What the company pays at most and at least, as a part of the volume."),
    optional=True,
    params="payout",
)
CATALOG = section(
    "list",
    "catalog",
    _("Products"),
    [
        CODE,
        NAME,
        required("points", "pv", _("PV")),
        required("points", "cv", _("CV")),
        required("money", "price", _("Price"), unit="company currency"),
        field("percent", "iva", _("VAT %"), nullable=True),
        field("money", "retail", _("Retail price"), unit="company currency"),
        field("ref", "package", _("Is the package"), section="packages"),
        field("ref", "from", _("Upgrades from"), section="packages"),
        field("counts", "contents", _("Contains"), section="catalog"),
    ],
    item=_("Product"),
    code="product",
    new={"pv": 0, "cv": 0, "price": 0},
)
SECTIONS = [
    GENERAL,
    PERIODS,
    TREES,
    ACTIVITY,
    PACKAGES,
    MEASURES,
    RANKS,
    RANK_POLICY,
    BONUSES,
    CAPS,
    PAYOUT,
    PROMOTIONS,
    CATALOG,
]
