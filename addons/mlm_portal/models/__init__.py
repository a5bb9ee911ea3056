from . import (
    mlm_distributor,
    mlm_period,
    mlm_portal_projection,
    mlm_portal_advice,
    mlm_portal_statement,
    mlm_portal_history,
    mlm_portal_explanation,
    mlm_portal_dashboard,
    mlm_portal_team,
    mlm_portal_report,
    mlm_referral,
    mlm_form_limit,
    mlm_application,
    mlm_application_confirm,
    mlm_application_wizard,
)
from . import res_company, res_config_settings, ir_http, mlm_tree_read
