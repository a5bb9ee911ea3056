# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bonus rules: one folder each, named like the rule.

``rule.py``
    the parameters, the formula with a worked example, and a subclass of ``base.Rule`` named
    like the folder (``package_bonus`` → ``PackageBonus``);
``explain.py``
    how an amount is explained: ``PackageBonusTelling`` (``telling/rule.py``);
``words.py``
    what a plan says of it: ``PackageBonusWords`` (``telling/rule_words.py``);
``example.yaml``
    the worked example as a scenario, with its ``story`` for people.

A folder more in ``__path__``, as tests have, is seen at once; what is archived with a run are
the rules of this one. Folders with an underscore hold what several rules share: walks up a
line by level, groups below heads.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules


def names():
    """Return the sorted names of all rules, a tuple."""
    return _names(tuple(__path__))


@cache
def _names(folders):
    found = (item.name for item in iter_modules(folders) if item.ispkg)
    return tuple(sorted(name for name in found if name[0] != "_"))


def get(name):
    """Return the ``Rule`` of a name.

    Raises ``KeyError`` for an unknown one, ``ImportError`` when its class is not in its file.
    """
    if name not in names():
        raise KeyError(f"no rule {name!r}; known: {', '.join(names())}")
    return _made(name)


@cache
def _made(name):
    return class_of(import_module(f".{name}.rule", __name__), class_name(name))()


def class_of(module, name):
    """Return the class of a name in a module. Raises ``ImportError`` saying which it has."""
    found = vars(module).get(name)
    if not isinstance(found, type):
        own = (item for item in vars(module).values() if isinstance(item, type))
        has = ", ".join(sorted(item.__name__ for item in own if item.__module__ == module.__name__))
        raise ImportError(
            f"{module.__file__}: there is no class {name}; it has {has or 'no classes'}",
            name=module.__name__,
            path=module.__file__,
        )
    return found


def folder(name):
    """Return the ``Path`` of the folder of a rule."""
    return Path(import_module(f".{name}", __name__).__path__[0])


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
