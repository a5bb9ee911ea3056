# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Formulas over measures: a small language of its own, read once, computed exactly.

::

    sum     = product (("+" | "-") product)*
    product = factor (("*" | "/") factor)*
    factor  = "-" factor | number | name | "(" sum ")"
            | ("min" | "max") "(" sum ("," sum)* ")"

Names are measures: declared above, built in, or ``bonus.figure``. Of the two sides of
``*`` one is a constant, and so is what stands after ``/``. Volumes count in points.

Canonical: nested lists, ``["number", numerator, denominator]``, ``["measure", index]``,
``["figure", bonus or -1, code, over]``, ``["sum", a, b]``, ``["times", a, numerator,
denominator]``, ``["min" or "max", a, …]``. The value of a figure is its number divided
by ``over``.

Tiny example: ``pv + 0.5 * min(gv, 1000)`` of 40 and 3,000 points: 540.
"""

import re
from decimal import Decimal
from fractions import Fraction
from math import gcd

import numpy as np

from ..plan.document import suggestion
from . import codes
from .exact import E4, mul_div
from .text import _

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?|\.\d+)|([^\W\d]\w*(?:\.\w+)*)|([-+*/(),]))")
_DIGITS, _DEEPEST = 15, 40
#: Words of a formula, and the digits of its numbers once they are reckoned together.
_MOST_WORDS, _MOST_DIGITS, _MOST_CHARACTERS = 200, 40, 2_000
_SAFE = 2**62


class FormulaError(ValueError):
    """A formula that cannot be read; ``at`` is the place, characters from 1."""

    def __init__(self, text, at, remedy=""):
        super().__init__(text)
        self.at, self.remedy = at, remedy


def read_formula(check, value, path, plan):
    """Return the canonical formula of a document's text, or report what is wrong.

    ``path`` ends in the measure's place and the key, so that a formula refers to the
    measures above it only.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        check.wrong(path, _("a formula is a text"), _("Write e.g. `pv + 0.5 * gv`"))
        return ["number", 0, 1]
    try:
        return _Reader(str(value), plan, path[-2]).whole()
    except FormulaError as error:
        check.wrong(path, _("character {at}: {what}", at=error.at, what=str(error)), error.remedy)
        return ["number", 0, 1]


def measures_in(formula):
    """Return the indexes of the declared measures that a formula names."""
    if formula[0] == "measure":
        return [formula[1]]
    return [index for part in formula[1:] if isinstance(part, list) for index in measures_in(part)]


def figures_in(formula):
    """Return ``(bonus, code)`` of the other figures that a formula names."""
    if formula[0] == "figure":
        return [(formula[1], formula[2])]
    return [pair for part in formula[1:] if isinstance(part, list) for pair in figures_in(part)]


def value(formula, figure):
    """Return a formula's int64 values in ten-thousandths, rounded half up.

    ``figure(node)`` gives ``(int64 array, over)`` of a ``measure`` or ``figure`` node: an
    array of integers and what they are divided by.
    """
    values, over = _value(formula, figure)
    if values.dtype == object:
        rounded = [_half_up(number * E4, over) for number in values.tolist()]
        return np.array(rounded, dtype=np.int64)  # OverflowError where it does not fit
    return mul_div(values, E4, over)


