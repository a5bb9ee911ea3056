# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small scenarios that tests change, and the problems that reading them gives."""

import io
from pathlib import Path

from mlm_engine.scenario import cli
from weeks import document

FOLDER = Path(__file__).parents[1] / "scenarios"


BASE = {
    "scenario": 1,
    "title": "Base",
    "plan": "gano_excel_co_2026",
    "cycles": [924],
    "company": {"rates": [{"from": "2026-01-01", "rate": 4500}]},
    "distributors": [
        {"code": "A", "place": "root"},
        {"code": "B", "sponsor": "A", "place": {"parent": "A", "leg": "left"}},
        {"code": "C", "sponsor": "A", "kind": "customer"},
    ],
    "sales": [{"id": "S1", "buyer": "B", "paid": "2026-08-18", "lines": [{"product": "501"}]}],
}


def small(**plan):
    """A scenario of a person without sales, on a plan of one unilevel."""
    bonus = {"code": "uni", "rule": "unilevel", "name": "Uni", "params": {"rates": [5]}}
    person = {"code": "ANA", "sponsor": None}
    return {
        **{"scenario": 2, "title": "Small", "cycles": [924, 925], "distributors": [person]},
        "plan": {**document(bonus), **plan},
    }


def event(**changes):
    return [{"at": "2026-08-19", "type": "place", "distributor": "B", **changes}]


def played(tmp_path, text, *options):
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    status = cli.main([str(path), *options], out, err)
    return status, out.getvalue(), err.getvalue().replace(str(path), "mine.yaml")
