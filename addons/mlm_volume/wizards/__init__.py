from . import mlm_deposit_import
from . import account_move_reversal
from . import mlm_downline_wizard
from . import mlm_sponsor_order
from . import mlm_sponsor_wizard
from . import mlm_terminate_wizard
