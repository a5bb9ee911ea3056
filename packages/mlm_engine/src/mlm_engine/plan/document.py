# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Documents people write (plans, scenarios): numbers kept exact, lines kept.

``yaml_text.read_yaml`` makes plain Python data of a YAML text, in which decimals are
``Decimal`` and dates stay text, beside a map from each path to its line, so an
error can say ``file:line``. ``Checker`` reads such data and collects problems
instead of stopping at the first, one for each cause.
"""

import difflib
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from ..kernel.exact import INT64_MAX
from ..kernel.text import _
from .finding import Finding

#: Nothing that plans or scenarios are about happens in other years.
YEARS = range(1900, 2201)
#: a figure of 64 bits has no more digits before the point
_DIGITS = 20
_EPOCH_ORDINAL = 719163  # date(1970, 1, 1).toordinal()


#: Plans and scenarios are about ten deep.
DEEPEST = 30
#: Who has so many mends some first.
MOST_PROBLEMS = 100
#: Entries of one list of a plan: a catalog of 5,000 products.
MOST_ENTRIES = 5_000
#: Periods, days, levels, people, pieces: what is counted stays below this.
MOST_COUNTED = 1_000_000
LONGEST_CODE = 64
QUOTES = _("Put it in quotes: yes, no, on and off mean true and false in YAML")
#: Finding the nearest of so many words takes too long to do it for each mistake.
_COMPARED = 500
#: More characters of a wrong value say nothing more.
_SHOWN = 60


class DocumentError(ValueError):
    """A document has problems; ``problems`` holds them, in reading order, and
    ``document`` knows their lines (``None``: it has none)."""

    def __init__(self, problems, document=None):
        self.problems, self.document = list(problems), document
        super().__init__(
            "\n".join(document.located(self.problems) if document else map(str, self.problems))
        )


@dataclass
class Document:
    """Parsed data, where each path stands, and the name to show in errors."""

    data: object
    lines: dict = field(default_factory=dict)
    name: str = ""

    def line(self, path):
        """Return the line of a path, or of the nearest container that has one."""
        path = tuple(path)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def located(self, problems):
        """Return ``file:line: what. remedy`` for each problem, in file order."""
        ordered = sorted(problems, key=self.line_of)
        return [f"{self.name}:{self.line_of(item)}: {item.column}{item}" for item in ordered]

    def line_of(self, problem):
        """Return the line of a problem."""
        return problem.at[0] if problem.at else self.line(problem.path)


class NoNumber(ValueError):
    """Not a number that a figure can hold; ``remedy`` says what to write."""

    def __init__(self, text, remedy):
        super().__init__(text)
        self.text, self.remedy = text, remedy


def scaled(value, scale):
    """Return ``value * scale`` as an integer.

    Accepts integers, ``Decimal``, and decimals written as text; a float counts
    as what it prints. Raises ``NoNumber`` for anything else, for more digits
    than the scale holds, and for what does not fit into 64 bits.
    """
    if isinstance(value, bool) or value is None:
        raise NoNumber(_("a number is needed"), _("Write a plain decimal number"))
    if isinstance(value, str) and len(value) > _SHOWN:
        raise _no_number(value)
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except (InvalidOperation, TypeError, ValueError) as error:
        raise _no_number(value) from error
    if not number.is_finite():
        raise _no_number(value)
    if not number:
        return 0
    # before anything is computed: 1e999999999 would take a gigabyte
    if number.adjusted() > _DIGITS:
        raise _too_large(value)
    if number.as_tuple().exponent < -_DIGITS:
        raise _too_fine(value, scale)
    numerator, denominator = number.as_integer_ratio()
    result, rest = divmod(numerator * scale, denominator)
    if rest:
        raise _too_fine(value, scale)
    if abs(result) > INT64_MAX:
        raise _too_large(value)
    return result


def _no_number(value):
    text = _("{value} is not a number", value=shown(value))
    return NoNumber(text, _("Write a plain decimal number"))


def _too_large(value):
    return NoNumber(_("{value} is too large", value=shown(value)), _("Write a smaller number"))


def _too_fine(value, scale):
    digits = len(str(scale)) - 1
    text = _("{value} has more than {digits} decimals", value=shown(value), digits=digits)
    return NoNumber(text, _("Round it"))


def shown(value):
    """Return a wrong value as messages name it: short, in quotes if it is text."""
    if isinstance(value, bool):
        return "yes/true" if value else "no/false"
    if value is None:
        return _("nothing")
    if isinstance(value, (dict, list)):
        return _("a mapping") if isinstance(value, dict) else _("a list")
    if isinstance(value, int) and abs(value) >= 10**_SHOWN:
        return _("a number of more than {digits} digits", digits=_SHOWN)
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def unscaled(value, scale, places=0):
    """Return ``value / scale`` as text, at least ``places`` decimals, no others.

    >>> unscaled(1350000_0000, 10**4, 2), unscaled(92_6000, 10**4)
    ('1350000.00', '92.6')
    """
    sign = "-" if value < 0 else ""
    whole, part = divmod(abs(int(value)), scale)
    digits = str(part).zfill(len(str(scale)) - 1).rstrip("0").ljust(places, "0")
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


def day_of(value):
    """Return the proleptic ordinal of a date or an ISO text."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.toordinal()
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None:
        raise ValueError(_("{value} is not a date", value=shown(value)))
    if found.year not in YEARS:
        raise ValueError(
            _(
                "{value} is outside the years {first} to {last}",
                value=shown(value),
                first=YEARS[0],
                last=YEARS[-1],
            )
        )
    return found.toordinal()


