# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bonuses, with the settings that all rules share."""

from dataclasses import dataclass, fields

from ... import rules
from ...kernel.text import _
from .. import params as make
from ..document import shown, suggestion
from ..read_params import read, values
from .common import MOST_BONUSES, Named, unique

_OWN = ("code", "rule", "name")
_KEYS = ("period", "tree", "as_of", "grain", "params", "pays_on")


@dataclass(frozen=True)
class Bonus(Named):
    """What every bonus has."""

    period: str = make.ref("periods", _("Paid by"), help=_("Empty: the first."))


@dataclass(frozen=True)
class Looks:
    """Which tree a rule that reads one looks at; which it may be, the rule says."""

    tree: str = make.table(None, make.as_written, _("Tree"), form={"kind": "tree"})
    as_of: str = make.choice(
        "sale",
        {
            "sale": _("As it was at the sale"),
            "period_end": _("As it is at the period's end"),
        },
        _("The tree"),
    )


@dataclass(frozen=True)
class Rows:
    """What one earning row stands for, of rules that pay sales up a line."""

    grain: str = make.choice(
        "sale",
        {
            "sale": _("One row per sale"),
            "source": _("One row per buyer and level"),
        },
        _("Rows of the result"),
        help=_(
            "The sales of one buyer are added before they are rounded once; each sale still shows "
            "its share."
        ),
    )


@dataclass(frozen=True)
class Common:
    """Settings beside ``params``; ``docs/contracts/rules.md`` §1."""

    currency: str = make.text(None, _("Currency of its amounts"))
    start: int = make.day(_("From"), key="from")
    end: int = make.day(_("To"), key="to")
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
    not_on: list = make.codes("bonuses", _("Not on the volume of"))
    active_only: bool = make.flag(True, _("Only while the payee is active"))
    min_rank: int = make.ref("ranks", _("Minimum rank"))
    requires: list = make.conditions(_("Conditions"))


def allowed(rule):
    """Return the document keys of ``Common`` that a rule uses."""
    taken = rule.common
    return [make.key(one) for one in fields(Common) if taken is None or one.name in taken]


def bonuses(check, value, plan):
    result = []
    for path, item in check.sequence(value, ("bonuses",), MOST_BONUSES):
        name = item.get("rule") if isinstance(item, dict) else None
        name = name if isinstance(name, str) else shown(name)
        rule = rules.get(name) if name in rules.names() else None
        common = allowed(rule) if rule else [make.key(one) for one in fields(Common)]
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
    own = values(Bonus, data, check, path, plan)
    return {
        "code": own.pop("code"),
        "rule": name,
        **own,
        "tree": _tree(check, data, path, rule, plan),
        "as_of": values(Looks, data, check, path, plan)["as_of"],
        **_grain(check, data, path, rule, plan),
        "common": values(Common, data, check, path, plan),
        "params": read(rule.Params, data.get("params"), check, (*path, "params"), plan),
    }


def _grain(check, data, path, rule, plan):
    """Return ``{"grain": "source"}``, and nothing of the grain that every bonus had before
    there were two: such plans, and the runs that hold them, keep their bytes."""
    if "grain" in data and not rule.by_source:
        check.wrong(
            (*path, "grain"),
            _("rule {rule} has rows of one kind only", rule=data.get("rule")),
            _("Remove the key"),
        )
        return {}
    found = values(Rows, data, check, path, plan)
    return found if found["grain"] == "source" else {}


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
