from . import (
    mlm_period,
    mlm_portal_projection,
    mlm_portal_advice,
    mlm_portal_statement,
    mlm_portal_explanation,
    mlm_portal_dashboard,
    mlm_portal_team,
)