class _Reader:
    def __init__(self, text, plan, own):
        self.text, self.plan, self.own = text, plan, own
        self.words = self._words()
        self.place = self.depth = 0

    def whole(self):
        if not self.words:
            raise FormulaError(_("a formula is needed"), 1, _("Write e.g. `pv + 0.5 * gv`"))
        found = self._sum()
        if self.place < len(self.words):
            self._unexpected()
        return found

    def _words(self):
        """Return ``[(kind, text, place from 1)]``."""
        found, place = [], 0
        if len(self.text) > _MOST_CHARACTERS:
            raise FormulaError(
                _("more than {most} characters", most=_MOST_CHARACTERS),
                _MOST_CHARACTERS + 1,
                _("Put a part of it into another measure"),
            )
        while self.text[place:].strip():
            if len(found) >= _MOST_WORDS:
                raise FormulaError(
                    _("more than {most} numbers, measures and signs", most=_MOST_WORDS),
                    place + 1,
                    _("Put a part of it into another measure"),
                )
            match = _TOKEN.match(self.text, place)
            if not match:
                at = place + len(self.text[place:]) - len(self.text[place:].lstrip())
                raise FormulaError(
                    _("cannot read {sign!r}", sign=self.text[at]),
                    at + 1,
                    _("Use numbers, measures, + - * / ( ) min max"),
                )
            kind = ("number", "name", "sign")[match.lastindex - 1]
            found.append((kind, match[match.lastindex], match.start(match.lastindex) + 1))
            place = match.end()
        return found

    def _peek(self):
        if self.place < len(self.words):
            return self.words[self.place]
        return ("end", "", len(self.text.rstrip()) + 1)

    def _take(self, *signs):
        kind, text, _at = self._peek()
        if kind == "sign" and text in signs:
            self.place += 1
            return text
        return None

    def _need(self, sign):
        if not self._take(sign):
            self._unexpected(_("{sign!r} is expected here", sign=sign))

    def _unexpected(self, what=""):
        _kind, text, at = self._peek()
        found = _("unexpected {text!r}", text=text) if text else _("the formula ends too early")
        raise FormulaError(what or found, at)

    def _sum(self):
        found = self._product()
        while sign := self._take("+", "-"):
            at = self._peek()[2]
            more = self._product()
            found = _added(found, more if sign == "+" else _times(more, Fraction(-1)))
            self._short(found, at)
        return found

    def _short(self, node, at):
        """Refuse numbers that grow without end as constants are reckoned together."""
        above, below = node[1:] if node[0] == "number" else (1, 1)
        while node[0] == "times":
            above, below, node = above * node[2], below * node[3], node[1]
        if max(abs(above), below) >= 10**_MOST_DIGITS:
            raise FormulaError(
                _("its numbers come to more than {most} digits", most=_MOST_DIGITS),
                at,
                _("Write their result, rounded"),
            )

    def _product(self):
        found = self._factor()
        while sign := self._take("*", "/"):
            at = self._peek()[2]
            more = self._factor()
            if sign == "/":
                found = _times(found, 1 / self._constant(more, at))
            elif _number(more) is not None:
                found = _times(found, _number(more))
            elif _number(found) is not None:
                found = _times(more, _number(found))
            else:
                raise FormulaError(
                    _("a measure times a measure"), at, _("One side of * has to be a number")
                )
            self._short(found, at)
        return found

    def _constant(self, node, at):
        number = _number(node)
        if number is None:
            raise FormulaError(_("division by a measure"), at, _("Divide by a number"))
        if not number:
            raise FormulaError(_("division by zero"), at)
        return number

    def _factor(self):
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FormulaError(_("too many parentheses"), self._peek()[2], _("Use another measure"))
        found = self._read_factor()
        self.depth -= 1
        return found

    def _read_factor(self):
        if self._take("-"):
            return _times(self._factor(), Fraction(-1))
        if self._take("("):
            found = self._sum()
            self._need(")")
            return found
        kind, text, at = self._peek()
        if kind not in ("number", "name"):
            self._unexpected()
        self.place += 1
        if kind == "number":
            if len(text) > _DIGITS:
                raise FormulaError(_("a number of more than {most} characters", most=_DIGITS), at)
            return ["number", *Fraction(text).as_integer_ratio()]
        if text in ("min", "max") and self._take("("):
            found = [self._sum()]
            while self._take(","):
                found.append(self._sum())
            self._need(")")
            return _chosen(text, found)
        return self._named(text, at)

    def _named(self, name, at):
        known = self.plan["codes"]["measures"][: self.own]
        if name in known:
            return ["measure", known.index(name)]
        if name in self.plan["codes"]["measures"]:
            raise FormulaError(
                _("measure {name!r} is further down", name=name),
                at,
                _("Declare it further up"),
            )
        bonus, _dot, figure = name.rpartition(".")
        bonuses = self.plan["codes"]["bonuses"]
        if figure not in codes.FIGURES or (bonus and bonus not in bonuses):
            remedy = suggestion(name, [*known, *codes.FIGURES])
            raise FormulaError(_("unknown measure {name!r}", name=name), at, remedy)
        code = codes.FIGURES[figure]
        over = E4 if codes.figure_unit(code) in ("pv", "cv") else 1
        return ["figure", bonuses.index(bonus) if bonus else -1, int(code), over]


def _number(node):
    return Fraction(node[1], node[2]) if node[0] == "number" else None


def _added(left, right):
    if left[0] == right[0] == "number":
        return ["number", *(_number(left) + _number(right)).as_integer_ratio()]
    return ["sum", left, right]


def _times(node, number):
    if node[0] == "number":
        return ["number", *(_number(node) * number).as_integer_ratio()]
    return ["times", node, *number.as_integer_ratio()]


def _chosen(word, nodes):
    numbers = [_number(node) for node in nodes]
    if None in numbers:
        return [word, *nodes]
    return ["number", *(min if word == "min" else max)(numbers).as_integer_ratio()]


# -- values: integer arrays and what they are divided by


def _value(node, figure):
    kind = node[0]
    if kind == "number":
        return _integer(node[1]), node[2]
    if kind in ("measure", "figure"):
        return figure(node)
    if kind == "times":
        values, over = _value(node[1], figure)
        common = gcd(node[2], over)
        return _product(values, node[2] // common), over // common * node[3]
    parts = _alike([_value(part, figure) for part in node[1:]])
    result, over = parts[0]
    for values, _over in parts[1:]:
        if kind == "sum":
            result = _wide(result, values) + values
        else:
            result = (np.minimum if kind == "min" else np.maximum)(result, values)
    return result, over


def _integer(number):
    return np.array([number], dtype=np.int64 if abs(number) < _SAFE else object)


def _alike(parts):
    """Bring ``(values, over)`` pairs to one ``over``, all arrays of one type."""
    over = 1
    for _values, one in parts:
        over = over * one // gcd(over, one)
    return [(_product(values, over // one), over) for values, one in parts]


def _largest(values):
    return max((abs(int(values.min())), abs(int(values.max())))) if values.size else 0


def _product(values, factor):
    if values.dtype != object and _largest(values) * abs(factor) >= _SAFE:
        values = values.astype(object)
    return values * factor


def _wide(values, others):
    """Return ``values`` wide enough to add ``others`` to."""
    if values.dtype != object and _largest(values) + _largest(others) >= _SAFE:
        return values.astype(object)
    return values


def _half_up(number, over):
    return (2 * abs(number) + over) // (2 * over) * (1 if number >= 0 else -1)
