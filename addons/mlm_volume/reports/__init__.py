from . import mlm_downline_report
