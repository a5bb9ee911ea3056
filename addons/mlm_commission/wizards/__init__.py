from . import mlm_explanation
from . import mlm_run_check_wizard
from . import mlm_downline_wizard
from . import mlm_commission_wizard
from . import mlm_run_audit_wizard
from . import mlm_run_approval_wizard
from . import mlm_contest_line
from . import mlm_contest_board
