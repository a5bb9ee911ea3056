"""A membership from enrolment to departure; one file for each concern."""

from . import mlm_distributor
from . import mlm_distributor_elsewhere
from . import mlm_distributor_downline
from . import mlm_distributor_change
from . import mlm_distributor_sponsor
from . import mlm_distributor_papers
from . import mlm_distributor_duplicate
from . import mlm_distributor_enrol
from . import mlm_distributor_placement
from . import mlm_distributor_departure
from . import mlm_distributor_holder
from . import mlm_distributor_now
