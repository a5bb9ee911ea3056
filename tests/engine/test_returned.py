# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Returns of earlier sales: up the links of the sale, out of the legs that they fed."""

import random

import numpy as np
import pytest
import random_networks
import random_plans
from company_kit import START_MOMENT, Company, plan
from levels_kit import RANKS
from mlm_engine.kernel import returned, run, snapshot_file
from mlm_engine.kernel.codes import Measure
from mlm_engine.kernel.snapshot import LEG_NOWHERE, Snapshot
from mlm_engine.kernel.trees import TreeError
from mlm_engine.plan import schema
from mlm_engine.telling import explain
from mlm_reference import audit, inputs
from mlm_reference.calculator import Calculator
from networks import ints
from side_by_side import computed, differences, stored

BEFORE = START_MOMENT - 1  # the last second of the month of the sale
TEAM = {
    "rule": "binary",
    "params": {"active_each_side": 0, "pct_from": ["fixed"], "fixed_pct": 10},
}


class Moved(Company):
    """A company in which links were replaced at the turn of the month: ``former`` sponsors,
    ``spots`` of positions (``None``: in no tree), ``gone`` positions with whose they were."""

    def __init__(self, plan, former=(), spots=(), gone=(), fed=()):
        super().__init__(plan)
        self.former, self.spots, self.gone, self.fed = former, spots, gone, fed

    def back(self, buyer, cv, **more):
        return self.sale(buyer, -cv, reversal=1, **more)

    def snapshot(self):
        data = super().snapshot()
        data.row_as_of = np.where(data.row_reversal == 1, BEFORE, -1)
        rows = sorted((self.index(one), self.index(above)) for one, above in self.former)
        data.former_member, data.former_sponsor = (ints(row[at] for row in rows) for at in (0, 1))
        data.former_until = ints([START_MOMENT] * len(rows))
        rows = sorted(
            (self.seat_index(one), *((-1, LEG_NOWHERE) if above is None else self._spot(above)))
            for one, above in self.spots
        )
        data.moved_position, data.moved_parent, data.moved_leg = (
            ints(row[at] for row in rows) for at in (0, 1, 2)
        )
        data.moved_until = ints([START_MOMENT] * len(rows))
        data.gone_position = ints(self.seat_index(one) for one, _owner in self.gone)
        data.gone_member = ints(self.index(owner) for _one, owner in self.gone)
        for seat, bonus, owner, *figures in self.fed:
            row = (self.seat_index(seat), bonus, self.index(owner), BEFORE, *figures)
            names = ("position", "bonus", "member", "as_of")
            names += ("left_e4", "right_e4", "cv_e4", "back_e4", "packages")
            for name, value in zip(names, row, strict=True):
                before = getattr(data, f"fed_{name}")
                setattr(data, f"fed_{name}", np.append(before, value))
        return data

    def _spot(self, spot):
        return self.seat_index(spot[0]), spot[1]

    def legs(self, code):
        """Return ``{measure: points}`` of a person's first position in the first bonus."""
        found, seat = self.result.measures, [item[1] for item in self.seats].index(code)
        mine = found.position == seat
        values = zip(found.measure[mine].tolist(), found.value[mine].tolist(), strict=True)
        return {Measure(measure).name.lower(): value / 10**4 for measure, value in values}


def sponsors(bonus, *, rank=None, **sections):
    """C's line stood below B and stands below D now; C brings back 500 of then."""
    company = Moved(plan(bonus, ranks=RANKS, **sections), former=[("H", "B")])
    for code, sponsor in (("A", None), ("B", "A"), ("D", "A"), ("H", "D"), ("C", "H")):
        company.person(code, sponsor, rank="one" if rank and code != "C" else None)
    return company


def measures(**kinds):
    return [{"code": code, "name": code, "volume": "cv", **item} for code, item in kinds.items()]


def test_stairstep_lessens_who_was_above():
    """600 of B less the 500; D, who was not above, is paid on all of the 300 of C."""
    steps = [{"min": 100, "pct": 5}, {"min": 1000, "pct": 10}]
    bonus = {"rule": "stairstep", "active_only": False, "params": {"steps": steps}}
    company = sponsors(bonus).person("E", "A")
    company.sale("B", 600).sale("D", 400).sale("C", 300).sale("E", 900).back("C", 500).run()
    # A (10 %): 5 % of B's 600 - 500, of D's 700 and of E's 900; D: 5 % of 400 and of H's 300
    assert company.paid() == {"A": 5 + 35 + 45, "B": 30, "D": 20 + 15, "E": 45}
    at = next(
        at
        for at in range(company.result.earnings.payee.size)
        if (company.result.earnings.payee[at], company.result.earnings.source[at]) == (0, 1)
    )
    row, weight, share = explain.volume_behind(company.data, company.result, at)
    assert weight.tolist() == [600 * 10**4, -500 * 10**4] and row.tolist() == [0, 4]
    assert share.sum() == 5 * 10**4


