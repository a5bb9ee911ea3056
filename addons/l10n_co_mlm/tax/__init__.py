# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Withholding of Colombia as plain Python: nothing here knows Odoo."""

from .law import Bracket, IcaRate, Law, LawMissing, Rate, Relief, VatRate
from .payee import NOTHING, Before, Line, Payee, Settings
from .withholding import Withholding

__all__ = [
    "NOTHING",
    "Before",
    "Bracket",
    "IcaRate",
    "Law",
    "LawMissing",
    "Line",
    "Payee",
    "Rate",
    "Relief",
    "Settings",
    "VatRate",
    "Withholding",
]
