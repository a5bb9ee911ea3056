"""The columns of a file and the headings by which they are known.

A file from another system is in Spanish or in English, whoever imports it: both are
understood at any time. So these words are part of a file format, with all their other
names, and data here: as translations they would be known only where their language is
installed, and a translator who words one anew would make files unreadable.
"""

import unicodedata


def plain(text):
    """Return ``text`` as it is compared: no accents, no case, single blanks."""
    letters = unicodedata.normalize("NFKD", str(text))
    kept = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(kept.replace("_", " ").casefold().split())


def reverse(words):
    """Return ``{compared form: key}`` of ``{key: names}``."""
    return {plain(word): key for key, names in words.items() for word in names}


def is_spanish(lang):
    return (lang or "").startswith("es")


def word(words, key, lang):
    """Return how a key of ``{key: (Spanish, English, …)}`` is written in a language."""
    return words[key][0 if is_spanish(lang) else 1].capitalize()


class Headings:
    """The columns of one kind of file.

    :param dict words: ``{key: (Spanish, English, more names)}`` in the order of the template
    :param tuple required: keys without which a file is none of this kind
    """

    def __init__(self, words, required=()):
        self.words = words
        self.keys = tuple(words)
        self.required = tuple(required)
        self._known = reverse(words) | {plain(key): key for key in words}

    def heading(self, key, lang):
        """Return the heading of a column in Spanish or English, as people write it."""
        return word(self.words, key, lang)

    def recognize(self, cells):
        """Return ``{column number: key}`` of a line of headings; unknown ones are left out."""
        found = {}
        for number, cell in enumerate(cells):
            key = self._known.get(plain(cell).rstrip(" *:")) if cell else None
            if key and key not in found.values():
                found[number] = key
        return found
