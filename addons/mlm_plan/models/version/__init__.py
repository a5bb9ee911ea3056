# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import mlm_plan_version
from . import mlm_plan_version_calendar
from . import mlm_plan_version_crossing
from . import mlm_plan_version_currency
from . import mlm_plan_version_lifecycle
from . import mlm_plan_version_retire
from . import mlm_plan_version_findings
from . import mlm_plan_version_read
from . import mlm_plan_version_editor
from . import mlm_plan_finding
from . import mlm_plan_crossing
from . import mlm_plan_retire
from . import mlm_plan_start
