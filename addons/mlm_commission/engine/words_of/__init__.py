# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What each rule says of itself to people: one file per rule, named like the rule.

A module may offer

``SUMMARY``
    ``{es, en}``: the rule in one line, for the choice of a new bonus;
``EXAMPLE``
    ``{es, en}``: a tiny example with numbers, for the same place;
``PHRASES``
    ``{key: (es, en)}``: one parameter as a sentence with ``{}`` for its value, used by
    the plan document and by the difference between two versions;
``words(params, plan, lang)``
    paragraphs of the plan document: how the bonus is earned. ``params`` is the
    document's mapping, defaults filled in;
``example(params, plan, lang)``
    paragraphs with an example computed from the plan's own numbers.

What a module does not offer follows from the rule's file: its described parameters,
and the first sentence and the tiny example of its docstring.
"""

from importlib import import_module
from pkgutil import iter_modules

from .. import rules
from . import examples


def module(name):
    """Return the module of a rule, ``None`` if it has none."""
    if name == "examples" or name not in {item.name for item in iter_modules(__path__)}:
        return None
    return import_module(f".{name}", __name__)


def summary(name, lang):
    """Return ``{"summary": …, "example": …}`` of a rule, for the choice of a bonus."""
    rule, own = rules.get(name), module(name)
    found = {}
    for key, constant in (("summary", "SUMMARY"), ("example", "EXAMPLE")):
        texts = getattr(rule, constant, None) or getattr(own, constant, None)
        found[key] = texts[lang] if texts else ""
    if not found["summary"]:
        first = (rule.__doc__ or "").strip().split("\n")[0]
        found["summary"] = first if lang == "en" else rule.LABEL["es"]
    return found


def words(name, params, plan, lang):
    """Return paragraphs about how a bonus is earned; the summary where there are none."""
    own = module(name)
    if hasattr(own, "words"):
        return own.words(params, plan, lang)
    return [text for text in (summary(name, lang)["summary"],) if text]


def example(name, params, plan, lang):
    """Return paragraphs with an example of the plan's own numbers.

    What a rule has no example for is computed from its rates by level or its steps; what
    has neither shows the tiny example of the rule.
    """
    own = module(name)
    found = own.example(params, plan, lang) if hasattr(own, "example") else []
    currency = (plan.get("currency") or {}).get("base", "")
    found = found or examples.levels(params, currency, lang) or examples.steps(params, lang)
    return found or [text for text in (summary(name, lang)["example"],) if text]


def phrase(name, key, lang):
    """Return the sentence of a parameter with ``{}`` for its value, or ``""``."""
    texts = getattr(module(name), "PHRASES", {}).get(key)
    return texts[0 if lang == "es" else 1] if texts else ""
