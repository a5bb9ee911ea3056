# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pass-up, worked out by hand: who stands under whom when first recruits are passed up.

A tree is written as ``{sponsor: recruits in the order of joining}``; the one above everybody
is who is paid level 1 (10 %) of a purchase of 100.
"""

from itertools import pairwise

import pytest
from company_kit import Company, plan
from levels_kit import unilevel
from mlm_engine.telling import explain

#: JOHN has no sponsor. HARRY's first two are A and C, A's are B1 and B2.
TWO_UP = {
    "JOHN": ["HARRY"],
    "HARRY": ["A", "C", "D"],
    "A": ["B1", "B2", "B3"],
    "B1": ["H1", "H2", "H3"],
    "H1": ["I1"],
    "B3": ["F1", "F2", "F3"],
    "F1": ["G1"],
    "D": ["E1", "E2", "E3"],
}
ABOVE_TWO_UP = {
    # HARRY's two go to JOHN, the third is his: JOHN himself has nobody to pass HARRY to
    **{"HARRY": "JOHN", "A": "JOHN", "C": "JOHN", "D": "HARRY"},
    # A was passed up to JOHN, so A's first two are JOHN's, and so on without end
    **{"B1": "JOHN", "B2": "JOHN", "B3": "A", "H1": "JOHN", "H2": "JOHN", "H3": "B1"},
    "I1": "JOHN",
    # B3 is A's own: its first two are A's, and what those recruit first as well
    **{"F1": "A", "F2": "A", "F3": "B3", "G1": "A"},
    # D is HARRY's own: the infinity line of HARRY
    **{"E1": "HARRY", "E2": "HARRY", "E3": "D"},
}
#: TOP is the only one without a sponsor; every first recruit goes up.
ONE_UP = {
    "TOP": ["JOHN"],
    "JOHN": ["HARRY", "IVAN"],
    "HARRY": ["A", "B"],
    "A": ["C", "D"],
    "B": ["E", "F"],
    "D": ["G"],
    "IVAN": ["K"],
}
ABOVE_ONE_UP = {
    "JOHN": "TOP",
    # HARRY is JOHN's first: he stands under TOP and passes A to TOP, A passes C to TOP
    **{"HARRY": "TOP", "IVAN": "JOHN", "A": "TOP", "B": "HARRY", "C": "TOP", "D": "A"},
    **{"E": "HARRY", "F": "B", "G": "A", "K": "JOHN"},
}


def company(tree, count, kinds=(), **params):
    """Return a ``Company`` with a purchase of 100 of everybody."""
    rates = params.pop("rates", [10])
    made = Company(plan(unilevel("pass_up", compression={"pass_up": count}, rates=rates, **params)))
    enrol(made, tree, kinds)
    return made


def enrol(made, tree, kinds=()):
    made.person(next(iter(tree)))
    for sponsor, recruits in tree.items():
        for day, code in enumerate(recruits):
            made.person(code, sponsor, joined=100 + day, kind=dict(kinds).get(code, 0))


def above(made, code):
    """Return who is paid level 1 of somebody's purchase, ``None`` for nobody."""
    made.sales.clear()
    made.sale(code).run()
    return next((payee for payee, level, *_ in made.rows() if level == 1), None)


@pytest.mark.parametrize(
    "tree, count, wanted", [(TWO_UP, 2, ABOVE_TWO_UP), (ONE_UP, 1, ABOVE_ONE_UP)]
)
def test_who_is_passed_up_passes_on_to_the_new_sponsor(tree, count, wanted):
    made = company(tree, count)
    assert {code: above(made, code) for code in wanted} == wanted
    assert above(made, next(iter(tree))) is None


