# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Random plan documents: every rule, measure and setting with random parameters.

``draw(rng, rule)`` returns a document that pays by this rule, beside a few others. What the
engine does not know yet is not drawn.
"""

import random_bonuses
import random_measures
from mlm_engine import measures as figures
from mlm_engine import rules

PERCENTS = (0, 1, 2.5, 5, 10, 33.3333)
VOLUMES = (0, 10.4, 50, 100, 250.5, 1400)
DAY = "2026-08-17"


class Draft:
    """A document in the making, and what its parts may refer to."""

    def __init__(self, rng):
        self.rng = rng
        self.packages, self.ranks, self.measures, self.bonuses = [], [], [], []
        self.trees = ["placement", "matrix"]

    def chance(self, part):
        return self.rng.random() < part

    def pick(self, *values):
        return self.rng.choice(values)

    def percent(self):
        return self.rng.choice(PERCENTS)

    def volume(self):
        return self.rng.choice(VOLUMES)

    def rank(self):
        return self.rng.choice(self.ranks)

    def percents(self, most=4):
        return [self.percent() for _ in range(self.rng.randint(1, most))]

    def by_rank(self, read):
        """Return a mapping of some ranks."""
        named = self.rng.sample(self.ranks, self.rng.randint(1, len(self.ranks)))
        return {code: read() for code in sorted(named, key=self.ranks.index)}

    def named(self, code, **more):
        return {"code": code, "name": code, **more}

    def condition(self, measures, deep=True):
        """Return a condition; ``measures``: declared ones that may be asked for."""
        roll = self.rng.random()
        if deep and roll < 0.1:
            return {"any": [[self.condition(measures, False)] for _ in range(2)]}
        if self.packages and roll < 0.2:
            found = {"package": self.rng.choice(self.packages)}
            return {**found, "in_term": True} if self.chance(0.5) else found
        if roll < 0.25:
            return {"title": self.rank()}
        if measures and roll < 0.8:
            item = self.rng.choice(measures)
            counts = item["kind"] in random_measures.COUNTS
            least = self.rng.randint(1, 2) if counts else self.rng.choice((10.4, 50, 300))
            return {"measure": item["code"], "min": least}
        name = self.pick("own_pv", "own_pv_period", "own_cv_period", *self._figures())
        return {"measure": name, "min": self.pick(10.4, 50, 100, 300)}

    def _figures(self):
        return [f"{code}.paid_cv" for code, rule in self.bonuses if rule == "binary"]

    def conditions(self, measures=None, most=2):
        found = self.measures if measures is None else measures
        return [self.condition(found) for _ in range(self.rng.randint(1, most))]


def draw(rng, rule=None):
    """Return a random plan document; ``rule`` stands in it for sure."""
    draft = Draft(rng)
    draft.packages = ["P1", "P2", "P3"][: rng.randint(2 if rule == "package_bonus" else 0, 3)]
    draft.ranks = ["r0", "r1", "r2", "r3"][: rng.randint(1, 4)]
    known = [name for name in random_bonuses.DRAW if name in rules.names()]
    chosen = ([rule] if rule else []) + rng.choices(known, k=rng.randint(0, 3))
    if rule == "matching":
        chosen.append("unilevel")  # something to match
    draft.bonuses = [(f"b{place}", name) for place, name in enumerate(chosen)]
    document = {
        "plan": "random",
        "name": "Random",
        "version": 1,
        "currency": {"base": "USD", "company": "COP"},
        "rounding": {
            "mode": draft.pick("half_up", "half_even", "down", "up"),
            "unit": draft.pick(0.01, 0.01, 1, 50),
        },
        "trees": [
            {"code": "placement", "kind": "binary"},
            {"code": "matrix", "kind": "matrix", "width": 3},
        ],
        "periods": {
            "week": {"kind": "days", "days": 7, "anchor_number": 924, "anchor_start": DAY},
            "month": {
                "kind": "weeks_of_month",
                "of": "week",
                "anchor_number": 1,
                "anchor_start": "2026-01-01",
            },
        },
    }
    if draft.chance(0.8) or "binary" in chosen:
        document["activity"] = _activity(draft)
    document["catalog"] = [draft.named(f"p{place}", pv=10, cv=8, price=1000) for place in range(3)]
    document["packages"] = [_package(draft, code) for code in draft.packages]
    for place in range(rng.randint(0, 5)):
        item = random_measures.draw(draft, f"m{place}", figures.names())
        draft.measures.append(item)
    document["measures"] = draft.measures
    document["ranks"] = [_rank(draft, code) for code in draft.ranks]
    document["rank_policy"] = _policy(draft)
    document["promotions"] = [_promotion(draft, place) for place in range(rng.choice((0, 0, 2)))]
    document["bonuses"] = [_bonus(draft, *item) for item in draft.bonuses]
    if draft.chance(0.4):
        document["caps"] = [_cap(draft, place) for place in range(rng.randint(1, 2))]
    if draft.chance(0.4):
        document["payout"] = _payout(draft)
    return document


def _activity(draft):
    found = {"period": "week", "pv": draft.pick(10.4, 50), "window": draft.pick(1, 4)}
    if draft.chance(0.3):
        found["by_rank"] = draft.by_rank(lambda: draft.pick(0, 50, 100))
        found["held"] = draft.pick("paid", "title")
    return found


def _package(draft, code):
    found = draft.named(code, pct=draft.percent(), months=draft.pick(None, 1, 6))
    if draft.chance(0.3):
        found["repeat_pct"] = draft.percent()
    if draft.chance(0.4):
        found["rank"] = draft.rank()
        if draft.chance(0.5):
            found["rank_months"] = draft.pick(None, 1, 2)
    return found


def _rank(draft, code):
    found = draft.named(code, pct=draft.percent())
    if code != draft.ranks[0]:
        found["requires"] = draft.conditions()
    return found


def _policy(draft):
    if draft.chance(0.4):
        return {}
    return {
        "period": draft.pick("week", "week", "month"),
        "mode": draft.pick("own", "ladder"),
        "grace": draft.pick(0, 0, 1, 2),
        "demotion": draft.pick("earned", "one_step", "none"),
        "paid_rank": draft.pick("current", "current", "last_closed"),
        "title": draft.pick("keeps", "paid"),
    }


def _promotion(draft, place):
    found = draft.named(f"x{place}", pct=draft.percent())
    found["from"], found["to"] = "2026-08-01", draft.pick("2026-08-22", "2026-08-31")
    return found if place else {**found, "members": []}


def _bonus(draft, code, rule):
    params, more = random_bonuses.draw(draft, rule)
    found = draft.named(code, rule=rule, period=draft.pick("week", "week", "week", "month"))
    found |= _common(draft, code, rule) | more
    for name in ("tree", "as_of"):
        if draft.chance(0.2) and params.get("compression", {}).get("kind") != "pass_up":
            found.pop(name, None)
    if rules.get(rule).by_source and draft.chance(0.4):
        found["grain"] = "source"
    return {**found, "params": _with_defaults(draft, params)}


def _with_defaults(draft, params):
    """Leave some parameters out, so that both sides take their defaults."""
    omitted = {name for name in random_bonuses.OPTIONAL if draft.chance(0.2)}
    return {name: value for name, value in params.items() if name not in omitted}


def _common(draft, code, rule):
    """Return settings that the rule uses."""
    found, used = {}, random_bonuses.common_of(rule)
    if draft.chance(0.1):
        found["from"] = draft.pick(DAY, "2026-09-30")
    if draft.chance(0.1):
        found["to"] = draft.pick("2026-08-22", "2026-12-31")
    if draft.chance(0.2):
        found["currency"] = draft.pick("USD", "COP", "EUR")
    if draft.chance(0.3):
        found["buyers"] = draft.pick("all", "distributors", "customers")
    if draft.chance(0.3):
        found["packages"] = draft.pick("include", "exclude", "only")
    earlier = [other for other, name in draft.bonuses if other < code and name != "matching"]
    if earlier and draft.chance(0.3):
        found["not_on"] = [draft.rng.choice(earlier)]
    if draft.chance(0.3):
        found["active_only"] = draft.chance(0.5)
    if draft.chance(0.2):
        found["min_rank"] = draft.rank()
    if draft.chance(0.2):
        found["requires"] = draft.conditions(most=1)
    return {name: value for name, value in found.items() if name in used}


def _cap(draft, place):
    codes = [code for code, _ in draft.bonuses]
    found = draft.named(
        f"c{place}", bonuses=draft.rng.sample(codes, draft.rng.randint(1, len(codes)))
    )
    if draft.chance(0.5):
        return {**found, "amount": draft.pick(0.5, 3.3333, 20)}
    return {**found, "by_rank": draft.by_rank(lambda: draft.pick(0.5, 3.3333, 20))}


def _payout(draft):
    found = {"mode": draft.pick("pro_rata", "protect_ranks", "hard_stop")}
    if draft.chance(0.8):
        found["cap_pct"] = draft.pick(0.5, 3, 20)
    if found["mode"] == "protect_ranks":
        found["protect_from"] = draft.rank()
    if draft.chance(0.4):
        found["floor_pct"] = draft.pick(1, 10)
        found["floor_bonus"] = draft.rng.choice(draft.bonuses)[0]
    if draft.chance(0.3):
        found["bonuses"] = [draft.rng.choice(draft.bonuses)[0]]
    return found
