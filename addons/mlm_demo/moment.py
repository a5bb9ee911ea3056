# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A key that only code of the server can hold, as `mlm_base.internal`.

Orders that the player confirms keep the date they were given, and their lines copy
the values of that day. A caller from outside can name the context key, but not bring
the object.
"""

KEY = "mlm_demo_keep_date"
_KEEP = object()


def keeps_date(env):
    return env.context.get(KEY) is _KEEP


def keep_date(records):
    return records.with_context(**{KEY: _KEEP})
