# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Codes of the engine as choices of fields, in the words of the engine itself."""

from functools import lru_cache

from mlm_engine.telling.language import nearest, tell


@lru_cache
def _choices(enum, name, lang):
    return [(item.name.lower(), tell(getattr(item, name), lang)) for item in enum]


def choices(enum, env, name="text"):
    """Return ``[(value, label)]`` of an enum of ``kernel/codes.py`` in the reader's language.

    :param name: attribute of an item that holds its words
    """
    return list(_choices(enum, name, nearest(env.lang)))
