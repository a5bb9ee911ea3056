from . import mlm_spot_mixin
from . import mlm_enrol_wizard
from . import mlm_place_wizard
from . import mlm_state_wizard
