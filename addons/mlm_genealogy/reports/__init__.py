from . import mlm_downline_report
from . import mlm_downline_query
from . import mlm_downline_words
from . import mlm_downline_xlsx
from . import mlm_downline_pdf
