# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two previews of a period: what differs is found, and its parts add up, whatever the plan."""

import copy
import random
from dataclasses import replace

import numpy as np
import pytest
import random_homes
import random_networks
import random_plans
from mlm_engine import plans, rules
from mlm_engine.kernel import run
from mlm_engine.kernel.snapshot import columns_of
from mlm_engine.plan import schema
from mlm_engine.sides import causes, facts, groups
from mlm_engine.sides.mixed import mixed
from mlm_engine.sides.reach import reaching


def random_plan(rng, rule=None):
    return schema.canonical(random_plans.draw(rng, rule or rng.choice(rules.names())))[0]


def paid(snapshot):
    found = causes._paid(snapshot)
    ids = np.array(sorted(found), dtype=np.int64)
    return ids, np.array([found[one] for one in ids.tolist()], dtype=np.int64)


def check(before, after):
    """Assert that what differs is worth the whole difference; return ``(counts, worth)``."""
    found = facts.find(before, after)
    ends = paid(before), paid(after)
    ids, worth = causes.contributions(before, after, found.counts, ends)
    assert causes.ENGINE not in worth
    for person, total in zip(
        ids.tolist(), sum(worth.values(), np.zeros(ids.size, int)), strict=True
    ):
        was, now = (dict(zip(*(part.tolist() for part in end), strict=True)) for end in ends)
        assert total == now.get(person, 0) - was.get(person, 0)
    return found.counts, worth


def dropped(rng, snapshot, table):
    """Return the snapshot without some rows of a table, None where it has none."""
    size = getattr(snapshot, columns_of(table)[0]).size
    if not size:
        return None
    keep = np.array([rng.random() < 0.6 for _ in range(size)])
    if keep.all():
        keep[rng.randrange(size)] = False
    return replace(
        snapshot,
        **{
            name: getattr(snapshot, name)[keep]
            for name in columns_of(table)
            if getattr(snapshot, name).size
        },
    )


def retouched(rng, snapshot, name, value):
    """Return the snapshot with one entry of a column set, None where nothing changes."""
    column = getattr(snapshot, name).copy()
    if not column.size:
        return None
    place = rng.randrange(column.size)
    if column[place] == value:
        return None
    column[place] = value
    return replace(snapshot, **{name: column})


def last_gone(rng, snapshot):
    """Return the snapshot without the last member: as if enrolled after this preview."""
    size = snapshot.member_id.size - 1
    if size < 1:
        return None
    columns = {}
    for name, column in snapshot.arrays():
        target = groups.REFERS.get(name)
        if column.size and (name.startswith(("member_", "window_")) or name == "sponsor"):
            column = column[:size]
        if target == "member":
            column = np.where(column == size, -1, column)
        columns[name] = column
    found = replace(snapshot, **columns)
    for table, keys in (
        ("held", "member"), ("promotion", "member"), ("link", "member"), ("former", "member"),
        ("gone", "member"), ("fed", "member"), ("override", "member"), ("prior", "member"),
        ("earned", "member"), ("state", "member"),
    ):  # fmt: skip
        keep = getattr(found, f"{table}_{keys}") >= 0
        columns = {name: getattr(found, name)[keep] for name in columns_of(table)}
        found = replace(found, **columns)
    return found


