from . import test_period_kinds
from . import test_plan_editor
from . import test_plan_lifecycle
from . import test_plan_start
from . import test_plan_version
