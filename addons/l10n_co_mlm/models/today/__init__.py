# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import mlm_today_certificate
from . import mlm_today_profile
from . import mlm_today_excess
