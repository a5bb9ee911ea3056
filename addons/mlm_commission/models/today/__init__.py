# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import mlm_today_run
from . import mlm_today_cycle
from . import mlm_today_books
from . import mlm_today_rank
from . import mlm_today_prize
from . import mlm_today_live
