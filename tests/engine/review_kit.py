# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plans of a few lines, and what the validator finds in them."""

from mlm_engine import checks as review
from mlm_engine.plan import schema
from mlm_engine.telling import problem_words
from weeks import document


def unilevel(code="uni", rates=(5,), **more):
    return {"code": code, "rule": "unilevel", "params": {"rates": list(rates)}, **more}


def award(*requires, **more):
    item = {"code": "x", "name": "X", "amount": 10, "requires": list(requires)}
    return {"code": "awards", "rule": "award", "params": {"awards": [item]}, **more}


def measure(code="m", kind="sponsored", **params):
    return {"code": code, "name": code, "kind": kind, **params}


def found(doc, simulated=False):
    """Return ``[(severity, path, text)]`` of a document that is well formed."""
    plan, problems = schema.canonical(doc)
    assert not problems, [str(one) for one in problems]
    items = review.review(plan) if simulated else review._found(plan, simulated=False)
    for item in items:
        in_spanish(item)
    return [(item.severity, item.path, item.text) for item in items]


def in_spanish(item):
    """Return what a finding says and its remedy in Spanish, each other words than the English."""
    said = problem_words.text(item, "es"), problem_words.remedy(item, "es")
    assert item.text and item.remedy, item
    assert said[0] != item.text and said[1] != item.remedy, item
    return said


def one(doc, **more):
    items = found(doc, **more)
    assert len(items) == 1, items
    return items[0]


def contest(start, end):
    params = {"measure": "own_pv_period", "min": 1, "prizes": [{"amount": 5}]}
    return document(
        {"rule": "contest", "params": {**params, "start": start, "end": end}},
        payout={"cap_pct": 50},
    )
