"""Each add-on installed with nothing but what it depends on.

The add-ons build on each other, so a database that holds one of them alone is the start of
those that depend on it: every state is reached, and nothing is installed twice.
"""

import ast
import os
from pathlib import Path

from .. import database, odoo_process
from ..config import Runtime
from ..errors import UserError
from ..paths import ADDONS, our_addons
from . import logs, template
from .board import Line
from .databases import PREFIX
from .outcome import Outcome


def dependencies(module: str, addons: Path = ADDONS) -> list[str]:
    """What the manifest of an add-on depends on."""
    text = (addons / module / "__manifest__.py").read_text(encoding="utf-8")
    return list(ast.literal_eval(text).get("depends", []))


def own_closure(module: str, ours: set[str], addons: Path = ADDONS) -> set[str]:
    """Those of our add-ons that an add-on needs, directly or not."""
    found: set[str] = set()
    pending = [module]
    while pending:
        for name in dependencies(pending.pop(), addons):
            if name in ours and name not in found:
                found.add(name)
                pending.append(name)
    return found


def parents(addons: Path = ADDONS, ours: list[str] | None = None) -> dict[str, str | None]:
    """For each add-on the one whose database its own starts from, in an order that works.

    The parent is the dependency that brings most of the others; None means `base` and `web`.
    """
    names = set(our_addons() if ours is None else ours)
    closures = {name: own_closure(name, names, addons) for name in names}
    ordered = sorted(names, key=lambda name: (len(closures[name]), name))
    return {
        name: max(closures[name], key=lambda other: (len(closures[other]), other), default=None)
        for name in ordered
    }


def database_name(module: str) -> str:
    """Named like a scratch database of this process: leftovers are found and dropped."""
    return f"{PREFIX}_scratch_{os.getpid()}_alone_{module}"


def install(runtime: Runtime, module: str, parent: str | None, line: Line) -> Outcome:
    """Install one add-on on top of its parent's database, and check what came with it."""
    bare = template.ensure_bare(runtime, line)
    target = database_name(module)
    database.drop(runtime.server, target)
    database.create(runtime.server, target, database_name(parent) if parent else bare)
    outcome = Outcome()
    try:
        odoo_process.install(
            runtime,
            target,
            [module],
            line,
            "--skip-auto-install",
            log=logs.folder() / f"alone-{module}.log",
        )
    except UserError as error:
        database.drop(runtime.server, target)
        outcome.fail(f"{module} cannot be installed alone: {error}")
        return outcome
    installed = _installed(runtime, target)
    foreign = sorted(
        set(our_addons()) & installed - own_closure(module, set(our_addons())) - {module}
    )
    outcome.check(
        module in installed and not foreign,
        f"{module} installed alone brought {foreign or 'nothing, not even itself'}",
    )
    return outcome


def clean_up(runtime: Runtime) -> None:
    """Drop the databases; all installs must have ended."""
    for name in database.names(runtime.server):
        if name.startswith(database_name("")):
            database.drop(runtime.server, name)


def _installed(runtime: Runtime, name: str) -> set[str]:
    with database.cursor(runtime.server, name) as cr:
        cr.execute("SELECT name FROM ir_module_module WHERE state = 'installed'")
        return {module for (module,) in cr.fetchall()}
