# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import controllers, models
from .migrating import restore_edited as _restore_edited
from .migrating import take_over as _take_over
