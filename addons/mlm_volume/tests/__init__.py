from . import test_capture
from . import test_capture_change
from . import test_ledger
from . import test_line_volume
from . import test_network_change
from . import test_period
from . import test_roles
from . import test_downline
