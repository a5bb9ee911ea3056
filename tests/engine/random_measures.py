# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Random declared measures of every kind."""

COUNTS = ("sponsored", "qualified_legs", "volume_legs", "met")


def draw(draft, code, known):
    """Return a random measure of a kind that the engine knows."""
    kinds = [kind for kind in DRAW if kind in known]
    kind = draft.rng.choice(kinds)
    found = DRAW[kind](draft)
    while found is None:
        kind = draft.rng.choice(kinds)
        found = DRAW[kind](draft)
    return draft.named(code, kind=kind, **found)


def _volume(draft):
    return {"volume": draft.pick("pv", "cv")}


def _tree(draft):
    return {"tree": draft.pick("sponsor", "sponsor", "placement", "matrix")}


def _personal(draft):
    parts = ("include", "exclude", "only")
    return {**_volume(draft), "customers": draft.pick(*parts), "packages": draft.pick(*parts)}


def _group(draft):
    return {
        **_volume(draft),
        **_tree(draft),
        "own": draft.chance(0.7),
        "levels": draft.pick(0, 0, 1, 2, 3),
        "compressed": draft.chance(0.4),
    }


def _personal_group(draft):
    return {
        **_volume(draft),
        **_tree(draft),
        "boundary_rank": draft.rank(),
        "own": draft.chance(0.7),
    }


def _leg(draft):
    return {**_volume(draft), **_tree(draft), "which": draft.pick("strongest", "weakest", "side")}


def _sponsored(draft):
    found = {
        "who": draft.pick("any", "distributor", "preferred", "customer"),
        "state": draft.pick("any", "active"),
        "joined": draft.pick("any", "any", "period"),
    }
    if draft.chance(0.4):
        found["min_rank"] = draft.rank()
    if draft.measures and draft.chance(0.3):
        item = draft.rng.choice(draft.measures)
        found["measure"], found["min"] = item["code"], draft.pick(1, 2)
    return found


def _met(draft):
    return {"requires": draft.conditions(draft.measures)} if draft.measures else None


def _qualified_legs(draft):
    return {
        **_tree(draft),
        "rank": draft.rank(),
        "depth": draft.pick(0, 1, 2),
        "active": draft.chance(0.3),
        "enrolled": draft.chance(0.3),
    }


def _volume_legs(draft):
    return {**_volume(draft), **_tree(draft), "min": draft.pick(10.4, 100, 300)}


def _capped_group(draft):
    return {
        **_volume(draft),
        **_tree(draft),
        "own": draft.chance(0.7),
        "cap_own": draft.chance(0.5),
        "of": draft.pick("required", "actual"),
        "cap_pct": draft.pick(33.3333, 40, 50),
    }


def _accumulated(draft):
    volumes = [item["code"] for item in draft.measures if item["kind"] not in COUNTS]
    if not volumes:
        return None
    return {"of": draft.rng.choice(volumes), "periods": draft.pick(0, 2, 3)}


def _weighted(draft):
    found = {**_volume(draft), "weights": {"p0": draft.pick(0, 0.5, 1.3333), "p1": 2}}
    return {**found, "default": draft.pick(0, 0.25)}


def _formula(draft):
    names = [item["code"] for item in draft.measures]
    if not names:
        return None
    one, other = draft.rng.choice(names), draft.rng.choice(names)
    text = draft.pick(
        f"{one} + 0.5 * min({other}, 100)",
        f"max({one} - 20, {other} / 3)",
        f"2 * ({one} + {other}) - 1.25",
        f"-{one} + max(0, {other}, 7)",
    )
    return {"formula": text}


DRAW = {
    "personal": _personal,
    "group": _group,
    "personal_group": _personal_group,
    "leg": _leg,
    "sponsored": _sponsored,
    "met": _met,
    "qualified_legs": _qualified_legs,
    "volume_legs": _volume_legs,
    "capped_group": _capped_group,
    "accumulated": _accumulated,
    "weighted": _weighted,
    "formula": _formula,
}
