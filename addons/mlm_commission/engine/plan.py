# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plan documents: read, check, and bring to scaled integers.

``load_plan`` accepts a name of ``data/plans``, a path, or the parsed document,
and returns the canonical plan: plain JSON data in which every number is a scaled
integer and every cross-reference an index. The schema is in
``docs/contracts/plan.md``; the wording of each parameter is in its rule file.
"""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from . import rules
from .document import Document, DocumentError, Problem, read_yaml, suggestion
from .schema import canonical

FOLDER = Path(__file__).parent.parent / "data" / "plans"


class PlanError(DocumentError):
    """A plan document has problems; the message lists all of them."""


@dataclass(frozen=True)
class Finding:
    """A remark of ``review``: ``severity`` is ``error`` or ``warning``."""

    severity: str
    path: tuple
    text: str
    remedy: str = ""


def load_plan(source):
    """Return the canonical plan of a name, a path or a parsed document.

    The document itself is kept under ``"source"``. Raises ``PlanError`` with
    every problem (``file:line`` where the source is a file), and
    ``FileNotFoundError`` naming the known plans.
    """
    document = source if isinstance(source, Document) else _document(source)
    plan, problems = check(document.data)
    if problems:
        located = document.located(problems) if document.lines else None
        raise PlanError(problems, located)
    return plan


def check(data):
    """Return ``(canonical plan, problems)`` of a parsed document, errors of
    ``review`` included."""
    plan, problems = canonical(data)
    if not problems:
        problems = [
            Problem(item.path, item.text, item.remedy)
            for item in review(plan)
            if item.severity == "error"
        ]
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
        remedy = suggestion(source, plan_names())
        raise FileNotFoundError(f"no plan {str(source)!r}. {remedy}")
    return read_yaml(path.read_text(encoding="utf-8"), path.name)


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


def review(plan):
    """Return the findings about a canonical plan that is well formed.

    Contradictions and bounded plans above 100 % of CV are errors; unbounded
    rules get a warning (RULES 17). Each rule adds its own findings.
    """
    findings = []
    ceiling = Fraction(0)
    for index, bonus in enumerate(plan["bonuses"]):
        rule = rules.get(bonus["rule"])
        params = rule.Params(**bonus["params"])
        path = ("bonuses", index)
        found = [((*path, "params"), item) for item in rule.validate(params, plan)]
        if hasattr(rule, "validate_settings"):
            found += [(path, item) for item in rule.validate_settings(bonus, plan)]
        findings += [
            Finding(item.severity, (*before, *item.path), item.text, item.remedy)
            for before, item in found
        ]
        if any(finding.severity == "error" for finding in findings):
            continue  # a ceiling needs sound parameters
        share = rule.ceiling(params, plan)
        if share is None:
            findings.append(
                Finding(
                    "warning",
                    path,
                    f"{bonus['code']} has no upper bound in CV",
                    "Watch the payout ratio of the preview; set a company cap",
                )
            )
        else:
            ceiling += share
    if ceiling > 1:
        findings.append(
            Finding(
                "error",
                ("bonuses",),
                f"the bounded bonuses pay up to {float(ceiling):.1%} of CV",
                "Lower amounts or rates until they fit into 100 % of CV",
            )
        )
    return findings


def _document(source):
    if isinstance(source, dict):
        return Document(source)
    return read_document(source)


def _coded(value):
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and "code" in item for item in value)
    )
