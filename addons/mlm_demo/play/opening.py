# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people bring from before the first cycle: carry, titles, purchases."""

from datetime import date

from mlm_engine.kernel.exact import E4
from mlm_engine.kernel.periods import bounds, number_of

from odoo.addons.mlm_base.internal import as_internal


def prepare(session):
    _history(session)
    _balances(session)
    _rows(session)
    periods = session.env["mlm.period"]
    kind = session.period_kind
    last = bounds(kind, session.scenario.cycles[-1])[0]
    periods._ensure_until(session.network, date.fromordinal(last))


def _history(session):
    """Cycles before the first one that opening rows need, as history."""
    opening = session.scenario.opening
    numbers = {row.cycle for row in opening.purchases}
    numbers |= {_held_in(session, row) for row in opening.packages}
    periods = session.env["mlm.period"]
    as_internal(periods).create(
        [
            {**periods._calendar_values(session.network, number), "state": "history"}
            for number in sorted(numbers)
        ]
    )


def _held_in(session, package):
    """History cycle of the row of a package held: its own, but none before the
    activity window, of which nothing else is known."""
    window = (session.plan["activity"] or {"window": 2})["window"]
    oldest = session.scenario.cycles[0] - max(window - 1, 1)
    return max(cycle_of(session, package.at), oldest)


def cycle_of(session, moment):
    """Number of the cycle of a moment."""
    return number_of(session.period_kind, session.clock.day_of(moment))


def _balances(session):
    opening = session.scenario.opening
    values = []
    for code, by_bonus in opening.carry.items():
        member = session.member_of(code)
        for bonus, figures in by_bonus.items():
            for name, value_e4 in figures.items():
                values.append(
                    {
                        "company_id": member.company_id.id,
                        "kind": "carry",
                        "distributor_id": member.id,
                        "position_id": session.position(code, _tree_of(session, bonus)).id,
                        "bonus_code": bonus,
                        "measure": name,
                        "value_e4": value_e4,
                    }
                )
    for code, rank in opening.titles.items():
        values.append(
            {
                "company_id": session.members[code].company_id.id,
                "kind": "title",
                "distributor_id": session.members[code].id,
                "measure": rank,
            }
        )
    for code, (rank, _misses) in opening.ranks.items():
        values.append(
            {
                "company_id": session.members[code].company_id.id,
                "kind": "paid",
                "distributor_id": session.members[code].id,
                "measure": rank,
            }
        )
    volumes = {item["code"]: item["volume"] for item in session.plan["measures"]}
    for code, measures in opening.measures.items():
        for name, (value,) in measures.items():
            values.append(
                {
                    "company_id": session.members[code].company_id.id,
                    "kind": "accumulated",
                    "distributor_id": session.members[code].id,
                    "measure": name,
                    "value_e4": value if volumes[name] else value * E4,
                }
            )
    as_internal(session.env["mlm.opening"]).create(values)


def _tree_of(session, code):
    """Index in the plan of the placement tree that a bonus reads."""
    read = next(bonus["tree"] for bonus in session.plan["bonuses"] if bonus["code"] == code)
    return [tree["code"] for tree in session.plan["trees"]].index(read)


def _rows(session):
    """Ledger rows of kind opening: PV bought, packages held, no CV."""
    opening = session.scenario.opening
    packages = {
        package.code: package.id
        for package in session.env["mlm.package"]._of_network(session.network)
    }
    periods = {
        period.number: period.id
        for period in session.env["mlm.period"].search(
            [("network_id", "=", session.network.id), ("state", "=", "history")]
        )
    }
    # PV that came with a package stands on the row of that package, if one was
    # bought in the same cycle; else on a row of its own that holds nothing.
    package_pv = {}
    rows = []
    for item in opening.purchases:
        key = (item.distributor, item.cycle)
        package_pv[key] = package_pv.get(key, 0) + item.package_pv_e4
        if item.pv_e4 != item.package_pv_e4:
            rows.append(
                _row(session, periods, item.cycle, item.distributor)
                | {"pv_e4": item.pv_e4 - item.package_pv_e4}
            )
    for item in opening.packages:
        cycle = _held_in(session, item)
        rows.append(
            _row(session, periods, cycle, item.distributor)
            | {
                "moment": session.utc(item.at),
                "package_id": packages[item.package],
                "package_from_id": packages.get(item.package_from),
                "package_qty": 1,
                "pv_e4": package_pv.pop((item.distributor, cycle), 0),
            }
        )
    first = session.plan["packages"][:1]
    for (code, cycle), pv_e4 in package_pv.items():
        if pv_e4:
            rows.append(
                _row(session, periods, cycle, code)
                | {"package_id": packages[first[0]["code"]], "pv_e4": pv_e4}
            )
    rows.sort(key=lambda row: (row["moment"], row["distributor_id"]))
    session.env["mlm.volume.entry"]._insert_rows(rows)


def _row(session, periods, cycle, code):
    member = session.members[code]
    start = bounds(session.period_kind, cycle)[0]
    return {
        "company_id": member.company_id.id,
        "period_id": periods[cycle],
        "distributor_id": member.id,
        "buyer_id": member.id,
        "position_id": None,
        "kind": "opening",
        "moment": session.utc(session.clock.moment(date.fromordinal(start), 12)),
        "note": session.env._("Brought over from the previous system"),
    }
