# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What readers and checks have to say about a document."""

from dataclasses import dataclass, replace

from ..kernel.text import _


@dataclass(frozen=True)
class Finding:
    """A remark about the place of a document that ``path`` (keys and indexes) leads to.

    ``severity`` is ``error`` or ``warning``; ``text`` and ``remedy`` are ``Text``, told in other
    languages by ``telling/problem_words.py``; ``at`` is ``(line, column)`` of what is wrong
    with the text itself.
    """

    path: tuple
    text: str
    remedy: str = ""
    at: tuple = None
    severity: str = "error"

    @property
    def column(self):
        """``column 7: ``, or nothing."""
        return _("column {column}: ", column=self.at[1]) if self.at and self.at[1] else ""

    def __str__(self):
        where = ".".join(str(part) for part in self.path)
        return joined(f"{where}: {self.text}" if where else self.text, self.remedy)

    def below(self, *path):
        """Return the same remark about what stands below ``path``."""
        return replace(self, path=(*path, *self.path))


def error(text, remedy="", path=()):
    """Return a finding that makes a plan invalid."""
    return Finding(tuple(path), text, remedy)


def warning(text, remedy="", path=()):
    """Return a finding that a person should read."""
    return Finding(tuple(path), text, remedy, severity="warning")


def joined(text, remedy):
    """Return what is wrong and, if there is one, the remedy, as sentences."""
    if not remedy:
        return text
    return f"{text}{' ' if text.endswith('?') else '. '}{remedy}"
