# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Equal rank, for people."""

SUMMARY = {
    "es": "Un porcentaje fijo por cada líder del mismo rango, por generación.",
    "en": "A fixed percentage for each leader of the same rank, by generation.",
}
EXAMPLE = {
    "es": "1 % de 50.000 del primero y 1 % de 50.000 del segundo: 1.000.",
    "en": "1 % of 50,000 of the first and 1 % of 50,000 of the second: 1,000.",
}
