from . import test_tax_opening
from . import test_limit_opening
from . import test_certificate_opening
