# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Figures, reasons and sources of a rate in words."""

from ..kernel.codes import PLAN, STREAK, STREAKS, Measure, RateSource, Reason
from ..kernel.text import _
from .language import name_in, tell


def figure_text(code, lang, plan=None):
    """Return the wording of a figure; ``plan`` (canonical) names those that it declares."""
    code = int(code)
    if code >= PLAN:
        return name_in(plan["measures"][code - PLAN]["name"], lang)
    if code in STREAKS:
        return tell(_("Award {award}: periods in a row", award=code - STREAK + 1), lang)
    return tell(Measure(code).text, lang)


def reason_text(code, lang):
    """Return the wording of a reason."""
    return tell(Reason(int(code)).text, lang)


def source_text(code, lang, **values):
    """Return what an explanation says of a source, its template filled."""
    return tell(RateSource(int(code)).text, lang, **values)
