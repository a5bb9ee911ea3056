# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Certificates of what was withheld."""

from . import mlm_co_certificate
from . import mlm_co_certificate_line
from . import mlm_co_certificate_figures
from . import mlm_co_certificate_pdf
from . import mlm_co_certificate_public
from . import mlm_co_certificate_issue
from . import mlm_co_certificate_progress
from . import mlm_co_certificate_void
