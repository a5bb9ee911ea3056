# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bonus rules: one folder each, named like the rule.

``rule.py``
    the parameters, the formula with a worked example, and a subclass of ``base.Rule`` named
    like the folder (``package_bonus`` → ``PackageBonus``);
``explain.py``
    how an amount is explained: ``PackageBonusTelling`` (``telling/rule.py``);
``words.py``
    what a plan says of it: ``PackageBonusWords`` (``telling/rule_words.py``).

Folders with an underscore hold what several rules share: walks up a line by level, groups
below heads.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules


@cache
def names():
    """Return the sorted names of all rules, a tuple."""
    found = (item.name for item in iter_modules(__path__) if item.ispkg)
    return tuple(sorted(name for name in found if name[0] != "_"))


@cache
def get(name):
    """Return the ``Rule`` of a name. Raises ``KeyError`` for an unknown one."""
    if name not in names():
        raise KeyError(f"no rule {name!r}; known: {', '.join(names())}")
    return getattr(import_module(f".{name}.rule", __name__), class_name(name))()


def of(bonus):
    """Return ``(rule, params)`` of a bonus of a canonical plan."""
    rule = get(bonus["rule"])
    return rule, rule.Params(**bonus["params"])


def class_name(name):
    """Return the name of a rule's class.

    >>> class_name("package_bonus")
    'PackageBonus'
    """
    return "".join(part.capitalize() for part in name.split("_"))
