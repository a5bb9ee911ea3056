# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sections of a plan document, in the order in which people think of them.

A section is one key of the document, or several under one heading (``key`` ``None``). It is
a ``group`` of fields, a ``list`` of entries or a ``map`` of entries by their code. Its fields
are what ``plan/schema`` declares for its reader.
"""

from ..kernel.text import _
from ..plan.schema import bonuses, catalog, general, payout, periods, ranks
from ..plan.schema.common import Named
from .parts import described


def _section(kind, key, label, *declared, help="", **more):
    """Return one section; see ``docs/contracts/plan_form.md``."""
    fields = [field for params in declared for field in described(params)]
    return {"kind": kind, "key": key, "label": label, "help": help, "fields": fields, **more}


_ANCHOR = {"anchor_number": 1}
_PERIODS = {
    kind: {"label": label, "new": _ANCHOR, "fields": described(declared)}
    for kind, (declared, label) in periods.KINDS.items()
}
_PERIODS["days"] |= {
    "summary": _("Numbered weeks or cycles, one after the other."),
    "new": {"days": 7, **_ANCHOR},
}

GENERAL = _section("group", None, _("Basics"), general.General)
PERIODS = _section(
    "map",
    "periods",
    _("Periods and pay dates"),
    help=_("The first one is that of the volume ledger."),
    item=_("Period"),
    code="period",
    variant={"key": "kind", "options": _PERIODS},
)
TREES = _section(
    "list",
    "trees",
    _("Placement trees"),
    general.Tree,
    help=_("The sponsor tree always exists. Add the others here."),
    item=_("Tree"),
    code="tree",
    new={"kind": "binary"},
    unnamed=True,
)
ACTIVITY = _section(
    "group",
    "activity",
    _("Who is active"),
    general.Activity,
    help=_("Without this, everybody is active."),
    optional=True,
)
PACKAGES = _section(
    "list",
    "packages",
    _("Packages"),
    catalog.Package,
    help=_("From the lowest to the highest."),
    item=_("Package"),
    code="package",
)
MEASURES = _section(
    "list",
    "measures",
    _("Measures"),
    Named,
    help=_("What is counted for each person, for ranks and conditions."),
    item=_("Measure"),
    code="measure",
    variant={"key": "kind", "options": "measures"},
)
RANKS = _section(
    "list",
    "ranks",
    _("Ranks"),
    ranks.Rank,
    help=_("From the lowest to the highest; the first one is everybody's."),
    item=_("Rank"),
    code="rank",
)
RANK_POLICY = _section("group", "rank_policy", _("How ranks are kept"), ranks.Policy, optional=True)
BONUSES = _section(
    "list",
    "bonuses",
    _("Bonuses"),
    bonuses.Bonus,
    item=_("Bonus"),
    code="bonus",
    variant={"key": "rule", "options": "rules"},
)
CAPS = _section(
    "list",
    "caps",
    _("Caps per person"),
    Named,
    payout.Cap,
    help=_("The most that a person can earn from certain bonuses in a period."),
    item=_("Cap"),
    code="cap",
)
PAYOUT = _section(
    "group",
    "payout",
    _("Company cap and minimum"),
    payout.Payout,
    help=_("The most and the least that the company pays, as a percentage of the volume."),
    optional=True,
)
PROMOTIONS = _section(
    "list",
    "promotions",
    _("Promotions"),
    catalog.Promotion,
    item=_("Promotion"),
    code="promotion",
)
CATALOG = _section(
    "list",
    "catalog",
    _("Products"),
    catalog.Product,
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
