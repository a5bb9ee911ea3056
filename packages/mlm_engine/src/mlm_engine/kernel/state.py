# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What members carry from the period before in one bonus."""

import numpy as np


def before(ctx, bonus, code):
    """Return the figure ``code`` (``codes.is_state``) of every member, int64."""
    data = ctx.snapshot
    mine = (data.state_bonus == bonus.index) & (data.state_measure == int(code))
    found = np.zeros(ctx.members, dtype=np.int64)
    found[data.state_member[mine]] = data.state_value[mine]
    return found
