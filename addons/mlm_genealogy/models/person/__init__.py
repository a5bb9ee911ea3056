"""The people behind memberships: contacts, who holds what, identity documents."""

from . import mlm_holder
from . import mlm_identity_document
from . import base_partner_merge
from . import res_partner
