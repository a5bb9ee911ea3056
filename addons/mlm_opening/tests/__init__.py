from . import test_comparison
from . import test_comparison_homes
from . import test_opening
from . import test_opening_guards
