# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a run comes to is the same with and without its rows put in order."""

from itertools import product

import numpy as np
import pytest
from mlm_engine import rules
from mlm_engine.kernel import outcome, run
from test_reference import case, case_of_several

CASES = 12


@pytest.mark.parametrize("drawn", [case, case_of_several])
def test_outcome_is_that_of_the_result(drawn):
    paid = 0
    for rule, number in product(rules.names(), range(CASES)):
        snapshot, _whole = drawn(rule, number)
        result = run.compute(snapshot)
        expected, found = outcome.of_result(snapshot, result), run.outcome(snapshot)
        for name in ("active", "rank", "amount_e4"):
            told = (rule, number, name)
            assert np.array_equal(getattr(found, name), getattr(expected, name)), told
        earned = result.earnings.amount_e4[result.earnings.payee >= 0]
        assert expected.amount_e4.sum() == earned.sum()
        paid += np.count_nonzero(expected.amount_e4)
    assert paid > CASES
