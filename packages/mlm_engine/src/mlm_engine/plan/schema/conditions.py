# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Conditions about a person: reader.

Canonical forms, each a mapping with ``kind``:

``measure``   ``index`` into ``plan["measures"]``, ``min`` scaled by the measure's unit
``figure``    ``bonus`` (index or -1), ``measure`` (code of ``kernel/codes.py``), ``min``
``package``   ``package`` (index), ``in_term``
``title``     ``rank`` (index)
``any``       ``lists``: lists of conditions, one of which must hold
"""

from dataclasses import dataclass

from ...kernel import codes
from ...kernel.exact import E4
from ...kernel.text import _
from .. import params as make
from ..document import shown, suggestion
from ..read_params import mapping, values
from .common import MOST_CONDITIONS

_SCALES = {"pv": E4, "cv": E4, "count": 1, "flag": 1}


@dataclass(frozen=True)
class Reaches:
    """A figure of the person reaches a least."""

    measure: dict = make.measure(_("Measure"), required=True)
    min: int = make.number("points", None, _("Minimum"), "of the measure", required=True)


@dataclass(frozen=True)
class Holds:
    """The person holds a package."""

    package: int = make.ref("packages", _("Package, or a higher one"), required=True)
    in_term: bool = make.flag(False, _("Only while it is valid"))


@dataclass(frozen=True)
class Reached:
    """The title of the person, as it stood before the period, is a rank or a higher one."""

    title: int = make.ref("ranks", _("Rank, or a higher one"), required=True)


@dataclass(frozen=True)
class Either:
    """One of several lists of conditions holds."""

    any: list = make.table(
        None,
        None,
        _("All conditions of one of the lists are met"),
        form={"kind": "alternatives"},
        required=True,
    )


#: key that tells a condition from the others → its keys, and what it asks for
FORMS = {
    "any": (Either, _("One of several lists")),
    "package": (Holds, _("Holding a package")),
    "title": (Reached, _("Having reached a rank")),
    "measure": (Reaches, _("A measure reaches a minimum")),
}


def read_list(check, value, path, plan):
    """Return the canonical list of conditions."""
    found = [
        _one(check, item, at, plan) for at, item in check.sequence(value, path, MOST_CONDITIONS)
    ]
    return [item for item in found if item]


def by_name(check, name, least, path, plan):
    """Return the condition that a measure, built in or declared, reaches ``least``."""
    name = check.text(name, (*path, "measure"))
    if not name:
        return None
    known = plan["codes"]["measures"]
    if name in known:
        index = known.index(name)
        scale = E4 if plan["measure_volumes"][index] else 1
        return {
            "kind": "measure",
            "index": index,
            "min": check.number(least, (*path, "min"), scale, 0),
        }
    bonus, _dot, figure = name.rpartition(".")
    bonuses = plan["codes"]["bonuses"]
    if bonus and bonus not in bonuses:
        if "" not in bonuses:
            remedy = suggestion(bonus, bonuses)
            check.wrong((*path, "measure"), _("unknown bonus {bonus}", bonus=shown(bonus)), remedy)
        return None
    if figure not in codes.FIGURES:
        if "" in known:
            return None
        remedy = suggestion(name, [*known, *codes.FIGURES])
        check.wrong((*path, "measure"), _("unknown measure {name}", name=shown(name)), remedy)
        return None
    code = codes.FIGURES[figure]
    return {
        "kind": "figure",
        "bonus": bonuses.index(bonus) if bonus in bonuses else -1,
        "measure": int(code),
        "min": check.number(least, (*path, "min"), _SCALES.get(codes.figure_unit(code), 1), 0),
    }


def _one(check, item, path, plan):
    if not isinstance(item, dict):
        check.shape(path, _("a condition is a mapping"), _("Write `{measure: …, min: …}`"))
        return None
    form = next((name for name in FORMS if name in item), "measure")
    data = mapping(FORMS[form][0], item, check, path)
    if form == "any":
        lists = check.sequence(item["any"], (*path, "any"), MOST_CONDITIONS)
        return {"kind": "any", "lists": [read_list(check, one, at, plan) for at, one in lists]}
    if form == "package":
        return {"kind": "package", **values(Holds, data, check, path, plan)}
    if form == "title":
        return {"kind": "title", "rank": values(Reached, data, check, path, plan)["title"]}
    if "measure" not in data:
        return None
    return by_name(check, data["measure"], data.get("min", 0), path, plan)
