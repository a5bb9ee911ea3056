"""Thousands of random operations on both trees, against an independent model.

After each one the trees of the product and of the model are the same; so are the answers about
the past; at the end of a sequence every law holds. `MLM_PROPERTY_RUNS` sets the number of
sequences (nightly: 2000), `MLM_PROPERTY_SEED` the first seed: a failure names its own.
"""

import json
import os
from pathlib import Path

RUNS = int(os.environ.get("MLM_PROPERTY_RUNS", "40"))
SEED = int(os.environ.get("MLM_PROPERTY_SEED", "1"))
STEPS = 40
KINDS = {
    "enrol",
    "change_sponsor",
    "correct_sponsor",
    "suspend",
    "reinstate",
    "decease",
    "terminate",
    "readmit",
    "place",
    "move",
    "close",
    "remove",
    "reopen",
}

CODE = f"""
import json, os, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import genealogy_player

result = genealogy_player.play(env, {SEED}, {RUNS}, {STEPS})
env.cr.rollback()
print("RESULT " + json.dumps(result))
"""


def test_random_operations(odoo_db, run_odoo_script):
    lines = run_odoo_script(odoo_db, CODE).lines
    line = next(line for line in lines if line.startswith("RESULT "))
    result = json.loads(line.removeprefix("RESULT "))
    print(f"seeds {SEED} to {SEED + RUNS - 1}: {result['outcomes']}")
    assert not result["failures"], "\n\n".join(result["failures"][:3])
    # it plays every operation, and not only those that are refused
    assert {name for name, count in result["done"].items() if count} >= KINDS
    assert sum(result["done"].values()) > RUNS * STEPS / 2
