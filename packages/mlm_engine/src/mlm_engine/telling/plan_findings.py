# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everything the validator says about a document, for people, in both languages.

``plan.check`` and ``plan.review`` name places by keys and indexes; people read
labels. One finding is a plain dict::

    {"severity": "error" or "warning", "path": (…), "place": {es, en},
     "text": {es, en}, "remedy": {es, en}}
"""

from ..form import place
from ..plan.document import DocumentError
from ..plan.schema import canonical
from ..plan.yaml_text import read_yaml
from ..plans import review
from . import words
from .problem_words import at, spanish

day = words.day


def finding(severity, path, text_es, text_en, remedy_es="", remedy_en="", data=None):
    """Return one finding; ``data`` is the parsed document its place is named from."""
    return {
        "severity": severity,
        "path": tuple(path),
        "place": {lang: place(path, data, lang) for lang in ("es", "en")},
        "text": {"es": text_es, "en": text_en},
        "remedy": {"es": remedy_es, "en": remedy_en},
    }


def findings(text):
    """Return ``(canonical plan or None, findings)`` of a YAML text."""
    try:
        data = read_yaml(text or "", "plan").data
    except DocumentError as error:
        return None, [_from(problem, "error", None) for problem in error.problems]
    return findings_of(data)


def findings_of(data):
    """Return ``(canonical plan or None, findings)`` of a parsed document."""
    plan, problems = canonical(data)
    if problems:
        return None, [_from(problem, "error", data) for problem in problems]
    return plan, [_from(item, item.severity, data) for item in review(plan)]


def _from(item, severity, data):
    es, en = item.es or spanish(item.text), item.text
    if item.at:
        es, en = f"{at(item, 'es')}: {es}", f"{at(item, 'en')}: {en}"
    return finding(
        severity,
        item.path,
        es,
        en,
        item.remedy_es or spanish(item.remedy),
        item.remedy,
        data,
    )
