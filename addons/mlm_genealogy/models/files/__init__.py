"""Distributors brought in by a file, and who took them out in one."""

from . import mlm_import
from . import mlm_export_log
