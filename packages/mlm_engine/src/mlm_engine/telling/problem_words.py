# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What readers and checks say about a document, in the language of a reader."""

from ..kernel.text import _
from ..plan.finding import joined
from .language import tell

#: what the reader of YAML finds wrong, in the words of its library
_YAML = (
    _("mapping values are not allowed in this context"),
    _("could not find expected ':'"),
    _("did not find expected key"),
    _("did not find expected '-' indicator"),
    _("did not find expected ',' or ']'"),
    _("did not find expected ',' or '}'"),
    _("did not find expected node content"),
    _("did not find expected <document start>"),
    _("found character that cannot start any token"),
    _("found unexpected end of stream"),
    _("found a tab character that violates indentation"),
    _("found unknown escape character"),
)


def of_error(error, lang):
    """Return the problems of a ``DocumentError`` for people, one per line."""
    return "\n".join(told(item, error.document, lang) for item in error.problems)


def located(error, lang):
    """Return the problems of a ``DocumentError`` as a command line shows them: a list of
    ``file:line: what. remedy``, in the order of the file."""
    document = error.document
    if not document:
        return [whole(item, lang) for item in error.problems]
    return [
        f"{document.name}:{document.line_of(item)}: {tell(item.column, lang)}{whole(item, lang)}"
        for item in sorted(error.problems, key=document.line_of)
    ]


def told(problem, document, lang):
    """Return one problem for people: where, what and what to do.

    :param document: the ``Document`` that knows the lines, or ``None``
    """
    found = whole(problem, lang)
    if (document and document.lines) or problem.at:
        found = f"{at(problem, lang, document)}: {found}"
    return found


def whole(problem, lang):
    """Return the keys that lead to a problem, what is wrong and what to do."""
    where = ".".join(str(part) for part in problem.path)
    found = text(problem, lang)
    return joined(f"{where}: {found}" if where else found, remedy(problem, lang))


def text(problem, lang):
    """Return what is wrong."""
    return tell(problem.text, lang)


def remedy(problem, lang):
    """Return what to do, or nothing."""
    return tell(problem.remedy, lang)


def at(problem, lang, document=None):
    """Return ``line 3, column 7`` of a problem, the line alone of one inside the data."""
    line, column = problem.at or (document.line(problem.path), None)
    if not column:
        return tell(_("line {line}", line=line), lang)
    return tell(_("line {line}, column {column}", line=line, column=column), lang)
