"""The template database: our add-ons but the optional ones installed once, copied for every
test process.

It is named after a hash of what decides its content and is built again only when that
changes. Attachments lie in the database, so that a copy needs no files beside it.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from .. import company, database, odoo_process, python_env
from ..config import Runtime
from ..lock import file_lock
from ..odoo_source import OdooTree
from ..paths import ADDONS, PACKAGES, STATE, default_addons
from .databases import PREFIX

FOLDER = STATE / "test"
KEPT = 3

#: Folders whose content no installed database depends on.
_IRRELEVANT = {"tests", "__pycache__", "i18n_extra"}

_ASSETS = 'env["ir.qweb"]._pregenerate_assets_bundles()\n'
# tables with rows only: of an empty one the planner had better know nothing
_ANALYZE = """
env.cr.execute(
    "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND pg_relation_size(oid) > 0"
    " AND relnamespace = 'public'::regnamespace"
)
for (table,) in env.cr.fetchall():
    env.cr.execute(f"ANALYZE {table}")
"""


def fingerprint(tree: OdooTree, *folders: Path) -> str:
    """Twelve characters that change with Odoo, the requirements, our packages and add-ons, not
    with tests."""
    digest = hashlib.sha256()
    digest.update((tree.package / "release.py").read_bytes())
    digest.update(str(tree.package).encode())
    digest.update(python_env.fingerprint().encode())
    for path in (Path(company.__file__), Path(__file__)):
        digest.update(path.read_bytes())
    for folder in folders or (PACKAGES, ADDONS):
        for path in sorted(relevant_files(folder)):
            digest.update(f"\0{path.relative_to(folder)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def relevant_files(folder: Path) -> Iterable[Path]:
    """Files that an installed database may depend on."""
    for base, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _IRRELEVANT]
        yield from (
            Path(base, name) for name in files if not name.endswith((".pyc", ".md", ".rst"))
        )


def name_of(tree: OdooTree) -> str:
    return f"{PREFIX}_template_{fingerprint(tree)}"


def build_log(name: str) -> Path:
    """The log of a template's build: kept beside it, and read again by every test run."""
    return FOLDER / f"{name}.log"


def ensure(runtime: Runtime, shown, name: str = "") -> str:
    """The name of the template with all our add-ons, built when its inputs have changed.

    :param name: the template that a test run has settled on: add-ons that are edited meanwhile
        do not make it build another one
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    with file_lock(FOLDER / "template.lock"):
        name = name or name_of(runtime.tree)
        if not database.exists(runtime.server, name):
            _drop_older(runtime)
            _build(runtime, name, lambda into: _install_all(runtime, into, name, shown))
        build_log(name).touch()
    return name


def ensure_bare(runtime: Runtime, shown) -> str:
    """The name of a template with `base` and `web` only: the start of every add-on's own install."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    version = hashlib.sha256(
        (runtime.tree.package / "release.py").read_bytes() + str(runtime.tree.package).encode()
    ).hexdigest()[:8]
    name = f"{PREFIX}_bare_{version}"
    with file_lock(FOLDER / "bare.lock"):
        if not database.exists(runtime.server, name):
            _build(runtime, name, lambda into: _install_bare(runtime, into, name, shown))
    return name


def _build(runtime: Runtime, name: str, fill: Callable[[str], None]) -> None:
    """Fill a database beside the final one and rename it: a template is complete or absent."""
    building = f"{name}_building"
    database.drop(runtime.server, building)
    shutil.rmtree(runtime.data_dir / "filestore" / building, ignore_errors=True)
    try:
        fill(building)
        database.rename(runtime.server, building, name)
    finally:
        database.drop(runtime.server, building)
        shutil.rmtree(runtime.data_dir / "filestore" / building, ignore_errors=True)


def _install_bare(runtime: Runtime, into: str, name: str, shown) -> None:
    odoo_process.install(
        runtime, into, ["base", "web"], shown, "--skip-auto-install", log=build_log(name)
    )
    _finish(runtime, into, name, company.ATTACHMENTS_IN_DATABASE)


def _install_all(runtime: Runtime, into: str, name: str, shown) -> None:
    company.create(
        runtime,
        into,
        default_addons() or ["base"],
        shown,
        build_log(name),
        attachments_in_database=True,
    )
    _finish(runtime, into, name, _ASSETS + _ANALYZE)


def _finish(runtime: Runtime, into: str, name: str, code: str) -> None:
    log = build_log(name).with_suffix(".finish.log")
    company.run_script(runtime, into, code + company.COMMIT, log)


def _drop_older(runtime: Runtime) -> None:
    """Drop templates of earlier states, but not the latest: another test run may be using them."""
    prefix = f"{PREFIX}_template_"
    names = [name for name in database.names(runtime.server) if name.startswith(prefix)]
    by_age = sorted(names, key=lambda name: _last_used(build_log(name)), reverse=True)
    for name in by_age[KEPT - 1 :]:
        database.drop(runtime.server, name)
        for path in FOLDER.glob(f"{name}*.log"):
            path.unlink()


def _last_used(log: Path) -> float:
    return log.stat().st_mtime if log.exists() else 0.0
