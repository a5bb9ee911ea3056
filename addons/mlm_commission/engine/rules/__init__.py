# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bonus rules: one file each, found by its file name.

A rule module offers

``Params``
    frozen dataclass of its parameters (makers of ``engine/params.py``);
``LABEL``
    ``{"es": ..., "en": ...}``;
``TREE``
    ``"sponsor"``, ``"placement"`` (binary), ``"matrix"``, ``"any"`` or ``None``;
``AS_OF``
    the moments of the tree that a bonus may choose by ``as_of``; both when it pays on single
    rows and this is left out, else none;
``COMMON``
    settings of ``schema.bonuses.Common`` that it uses; all when left out;
``FROM_VOLUME``
    ``False`` when it is not paid from volume (no part of the company cap);
``READS_BONUSES``
    ``True`` when it reads what other bonuses paid: computed after them;
``takes(ctx, bonus)``
    mask over volume rows that narrows ``row_filter.taken``, if any;
``row_base(ctx, bonus)``
    what each row offers, where that is not its CV or PV: rows above zero are taken;
``validate(params, plan)``
    findings (``rules.error`` / ``rules.warning``) beyond well-formedness;
``validate_settings(bonus, plan)``
    findings about a canonical bonus as a whole, such as its tree, if any;
``ceiling(params, plan)``
    most it can pay as a fraction of CV, ``None`` when unbounded;
``compute(ctx, bonus)``
    adds earnings, measures and carry to the ``Context``;

and, when ranks or other rules read its figures, ``prepare(ctx, bonus)``, which
runs before ranks are decided and fills ``ctx.figures``. ``bonus`` is a
``context.Bonus``. Every rule pays on volume rows only (``DESIGN`` law 9).
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import SimpleNamespace


@cache
def names():
    """Return the sorted names of all rules, a tuple."""
    return tuple(sorted(item.name for item in iter_modules(__path__)))


@cache
def get(name):
    """Return the module of a rule. Raises ``KeyError`` for an unknown one."""
    if name not in names():
        raise KeyError(f"no rule {name!r}; known: {', '.join(names())}")
    return import_module(f".{name}", __name__)


def error(text, remedy="", path=(), es="", remedy_es=""):
    """Return a finding that makes a plan invalid; ``es`` is its Spanish."""
    return _finding("error", text, remedy, path, es, remedy_es)


def warning(text, remedy="", path=(), es="", remedy_es=""):
    """Return a finding that a person should read; ``es`` is its Spanish."""
    return _finding("warning", text, remedy, path, es, remedy_es)


def _finding(severity, text, remedy, path, es, remedy_es):
    return SimpleNamespace(
        severity=severity, path=path, text=text, remedy=remedy, es=es, remedy_es=remedy_es
    )
