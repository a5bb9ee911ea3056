"""What a screen shows of a tree, and the totals kept for it."""

from . import mlm_tree_total
from . import mlm_tree_read
from . import mlm_tree_read_source
from . import mlm_tree_read_card
from . import mlm_tree_read_branch
from . import mlm_tree_read_search
