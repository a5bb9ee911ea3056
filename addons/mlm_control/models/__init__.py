# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import settings
from . import outliers
from . import sheet
from . import cases
from . import people
from . import guard
from . import changes
from . import pairs
from . import mlm_run_review
from . import evidence
from . import audit
from . import today
