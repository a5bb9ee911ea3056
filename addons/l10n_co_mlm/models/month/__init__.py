# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Returns of withholdings: their drafts, what was filed, and what was withheld in excess."""

from . import mlm_co_withheld
from . import mlm_co_month
from . import mlm_co_month_line
from . import mlm_co_month_xlsx
from . import mlm_co_filing
from . import mlm_dated
from . import mlm_date_allow
from . import mlm_adjustment
from . import mlm_co_excess
from . import mlm_co_excess_post
from . import mlm_sealed_move
from . import mlm_co_certificate
from . import mlm_co_certificate_excess
