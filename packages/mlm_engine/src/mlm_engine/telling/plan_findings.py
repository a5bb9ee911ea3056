# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everything the validator says about a document, for people, in all languages.

``plan.check`` and ``plan.review`` name places by keys and indexes; people read
labels. One finding is a plain dict::

    {"severity": "error" or "warning", "path": (…), "place": {lang: words},
     "text": {lang: words}, "remedy": {lang: words}}
"""

from ..form import place
from ..plan.document import DocumentError
from ..plan.schema import canonical
from ..plan.yaml_text import read_yaml
from ..plans import review
from .language import known, tell
from .problem_words import at


def finding(severity, path, text, remedy="", data=None):
    """Return one finding; ``text`` and ``remedy`` may be ``Text``, ``data`` is the parsed
    document its place is named from."""
    return {
        "severity": severity,
        "path": tuple(path),
        "place": {lang: place(path, data, lang) for lang in known()},
        "text": {lang: tell(text, lang) for lang in known()},
        "remedy": {lang: tell(remedy, lang) for lang in known()},
    }


def as_written(item, data):
    """Return what is said of a document in the words of the document."""
    return item


def findings(text, said=as_written):
    """Return ``(canonical plan or None, findings)`` of a YAML text.

    :param said: ``as_written``, or ``form_words.in_form`` for who works with the form
    """
    try:
        data = read_yaml(text or "", "plan").data
    except DocumentError as error:
        return None, [_from(problem, "error", None) for problem in error.problems]
    return findings_of(data, said)


def findings_of(data, said=as_written):
    """Return ``(canonical plan or None, findings)`` of a parsed document; ``said`` as above."""
    plan, problems = canonical(data)
    if problems:
        return None, [_from(said(problem, data), "error", data) for problem in problems]
    return plan, [_from(said(item, data), item.severity, data) for item in review(plan)]


def _from(item, severity, data):
    found = finding(severity, item.path, item.text, item.remedy, data)
    if item.at:
        found["text"] = {lang: f"{at(item, lang)}: {text}" for lang, text in found["text"].items()}
    return found
