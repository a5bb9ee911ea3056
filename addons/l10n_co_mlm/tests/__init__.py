from . import test_adoption
from . import test_chart
from . import test_document
from . import test_application
from . import test_sales_account
from . import test_reversal
from . import test_law_data
from . import test_law_rows
