"""A key that only code of the server can hold.

Values that decide who is whose upline are never written by themselves: they change
together with their links and events. The methods that do so put this object in the
context; a caller from outside can name the context key, but not bring the object.
"""

KEY = "mlm_genealogy_internal"
INTERNAL = object()


def is_internal(env):
    return env.context.get(KEY) is INTERNAL


def as_internal(records):
    return records.with_context(**{KEY: INTERNAL})
