"""Distributors brought in by a file, and who took them out in one."""

from . import mlm_import_progress
from . import mlm_import
from . import mlm_import_problem
from . import mlm_import_check
from . import mlm_import_write
from . import mlm_export_log
