# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Moving in from another system: files, control totals, loading and taking back."""

from . import mlm_opening_import
from . import mlm_opening_file
from . import mlm_opening_control
from . import mlm_opening_problem
from . import mlm_opening_progress
from . import mlm_opening_loader
from . import mlm_opening_loader_carry
from . import mlm_opening_loader_volume
from . import mlm_opening_loader_accumulated
from . import mlm_opening_loader_title
from . import mlm_opening_loader_package
from . import mlm_opening_loader_history
from . import mlm_opening_loader_balance
from . import mlm_earning_history
from . import mlm_opening
from . import mlm_sealed_move
