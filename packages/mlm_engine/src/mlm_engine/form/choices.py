# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Wording of choices that sections offer: name → (Spanish, English)."""

TREE_KINDS = {
    "binary": ("Binario", "Binary"),
    "matrix": ("Matriz", "Matrix"),
    "free": ("Libre", "Free"),
}
HELD = {
    "paid": ("El pagado antes", "The one paid before"),
    "title": ("El título", "The title"),
}
MODES = {
    "own": ("Los del rango mismo", "Those of the rank itself"),
    "ladder": ("También los de todos los de abajo", "Those of all below, too"),
}
DEMOTIONS = {
    "earned": ("Baja al que ganó", "Falls to the one earned"),
    "one_step": ("Baja un peldaño", "Falls one step"),
    "none": ("No baja", "Does not fall"),
}
PAID_RANKS = {
    "current": ("Del mismo período", "Of the same period"),
    "last_closed": ("Del último período cerrado", "Of the last closed period"),
}
TITLES = {
    "keeps": ("El más alto alcanzado", "The highest ever reached"),
    "paid": ("El mismo rango pagado", "The same as the rank paid"),
}
AS_OF = {
    "sale": ("Como estaba en la venta", "As it was at the sale"),
    "period_end": ("Como está al final del período", "As it is at the period's end"),
}
