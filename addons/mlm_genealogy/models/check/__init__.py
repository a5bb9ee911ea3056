"""The laws of the network, and checks of them."""

from . import mlm_law
from . import mlm_check
from . import mlm_check_line
from . import mlm_check_violation
