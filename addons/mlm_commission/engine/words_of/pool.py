# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pool, for people."""

SUMMARY = {
    "es": "Una parte del volumen de toda la empresa, repartida entre quienes califican.",
    "en": "A part of the whole company's volume, shared among those who qualify.",
}
EXAMPLE = {
    "es": "1 % de 1.000.000 CV y 10 participaciones: 1.000 por participación.",
    "en": "1 % of 1,000,000 CV and 10 shares: 1,000 per share.",
}
