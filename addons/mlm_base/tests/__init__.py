from . import test_exact
from . import test_exchange_rate
from . import test_guarded
from . import test_importing
from . import test_law
from . import test_role
from . import test_seal
