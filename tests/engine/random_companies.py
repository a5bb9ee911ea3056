# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Random companies of a network, whatever its plan and people are."""

from dataclasses import replace

from mlm_engine.kernel.exact import E4, E6
from random_networks import ints

#: Currency, unit of its money and what a point is in it: cents, whole, three decimals.
MONEY = (
    ("USD", 100, 1_000_000),
    ("EUR", 100, 917_431),
    ("JPY", E4, 150_250_000),
    ("KWD", 10, 307_123),
    ("COP", E4, 4_500_000_000),
)


def draw(rng, data):
    """Return the snapshot as one of a network of two or three companies."""
    plan = data.plan
    mine = plan["company_currency"], plan["rounding"]["unit_e4"], data.fx_e6
    others = [one for one in MONEY if one[0] != mine[0]]
    # the plan's currency, the same at another value of the point, and others
    chosen = [mine] * (rng.random() < 0.7)
    if rng.random() < 0.4 and mine[0] != plan["base_currency"]:
        chosen.append((*mine[:2], rng.choice((data.fx_e6 * 9 // 10 + 7, 333_333))))
    chosen += rng.sample(others, rng.choice((1, 2)))
    rng.shuffle(chosen)
    homes = [_home(rng, data, number, *one) for number, one in enumerate(chosen)]
    named = {item["common"]["currency"] for item in plan["bonuses"]} - {None}
    named -= {plan["base_currency"], plan["company_currency"]}
    named -= {home["currency"] for home in homes}
    for home in homes:
        home["rates"] = {code: rng.randrange(1, 10**10) for code in sorted(named)}
    rates = {code: rng.randrange(1, 10**10) for code in sorted(named)}
    sellers = [rng.randrange(len(homes)) for _ in data.row_id]
    points = [rng.choice((0, homes[one]["fx_e6"], 1_234_567)) for one in sellers]
    return replace(
        data,
        homes=homes,
        rates=rates,
        member_home=ints(rng.randrange(len(homes)) for _ in data.member_id),
        row_seller=ints(sellers),
        row_point_e6=ints(points if rng.random() < 0.8 else ()),
    )


def _home(rng, data, number, currency, unit_e4, point_e6):
    if currency == data.plan["base_currency"]:
        point_e6 = E6
    return {
        "company": f"C{number}",
        "currency": currency,
        "unit_e4": unit_e4,
        "fx_e6": point_e6,
        "rates": {},
    }
