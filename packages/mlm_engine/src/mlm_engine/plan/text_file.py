# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Text files of people: UTF-8, and a sentence for what is none."""

from pathlib import Path

from ..kernel.text import _
from .document import Document, DocumentError
from .finding import Finding

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_REMEDY = _("Save it as UTF-8")


def read_text(path, most, name=None):
    """Return the text of a file.

    :param int most: characters; of a longer file no more is read than shows that it is
    Raises ``DocumentError`` naming file and line, and ``OSError``.
    """
    with Path(path).open("rb") as file:
        limit = 4 * (most + 3)  # the mark of UTF-8, one character too many, and part of another
        data = file.read(limit)
    return decode(data if len(data) < limit else _cut(data), name or str(path))


def _cut(data):
    """Return bytes without the last character, which may not be there whole."""
    end = len(data) - 1
    while data[end] & 0xC0 == 0x80 and end > len(data) - 4:
        end -= 1
    return data[:end]


def decode(data, name):
    """Return the text of a file's bytes, which may begin with a mark of UTF-8."""
    if data.startswith(_UTF16) or _alternates(data):
        raise _refused(name, _("the file is written in UTF-16"), _REMEDY)
    if b"\x00" in data[:4096] or data.startswith(b"PK\x03\x04"):
        raise _refused(name, _("the file is not text"), _("Choose a YAML file"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:
            raise _refused(name, _("not UTF-8"), _REMEDY, line) from error
        sign = data[error.start : error.start + 1].decode("cp1252")
        text = _("not UTF-8: it looks like Windows-1252 ({sign})", sign=sign)
        raise _refused(name, text, _REMEDY, line) from error


def _alternates(data):
    """Tell whether every other byte is zero: Latin letters in UTF-16 without its mark."""
    even, odd = data[:200:2], data[1:200:2]
    return len(odd) > 1 and sorted((any(even), any(odd))) == [False, True]


def _refused(name, text, remedy, line=1):
    problem = Finding((), text, remedy, at=(line, 0))
    return DocumentError([problem], Document(None, {}, name))
