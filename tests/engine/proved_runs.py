# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Lays the reference calculation beside every run of the tests of the engine."""

from functools import wraps

from mlm_engine.kernel import run
from mlm_engine.plan import schema
from mlm_engine.scenario import runner
from mlm_reference import audit
from side_by_side import calculator, stored

LARGEST = 300  # members; the reference goes person by person


def _as_written(plan):
    """Tell whether a plan is what its document says: a test may have changed it since."""
    return "source" in plan and schema.canonical(plan["source"])[0] == plan


def install():
    """Replace ``run.compute`` by one that fails where the reference gives another result."""
    plain = run.compute
    if getattr(plain, "is_proved", False):
        return

    @wraps(plain)
    def compute(snapshot, *arguments, **named):
        result = plain(snapshot, *arguments, **named)
        if snapshot.member_id.size <= LARGEST and _as_written(snapshot.plan):
            found = audit.compare(calculator(snapshot), stored(result))
            assert not found, "the reference differs:\n" + "\n".join(map(str, found[:10]))
        return result

    compute.is_proved = True
    run.compute = runner.compute = compute
