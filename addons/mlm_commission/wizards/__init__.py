from . import mlm_explanation
from . import mlm_downline_wizard
