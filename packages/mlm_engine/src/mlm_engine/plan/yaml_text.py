# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""YAML texts that people write, read without trusting them.

The events of the parser become plain data one by one, so that a text is refused where
it goes too far, before it costs time or memory. References to other places of the text
(``*name``, ``&name``, ``<<``) and tags (``!!int``) are no part of plans and scenarios:
a few hundred characters of nested ones stand for gigabytes.
"""

import re
from decimal import Decimal

from ..kernel.text import Number, Text, _
from .document import DEEPEST, MOST_PROBLEMS, Document, DocumentError
from .finding import Finding

#: The most characters and values of a plan. The largest that we know has 8,000 and 900.
PLAN = (200_000, 40_000)
#: The most of a scenario: some 20,000 people with their sales.
SCENARIO = (8_000_000, 1_000_000)
#: A number of more characters is no figure of anybody's.
_LONGEST_NUMBER = 40
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_TRUE = ("true", "yes", "on")
#: Signs that no text has: those that control a terminal, and halves of characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def read_yaml(text, name="document", most=PLAN, progress=None):
    """Read one YAML text into a ``Document``: decimals are ``Decimal``, dates stay text,
    keys are text as written, and so is a number that would lose something (``0012``).

    :param most: characters and values allowed
    :param progress: called with the part read, 0 to 1
    Raises ``DocumentError`` naming line and column.
    """
    if len(text) > most[0]:
        line = text.count("\n", 0, most[0]) + 1
        raise _refused(
            name,
            _("the text has more than {value} characters", value=Number(most[0])),
            _("Remove what does not belong in it, or split it"),
            line,
        )
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        place = forbidden.start()
        raise _refused(
            name,
            _("character {number} is not allowed in a text", number=ord(forbidden[0])),
            _("Remove it"),
            text.count("\n", 0, place) + 1,
            place - text.rfind("\n", 0, place),
        )
    return _Reader(text, name, most[1], progress).document()


def _refused(name, text, remedy, line, column=0):
    problem = Finding((), text, remedy, at=(line, column))
    return DocumentError([problem], Document(None, {}, name))


class _Reader:
    def __init__(self, text, name, most, progress):
        import yaml  # noqa: PLC0415 - only documents need it, a run does not

        self.yaml, self.most, self.progress = yaml, most, progress
        self.found = Document(None, {}, name)
        self.problems = []
        self.values = 0
        self.size = len(text) or 1
        # libyaml's parser takes a tenth of the time; both give the same events
        self.loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)

    def document(self):
        yaml = self.yaml
        try:
            self.loader.get_event()  # the stream starts
            if isinstance(self.loader.get_event(), yaml.StreamEndEvent):
                raise self.refused(
                    _("the text is empty"), _("Write the first line, e.g. `title: …`")
                )
            self.found.data = self.value(self.event(), (), 1)
            self.loader.get_event()  # the document ends
            if not self.loader.check_event(yaml.StreamEndEvent):
                event = self.loader.get_event()
                raise self.refused(_("a second document begins"), _("Remove the line `---`"), event)
        except yaml.YAMLError as error:
            raise self.unreadable(error) from error
        finally:
            self.loader.dispose()
        if self.problems:
            raise DocumentError(self.problems, self.found)
        if self.found.data is None:
            raise self.refused(_("the text is empty"), _("Write the first line, e.g. `title: …`"))
        return self.found

    def refused(self, text, remedy="", event=None):
        line, column = 1, 0
        if event is not None:
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
        return _refused(self.found.name, text, remedy, line, column)

    def unreadable(self, error):
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 0)
        words = getattr(error, "problem", None) or getattr(error, "reason", "") or str(error)
        remedy = _("Check brackets, quotes and how far the lines are indented")
        text = _("not valid YAML: {words}", words=Text(words, {}))  # see telling/problem_words.py
        return _refused(self.found.name, text, remedy, line, column)

    def event(self):
        """Return the next event if it is allowed, and count it."""
        event = self.loader.get_event()
        yaml = self.yaml
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            raise self.refused(
                _("`{sign}` refers to another place of the text", sign=sign + event.anchor[:40]),
                _("Write the values out; to build on another plan use `extends`"),
                event,
            )
        if getattr(event, "tag", None):
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")[:40]
            raise self.refused(
                _("`{tag}` names a type", tag=tag), _("Remove it; quotes make a text"), event
            )
        self.values += 1
        if self.values > self.most:
            raise self.refused(
                _("the text has more than {most} values", most=Number(self.most)),
                _("Remove what does not belong in it, or split it"),
                event,
            )
        if self.progress and not self.values % 5_000:
            self.progress(event.start_mark.index / self.size)
        return event

    def value(self, event, path, depth):
        yaml = self.yaml
        self.found.lines[path] = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if depth > DEEPEST:
            raise self.refused(
                _("more than {most} nested brackets or indents", most=DEEPEST),
                _("Remove what does not belong here"),
                event,
            )
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path, depth)
        result = []
        while not self.loader.check_event(yaml.SequenceEndEvent):
            result.append(self.value(self.event(), (*path, len(result)), depth + 1))
        self.loader.get_event()
        return result

    def mapping(self, path, depth):
        yaml, result = self.yaml, {}
        while not self.loader.check_event(yaml.MappingEndEvent):
            event = self.event()
            if not isinstance(event, yaml.ScalarEvent):
                raise self.refused(_("a key must be a plain word"), "", event)
            key, line = event.value, event.start_mark.line + 1
            if key == "<<" and event.implicit[0]:
                raise self.refused(
                    _("`{sign}` refers to another place of the text", sign="<<"),
                    _("Write the values out; to build on another plan use `extends`"),
                    event,
                )
            where = (*path, key)
            if key in result and len(self.problems) < MOST_PROBLEMS:
                self.found.lines[where] = line
                self.problems.append(
                    Finding(where, _("key {value!r} appears twice", value=key[:40]))
                )
            result[key] = self.value(self.event(), where, depth + 1)
            self.found.lines[where] = line
        self.loader.get_event()
        return result

    def scalar(self, event):
        text = event.value
        if not event.implicit[0]:
            return text
        tag = self.loader.resolve(self.yaml.ScalarNode, text, (True, False))
        kind = tag.rsplit(":", 1)[-1]
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() in _TRUE
        if kind in ("int", "float") and len(text) <= _LONGEST_NUMBER:
            return _number(text)
        return text


def _number(text):
    """Return a number, or the text where somebody may have meant its characters: leading
    zeros, signs between digits, exponents. As a figure it is read all the same."""
    if _INTEGER.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text
