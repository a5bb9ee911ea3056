# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A plan as a form: every section, rule and parameter described for a screen.

``describe_plan(lang)`` lists what there is, so that a screen needs to know kinds of
fields only, and a rule that is added later appears by itself. ``place`` names a path
of a document with the same labels.
"""

from .describe import describe_plan
from .place import place
