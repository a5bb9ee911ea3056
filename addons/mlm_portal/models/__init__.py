# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import settings
from . import dashboard
from . import statement
from . import team
from . import contest
from . import application
from . import viewing
from . import ir_http
from . import deposit
