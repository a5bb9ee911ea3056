# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Arithmetic over other measures, read and worked out exactly.

sum     = product (("+" | "-") product)*
product = factor (("*" | "/") factor)*
factor  = "-" factor | number | name | ("min" | "max") "(" sum ("," sum)* ")" | "(" sum ")"
"""

import re

from ..numbers import E4, fraction, rounded

_TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?|\.\d+|[^\W\d][\w.]*|[-+*/(),])")
_WORDS = ("min", "max")


def value(run, item, member, least):
    words = tokens(str(item["formula"]))
    result = _Reader(words, lambda name: run.measures.number(name, member)).whole()
    return rounded(result * E4)


def tokens(text):
    """Return the words of a formula. Raises ``ValueError`` where there is none."""
    found, place, text = [], 0, text.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match:
            raise ValueError(f"cannot read the formula at {text[place:]!r}")
        found.append(match[1])
        place = match.end()
    return found


def names_in(text):
    return [word for word in tokens(text) if word[0].isalpha() or word[0] == "_"]


class _Reader:
    def __init__(self, words, number):
        self.words, self.number, self.place = words, number, 0

    def whole(self):
        result = self._sum()
        if self.place < len(self.words):
            raise ValueError(f"unexpected {self.words[self.place]!r} in the formula")
        return result

    def _take(self, *wanted):
        if self.place < len(self.words) and self.words[self.place] in wanted:
            self.place += 1
            return self.words[self.place - 1]
        return None

    def _sum(self):
        result = self._product()
        while sign := self._take("+", "-"):
            more = self._product()
            result = result + more if sign == "+" else result - more
        return result

    def _product(self):
        result = self._factor()
        while sign := self._take("*", "/"):
            more = self._factor()
            result = result * more if sign == "*" else result / more
        return result

    def _factor(self):
        if self._take("-"):
            return -self._factor()
        if self._take("("):
            result = self._sum()
            self._take(")")
            return result
        word = self._take(*_WORDS)
        if word:
            self._take("(")
            found = [self._sum()]
            while self._take(","):
                found.append(self._sum())
            self._take(")")
            return min(found) if word == "min" else max(found)
        word = self.words[self.place]
        self.place += 1
        return fraction(word) if word[0] in ".0123456789" else self.number(word)
