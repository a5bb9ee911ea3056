# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import account_chart_template
from . import law
from . import mlm_distributor
from . import mlm_distributor_document
from . import res_partner
from . import sales_account
from . import profile
from . import today
from . import withholding
from . import certificate
from . import month
