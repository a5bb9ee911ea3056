# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Wording of choices that sections offer: name → label."""

from ..kernel.text import _

TREE_KINDS = {
    "binary": _("Binary"),
    "matrix": _("Matrix"),
    "free": _("Free"),
}
HELD = {
    "paid": _("The one paid before"),
    "title": _("The title"),
}
MODES = {
    "own": _("Those of the rank itself"),
    "ladder": _("Those of all below, too"),
}
DEMOTIONS = {
    "earned": _("Falls to the one earned"),
    "one_step": _("Falls one step"),
    "none": _("Does not fall"),
}
PAID_RANKS = {
    "current": _("Of the same period"),
    "last_closed": _("Of the last closed period"),
}
TITLES = {
    "keeps": _("The highest ever reached"),
    "paid": _("The same as the rank paid"),
}
AS_OF = {
    "sale": _("As it was at the sale"),
    "period_end": _("As it is at the period's end"),
}
