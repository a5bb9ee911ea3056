"""Names as people type them: without accents, in small letters."""

import unicodedata

from odoo.tools import SQL


def _letters():
    """Letters of the languages of Latin America and Europe with their plain ones."""
    marked = [chr(code) for code in range(0xC0, 0x180)]
    plain = [unicodedata.normalize("NFKD", letter)[0] for letter in marked]
    pairs = [(a, b) for a, b in zip(marked, plain, strict=True) if b.isascii() and a != b]
    return "".join(a for a, __ in pairs), "".join(b for __, b in pairs)


MARKED, PLAIN = _letters()
_FOLD = str.maketrans(MARKED, PLAIN)


def fold(text):
    """Return ``text`` as `folded` has it in the database."""
    return text.translate(_FOLD).lower()


def folded(column):
    """Return the SQL of ``column`` without accents, in small letters.

    Immutable, unlike the function unaccent, and so the expression of an index; the same
    on every server, whatever its extensions and collation.
    """
    return SQL("lower(translate(%s, %s, %s))", column, MARKED, PLAIN)
