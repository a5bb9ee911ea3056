# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read a scenario: a YAML file or a dict in its form, into a ``Scenario``.

Reading happens in passes: shape of each section here and in ``sections.py``,
then what depends on time (``timeline.py``, ``timeline_check.py``: trees, states, who existed
when) and
what is expected (``expectation.py``). All problems are collected; a problem says
file, line, what is wrong and how to mend it.
"""

from dataclasses import replace

from .. import plans
from ..kernel.exact import E6
from ..kernel.text import Text, _
from ..plan.document import MOST_PROBLEMS, Checker, Document, DocumentError, TooManyProblems, shown
from ..plan.finding import Finding
from ..plan.text_file import read_text
from ..plan.yaml_text import SCENARIO, read_yaml
from . import expectation, read_company, sections, timeline, timeline_check
from .clock import Clock
from .model import Scenario

FORMAT = 3
#: A file of an earlier version is one of this that uses less of it.
_READ = (1, 2, FORMAT)

_REQUIRED = ("scenario", "title", "plan", "cycles", "distributors")
_OPTIONAL = (
    "source",
    "story",
    "through_odoo",
    "company",
    "companies",
    "withholding",
    "opening",
    "sales",
    "refunds",
    "events",
    "expect",
)


class ScenarioError(DocumentError):
    """A scenario has problems; the message lists all, one per line."""


def load(source, progress=None):
    """Return the ``Scenario`` of a path or of a dict in the file's form.

    ``progress`` is called with the part of the file read, 0 to 1. Raises
    ``ScenarioError`` with its problems and ``OSError`` for an unreadable file.
    """
    if isinstance(source, dict):
        document = Document(source, {}, "scenario")
    else:
        document = _parse(source, progress)
    check, problems = Checker(), ()
    try:
        scenario = _read(check, document.data)
        problems = check.problems
    except TooManyProblems:
        last = Finding(
            (),
            _("more than {most} problems", most=MOST_PROBLEMS),
            _("Fix these first"),
        )
        problems = [*check.problems, last]
    if problems:
        raise ScenarioError(problems, document if document.lines else None)
    return scenario


def _parse(source, progress):
    try:
        return read_yaml(read_text(source, SCENARIO[0]), str(source), SCENARIO, progress)
    except DocumentError as error:
        raise ScenarioError(error.problems, error.document) from error


def _read(check, data):
    data = check.mapping(data, (), _REQUIRED, _OPTIONAL)
    if data.get("scenario", FORMAT) not in _READ:
        remedy = _("Write `scenario: {format}`", format=FORMAT)
        check.wrong(
            ("scenario",), _("unknown format {shown}", shown=shown(data["scenario"])), remedy
        )
    document, plan = _plan(check, data.get("plan"))
    if plan is None:
        return None
    company = read_company.company(check, data.get("company"), plan)
    companies = read_company.companies(check, data.get("companies"), plan, company)
    try:
        clock = Clock(company.timezone)
    except ValueError as error:
        check.wrong(("company", "timezone"), str(error), _("Write e.g. America/Bogota"))
        clock = Clock("UTC")
    cycles = sections.cycles(check, data.get("cycles"), plan)
    read = sections.Sections(check, plan, clock, cycles, companies)
    people = read.distributors(data.get("distributors"))
    scenario = Scenario(
        title=check.text(data.get("title", ""), ("title",)),
        source=check.text(data.get("source", ""), ("source",)),
        story=check.names(data.get("story", ""), ("story",)),
        through_odoo=check.flag(data.get("through_odoo", False), ("through_odoo",)),
        plan=plan,
        plan_document=document,
        company=company,
        companies=companies,
        withholding_rate_e6=_withholding(check, data.get("withholding")),
        cycles=cycles,
        distributors=people,
        opening=read.opening(data.get("opening")),
        sales=read.sales(data.get("sales")),
        refunds=(),
        events=read.events(data.get("events")),
        expect={},
    )
    scenario = replace(scenario, refunds=read.refunds(data.get("refunds"), scenario.sales))
    timeline_check.check(check, scenario, clock, read.places)
    return replace(
        scenario,
        expect=_expected(check, data.get("expect"), scenario, clock),
        sales=timeline.credit(scenario, clock, read.places, check),
    )


def _expected(check, value, scenario, clock):
    if any(
        problem.path[:1] in (("cycles",), ("distributors",), ("events",))
        for problem in check.problems
    ):
        return {}
    return expectation.read(check, value, scenario, timeline.Timeline(scenario, clock))


def _plan(check, value):
    """Return ``(document, canonical plan)``, ``None`` after problems."""
    overrides = {}
    if isinstance(value, dict) and "extends" not in value:
        document = value
    else:
        overrides = dict(value) if isinstance(value, dict) else {}
        name = overrides.pop("extends", value)
        if not isinstance(name, str) or not name.strip():
            remedy = _("Write a name, `{extends: name, …}` or a whole plan")
            check.wrong(
                ("plan",), _("the plan is missing; this says {name}", name=shown(name)), remedy
            )
            return None, None
        try:
            document = plans.read_document(name).data
        except plans.NoPlan as error:
            check.wrong(("plan",), error.text, error.remedy)
            return None, None
        except DocumentError as error:
            check.problems += [_elsewhere(error.document, item) for item in error.problems]
            return None, None
        except OSError as error:
            check.wrong(
                ("plan",),
                _(
                    "plan {name} cannot be read: {strerror}",
                    name=shown(name),
                    strerror=error.strerror,
                ),
            )
            return None, None
        document = plans.merge(document, overrides)
    plan, problems = plans.check(document)
    for item in problems:
        if not overrides:
            check.problems.append(item.below("plan"))
            continue
        written = _written(item.path, document, overrides)
        where = ".".join(str(part) for part in item.path)
        text = _("in the merged plan, {where}: {what}", where=where, what=item.text)
        check.problems.append(Finding(("plan", *written), text, item.remedy))
    if problems and overrides:
        plan = plans.load_plan(value["extends"])  # so that the rest is read as well
    elif problems:
        plan = None
    return document, plan


def _written(path, document, overrides):
    """Return where the overrides wrote the entry at ``path`` of the merged plan."""
    found, merged, kept = overrides, document, []
    for part in path:
        merged = merged[part] if _has(merged, part) else None
        if isinstance(found, list) and isinstance(merged, dict) and "code" in merged:
            same = [
                i
                for i, item in enumerate(found)
                if isinstance(item, dict) and item.get("code") == merged["code"]
            ]
            part = same[0] if same else None
        if part is None or not _has(found, part):
            break
        found = found[part]
        kept.append(part)
    return tuple(kept)


def _has(container, part):
    if isinstance(container, dict):
        return part in container
    return isinstance(container, list) and isinstance(part, int) and part < len(container)


def _elsewhere(document, item):
    """Return a problem of the plan's own file as one of the scenario."""
    where = ".".join(str(part) for part in item.path)
    text = Text(
        "{file}:{line}: {column}{where}{what}",
        {
            "file": document.name,
            "line": document.line_of(item),
            "column": item.column,
            "where": f"{where}: " if where else "",
            "what": item.text,
        },
    )
    return Finding(("plan",), text, item.remedy)


def _withholding(check, value):
    """Return the rate withheld from earnings, 10 % unless given."""
    if value is None:
        return E6 // 10
    data = check.mapping(value, ("withholding",), ("rate",))
    return check.number(data.get("rate", 10), ("withholding", "rate"), E6 // 100, 0)
