# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Scenario files of a network of several companies: how they are read and told."""

import pytest
from mlm_engine import scenario as scenarios
from mlm_engine.scenario import report, table
from mlm_engine.telling import problem_words
from scenario_kit import FOLDER
from weeks import document

E6 = 10**6
EC = {"code": "EC", "currency": "USD"}
UNI = {"code": "uni", "rule": "unilevel", "name": "Uni", "params": {"rates": [5]}}
TEA = {"code": "TEA", "name": "Tea", "price": 100_000, "retail": 120_001, "pv": 20, "cv": 20}
RATES = [{"from": "2026-01-01", "rate": 4500}, {"from": "2026-08-19", "rate": 4400}]


def network(*bonuses, company=None, **more):
    """ANA of Colombia, BEA of Ecuador, her customer CLI; BEA buys a TEA in each company."""
    plan = document(*(bonuses or (UNI,)), company="COP", catalog=[TEA])
    plan["rounding"] = {"mode": "half_up", "unit": 1}
    sale = {"buyer": "BEA", "paid": "2026-08-18", "lines": [{"product": "TEA"}]}
    found = {
        "scenario": 3,
        "title": "Two",
        "plan": plan,
        "company": {"code": "CO", "currency": "COP", "rates": RATES, **(company or {})},
        "companies": [EC],
        "cycles": [924],
        "distributors": [
            {"code": "ANA"},
            {"code": "BEA", "sponsor": "ANA", "home": "EC"},
            {"code": "CLI", "sponsor": "BEA", "kind": "customer"},
        ],
        "sales": [{"id": "S1", **sale}, {"id": "S2", **sale, "company": "CO"}],
    }
    return {**found, **more}


def snapshot(data):
    return scenarios.play(scenarios.load(data)).cycles[0].snapshot


def test_homes_sellers_and_what_a_point_was_worth():
    """The homes have the rates of the last day, a row that of the day of its sale."""
    late = {"id": "S3", "buyer": "CLI", "paid": "2026-08-19", "lines": [{"pv": 1, "cv": 1}]}
    data = network()
    found = snapshot({**data, "sales": [*data["sales"], late]})
    assert found.homes == [
        {"company": "CO", "currency": "COP", "unit_e4": 10_000, "fx_e6": 4400 * E6, "rates": {}},
        {"company": "EC", "currency": "USD", "unit_e4": 100, "fx_e6": E6, "rates": {}},
    ]
    assert found.member_home.tolist() == [0, 1, 0]
    assert found.row_seller.tolist() == [1, 0, 0]
    assert found.row_point_e6.tolist() == [E6, 4500 * E6, 4400 * E6]


def test_prices_of_the_catalog_in_the_money_of_the_seller():
    """100,000 ÷ 4,500 = 22.222…; on the 19th 22.727…, retail 120,001 ÷ 4,400 = 27.2729…; in
    Colombia they stay."""
    lines = [{"product": "TEA", "qty": 2}, {"product": "TEA", "price": 30}]
    sales = [
        {"id": "S1", "buyer": "BEA", "paid": "2026-08-18", "lines": lines},
        {
            "id": "S2",
            "buyer": "CLI",
            "company": "EC",
            "paid": "2026-08-19",
            "price_list": "retail",
            "lines": [{"product": "TEA", "qty": 2}],
        },
        {"id": "S3", "buyer": "CLI", "paid": "2026-08-19", "lines": [{"product": "TEA"}]},
    ]
    read = scenarios.load(network(sales=sales)).sales
    prices = [[line.unit_price_e4 for line in sale.lines] for sale in read]
    assert prices == [[222_200, 300_000], [272_700], [10**9]]
    assert [sale.company for sale in read] == ["EC", "EC", "CO"]
    assert read[1].lines[0].retail_e4(2) == 2 * (272_700 - 227_300)
    assert read[0].lines[1].unit_regular_e4 == 222_200


@pytest.mark.parametrize(
    "written, unit",
    [
        ({"currency": "USD"}, 100),
        ({"currency": "CLP", "rates": [{"from": "2026-01-01", "rate": 950}]}, 10_000),
        ({"currency": "KWD", "rates": [{"from": "2026-01-01", "rate": 0.3}]}, 10),
        ({"currency": "COP", "rates": RATES}, 10_000),
        ({"currency": "USD", "unit": "0.05"}, 500),
    ],
)
def test_the_unit_of_a_company(written, unit):
    found = scenarios.load(network(companies=[{"code": "EC", **written}]))
    assert found.companies[1].unit_e4 == unit
    assert found.companies[0] == found.company and found.company.unit_e4 == 10_000


def test_a_currency_that_only_a_bonus_names():
    """Each company says what it is worth; the currency of another company is not asked for."""
    euro = {"from": "2026-01-01", "rate": 5000, "currency": "EUR"}
    companies = [{**EC, "rates": [{**euro, "rate": 1.1}]}]
    award = {
        "code": "one",
        "name": "One",
        "amount": 90,
        "requires": [{"measure": "own_pv", "min": 1}],
    }
    bonus = {"code": "prize", "rule": "award", "currency": "EUR", "params": {"awards": [award]}}
    sale = {"paid": "2026-08-18", "lines": [{"pv": 60, "cv": 1}]}
    data = network(
        bonus,
        {**UNI, "currency": "USD"},
        company={"rates": [*RATES, euro]},
        companies=companies,
        sales=[{"id": "S1", "buyer": "ANA", **sale}, {"id": "S2", "buyer": "BEA", **sale}],
    )
    assert [home["rates"] for home in snapshot(data).homes] == [
        {"EUR": 5000 * E6},
        {"EUR": 1_100_000},
    ]
    earnings = report.document(scenarios.play(scenarios.load(data)))["cycles"][0]["earnings"]
    assert earnings["ANA"]["prize"] == "450000" and earnings["BEA"]["prize"] == "99.00"


