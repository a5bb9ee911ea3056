from . import mlm_downline_report
from . import mlm_commission_report
from . import mlm_commission_behind
from . import mlm_commission_xlsx
from . import mlm_commission_pdf
from . import mlm_run_summary_pdf
