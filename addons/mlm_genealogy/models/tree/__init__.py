"""Placement trees: their rules, and who waits for a place in them."""

from . import mlm_tree
from . import mlm_tree_holding
