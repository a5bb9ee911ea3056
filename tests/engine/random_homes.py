# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Snapshots of one company as those of several, and in another order of loading."""

from dataclasses import replace

from mlm_engine.kernel import ordering
from networks import ints

#: of the plans of ``random_plans.py``, which count in USD and pay in COP
_OTHERS = (
    {"company": "EC", "currency": "USD", "unit_e4": 100, "fx_e6": 10**6},
    {"company": "PE", "currency": "PEN", "unit_e4": 1000, "fx_e6": 3_712_345},
    {"company": "ES", "currency": "EUR", "unit_e4": 100, "fx_e6": 876_543},
    {"company": "CO2", "currency": "COP", "unit_e4": 10_000, "fx_e6": 4000 * 10**6},
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
        row_point_e6=ints(rng.choice((0, 1_100_000, 4321 * 10**6)) for _ in data.row_id),
    )


def draw(data, rng):
    """Return the snapshot as one of two to four companies, the first that of the run."""
    others = [
        {**one, "rates": {"EUR": 1_234_567}} for one in rng.sample(_OTHERS, rng.randint(1, 3))
    ]
    return at_home(data, [of_run(data), *others], rng)


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
