# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of the plan document."""

from ..kernel.text import _

WORDS = {
    "how": _("How you earn"),
    "valid_text": _(
        "This document explains the plan {name}, version {version}, valid from {day}. It is "
        "generated from the plan itself: what it says is what is computed."
    ),
    "points_text": _(
        "Every product has two kinds of points: PV, which qualifies, and CV, which pays. A CV "
        "point is worth 1 {base}. You earn in these ways:"
    ),
    "not_paid": _("What this plan does not pay"),
    "only_sales": _(
        "Nobody earns by enrolling somebody. Every payment comes from the sale of a product, "
        "paid and invoiced (Ley 1700 de 2013, article 2). Purchases that are returned no longer "
        "count."
    ),
    "periods": _("Periods and pay dates"),
    "period_text": _("Period “{code}” {number}: from {start} to {end}; paid on {pay}."),
    "period_bonuses": _("Paid for this period: {bonuses}."),
    "activity": _("Who is active"),
    "everybody_active": _("The plan requires no volume of your own: everybody is active."),
    "active_text": _(
        "You are active with {pv} PV of your own within {window} periods “{period}” in a row, "
        "including the current one. Your own purchases count, and those of your own customers."
    ),
    "active_text_one": _(
        "You are active with {pv} PV of your own in the period “{period}”. Your own purchases "
        "count, and those of your own customers."
    ),
    "packages": _("Packages"),
    "package": _("Package"),
    "pct": _("Percentage"),
    "months": _("Months"),
    "repeat": _("When repeated"),
    "grants": _("Grants the rank"),
    "no_end": _("no end"),
    "bonus_text": _("Kind of bonus: {rule}. Settled for each period “{period}”."),
    "example": _("Example. {text}"),
    "example_other": _("Example with other figures. {text}"),
    "level": _("Level"),
    "measures": _("What is measured"),
    "ranks": _("Ranks"),
    "rank": _("Rank"),
    "requires": _("Requirements"),
    "everybody": _("everybody"),
    "caps": _("Caps"),
    "no_caps": _("The plan has no caps per person or of the company."),
    "promotions": _("Promotions"),
    "from": _("From"),
    "to": _("To"),
    "unqualified": _("If you do not qualify"),
    "unqualified_1": _(
        "Whoever is not active in a period is not paid the bonuses that require it; what was "
        "missed is recorded with its reason, and explained."
    ),
    "unqualified_2": _("Accumulated points stay, expire or freeze, depending on each bonus."),
    "unqualified_3": _("Whoever is suspended or has left is not paid meanwhile."),
    "money": _("Currency and rounding"),
    "money_text": _(
        "Amounts are in {base} and paid in {company} at the rate of the period's last day. Each "
        "row is rounded once, {rounding}, to {unit} {company}. Withholding tax is deducted from "
        "what is paid."
    ),
    "money_text_one": _(
        "Amounts are in {company} and paid in it. Each row is rounded once, {rounding}, to "
        "{unit} {company}. Withholding tax is deducted from what is paid."
    ),
    "catalog": _("Products"),
    "price": _("Distributor price before VAT"),
    "sources_text": _("Sources: {sources}"),
}
