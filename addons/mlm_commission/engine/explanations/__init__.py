# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How each rule explains itself: one file per rule, named like the rule.

A module offers ``steps(view, found, index)``, the steps before the rounding of
one earning row (``found`` holds its integers); a rule on positions also
``leg_steps(view, position, figures)`` and, when its amounts stand for many
volume rows, ``behind(view, found)``: their indexes and weights.
"""
