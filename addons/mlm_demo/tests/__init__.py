# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_companies
from . import test_demo_company
from . import test_one_company
from . import test_open_logins
from . import test_player
from . import test_present_week
from . import test_sisters
from . import test_two_countries
from . import test_what_if_every_plan