def iso_day(day):
    """Return the ISO text of a proleptic ordinal."""
    return date.fromordinal(int(day)).isoformat()


def suggestion(word, known):
    """Return a remedy for an unknown word: the nearest known one, or all."""
    if isinstance(word, bool):
        return QUOTES
    known = [str(item) for item in known if item not in (None, "")]
    near = []
    if isinstance(word, str) and len(word) <= _SHOWN and len(known) <= _COMPARED:
        near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return _("Did you mean {value!r}?", value=near[0])
    if not known:
        return ""
    listed = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return _("Known: {listed}", listed=listed)


class TooManyProblems(Exception):
    """So many problems that reading on helps nobody; the checker has them."""


class Checker:
    """Reads values of a document and collects problems in ``problems``.

    Every method returns a usable value even after a problem, so reading goes on
    and problems come out at once, one for each cause: what follows from a missing key
    or from a value of another shape is not said again. Raises ``TooManyProblems``.
    """

    def __init__(self):
        self.problems = []
        self._said = set()  # paths of what is missing or of another shape

    def wrong(self, path, text, remedy=""):
        path = tuple(path)
        if any(path[:size] in self._said for size in range(len(path) + 1)):
            return
        if len(self.problems) >= MOST_PROBLEMS:
            raise TooManyProblems
        self.problems.append(Finding(path, text, remedy))

    def shape(self, path, text, remedy=""):
        """Report a value that is not of the right shape; nothing inside it is missed."""
        self.wrong(path, text, remedy)
        self._said.add(tuple(path))

    def mapping(self, value, path, required=(), optional=()):
        """Return ``value`` if it is a mapping of known keys, else ``{}``."""
        if not isinstance(value, dict):
            self.shape(path, _("a mapping (key: value) is needed"))
            return {}
        known = (*required, *optional)
        for key in value:
            if known and key not in known:
                remedy = suggestion(key, known)
                self.wrong((*path, key), _("unknown key {key}", key=shown(key)), remedy)
        for key in required:
            if key not in value:
                self.wrong(
                    path, _("{key!r} is missing", key=key), _("Add `{key}: …` here", key=key)
                )
                self._said.add((*path, key))
        return value

    def sequence(self, value, path, most=MOST_ENTRIES):
        """Return a list of ``(path, item)``; ``None`` counts as empty."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.shape(path, _("a list is needed"), _("Begin each item with '- '"))
            return []
        if len(value) > most:
            self.wrong((*path, most), _("more than {most} entries", most=most), _("Remove some"))
        return [((*path, index), item) for index, item in enumerate(value[:most])]

    def number(self, value, path, scale, minimum=None, default=0):
        """Return ``value`` scaled; ``minimum`` is in unscaled units."""
        try:
            result = scaled(value, scale)
        except NoNumber as error:
            self.wrong(path, error.text, error.remedy)
            return default
        if minimum is not None and result < minimum * scale:
            self.wrong(
                path, _("{value} is less than {minimum}", value=shown(value), minimum=minimum)
            )
            return default
        return result

    def integer(self, value, path, minimum=None, default=0, most=MOST_COUNTED):
        result = self.number(value, path, 1, minimum, default)
        if abs(result) > most:
            self.wrong(path, _("{value} is more than {most}", value=shown(value), most=most))
            return default
        return result

    def flag(self, value, path):
        if not isinstance(value, bool):
            self.wrong(path, _("{value} is neither true nor false", value=shown(value)))
            return False
        return value

    def text(self, value, path):
        """Return a text; numbers written without quotes are accepted."""
        if isinstance(value, bool):
            self.wrong(path, _("a word that means yes or no in YAML"), QUOTES)
            return ""
        if isinstance(value, (int, Decimal)):
            return str(value)
        if not isinstance(value, str):
            self.shape(path, _("a text is needed, not {value}", value=shown(value)))
            return ""
        return value

    def code(self, value, path):
        """Return a code as text, as it is written."""
        if value is None or value == "" or (isinstance(value, str) and not value.strip()):
            self.wrong(path, _("a code is needed"))
            return ""
        found = self.text(value, path).strip()
        if len(found) > LONGEST_CODE:
            self.wrong(path, _("a code of more than {most} characters", most=LONGEST_CODE))
            return ""
        return found

    def choice(self, value, path, known, default=None):
        """Return ``value`` if it is one of the names in ``known``, else a stand-in."""
        word = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if not isinstance(word, (str, type(None))) or word not in known:
            remedy = suggestion(value, known) or _("The plan declares none")
            self.wrong(path, _("unknown value {value}", value=shown(value)), remedy)
            return default if default is not None else next(iter(known), None)
        return word

    def day(self, value, path, default=_EPOCH_ORDINAL):
        try:
            return day_of(value)
        except ValueError as error:
            self.wrong(path, str(error), _("Write it as YYYY-MM-DD"))
            return default

    def names(self, value, path):
        """Return ``{es, en}``; one plain text serves both languages."""
        if not isinstance(value, dict):
            if value is None or isinstance(value, list):
                self.shape(path, _("a name is needed"), _("Write a text, or {es: …, en: …}"))
                return {"es": "", "en": ""}
            text = self.text(value, path)
            return {"es": text, "en": text}
        found = self.mapping(value, path, ("es",), ("en",))
        spanish = self.text(found.get("es", ""), (*path, "es"))
        return {"es": spanish, "en": self.text(found.get("en", spanish), (*path, "en"))}
