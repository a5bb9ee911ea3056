# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plan documents: read, check, and bring to scaled integers.

``load_plan`` accepts a name of ``gallery/``, a path, or the parsed document,
and returns the canonical plan: plain JSON data in which every number is a scaled
integer and every cross-reference an index. The schema is in
``docs/contracts/plan.md``; the wording of each parameter is in its rule file.
"""

from pathlib import Path

from .checks import errors, review
from .kernel.text import _
from .plan.document import Document, DocumentError, shown, suggestion
from .plan.finding import Finding, joined
from .plan.schema import canonical
from .plan.text_file import read_text
from .plan.yaml_text import PLAN, read_yaml

__all__ = [
    "Finding",
    "NoPlan",
    "PlanError",
    "check",
    "load_plan",
    "merge",
    "plan_names",
    "read_document",
    "review",
]

FOLDER = Path(__file__).parent / "gallery"


class NoPlan(FileNotFoundError):
    """There is no plan of that name; ``text`` and ``remedy`` say it as a finding does."""

    def __init__(self, name):
        self.text, self.remedy = (
            _("no plan {name}", name=shown(name)),
            suggestion(name, plan_names()),
        )
        super().__init__(joined(self.text, self.remedy))


class PlanError(DocumentError):
    """A plan document has problems; the message lists all of them."""


def load_plan(source):
    """Return the canonical plan of a name, a path or a parsed document.

    The document itself is kept under ``"source"``. Raises ``PlanError`` with
    every problem (``file:line`` where the source is a file), and
    ``FileNotFoundError`` naming the known plans.
    """
    document = source if isinstance(source, Document) else _document(source)
    plan, problems = check(document.data)
    if problems:
        raise PlanError(problems, document if document.lines else None)
    return plan


def check(data):
    """Return ``(canonical plan, problems)`` of a parsed document, the errors of the
    validator (``checks/``) included."""
    plan, problems = canonical(data)
    if not problems:
        problems = errors(plan)
    return plan, problems


def plan_names():
    """Return the names of the plans that come with the engine."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def read_document(source):
    """Return the ``Document`` of a plan's name or path."""
    path = Path(source)
    if not path.suffix:
        path = FOLDER / f"{source}.yaml"
    if not path.is_file():
        raise NoPlan(str(source))
    return read_yaml(read_text(path, PLAN[0], path.name), path.name)


def merge(base, overrides):
    """Return ``base`` with ``overrides`` laid over it, neither is changed.

    Mappings merge key by key. Lists of mappings with a ``code`` merge by code,
    new codes are appended; every other value is replaced.
    """
    if isinstance(base, dict) and isinstance(overrides, dict):
        result = dict(base)
        for name, value in overrides.items():
            result[name] = merge(base[name], value) if name in base else value
        return result
    if _coded(base) and _coded(overrides):
        result = {item["code"]: item for item in base}
        for item in overrides:
            code = item["code"]
            result[code] = merge(result[code], item) if code in result else item
        return list(result.values())
    return overrides


def _document(source):
    if isinstance(source, dict):
        return Document(source)
    return read_document(source)


def _coded(value):
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and _is_code(item.get("code")) for item in value)
    )


def _is_code(value):
    return isinstance(value, (str, int))
