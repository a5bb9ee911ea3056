from . import account_merge_wizard
from . import account_move_reversal
from . import mlm_explanation
from . import mlm_two_cycles
from . import mlm_downline_wizard
from . import mlm_commission_wizard
from . import mlm_contest_line
from . import mlm_contest_board
