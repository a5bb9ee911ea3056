# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One remark of the validator."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """``severity`` is ``error`` or ``warning``; ``path`` leads to the place in the
    document; ``text`` and ``remedy`` are English, ``es`` and ``remedy_es`` Spanish (empty:
    looked up in ``problem_words``)."""

    severity: str
    path: tuple
    text: str
    remedy: str = ""
    es: str = ""
    remedy_es: str = ""


def error(path, text, es, remedy="", remedy_es=""):
    """Return a finding that makes a plan invalid."""
    return Finding("error", tuple(path), text, remedy, es, remedy_es)


def warning(path, text, es, remedy="", remedy_es=""):
    """Return a finding that a person should read."""
    return Finding("warning", tuple(path), text, remedy, es, remedy_es)
