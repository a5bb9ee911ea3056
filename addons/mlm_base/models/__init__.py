from . import base
from . import mlm_append_only
from . import mlm_law
from . import mlm_exchange_rate
from . import res_company
from . import mlm_file_import
from . import mlm_file_import_problem
from . import mlm_file_import_progress
