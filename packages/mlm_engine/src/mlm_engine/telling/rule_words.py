# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a rule says of itself to people: the base class of all, each hook with its default."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from .. import rules
from ..plan.document import Checker
from ..plan.yaml_text import read_yaml
from . import examples
from .language import tell


class Words:
    """How a rule is described in a plan; ``params`` is the document's mapping, defaults
    filled in. The class of a rule stands in its ``words.py``."""

    #: the rule in one line, for the choice of a new bonus; else its label
    summary = None
    #: ``{key: text}``: a parameter as a sentence with ``{}`` for its value
    phrases = {}

    def __init__(self, label, tiny):
        self.summary = self.summary or label
        #: ``{es, en}`` or ``None``: a tiny example with numbers, the story of ``example.yaml``
        self.tiny = tiny

    def earned(self, params, plan, lang):
        """Return paragraphs of the plan document: how the bonus is earned."""
        return [tell(self.summary, lang)]

    def worked(self, params, plan, lang):
        """Return paragraphs with an example of the plan's own numbers: of rates by level or
        of steps; none where it has neither."""
        currency = (plan.get("currency") or {}).get("base", "")
        return examples.levels(params, currency, lang) or examples.steps(params, lang)

    def phrase(self, key, lang):
        """Return the sentence of a parameter with ``{}`` for its value, or ``""``."""
        return tell(self.phrases.get(key, ""), lang)


@cache
def of(name):
    """Return the ``Words`` of a rule."""
    rule, made = rules.get(name), Words
    package = type(rule).__module__.rpartition(".")[0]
    if find_spec(f"{package}.words"):
        made = rules.class_of(import_module(f"{package}.words"), f"{rules.class_name(name)}Words")
    return made(rule.label, _story(rules.folder(name) / "example.yaml"))


def _story(file):
    """Return what a worked example tells, ``None`` where there is none."""
    if not file.is_file():
        return None
    story = read_yaml(file.read_text(encoding="utf-8"), str(file)).data.get("story")
    return Checker().names(story, ("story",)) if story else None
