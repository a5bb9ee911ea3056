"""A key that only code of the server can hold, and the system's own hands.

What people may not write by themselves (who is whose upline, who approved, what was
found) is written by methods that check first. They bring this object in the context:
a caller from outside can name the context key, but not bring the object. Superuser
mode says nothing here, because values of the caller travel under ``sudo()`` too.
"""

from odoo import SUPERUSER_ID, api

KEY = "mlm_internal"
_INTERNAL = object()
#: what the system keeps of the context of a caller
_HARMLESS = ("lang", "tz")


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


class Vouched(int):
    """A value (id, number, flag) that the server vouches for, in values which code of
    Odoo itself carries from one model to another. No call from outside can make one."""


def vouch(value):
    """Return ``value`` (record, integer or boolean) for a guarded field in values."""
    return Vouched(getattr(value, "id", value) or 0)


def is_system(env):
    """Say whether the system itself acts: a job, the setup, the command line.

    Not so a method that somebody called: ``sudo()`` keeps who that was, and nobody logs in
    as the system.
    """
    return env.su and env.uid == SUPERUSER_ID


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
    kept = {name: env.context[name] for name in _HARMLESS if env.context.get(name)}
    # without them the system would work in a company of its own
    kept["allowed_company_ids"] = env.companies.ids
    return records.with_env(api.Environment(env.cr, SUPERUSER_ID, {**kept, **context}))
