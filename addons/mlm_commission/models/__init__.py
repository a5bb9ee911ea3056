# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import settings
from . import asked
from . import books
from . import rank
from . import before
from . import run
from . import mlm_law
from . import snapshot
from . import chain
from . import statement
from . import people
from . import adjustment
from . import dated
from . import contest
from . import payable
from . import today

# Views over tables of the others: those come first.
from . import rows
from . import live
