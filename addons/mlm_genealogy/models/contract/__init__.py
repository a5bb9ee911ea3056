"""Texts to accept, and who accepted which."""

from . import mlm_contract
from . import mlm_contract_acceptance
