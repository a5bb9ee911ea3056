"""People who ask to be enrolled."""

from . import mlm_application
from . import mlm_application_decision
from . import res_company
