# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import mlm_plan
from . import mlm_plan_bonus
from . import mlm_plan_rank
from . import mlm_plan_measure