def test_without_companies_nothing_is_asked():
    data = network()
    del data["companies"]
    data["distributors"][1].pop("home")
    data["sales"][1].pop("company")
    found = snapshot(data)
    assert found.homes == [] and not found.member_home.size and not found.row_seller.size
    assert scenarios.load(data).companies == (scenarios.load(data).company,)


REFUSED = {
    "home alone": ({"companies": []}, "the network has only one company"),
    "unknown home": (
        {"distributors": [{"code": "BEA", "home": "PE"}], "sales": []},
        "unknown company 'PE'",
    ),
    "unknown seller": (
        {
            "sales": [
                {
                    "buyer": "BEA",
                    "company": "PE",
                    "paid": "2026-08-18",
                    "lines": [{"pv": 1, "cv": 1}],
                }
            ]
        },
        "unknown company 'PE'",
    ),
    "twice": ({"companies": [EC, EC]}, "company 'EC' appears twice"),
    "as the first": ({"companies": [{**EC, "code": "CO"}]}, "company 'CO' appears twice"),
    "no currency": ({"companies": [{"code": "EC"}]}, "'currency' is missing"),
    "no rate": ({"companies": [{**EC, "currency": "PEN"}]}, "no rate from USD to PEN"),
    "late rate": (
        {"companies": [{**EC, "currency": "PEN", "rates": [{"from": "2026-09-01", "rate": 3.7}]}]},
        "no rate is valid on the first cycle's last day",
    ),
    "zero": (
        {"companies": [{**EC, "currency": "PEN", "rates": [{"from": "2026-01-01", "rate": 0}]}]},
        "a rate must be more than 0",
    ),
    "base": (
        {"companies": [{**EC, "rates": [{"from": "2026-01-01", "rate": 2}]}]},
        "a point is worth 1 USD, the base currency",
    ),
    "unit": ({"companies": [{**EC, "unit": 0}]}, "a unit must be more than 0"),
    "totals": (
        {"expect": {924: {"totals": {"withheld": 1}}}},
        "the network has several companies, each with its own totals",
    ),
    "currency of a bonus": (
        {"plan": document({**UNI, "currency": "EUR"}, company="COP", catalog=[TEA])},
        "no rate from EUR",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(case):
    changes, problem = REFUSED[case]
    with pytest.raises(scenarios.ScenarioError) as caught:
        scenarios.load(network(**changes))
    assert problem in str(caught.value)
    for one in caught.value.problems:
        assert problem_words.text(one, "es") != problem_words.text(one, "en")


def test_sums_of_companies_are_not_those_of_one():
    data = network(expect={924: {"companies": {"EC": {"earned": 1}}}})
    del data["companies"]
    data["distributors"][1].pop("home")
    data["sales"][1].pop("company")
    with pytest.raises(scenarios.ScenarioError, match="the network has only one company"):
        scenarios.load(data)


def test_a_difference_in_the_sums_of_a_company_says_so():
    """ANA has 5 % of BEA's 20 and 20 CV: 2 points at 4,400."""
    data = network(expect={924: {"companies": {"CO": {"earned": 1}}}})
    found = report.differences(scenarios.play(scenarios.load(data)))
    assert [str(item) for _, item in found] == ["companies.CO.earned: expected 1, got 8800"]


def test_the_table_says_the_currencies():
    played = scenarios.play(scenarios.load(FOLDER / "two_countries.yaml"))
    text = table.table(played, "es")
    assert "    ECU  USD     12.00      7.00      2.22      0.40      21.62" in text
    assert "    company  COP   56250.00   0.00    0.00  24300.00" in text
    assert "EC: Totales (USD): ganado 21.62, retenido 2.16, por pagar 19.46" in text


def test_a_month_of_weeks_matches_in_the_money_of_who_earned():
    """BEA gets 5 % of CLI's 100 CV in a week, 5 dollars; the month matches half of it for ANA at
    the rate of the month's end, 4,400: 11,000 pesos."""
    match = {"rule": "matching", "code": "match", "period": "month", "active_only": False}
    match["params"] = {"rates": [50], "bonuses": ["uni"]}
    data = network(
        {**UNI, "period": "week", "active_only": False},
        match,
        cycles=[921, 922, 923, 924, 925],
        sales=[{"buyer": "CLI", "paid": "2026-08-18", "lines": [{"pv": 100, "cv": 100}]}],
    )
    month = {"kind": "month", "anchor_number": 8, "anchor_start": "2026-08-01"}
    data["plan"]["periods"]["month"] = month
    played = scenarios.play(scenarios.load(data))
    months = [one for one in report.document(played)["periods"] if one["kind"] == "month"]
    assert [one["earnings"] for one in months if one["earnings"]] == [{"ANA": {"match": "11000"}}]
