# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts for people: written here in English, told in a reader's language elsewhere.

What computes declares and refuses in English and knows no other language; what tells
(``telling/language.py``) looks the template up in the catalogue of the reader's language.
"""

from datetime import date
from functools import reduce


class Text(str):
    """English text that remembers the template and the values which it was made of.

    A ``str`` for whoever needs no more than English: logs, tests, machines.
    """

    def __new__(cls, template, values):
        found = super().__new__(cls, template.format(**values) if values else template)
        found.template, found.values = "".join(template), values
        return found

    def __str__(self):
        return self  # so that an exception made of it still knows it

    def __reduce__(self):
        return Text, (self.template, self.values)


class Number(str):
    """Plain decimal text, such as ``1500.5``, written as the reader's language writes it."""

    def __format__(self, spec):
        return grouped(self)


class Day(str):
    """ISO text of a day, written as the reader's language writes days."""

    def __new__(cls, ordinal):
        return super().__new__(cls, date.fromordinal(int(ordinal)).isoformat())

    def __reduce__(self):
        return Day, (date.fromisoformat(self).toordinal(),)


def _(template, /, **values):
    """Return text that can be told in other languages; Babel finds it by this name.

    :param values: fill ``{names}`` of the template; a ``Text``, ``Number`` or ``Day`` among them is told as well.
        Without any, braces in the template stand for themselves.
    """
    return Text(template, values)


def grouped(text):
    """Return plain decimal text as English writes it: thousands grouped, decimals kept.

    >>> grouped("5890500.00"), grouped("-1234.5")
    ('5,890,500', '-1,234.5')
    """
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _dot, part = digits.partition(".")
    return f"{sign}{int(whole):,}" + (f".{part}" if part.strip("0") else "")


def listed(parts):
    """Return texts one after the other, commas between them."""
    return reduce(lambda first, other: _("{first}, {other}", first=first, other=other), parts)


def either(parts):
    """Return texts of which one is meant: ``a or b``."""
    return reduce(lambda first, other: _("{first} or {other}", first=first, other=other), parts)