#: ``{group: what makes another preview of it}``
CHANGES = {
    "people": [
        lambda rng, one: retouched(rng, one, "member_state", rng.randrange(3)),
        lambda rng, one: retouched(rng, one, "member_kind", rng.randrange(3)),
        lambda rng, one: retouched(rng, one, "member_joined", one.period_end - 2),
        last_gone,
    ],
    "sponsors": [
        lambda rng, one: retouched(rng, one, "sponsor", -1),
        lambda rng, one: dropped(rng, one, "link"),
    ],
    "placement": [lambda rng, one: retouched(rng, one, "position_member", -1)],
    "carried": [
        lambda rng, one: retouched(rng, one, "window_pv_e4", 77 * 10**4),
        lambda rng, one: retouched(rng, one, "member_title", 0),
        lambda rng, one: retouched(rng, one, "carry_value", 12_345_678),
        lambda rng, one: dropped(rng, one, "held"),
        lambda rng, one: dropped(rng, one, "prior"),
        lambda rng, one: dropped(rng, one, "earned"),
        lambda rng, one: dropped(rng, one, "state"),
    ],
    "sales": [
        lambda rng, one: dropped(rng, one, "row"),
        lambda rng, one: retouched(rng, one, "row_cv_e4", 999 * 10**4),
        lambda rng, one: retouched(rng, one, "row_member", -1),
    ],
    "decisions": [
        lambda rng, one: dropped(rng, one, "override"),
        lambda rng, one: dropped(rng, one, "promotion"),
    ],
    "exchange": [
        lambda rng, one: replace(one, fx_e6=one.fx_e6 + 1_234_567),
        lambda rng, one: replace(one, rates={"EUR": 5_000_000_000}),
    ],
}  # fmt: skip


def changed(rng, snapshot):
    """Return another preview of the period and the groups in which it differs."""
    found, done = snapshot, set()
    for group in rng.sample(list(CHANGES), rng.randint(1, len(CHANGES))):
        one = rng.choice(CHANGES[group])(rng, found)
        if one is not None:
            found = one
            done.add(group)
    return found, done


def another_plan(rng, plan):
    """Return the plan of another version: bonuses in another order, one without rates."""
    document = copy.deepcopy(plan["source"])
    rng.shuffle(document["bonuses"])
    for bonus in document["bonuses"][:1]:
        bonus["name"] = "Another name"
    return plans.load_plan(document)


@pytest.mark.parametrize("rule", rules.names())
@pytest.mark.parametrize("seed", range(3))
def test_any_differences_under_any_rule(rule, seed):
    rng = random.Random(f"{rule} {seed}")
    before = random_networks.draw(rng, random_plan(rng, rule), lively=True)
    after, done = changed(rng, before)
    for first, last in ((before, after), (after, before)):
        counts, _worth = check(first, last)
        # somebody who is not there takes along what else was different
        assert "people" in counts if "people" in done else done == set(counts)


@pytest.mark.parametrize("name", plans.plan_names())
def test_every_shipped_plan(name):
    rng = random.Random(name)
    plan = plans.load_plan(name)
    for _ in range(2):
        before = random_networks.draw(rng, plan, lively=True)
        after, _done = changed(rng, before)
        check(before, after)
        if len(plan["bonuses"]) > 1:
            counts, _worth = check(before, replace(after, plan=another_plan(rng, plan)))
            assert "plan" in counts


@pytest.mark.parametrize("seed", range(25))
def test_two_random_plans(seed):
    """Nothing of one plan need be in the other: what it cannot say is left out in between."""
    rng = random.Random(seed)
    two = [random_plan(rng) for _ in range(2)]
    before, other = (random_networks.draw(rng, plan) for plan in two)
    period = {
        name: getattr(before, name)
        for name in ("period_kind", "period_number", "period_start", "period_end")
    }
    after = replace(other, **period, period_end_moment=before.period_end_moment)
    if before.period_kind not in after.plan["periods"]:
        return
    counts, _worth = check(before, after)
    assert "plan" in counts


@pytest.mark.parametrize("seed", range(25))
def test_mixture_is_of_both(seed):
    rng = random.Random(seed)
    before = random_networks.draw(rng, random_plan(rng), lively=True)
    after, done = changed(rng, before)
    assert run.compute(mixed(before, after, ())).digest == run.compute(before).digest
    assert mixed(before, after, groups.GROUPS) is after
    if "people" in done:
        return
    taken = rng.sample(groups.GROUPS, rng.randrange(len(groups.GROUPS)))
    between = mixed(before, after, taken)
    assert set(facts.find(before, between).counts) == done & set(taken)
    assert set(facts.find(between, after).counts) == done - set(taken)


