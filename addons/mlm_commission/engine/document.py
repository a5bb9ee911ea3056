# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Documents people write (plans, scenarios): numbers kept exact, lines kept.

``read_yaml`` composes a YAML text into plain Python data in which decimals are
``Decimal`` and dates stay text, beside a map from each path to its line, so an
error can say ``file:line``. ``Checker`` reads such data and collects every
problem instead of stopping at the first.
"""

import difflib
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from .exact import INT64_MAX

_EPOCH_ORDINAL = 719163  # date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Problem:
    """What is wrong at ``path`` (keys and indexes), and what to do about it."""

    path: tuple
    text: str
    remedy: str = ""

    def __str__(self):
        where = ".".join(str(part) for part in self.path)
        message = f"{where}: {self.text}" if where else self.text
        joint = " " if message.endswith("?") else ". "
        return f"{message}{joint}{self.remedy}" if self.remedy else message


class DocumentError(ValueError):
    """A document has problems; ``problems`` holds them all, in reading order."""

    def __init__(self, problems, located=None):
        self.problems = list(problems)
        super().__init__("\n".join(located or [str(item) for item in self.problems]))


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
        ordered = sorted(problems, key=lambda item: self.line(item.path))
        return [f"{self.name}:{self.line(item.path)}: {item}" for item in ordered]


def read_yaml(text, name="document"):
    """Read one YAML text into a ``Document``. Raises ``DocumentError``."""
    import yaml  # noqa: PLC0415 - only documents need it, a run does not

    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = Problem((), f"not valid YAML: {getattr(error, 'problem', error)}")
        line = mark.line + 1 if mark else 1
        raise DocumentError([problem], [f"{name}:{line}: {problem}"]) from error
    document = Document(None, {}, name)
    problems = []
    if node is not None:
        document.data = _plain(node, (), document.lines, problems)
    if problems:
        raise DocumentError(problems, document.located(problems))
    return document


def _plain(node, path, lines, problems):
    lines[path] = node.start_mark.line + 1
    if node.id == "mapping":
        result = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node) if key_node.id == "scalar" else None
            if key is None:
                problems.append(Problem(path, "a key must be a plain word"))
                continue
            if key in result:
                lines[(*path, key)] = key_node.start_mark.line + 1
                problems.append(Problem((*path, key), f"key {key!r} stands twice"))
            result[key] = _plain(value_node, (*path, key), lines, problems)
            lines[(*path, key)] = key_node.start_mark.line + 1
        return result
    if node.id == "sequence":
        return [
            _plain(item, (*path, index), lines, problems) for index, item in enumerate(node.value)
        ]
    return _scalar(node)


def _scalar(node):
    kind, text = node.tag.rsplit(":", 1)[-1], node.value
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    if kind in ("int", "float"):
        try:
            number = Decimal(text.replace("_", ""))
        except InvalidOperation:
            return text
        return int(number) if kind == "int" else number
    return text


def scaled(value, scale, exactly=True):
    """Return ``value * scale`` as an integer.

    Accepts integers, ``Decimal``, and decimals written as text; a float counts
    as what it prints. Raises ``ValueError`` for anything else, for more digits
    than the scale holds, and for what does not fit into 64 bits.
    """
    if isinstance(value, bool) or value is None:
        raise ValueError("a number is needed")
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except (InvalidOperation, TypeError, ValueError) as error:
        raise ValueError(f"{value!r} is not a number") from error
    if not number.is_finite():
        raise ValueError(f"{value!r} is not a number")
    product = number * scale
    if exactly and product != product.to_integral_value():
        digits = len(str(scale)) - 1
        raise ValueError(f"{value} has more than {digits} decimals")
    if abs(product) > INT64_MAX:
        raise ValueError(f"{value} is too large")
    return int(product)


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
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a date")
    try:
        return date.fromisoformat(value).toordinal()
    except ValueError as error:
        raise ValueError(f"{value!r} is not a date") from error


def iso_day(day):
    """Return the ISO text of a proleptic ordinal."""
    return date.fromordinal(int(day)).isoformat()


def suggestion(word, known):
    """Return a remedy for an unknown word: the nearest known one, or all."""
    known = [str(item) for item in known]
    near = difflib.get_close_matches(str(word), known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]!r}?"
    if not known:
        return ""
    shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return f"Known: {shown}"


class Checker:
    """Reads values of a document and collects problems in ``problems``.

    Every method returns a usable value even after a problem, so reading goes on
    and all problems come out at once.
    """

    def __init__(self):
        self.problems = []

    def wrong(self, path, text, remedy=""):
        self.problems.append(Problem(tuple(path), text, remedy))

    def mapping(self, value, path, required=(), optional=()):
        """Return ``value`` if it is a mapping of known keys, else ``{}``."""
        if not isinstance(value, dict):
            self.wrong(path, "a mapping (key: value) is needed")
            return {}
        known = (*required, *optional)
        for key in value:
            if known and key not in known:
                remedy = suggestion(key, known)
                self.wrong((*path, key), f"unknown key {key!r}", remedy)
        for key in required:
            if key not in value:
                self.wrong(path, f"{key!r} is missing", f"Add `{key}: …` here")
        return value

    def sequence(self, value, path):
        """Return a list of ``(path, item)``; ``None`` counts as empty."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(path, "a list is needed", "Begin each item with '- '")
            return []
        return [((*path, index), item) for index, item in enumerate(value)]

    def number(self, value, path, scale, minimum=None, default=0):
        """Return ``value`` scaled; ``minimum`` is in unscaled units."""
        try:
            result = scaled(value, scale)
        except ValueError as error:
            self.wrong(path, str(error), "Write a plain decimal number")
            return default
        if minimum is not None and result < minimum * scale:
            self.wrong(path, f"{value} is less than {minimum}")
            return default
        return result

    def integer(self, value, path, minimum=None, default=0):
        return self.number(value, path, 1, minimum, default)

    def flag(self, value, path):
        if not isinstance(value, bool):
            self.wrong(path, f"{value!r} is neither true nor false")
            return False
        return value

    def code(self, value, path):
        """Return a code as text; numbers written without quotes are accepted."""
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not value.strip():
            self.wrong(path, "a code is needed")
            return ""
        return value.strip()

    def choice(self, value, path, known, default=None):
        """Return ``value`` if it is one of the names in ``known``, else a stand-in."""
        if not isinstance(value, (str, type(None))) or value not in known:
            self.wrong(path, f"unknown value {value!r}", suggestion(value, known))
            return default if default is not None else next(iter(known), None)
        return value

    def day(self, value, path, default=_EPOCH_ORDINAL):
        try:
            return day_of(value)
        except ValueError as error:
            self.wrong(path, str(error), "Write it as YYYY-MM-DD")
            return default

    def names(self, value, path):
        """Return ``{es, en}``; one plain text serves both languages."""
        if isinstance(value, str):
            return {"es": value, "en": value}
        found = self.mapping(value, path, ("es",), ("en",))
        spanish = str(found.get("es", ""))
        return {"es": spanish, "en": str(found.get("en", spanish))}
