# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bonuses on groups and prizes that several files of tests play, and what they say."""

from mlm_engine.kernel import run
from weeks import check_laws, document, earned, ranks, world

FLAT = {"a": None, "b": None, "c": None, "d": None}
#: people for prizes
PEOPLE = {"a": None, "b": "a", "c": "a", "d": "a"}
INDIA = {300: 6, 1000: 9, 2000: 12, 4000: 15, 7000: 18, 10000: 21}


def stairs(steps=INDIA, *, more=(), rank_minima=None, settings=None, **params):
    found = [{"min": least, "pct": pct} for least, pct in steps.items()]
    bonus = {"rule": "stairstep", "active_only": False, "params": {"steps": found, **params}}
    sections = {"ranks": ranks(*rank_minima)} if rank_minima else {}
    return document({**bonus, **(settings or {})}, *more, **sections)


def pool(code="pool", pct=1, **params):
    more = {"shares": {"r1": 1}} if "points" not in params else {}
    return {
        "code": code,
        "rule": "pool",
        "active_only": False,
        "params": {"pct": pct, **more, **params},
    }


def periods(plan, *sales, **columns):
    """Play weeks one after the other; return ``[(snapshot, result, earned)]``."""
    found, state = [], None
    for number, part in enumerate(sales):
        data, names = world(plan, PEOPLE, part, number=924 + number, **columns)
        if state is not None:
            for name in ("member", "bonus", "measure", "value"):
                setattr(data, f"state_{name}", getattr(state, f"state_{name}"))
        state = run.compute(data)
        check_laws(state)
        money = earned(data, state, names)
        found.append((data, state, next(iter(money.values()), {})))
    return found


def texts(found):
    """Return all sentences of an explanation in one text."""
    return " | ".join(step["text"] for step in found["steps"])
