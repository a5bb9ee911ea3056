from . import test_exact
from . import test_exchange_rate
from . import test_importing
from . import test_law
from . import test_role
from . import test_screens
from . import test_seal
from . import test_job
