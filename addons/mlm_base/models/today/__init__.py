from . import mlm_today
from . import mlm_today_job
from . import ir_http
from . import ir_ui_menu