@pytest.mark.parametrize("rule", ["breakaway", "equal_rank"])
def test_groups_of_heads_lessen_who_was_above(rule):
    """H's group made 1,000 and brings back 400 of a sale below B: D is paid on 1,000, A, who
    stood above then as now, on 600."""
    params = {"rank": "one", "rates": [10, 5]}
    company = sponsors({"rule": rule, "active_only": False, "params": params}, rank="one")
    company.sale("C", 1000).back("C", 400).run()
    assert company.paid() == {"D": 100, "A": 30}
    earnings = company.result.earnings
    for at, payee in enumerate(earnings.payee.tolist()):
        weight = explain.volume_behind(company.data, company.result, at)[1]
        assert weight.sum() == (600 if payee == 0 else 1000) * 10**4


def test_the_group_of_a_head_loses_what_was_in_it():
    """The guarantee asks what the group of H made: 600 of the 1,000 wanted."""
    params = {"rank": "one", "rates": [10], "guarantee": 1000}
    bonus = {"rule": "breakaway", "active_only": False, "params": params}
    company = sponsors(bonus, rank="one").person("I", "H", rank="one")
    company.sale("C", 1000).sale("I", 5000).back("C", 400).run()
    # H earns 500 on I, owes D 10 % of 1,000 - 600; D, who has 140 then, owes A 100
    assert company.paid() == {"H": 460, "D": 40, "A": 100}


def test_sponsor_measures():
    kinds = measures(
        gv={"kind": "group"},
        near={"kind": "group", "levels": 2, "own": False},
        pgv={"kind": "personal_group", "boundary_rank": "one"},
        weakest={"kind": "leg", "which": "weakest"},
        side={"kind": "leg", "which": "side"},
        legs={"kind": "volume_legs", "min": 100},
        capped={"kind": "capped_group", "of": "actual", "cap_pct": 50},
    )
    company = sponsors(TEAM, measures=kinds, trees=[{"code": "placement", "kind": "binary"}])
    company.sale("B", 300).sale("D", 400).sale("C", 100).back("C", 250).run()
    assert company.measured("gv") == {"A": 550, "B": 50, "D": 500, "H": -150, "C": -150}
    # two levels above C stood B, above A only those up to B's and H's level
    assert company.measured("near") == {"A": 700, "B": -250, "D": 100, "H": -150}
    assert company.measured("pgv") == {"A": 550, "B": 50, "D": 500, "H": -150, "C": -150}
    # B's only leg is the one that H no longer heads
    assert company.measured("weakest") == {"A": 50, "B": -250, "D": 100, "H": -150}
    assert company.measured("side") == {"A": 50}
    assert company.measured("legs") == {"A": 1, "D": 1}
    # half of 550 of D's 500 and all of B's 50
    assert company.measured("capped")["A"] == 275 + 50


def places():
    """TOM's first position stood below LUZ's left and stands below RAUL; one has left the
    tree since (it stood on LUZ's right), one came later."""
    trees = [{"code": "placement", "kind": "binary"}]
    kinds = measures(
        placed={"kind": "group", "tree": "placement"},
        near={"kind": "group", "tree": "placement", "levels": 1, "own": False},
    )
    company = Moved(
        plan(TEAM, measures=kinds, trees=trees),
        spots=[("t1", ("l", 0)), ("t2", None), ("g", ("l", 1))],
        gone=[("g", "TOM")],
    )
    for code, sponsor in (("ANA", None), ("LUZ", "ANA"), ("RAUL", "ANA"), ("TOM", "LUZ")):
        company.person(code, sponsor)
    company.seat("r", "ANA").seat("l", "LUZ", "r", 0).seat("q", "RAUL", "r", 1)
    company.seat("t1", "TOM", "q", 1).seat("t2", "TOM", "t1", 0).seat("g", None)
    return company


