# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The frozen inputs of a period under another plan.

Indexes of bonuses, ranks, measures, packages, products, promotions and trees are those of
the other plan, by code. What the frozen inputs do not have, because the plan of then did
not ask for it, ``lacks`` names: it has to be read anew, or the plan cannot be tried.
"""

from dataclasses import replace

import numpy as np

from .. import measures
from ..kernel import ordering
from ..kernel.by_id import summed, translated
from ..kernel.periods import bounds, number_of
from ..kernel.snapshot import columns_of
from . import codes

#: What a plan may read that the inputs frozen for another plan do not have.
LACKS = (
    "periods",  # this kind of period is another one, or not there
    "trees",  # a placement tree
    "currencies",  # rates of exchange
    "window",  # own volume of another activity window
    "packages",  # purchases of packages that the plan of then did not know
    "products",  # products of volume rows
    "promotions",  # people of promotions
    "prior",  # measures of earlier periods
)


def lacks(snapshot, plan, cross=codes.by_code, trees=codes.trees):
    """Return which of ``LACKS`` the frozen inputs of a period do not have for ``plan``, a set.

    :param cross: see ``chain``
    :param trees: ``f(plan before, plan) -> {index before: index}`` of placement trees

    ``prior`` is meant for periods whose earlier ones are not computed again.
    """
    before, found = snapshot.plan, set()
    if not _has_period(plan, snapshot):
        return {"periods"}
    if {*range(len(plan["trees"]))} - {*trees(before, plan).values()}:
        found.add("trees")
    if _money(before) != _money(plan) or not _currencies(plan) <= _currencies(before):
        found.add("currencies")
    if _window_start(before, snapshot) != _window_start(plan, snapshot):
        found.add("window")
    packages = cross("packages", before, plan)
    if {*range(len(plan["packages"]))} - {*packages.values()}:
        found.add("packages")
    products = codes.by_code("catalog", before, plan)
    known = {*products.values()} if snapshot.row_product.size or not snapshot.row_id.size else ()
    if _reads_products(plan) and {*range(len(plan["catalog"]))} - {*known}:
        found.add("products")
    if [item["members"] for item in plan["promotions"] if item["members"]] and (
        _promotions(before) != _promotions(plan)
    ):
        found.add("promotions")
    ages = measures.ages(plan)
    carried = cross("measures", before, plan)
    had = {carried[one]: age for one, age in measures.ages(before).items() if one in carried}
    if any(had.get(one, 0) < age for one, age in ages.items()):
        found.add("prior")
    return found


def under(snapshot, plan, cross=codes.by_code, trees=codes.trees):
    """Return the snapshot with its indexes turned into those of ``plan``; ``cross`` and
    ``trees`` as of ``lacks``."""
    before = snapshot.plan
    found = replace(snapshot, plan=plan, homes=[_home(home, plan) for home in snapshot.homes])
    found = _in_trees(found, trees(before, plan), len(plan["trees"]))

    def places(section, values):
        return translated(values, cross(section, before, plan))

    columns = {}
    for name in ("member_title", "member_paid"):
        columns[name] = np.maximum(places("ranks", getattr(found, name)), 0)
    overrides = places("ranks", found.override_rank)
    known = overrides >= 0
    columns |= {
        "override_member": found.override_member[known],
        "override_rank": overrides[known],
        "override_exact": found.override_exact[known],
    }
    for table in ("carry", "state", "earned"):
        who, bonus, *rest = (getattr(found, name) for name in columns_of(table))
        columns |= _table(table, summed(who, places("bonuses", bonus), *rest))
    member, measure, age, value = (getattr(found, name) for name in columns_of("prior"))
    columns |= _table("prior", summed(member, places("measures", measure), age, value))
    columns |= _kept(found, "fed", "fed_bonus", places("bonuses", found.fed_bonus))
    columns |= _packages(found, places)
    columns |= _kept(
        found,
        "promotion",
        "promotion_index",
        translated(found.promotion_index, codes.by_code("promotions", before, plan)),
    )
    columns["row_product"] = (
        translated(found.row_product, codes.by_code("catalog", before, plan))
        if _reads_products(plan)
        else np.zeros(0, dtype=np.int64)
    )
    return replace(found, **columns)


def _home(home, plan):
    """A company; where its money is that of the plan, it is rounded as the plan says."""
    if home["currency"] != plan["company_currency"]:
        return home
    return {**home, "unit_e4": plan["rounding"]["unit_e4"]}


def _packages(snapshot, places):
    """Packages of volume rows and of earlier purchases."""
    package = places("packages", snapshot.row_package)
    held = places("packages", snapshot.held_package)
    columns = _kept(snapshot, "held", "held_package", held)
    return {
        **columns,
        "held_package_from": places("packages", snapshot.held_package_from[held >= 0]),
        "row_package": package,
        "row_package_from": places("packages", snapshot.row_package_from),
        "row_package_qty": np.where(package < 0, 0, snapshot.row_package_qty),
    }


def _in_trees(snapshot, trees, size):
    """Return the snapshot with the positions of some trees, renumbered."""
    tree = snapshot.position_tree
    if not tree.size:
        tree = np.zeros(snapshot.position_id.size, dtype=np.int64)
    tree = translated(tree, trees)
    if (tree < 0).any():
        snapshot = ordering.with_positions(snapshot, tree >= 0)
        tree = tree[tree >= 0]
    return replace(snapshot, position_tree=tree if size > 1 else tree[:0])


def _kept(snapshot, table, column, values):
    """Return the columns of a table with new values in one; rows without one are left out."""
    keep = values >= 0
    columns = {name: getattr(snapshot, name)[keep] for name in columns_of(table)}
    return {**columns, column: values[keep]}


def _table(table, columns):
    return dict(zip(columns_of(table), columns, strict=True))


# -- what is compared


def _base(plan):
    return next(iter(plan["periods"]))


def _has_period(plan, snapshot):
    """Tell whether the plan has this very period, and cycles of the same kind."""
    kind = plan["periods"].get(snapshot.period_kind)
    if not kind or _base(plan) != _base(snapshot.plan):
        return False
    return bounds(kind, snapshot.period_number)[:2] == (snapshot.period_start, snapshot.period_end)


def _window_start(plan, snapshot):
    """First day of the activity window."""
    activity = plan["activity"] or {"period": snapshot.period_kind, "window": 1}
    kind = plan["periods"][activity["period"]]
    last = number_of(kind, snapshot.period_end)
    return bounds(kind, last - activity["window"] + 1)[0]


def _money(plan):
    return plan["base_currency"], plan["company_currency"]


def _currencies(plan):
    named = {bonus["common"]["currency"] for bonus in plan["bonuses"]}
    return named - {None, "", *_money(plan)}


def _reads_products(plan):
    return any(measures.get(item["kind"]).by_product for item in plan["measures"])


def _promotions(plan):
    return [(item["code"], item["members"]) for item in plan["promotions"]]


def kinds_needed(plan):
    """Return the kinds of period of which a plan needs runs: of its bonuses and ranks, a set."""
    ranks = {plan["rank_policy"]["period"]} if plan["ranks"] else set()
    return ranks | {bonus["period"] for bonus in plan["bonuses"]}
