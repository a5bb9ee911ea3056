# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who is paid which level: one test per kind of compression, limits and changes of sponsor."""

import pytest
from company_kit import START, Company, plan
from levels_kit import RANKS, the_chain, unilevel
from mlm_engine.kernel.codes import Reason
from mlm_engine.telling import explain

COMPRESSED = [
    ("none", {}, {"A": 10, "C": 2}, 5),
    ("roll_up", {}, {"A": 10, "C": 7}, 0),
    ("roll_up", {"twice": False}, {"A": 10, "C": 5, "E": 2}, 0),
    ("skip_inactive", {}, {"A": 10, "C": 2}, 5),
    ("skip_below_rank", {"threshold_levels": 3}, {"C": 10, "E": 5}, 2),
    ("skip_below_rank", {"threshold_rank": "three"}, {"C": 10, "E": 5}, 2),
    ("dynamic", {}, {"A": 10, "C": 5, "E": 2}, 0),
]


@pytest.mark.parametrize("kind, settings, paid, breakage", COMPRESSED)
def test_compression_of_the_chain(kind, settings, paid, breakage):
    company = the_chain(kind, **settings)
    assert (company.paid(), company.breakage()) == (paid, breakage)


def test_roll_up_never_pays_nearer_than_the_level():
    """Level 3 rolls up from distance 3 on: where nobody stands there, nobody is paid."""
    bonus = unilevel("roll_up", rates=[10, 0, 2], compression={"twice": False})
    company = Company(plan(bonus, ranks=RANKS))
    company.chain(("B", "three", True), ("A", "three", True), "X")
    company.sale("X").run()
    assert (company.paid(), company.breakage()) == ({"A": 10}, 2)


def test_level_and_paid_level_and_why_nothing():
    assert the_chain("dynamic").rows() == [
        ("E", 5, 3, 2, 0, 0),
        ("C", 3, 2, 5, 0, 0),
        ("A", 1, 1, 10, 0, 0),
    ]
    assert the_chain("none").rows() == [
        ("C", 3, 3, 2, 0, 0),
        ("B", 2, 2, 0, 5, Reason.NOT_UNLOCKED),
        ("A", 1, 1, 10, 0, 0),
    ]
    nobody = the_chain("skip_below_rank", threshold_levels=3).rows()[0]
    assert nobody == (None, 3, 3, 0, 2, Reason.NO_UPLINE)


def test_each_amount_explains_itself():
    company = the_chain("dynamic")
    for lang in ("es", "en"):
        for index in range(len(company.rows())):
            found = explain.explain_earning(company.data, company.result, index, lang=lang)
            assert [step["step"] for step in found["steps"]][-3:] == ["base", "rate", "rounding"]


def test_volume_of_an_inactive_buyer_moves_up():
    """C5: the first present upline becomes the origin, so level 1 is one higher."""
    company = Company(plan(unilevel("volume"))).chain("C", "B", ("A", None, False), "N")
    company.person("X", "N", active=False).sale("X", pv=0).run()
    # X inactive → volume of N; A is inactive and uses up no level
    assert company.paid() == {"B": 10, "C": 5}
    company = Company(plan(unilevel("volume"))).chain("C", "B", "A", "X").sale("X").run()
    assert company.paid() == {"A": 10, "B": 5, "C": 2}


@pytest.mark.parametrize("buyer, levels", [("two", [1, 2, 3]), ("none", [1, 1, 2])])
def test_segment(buyer, levels):
    """C7: below an unqualified buyer the first two qualified people share level 1."""
    bonus = unilevel("segment", compression={"threshold_rank": "two"})
    company = Company(plan(bonus, ranks=RANKS))
    company.chain(
        ("C", "two", True),
        ("U", "none", True),
        ("B", "two", True),
        ("A", "two", True),
        ("X", buyer, True),
    )
    found = {row[0]: row[2] for row in company.sale("X").run().rows() if row[3]}
    assert found == dict(zip("ABC", levels, strict=True))


def test_max_depth_and_boundary():
    bonus = unilevel("dynamic", compression={"max_depth": 2})
    company = Company(plan(bonus)).chain("D", "C", ("B", None, False), "A", "X").sale("X").run()
    assert company.paid() == {"A": 10} and company.breakage() == 7
    bonus = unilevel("none", boundary_rank="one")
    company = Company(plan(bonus, ranks=RANKS))
    company.chain("C", ("B", "one", True), "A", "X").sale("X").run()
    assert company.paid() == {"A": 10, "B": 5} and company.breakage() == 0


def test_purchases_of_customers():
    for customers, paid in (("level", {"A": 10, "B": 5}), ("own", {"B": 10})):
        company = Company(plan(unilevel(customers=customers))).chain("B", "A")
        company.person("C", "A", kind=2)
        assert company.sale("C", credited="A").run().paid() == paid


def test_a_change_of_sponsor_in_the_middle():
    """Until day 10 A stood under OLD; each sale sees the tree of its moment."""
    for as_of, old in (("sale", 5), ("period_end", 0)):
        company = Company(plan({**unilevel(), "as_of": as_of}))
        company.person("OLD").person("NEW").person("A", "NEW").person("X", "A")
        company.moved("A", "OLD", 10).sale("X", day=9).sale("X", day=11)
        assert company.run().paid().get("OLD", 0) == old
        assert company.paid()["A"] == 20 and company.paid()["NEW"] == 10 - old


def test_compression_looks_through_changes():
    """The walk of a moment passes people who moved, also twice and high up."""
    company = Company(plan(unilevel("dynamic")))
    company.person("TOP").person("M", "TOP").person("N", "TOP").person("P", "M", active=False)
    company.person("A", "P").person("X", "A")
    company.moved("P", "N", 5).moved("P", "M", 12).moved("A", "TOP", 3)
    for day, above in ((2, "TOP"), (4, "N"), (8, "M"), (20, "M")):
        one = Company(company.plan)
        one.people, one.moves = company.people, company.moves
        one.sale("X", day=day).run()
        paid = one.paid()
        assert paid["A"] == 10 and paid[above] == 5, day


def test_lv_01():
    params = {"rates": [30], "base": "pv", "window_months": 1}
    company = Company(plan({"rule": "fast_start", "params": params})).person("A")
    company.person("X", "A", joined=START + 3).person("Y", "A", joined=START - 1)
    company.sale("X", 1000, day=31).sale("Y", 1000, day=1)  # Y joined the month before
    assert company.run().paid() == {"A": 300}
