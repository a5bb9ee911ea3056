from . import test_approval
from . import test_compute
from . import test_explanation
from . import test_plan_version
from . import test_posting
from . import test_read_api
from . import test_roles
from . import test_downline
