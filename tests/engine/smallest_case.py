# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A case on which two calculations differ, made as small as it gets, and shown."""

import json
from dataclasses import replace

import numpy as np
from mlm_engine.kernel import run
from mlm_engine.kernel.snapshot import columns_of
from mlm_engine.plan import schema
from side_by_side import differences

#: Tables whose rows can be left out one by one: nothing points at them.
FREE = (
    *("row", "held", "promotion", "link", "former", "moved", "gone", "fed"),
    *("carry", "override", "prior", "earned", "state"),
)
NEVER = "2000-01-01"


def differs(snapshot):
    """Tell whether the two calculations differ; a broken case is none."""
    try:
        return bool(differences(snapshot))
    except (run.SnapshotError, ValueError, KeyError):
        return False


def reduced(snapshot):
    """Return a smaller snapshot on which the calculations still differ."""
    before = None
    while before != _size(snapshot):
        before = _size(snapshot)
        for smaller in (
            *(_without_companies, _without_bonuses, _without_sections),
            *(_without_people, _without_rows),
        ):
            snapshot = smaller(snapshot)
    return snapshot


def _size(snapshot):
    plan = sum(1 for item in snapshot.plan["bonuses"] if item["common"]["end"] is None)
    return plan + sum(array.size for _, array in snapshot.arrays())


def _planned(snapshot, **sections):
    """Return the snapshot with other sections of the document, or None if it is none."""
    plan, problems = schema.canonical({**snapshot.plan["source"], **sections})
    return None if problems else replace(snapshot, plan=plan)


def _better(snapshot, candidate):
    return candidate if candidate is not None and differs(candidate) else snapshot


def _without_companies(snapshot):
    """Make it a network of one company, or bring everybody home to the first one."""
    if not snapshot.homes:
        return snapshot
    none = np.zeros(0, dtype=np.int64)
    alone = replace(snapshot, homes=[], member_home=none, row_seller=none, row_point_e6=none)
    if differs(alone):
        return alone
    snapshot = _better(snapshot, replace(snapshot, row_point_e6=none))
    snapshot = _better(snapshot, replace(snapshot, row_seller=0 * snapshot.row_seller))
    for member in range(snapshot.member_home.size):
        home = snapshot.member_home.copy()
        home[member] = 0
        snapshot = _better(snapshot, replace(snapshot, member_home=home))
    return snapshot


def _without_bonuses(snapshot):
    """Put bonuses out of force, so that indexes stay as they are."""
    for index in range(len(snapshot.plan["bonuses"])):
        items = [dict(item) for item in snapshot.plan["source"]["bonuses"]]
        if items[index].get("to") != NEVER:
            items[index]["to"] = NEVER
            snapshot = _better(snapshot, _planned(snapshot, bonuses=items))
    return snapshot


def _without_sections(snapshot):
    for name in ("caps", "payout", "rank_policy"):
        document = dict(snapshot.plan["source"])
        if document.get(name):
            del document[name]
            plan, problems = schema.canonical(document)
            candidate = None if problems else replace(snapshot, plan=plan)
            snapshot = _better(snapshot, candidate)
    document = snapshot.plan["source"]
    for index, item in enumerate(document.get("ranks") or []):
        ranks = list(document["ranks"])
        if item.get("requires"):
            ranks[index] = {key: value for key, value in item.items() if key != "requires"}
            snapshot = _better(snapshot, _planned(snapshot, ranks=ranks))
            document = snapshot.plan["source"]
    return snapshot


def _without_rows(snapshot):
    for table in FREE:
        names = columns_of(table)
        place = getattr(snapshot, names[0]).size - 1
        while place >= 0:
            columns = {}
            for name in names:
                array = getattr(snapshot, name)
                if array.size:
                    columns[name] = array[[one for one in range(array.size) if one != place]]
            snapshot = _better(snapshot, replace(snapshot, **columns))
            place -= 1
    return snapshot


def _without_people(snapshot):
    """Leave out the last member or position as long as nothing points at it."""
    for table, first in (("position", "position_id"), ("member", "member_id")):
        extra = ("sponsor", "window_pv_e4", "window_package_pv_e4") if table == "member" else ()
        while getattr(snapshot, first).size > 1:
            names = (*columns_of(table), *extra)
            columns = {name: getattr(snapshot, name)[:-1] for name in names}
            candidate = replace(snapshot, **columns)
            if not differs(candidate):
                break
            snapshot = candidate
    return snapshot


def shown(snapshot):
    """Return the case and both results as text."""
    document = {name: section for name, section in snapshot.plan["source"].items() if section}
    lines = ["", "plan:"]
    lines += [f"  {name}: {json.dumps(section)}" for name, section in document.items()]
    lines.append(
        f"period: {snapshot.period_kind} {snapshot.period_start}..{snapshot.period_end},"
        f" fx {snapshot.fx_e6}"
    )
    lines += [f"home: {json.dumps(home)}" for home in snapshot.homes]
    tables = {}
    for name, array in snapshot.arrays():
        if array.size:
            tables.setdefault(name.partition("_")[0], {})[name] = array.tolist()
    for columns in tables.values():
        lines += [f"  {name}: {values}" for name, values in columns.items()]
    lines.append("differences (indexes of this case):")
    for one in differences(snapshot):
        lines += [
            f"  {one.what} of {one.member} {one.where}",
            f"    engine:    {one.found or 'nothing'}",
            f"    reference: {one.expected or 'nothing'}",
        ]
    return "\n".join(lines)
