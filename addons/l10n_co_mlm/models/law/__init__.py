# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the law of Colombia says, from when and where that is written."""

from . import mlm_co_listed
from . import mlm_co_law
from . import mlm_co_law_read
from . import mlm_co_municipality
from . import mlm_co_activity
from . import mlm_co_uvt
from . import mlm_co_base
from . import mlm_co_rate
from . import mlm_co_bracket
from . import mlm_co_share
from . import mlm_co_ica_rate
from . import mlm_co_ica_agent
from . import mlm_co_concept
from . import res_company
from . import res_config_settings
