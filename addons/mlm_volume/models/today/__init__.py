# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import mlm_today_cycle
from . import mlm_today_sales
from . import mlm_today_daily
from . import mlm_today_deposit
from . import mlm_today_people
