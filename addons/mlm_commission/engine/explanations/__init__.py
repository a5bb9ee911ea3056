# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How each rule explains itself: one file per rule, named like the rule.

A module offers ``steps(view, found, index)``, the steps before the rounding of
one earning row (``found`` holds its integers); a rule on positions also
``leg_steps(view, position, figures)`` and, when its amounts stand for many
volume rows, ``behind(view, found)``: their indexes and weights. A rule that does
not pay base × rate rounded row by row offers ``total(view, found)``, the step that
ends in the worth; one that moves money itself ``moved(view, found)``, its part of
``scale_e4``, and ``moved_text(view, found, money)``. ``absence(view, bonus, member)``
returns the steps that say why a person earned nothing in a bonus. What
``why_not.py`` asks of a module stands there. A rule without a module of its own is
explained by ``plain`` from its row alone.
"""

from importlib import import_module
from importlib.util import find_spec


def get(rule):
    """Return the module that explains a rule: its own, or ``plain``."""
    own = find_spec(f".{rule}", __name__)
    return import_module(f".{rule}" if own else ".plain", __name__)
