from . import mlm_explanation