def test_every_position_of_then_and_none_of_later():
    company = places().back("TOM", 100, seat="t1").run()
    assert company.measured("placed") == {"ANA": -200, "LUZ": -200, "TOM": -100}
    assert company.measured("near") == {"LUZ": -200}
    assert company.legs("ANA")["left_new"] == -100 and "right_new" not in company.legs("ANA")
    assert company.legs("LUZ")["left_new"] == -100 and "right_new" not in company.legs("LUZ")
    assert "right_new" not in company.legs("RAUL")


def test_from_the_position_that_has_left():
    company = places().back("TOM", 100, seat="g").run()
    assert company.legs("LUZ")["right_new"] == -100 and company.legs("ANA")["left_new"] == -100


def test_not_placed_then_counts_for_nobody_now():
    company = places()
    company.spots, company.gone = [("t1", None), ("t2", None)], ()
    company.back("TOM", 100, seat=None).run()
    assert company.measured("placed") == {}
    assert company.measured("near") == {}


def test_a_snapshot_without_the_column_keeps_the_old_meaning():
    company = places().back("TOM", 100, seat="t1")
    data = company.snapshot()
    data.row_as_of = ints([])
    company.data, company.result = data, run.compute(data)
    assert company.legs("ANA")["right_new"] == -100 and company.legs("RAUL")["right_new"] == -100


def test_a_file_of_before_is_read_with_the_old_meaning(monkeypatch):
    """Without the columns that came later, by the engine and by the reference."""
    data = places().back("TOM", 100, seat="t1").snapshot()
    data.gone_position = data.gone_member = ints([])
    arrays = Snapshot.arrays
    later = ("row_as_of", "former_", "moved_", "gone_", "fed_")
    values = snapshot_file._values(data)
    with monkeypatch.context() as before:
        before.setattr(snapshot_file, "_values", lambda snapshot: values)
        before.setattr(
            Snapshot,
            "arrays",
            lambda self: (item for item in arrays(self) if not item[0].startswith(later)),
        )
        file = snapshot_file.dumps(data)
    old = snapshot_file.loads(file)
    assert not old.row_as_of.size and not old.moved_until.size
    result = computed(old)
    assert result.digest != computed(data).digest
    assert not audit.compare(Calculator(inputs.read(file), whole=True), stored(result))


def own_excess(*fed):
    """ANA put 560 CV of 680 bought into her right leg."""
    trees = [{"code": "placement", "kind": "binary"}]
    bonus = {**TEAM, "params": {**TEAM["params"], "own_excess_above_pv": 120}}
    company = Moved(plan(bonus, trees=trees), fed=[("r", 0, "ANA", *fed)])
    company.person("ANA", pv=0).person("LUZ", "ANA").person("RAUL", "ANA")
    return company.seat("r", "ANA").seat("l", "LUZ", "r", 0).seat("q", "RAUL", "r", 1)


E4 = 10**4


def test_the_excess_comes_back_in_pieces():
    """In thirds that no ten-thousandth divides: all of it together is all of it."""
    fed, parts = 1 * E4, []
    for back in (0, 1, 2):
        company = own_excess(0, fed, 3 * E4, back * E4, 0).back("ANA", 1, seat="r").run()
        parts.append(company.legs("ANA")["right_back"])
        assert company.legs("ANA")["right_excess"] == -parts[-1]
    assert parts == [0.3333, 0.3334, 0.3333] and sum(parts) == pytest.approx(1)


def test_a_circle_of_replaced_links_is_refused():
    company = Moved(plan(TEAM, trees=[{"code": "placement", "kind": "binary"}]))
    company.chain("A", "B", "C").back("C", 10)
    company.former = [("A", "B"), ("B", "A")]
    company.plan["measures"] = []
    with pytest.raises(TreeError, match="circle"):
        returned.pruned(company.snapshot())


def test_pruned_links_lead_the_same_ways():
    """Links that no return meets may be dropped, and nothing changes."""
    dropped = 0
    for number in range(40):
        rng = random.Random(f"pruned {number}")
        document, problems = schema.canonical(random_plans.draw(rng, "binary"))
        assert not problems
        whole = random_networks.draw(rng, document)
        if not whole.row_as_of.size:
            continue
        less, _visited = returned.pruned(whole)
        assert run.compute(less).digest == run.compute(whole).digest
        assert not differences(less)
        dropped += whole.moved_until.size - less.moved_until.size
        dropped += whole.former_until.size - less.former_until.size
    assert dropped > 50
