from . import mlm_network
from . import mlm_of_network
from . import res_company
from . import ir_rule
from . import ir_ui_menu