def test_two_up_pays_along_the_changed_tree():
    """G1 > A > JOHN; of E3 > D > HARRY > JOHN: 10, 5 and 2 %."""
    made = company(TWO_UP, 2, rates=[10, 5, 2])
    assert made.sale("G1").run().paid() == {"A": 10, "JOHN": 5}
    made.sales.clear()
    assert made.sale("E3").run().paid() == {"D": 10, "HARRY": 5, "JOHN": 2}
    assert ("JOHN", 3, 3, 2, 0, 0) in made.rows()


def test_a_recruit_of_a_recruit_three_deep():
    """R > S > A, all the only recruits: S stays, for R has nobody above; A goes to R and
    passes X and Y to R, Z is A's own."""
    made = Company(plan(unilevel("pass_up", compression={"pass_up": 2})))
    made.chain("R", "S", "A")
    for day, code in enumerate("XYZ"):
        made.person(code, "A", joined=100 + day)
        made.sale(code)
    assert made.run().paid() == {"R": 25, "A": 10}


def test_a_customer_takes_no_place_and_passes_nobody_up():
    """C is a customer and D a preferred one: A's first two distributors are B1 and B2."""
    tree = {"JOHN": ["HARRY"], "HARRY": ["X", "Y", "A"], "A": ["C", "D", "B1", "B2", "B3"]}
    made = company(tree, 2, kinds=(("C", 2), ("D", 1)))
    found = {code: above(made, code) for code in ("C", "D", "B1", "B2", "B3")}
    assert found == {"C": "A", "D": "A", "B1": "HARRY", "B2": "HARRY", "B3": "A"}


def test_a_long_line_of_only_recruits_goes_to_the_top():
    """In a line of forty everybody is a first recruit: all stand under the top."""
    line = [f"n{place}" for place in range(40)]
    made = company({one: [other] for one, other in pairwise(line)}, 1)
    assert {above(made, code) for code in line[1:]} == {"n0"}


def test_a_match_follows_the_pass_ups():
    """A earns 10 on B3's purchase; A stands under JOHN, not under HARRY, for the match."""
    match = {
        "rule": "matching",
        "params": {
            "bonuses": ["unilevel"],
            "rates": [50],
            "compression": {"kind": "pass_up", "pass_up": 2},
        },
    }
    made = Company(plan(unilevel("pass_up", rates=[10]), match))
    enrol(made, TWO_UP)
    made.sale("B3").run()
    assert made.paid("unilevel") == {"A": 10} and made.paid("matching") == {"JOHN": 5}


def test_a_fast_start_follows_the_pass_ups():
    params = {"rates": [20], "window_days": 999999, "compression": {"kind": "pass_up"}}
    made = Company(plan({"rule": "fast_start", "params": params}))
    enrol(made, TWO_UP)
    assert made.sale("H2").run().paid() == {"JOHN": 20}


@pytest.mark.parametrize(
    "lang, told, why",
    [
        (
            "es",
            "A cedió a B1 (de sus primeros 2 vinculados): queda bajo JOHN",
            "A no ganó en esta venta por Unilevel porque A cedió a B1",
        ),
        (
            "en",
            "A passed B1 up (of the first 2 recruits): now under JOHN",
            "A earned nothing on this sale by Unilevel because A passed B1 up",
        ),
    ],
)
def test_it_is_explained(lang, told, why):
    made = company(TWO_UP, 2)
    made.sale("B1").run()

    def name(kind, index):
        return made.people[index]["code"] if kind == "member" else f"S{index + 1}"

    found = explain.explain_earning(made.data, made.result, 0, name=name, lang=lang)
    assert told in [step["text"] for step in found["steps"]]
    found = explain.explain_why_not(
        made.data, made.result, made.index("A"), 0, name=name, lang=lang
    )
    assert found["bonuses"][0]["text"].startswith(why)
    view = explain.View(made.data, made.result, name, lang, discreet=True)
    found = explain.earning(view, 0)
    step = next(one for one in found["steps"] if one["step"] == "passed_up")
    assert "B1" not in step["text"] and "A " not in step["text"]
