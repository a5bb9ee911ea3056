# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bonuses: reader of the section, with the settings that all rules share."""

from dataclasses import dataclass, fields

from ... import rules
from ...kernel.text import _
from .. import params as make
from ..document import shown, suggestion
from .common import MOST_BONUSES, unique

_OWN = ("code", "rule", "name")
_KEYS = ("period", "tree", "as_of", "params", "pays_on")


@dataclass(frozen=True)
class Common:
    """Settings beside ``params``; ``docs/contracts/rules.md`` §1."""

    currency: str = make.text(None, _("Currency of its amounts"))
    start: int = make.day(_("From"))
    end: int = make.day(_("To"))
    buyers: str = make.choice(
        "all",
        {
            "all": _("All"),
            "distributors": _("Own purchases only"),
            "customers": _("Customers' purchases only"),
        },
        _("Purchases that count"),
    )
    packages: str = make.choice(
        "include",
        {
            "include": _("Packages too"),
            "exclude": _("Without packages"),
            "only": _("Packages only"),
        },
        _("Packages"),
    )
    not_on: list = make.codes("bonuses", _("Not on the volume taken by"))
    active_only: bool = make.flag(True, _("Only while the payee is active"))
    min_rank: int = make.ref("ranks", _("Least rank"))
    requires: list = make.conditions(_("Conditions"))


#: Document keys that read better than the field.
_WRITTEN = {"start": "from", "end": "to"}


def written(name):
    """Return the document's key of a field of ``Common``."""
    return _WRITTEN.get(name, name)


def allowed(rule):
    """Return the document keys of ``Common`` that a rule uses."""
    known = [item.name for item in fields(Common)]
    return [written(name) for name in known if rule.common is None or name in rule.common]


def bonuses(check, value, plan):
    result = []
    for path, item in check.sequence(value, ("bonuses",), MOST_BONUSES):
        name = item.get("rule") if isinstance(item, dict) else None
        name = name if isinstance(name, str) else shown(name)
        rule = rules.get(name) if name in rules.names() else None
        common = allowed(rule) if rule else [written(one.name) for one in fields(Common)]
        data = check.mapping(item, path, _OWN, (*_KEYS, *common))
        if data.get("pays_on", "sale") != "sale":
            check.wrong(
                (*path, "pays_on"),
                _(
                    "a bonus cannot pay on {shown}: only sales pay, never enrolment alone (Ley "
                    "1700 de 2013, art. 2)",
                    shown=shown(data["pays_on"]),
                ),
                _("Remove the key or write `pays_on: sale`"),
            )
        if rule is None:
            remedy = suggestion(name, rules.names())
            check.wrong((*path, "rule"), _("unknown rule {name}", name=shown(name)), remedy)
            continue
        result.append(_one(check, data, path, rule, name, plan))
    unique(check, result, ("bonuses",))
    return result


def _one(check, data, path, rule, name, plan):
    shared = {
        one.name: data[written(one.name)] for one in fields(Common) if written(one.name) in data
    }
    return {
        "code": check.code(data.get("code"), (*path, "code")),
        "rule": name,
        "name": check.names(data.get("name"), (*path, "name")),
        "period": check.choice(
            data.get("period", next(iter(plan["periods"]), None)),
            (*path, "period"),
            plan["periods"] or (None,),
        ),
        "tree": _tree(check, data, path, rule, plan),
        "as_of": check.choice(data.get("as_of", "sale"), (*path, "as_of"), ("sale", "period_end")),
        "common": make.read(Common, shared, check, path, plan),
        "params": make.read(rule.Params, data.get("params"), check, (*path, "params"), plan),
    }


def _tree(check, data, path, rule, plan):
    """The tree a bonus reads: ``sponsor``, the code of a placement tree, or none.

    A rule names the kind that it needs: ``tree`` is ``sponsor``, ``placement``
    (binary), ``matrix``, ``any`` or ``None``.
    """
    where, wanted = (*path, "tree"), rule.tree
    if wanted is None:
        if data.get("tree") is not None:
            check.wrong(where, _("this rule reads no tree"), _("Remove the key"))
        return None
    kinds = {"placement": ("binary",), "matrix": ("matrix",), "sponsor": ()}
    fitting = [
        item["code"]
        for item in plan["trees"]
        if item["kind"] in kinds.get(wanted, ("binary", "matrix", "free"))
    ]
    known = (["sponsor"] if wanted in ("sponsor", "any") else []) + fitting
    default = known[0] if known else wanted
    tree = data.get("tree", default)
    if tree not in known:
        check.wrong(
            where,
            _("rule {rule} cannot read the tree {tree}", rule=data.get("rule"), tree=shown(tree)),
            suggestion(tree, known) or _("Declare the tree under `trees`"),
        )
    return tree
