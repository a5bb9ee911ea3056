# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Snapshots of one company as those of several, and in another order of loading."""

from dataclasses import replace

from mlm_engine.kernel import ordering
from mlm_engine.kernel.exact import E4, E6
from random_networks import ints

#: Currency, unit of its money and what a point is in it: cents, whole, three decimals.
_OTHERS = (
    ("USD", 100, 1_000_000),
    ("EUR", 100, 917_431),
    ("JPY", E4, 150_250_000),
    ("KWD", 10, 307_123),
    ("COP", E4, 4_500_000_000),
)


def of_run(data, **changes):
    """Return the home that is paid as a snapshot of one company is."""
    home = {
        "company": "CO",
        "currency": data.plan["company_currency"],
        "unit_e4": data.plan["rounding"]["unit_e4"],
        "fx_e6": data.fx_e6,
        "rates": data.rates,
    }
    return {**home, **changes}


def at_home(data, homes, rng):
    """Return the snapshot with these companies, people and sales drawn among them."""
    size = len(homes)
    return replace(
        data,
        homes=homes,
        member_home=ints(rng.randrange(size) for _ in data.member_id),
        row_seller=ints(rng.randrange(size) for _ in data.row_id),
        row_point_e6=ints(rng.choice((0, 1_100_000, 4321 * E6)) for _ in data.row_id),
    )


def draw(data, rng):
    """Return the snapshot as one of two to four companies: that of the run or none in its
    currency, maybe one that has the same currency at another value of the point, others."""
    base, mine = data.plan["base_currency"], of_run(data)
    homes = [mine] * (rng.random() < 0.7)
    if rng.random() < 0.4 and mine["currency"] != base:
        point = rng.choice((data.fx_e6 * 9 // 10 + 7, 333_333))
        homes.append({**mine, "company": "CO2", "fx_e6": point})
    others = [one for one in _OTHERS if one[0] != mine["currency"]]
    for code, unit, point in rng.sample(others, rng.choice((1, 2))):
        fx_e6 = E6 if code == base else point
        homes.append({"company": code, "currency": code, "unit_e4": unit, "fx_e6": fx_e6})
    rng.shuffle(homes)
    named = {item["common"]["currency"] for item in data.plan["bonuses"]} - {None, base}
    named -= {mine["currency"], *(home["currency"] for home in homes)}

    def rates():
        return {code: rng.randrange(1, 10**10) for code in sorted(named)}

    homes = [{**home, "rates": rates()} for home in homes]
    found = at_home(replace(data, rates=rates()), homes, rng)
    return found if rng.random() < 0.8 else replace(found, row_point_e6=ints([]))


def shuffled(data, rng):
    """Return the snapshot with members, positions and tables in another order."""
    arrays = {name: array.copy() for name, array in data.arrays()}

    def order(size):
        places = list(range(size))
        rng.shuffle(places)
        return ints(places)

    member, position = order(data.member_id.size), order(data.position_id.size)
    for name in ordering._MEMBERS:
        if arrays[name].size:
            arrays[name] = arrays[name][member]
    ordering._renumber(arrays, ordering._TO_MEMBER, member)
    ordering._renumber(arrays, ordering._TO_POSITION, position)
    for columns in ordering._TABLES:
        is_position = columns[0] == "position_id"
        places = position if is_position else order(arrays[columns[0]].size)
        for name in columns:
            if arrays[name].size:
                arrays[name] = arrays[name][places]
    return replace(data, **arrays)
