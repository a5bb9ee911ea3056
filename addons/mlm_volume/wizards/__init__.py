from . import mlm_downline_wizard
