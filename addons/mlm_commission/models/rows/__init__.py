# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rows of results, each run in a partition; views over tables of the others."""

from . import mlm_partition
from . import mlm_earning
from . import mlm_measure
from . import mlm_run_sum
