# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a payee is to the tax office, from when to when, and who lacks it."""

from . import mlm_co_profile
from . import mlm_co_profile_state
from . import mlm_co_profile_told
from . import mlm_co_profile_rut
from . import mlm_co_profile_payee
from . import res_partner
from . import base_partner_merge
from . import mlm_distributor
from . import mlm_co_gap
from . import mlm_co_limit
from . import mlm_co_profile_import
