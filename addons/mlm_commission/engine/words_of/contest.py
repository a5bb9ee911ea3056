# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contest, for people."""

SUMMARY = {
    "es": "Un concurso entre dos fechas: por meta, o los primeros lugares.",
    "en": "A contest between two dates: by goal, or the first places.",
}
EXAMPLE = {
    "es": "Los tres con más volumen nuevo del trimestre ganan un viaje.",
    "en": "The three with most new volume of the quarter win a trip.",
}