@pytest.mark.parametrize("seed", range(10))
def test_network_of_several_companies(seed):
    rng = random.Random(seed)
    plan = random_plan(rng)
    before = random_homes.draw(random_networks.draw(rng, plan, lively=True), rng)
    if not before.homes:
        return
    after, done = changed(rng, before)
    homes = [{**home, "fx_e6": home["fx_e6"] + (home["fx_e6"] != 10**6)} for home in after.homes]
    counts, _worth = check(before, replace(after, homes=homes))
    assert "people" in counts if "people" in done else done <= set(counts)
    alone = replace(
        before,
        homes=[],
        **dict.fromkeys(("member_home", "row_seller", "row_point_e6"), before.sponsor[:0]),
    )
    counts, worth = check(alone, before)
    assert groups.COMPANIES in counts
    assert set(worth) <= {groups.COMPANIES}


def test_equal_previews_differ_in_nothing():
    before = random_networks.draw(random.Random(3), plans.load_plan("gano_excel_co_2026"))
    assert check(before, replace(before)) == ({}, {})


def test_facts_say_who_and_what():
    rng = random.Random(5)
    before = random_networks.draw(rng, plans.load_plan("gano_excel_co_2026"), lively=True)
    cv = before.row_cv_e4.copy()
    cv[2] += 50_000
    sponsor = before.sponsor.copy()
    child = int(np.flatnonzero(sponsor >= 0)[-1])
    sponsor[child] = -1
    found = facts.find(before, replace(before, row_cv_e4=cv, sponsor=sponsor)).facts
    assert found == [
        facts.Fact(
            "sponsors",
            "sponsor",
            facts.CHANGED,
            {
                "member_id": int(before.member_id[child]),
                "sponsor": int(before.member_id[before.sponsor[child]]),
            },
            {"member_id": int(before.member_id[child]), "sponsor": -1},
        ),
        facts.Fact(
            "sales",
            "row",
            facts.CHANGED,
            {"row_id": 902, "row_cv_e4": int(before.row_cv_e4[2])},
            {"row_id": 902, "row_cv_e4": int(cv[2])},
        ),
    ]


def test_largest_sales_are_told_first():
    rng = random.Random(8)
    after = random_networks.draw(rng, plans.load_plan("gano_excel_co_2026"), lively=True)
    nothing = replace(after, **{name: getattr(after, name)[:0] for name in columns_of("row")})
    counts, told = facts.find(nothing, after, most=3)
    assert counts["sales"] == after.row_id.size > 3
    volumes = [abs(one.after["row_cv_e4"]) for one in told if one.table == "row"]
    assert volumes == sorted(map(abs, after.row_cv_e4.tolist()), reverse=True)[:3]


def test_other_version_of_the_engine_is_a_cause_of_its_own():
    rng = random.Random(1)
    before = random_networks.draw(rng, plans.load_plan("gano_excel_co_2026"), lively=True)
    after, _done = changed(rng, before)
    ids, amounts = paid(before)
    assert ids.size
    old = ids, amounts - 10_000
    counts = facts.find(before, after).counts
    people, worth = causes.contributions(before, after, counts, (old, paid(after)), again=True)
    by_engine = dict(zip(people.tolist(), worth[causes.ENGINE].tolist(), strict=True))
    assert {one for one, value in by_engine.items() if value} == set(ids.tolist())
    assert set(by_engine.values()) <= {0, 10_000}


@pytest.mark.parametrize("seed", range(15))
def test_who_reaches_a_person(seed):
    rng = random.Random(seed)
    one = random_networks.draw(rng, random_plan(rng))
    for person in range(one.member_id.size):
        ids = [*one.member_id.tolist(), 7]
        found = reaching(one, int(one.member_id[person]), np.array(ids))
        assert found.tolist() == [
            other < one.member_id.size and _reaches(one, other, person) for other in range(len(ids))
        ]
    assert not reaching(one, 7, one.member_id).any()


def _reaches(one, other, person):
    ways = [(one.sponsor, [other], {person})]
    held, mine = (np.flatnonzero(one.position_member == who).tolist() for who in (other, person))
    ways.append((one.position_parent, held, set(mine)))
    for above, starts, targets in ways:
        for at in starts:
            while at >= 0:
                if at in targets:
                    return True
                at = int(above[at])
    return False
