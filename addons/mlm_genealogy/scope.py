"""Who looks at which tree, and as of when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Scope:
    """What one question about a tree is about; the same for every card of the answer.

    :param network: `mlm.network`
    :param tree: `mlm.tree`; empty for the sponsor tree
    :param at: naive UTC datetime, or None for now
    :param viewer: `mlm.distributor` (sudo) whose downline bounds the answer, or None for
        staff, who see what their rights show them
    """

    network: Any
    tree: Any
    at: datetime | None = None
    viewer: Any = None

    @property
    def kind(self):
        """sponsor, binary, matrix or free."""
        return self.tree.kind if self.tree else "sponsor"

    @property
    def shows_customers(self):
        """Customers are no part of a distributor's team."""
        return self.viewer is None
