from . import test_tax_opening
