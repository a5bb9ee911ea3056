# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import settings
from . import product
from . import period
from . import people
from . import sale
from . import invoice
from . import ledger
from . import tree
from . import price_list
from . import kit
from . import payment
from . import deposit
from . import today
