# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Joining by a referral link or a form of the portal, and the limits of both."""

from . import mlm_referral
from . import mlm_form_limit
from . import mlm_application
from . import mlm_application_confirm
from . import mlm_invitation
