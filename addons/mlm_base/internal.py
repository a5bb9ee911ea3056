"""A key that only code of the server can hold, and the system's own hands.

What people may not write by themselves (who is whose upline, who approved, what was
found) is written by methods that check first. They bring this object in the context:
a caller from outside can name the context key, but not bring the object. Superuser
mode says nothing here, because values of the caller travel under ``sudo()`` too.
"""

from odoo import SUPERUSER_ID, api

KEY = "mlm_internal"
_INTERNAL = object()
#: what the system keeps of the context of a caller, with the condition on the value
_HARMLESS = {"lang": str, "tz": str, "allowed_company_ids": (list, tuple)}


def is_of_suite(module):
    """Say whether a module of this name belongs to the suite."""
    return "mlm" in (module or "").split("_")


def is_internal(env):
    return env.context.get(KEY) is _INTERNAL


def as_internal(records):
    """Return ``records`` with the key, for one ``create`` or ``write``.

    Both drop it before anything below them runs. Do not keep the result: whatever is
    read from it carries the key as well.
    """
    return records.with_context(**{KEY: _INTERNAL})


def without_key(records):
    if KEY not in records.env.context:
        return records
    context = {name: value for name, value in records.env.context.items() if name != KEY}
    return records.with_env(records.env(context=context))


def as_system(records, **context):
    """Return ``records`` as the system sees them: for what it posts and computes.

    ``sudo()`` keeps the user's own ``ir.default`` and whatever ``default_*`` and switches
    the caller put in the context; both would decide over what is written. Here the user
    is the system and the context consists of language, time zone and companies, and of
    what the method adds. Access must have been checked before.

    :param context: what the method itself wants in the context
    """
    env = records.env
    kept = {
        name: env.context[name]
        for name, kind in _HARMLESS.items()
        if isinstance(env.context.get(name), kind)
    }
    return records.with_env(api.Environment(env.cr, SUPERUSER_ID, {**kept, **context}))
