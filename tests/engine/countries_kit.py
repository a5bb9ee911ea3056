# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Networks of several companies: people by name, each at home somewhere."""

from mlm_engine.kernel.exact import E4, E6
from mlm_reference import audit
from side_by_side import calculator, computed, stored
from weeks import ints, world


def home(company, currency, unit_e4, point, rates=None):
    """Return one entry of a snapshot's ``homes``; ``point``: its currency for a point."""
    return {
        "company": company,
        "currency": currency,
        "unit_e4": unit_e4,
        "fx_e6": point * E6,
        "rates": rates or {},
    }


CO = home("CO", "COP", E4, 4500)
EC = home("EC", "USD", 100, 1)
JP = home("JP", "JPY", E4, 150)
C2 = home("C2", "COP", E4, 4000)


def network(plan, people, sales, homes, sellers=None, retail=None, points=None, **more):
    """Return ``(snapshot, names)`` as ``weeks.world`` does.

    ``homes``: ``{name: home}``, None for one company; ``sellers``, ``retail`` (money) and
    ``points`` (a point in the seller's currency at the sale) are lists over the sales.
    """
    data, names = world(plan, people, sales, fx_e6=CO["fx_e6"], **more)
    if retail:
        data.row_retail_e4 = ints(one * E4 for one in retail)
    if homes:
        of_people = [homes[name] for name in names]
        sellers = sellers or [CO] * len(sales)
        data.rates = sellers[0]["rates"]
        for one in (*of_people, *sellers):
            if one not in data.homes:
                data.homes.append(one)
        data.member_home = ints(map(data.homes.index, of_people))
        data.row_seller = ints(map(data.homes.index, sellers))
        data.row_point_e6 = ints(one * E6 for one in points or [0] * len(sales))
    return data, names


def reference(*arguments, **named):
    """Return the reference ``Calculator`` of a network and the names of its people; the
    engine must agree with it."""
    data, names = network(*arguments, **named)
    found = calculator(data)
    assert not audit.compare(found, stored(computed(data)))
    return found, names


def money(calculator, names, bonus=0):
    """Return ``{name: money of the own home}`` of a bonus, by its place in the plan."""
    found = {}
    for one in calculator.everything():
        if one.amount_e4 and one.bonus == bonus:
            name = names[one.payee]
            found[name] = round(found.get(name, 0) + one.amount_e4 / E4, 4)
    return found
