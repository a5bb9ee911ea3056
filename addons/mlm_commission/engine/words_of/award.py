# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Award, for people."""

SUMMARY = {
    "es": "Un premio, una sola vez o cada período, por cumplir una meta de ventas.",
    "en": "An award, once or each period, for reaching a goal of sales.",
}
EXAMPLE = {
    "es": "Dos meses seguidos como Oro: 500.",
    "en": "Two months in a row as Gold: 500.",
}
