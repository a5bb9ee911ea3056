# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import mlm_what_if
from . import mlm_what_if_progress
from . import mlm_what_if_cycle
from . import mlm_what_if_person
from . import mlm_what_if_work
from . import mlm_what_if_figures
from . import mlm_plan_version
