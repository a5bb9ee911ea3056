# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Volume on the cards of the trees and as the weight of their legs."""

from . import mlm_tree
from . import mlm_tree_read
from . import mlm_tree_total
