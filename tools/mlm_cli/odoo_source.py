"""Finding or obtaining Odoo 19.0.

In this order: the tree that `ODOO_SRC` names, an `odoo` 19.0 that a Python on this machine
can import, and Debian's package `odoo-19`, unpacked privately into the shared cache.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import apt
from .errors import UserError
from .language import _
from .lock import file_lock
from .paths import CACHE, STATE
from .progress import Step, step

SERIES = (19, 0)
LINKS = STATE / "odoo"
EGG_INFO = "odoo-19.0.egg-info"

DEBIAN_SUITE = "sid"
#: Odoo, and what the relative symlinks in its package point to.
DEBIAN_PACKAGES = (
    "odoo-19",
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-ocr-b",
)
#: From a released suite: the file names that Odoo links to are gone in Font Awesome 7.
RELEASED_PACKAGES = ("fonts-font-awesome", "fonts-inconsolata")
RELEASED_SUITE = "bookworm"
UNPACKED = CACHE / "odoo-19.0"
DIST_PACKAGES = Path("usr/lib/python3/dist-packages")


@dataclass(frozen=True)
class OdooTree:
    """An Odoo source tree.

    :param package: the folder `odoo`, which holds `release.py`
    :param extra_addons: add-on folders beside the package (a git checkout has one)
    """

    package: Path
    version: str
    origin: str
    extra_addons: tuple[Path, ...] = ()


def ensure() -> OdooTree:
    """Find or fetch Odoo and link it where the virtual environment looks for it."""
    tree = _from_environment() or _importable() or _debian()
    _link(tree)
    return tree


def version_of(package: Path) -> tuple[int, int] | None:
    """Series of the Odoo whose package folder this is, e.g. (19, 0); None when it is none."""
    try:
        text = (package / "release.py").read_text(encoding="utf-8")
    except OSError:
        return None
    match = re.search(r"^version_info\s*=\s*\((\d+),\s*(\d+)", text, re.M)
    return (int(match[1]), int(match[2])) if match else None


def tree_at(folder: Path, origin: str) -> OdooTree | None:
    """The Odoo below `folder`: a git checkout, an unpacked tarball or an unpacked .deb."""
    for base in (folder, folder / DIST_PACKAGES, folder.parent):
        package = base / "odoo"
        series = version_of(package)
        if series:
            addons = base / "addons"
            # Debian ships a stray `addons` folder without data files: only a checkout's is real
            extra = (addons,) if (addons / "web/static").is_dir() else ()
            return OdooTree(package.resolve(), ".".join(map(str, series)), origin, extra)
    return None


def _from_environment() -> OdooTree | None:
    named = os.environ.get("ODOO_SRC")
    if not named:
        return None
    tree = tree_at(Path(named).expanduser().resolve(), "ODOO_SRC")
    if tree is None:
        raise UserError(
            _(
                "{path} holds no Odoo (no {file}).",
                path=f"ODOO_SRC={named}",
                file="odoo/release.py",
            ),
            _("name a git checkout or an unpacked tarball of Odoo 19.0"),
        )
    _require_series(tree)
    return tree


def _require_series(tree: OdooTree) -> None:
    wanted = ".".join(map(str, SERIES))
    if tree.version != wanted:
        raise UserError(
            _(
                "{origin} holds Odoo {version} at {path}; {wanted} is needed.",
                origin=tree.origin,
                version=tree.version,
                path=tree.package,
                wanted=wanted,
            )
        )


def _importable() -> OdooTree | None:
    """An Odoo 19.0 that the system's Python imports (Docker image, installed package)."""
    code = "import odoo.release as r, os; print(os.path.dirname(r.__file__))"
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if not python:
        return None
    found = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True)
    if found.returncode:
        return None
    tree = tree_at(Path(found.stdout.strip()).parent, _("the system's Python"))
    return tree if tree and tree.version == ".".join(map(str, SERIES)) else None


def _debian() -> OdooTree:
    with file_lock(CACHE / "odoo.lock"):
        tree = tree_at(UNPACKED, _("Debian's package odoo-19"))
        if tree is None:
            if not apt.available():
                raise UserError(
                    _(
                        "No Odoo 19.0 on this machine, and it is no Debian whose apt could fetch it."
                    ),
                    *apt.other_systems(),
                )
            with step(_("Fetching Odoo 19 (120 MB, once per user)")) as shown:
                _fetch(shown)
            tree = tree_at(UNPACKED, _("Debian's package odoo-19"))
    if tree is None:
        raise UserError(
            _("{path} holds no Odoo (no {file}).", path=UNPACKED, file="odoo/release.py"),
            _("remove {path}", path=UNPACKED),
        )
    _require_series(tree)
    return tree


def _fetch(shown: Step) -> None:
    """Unpack Odoo beside its final place and move it there in one step."""
    temporary = CACHE / f"odoo-19.0.{os.getpid()}.tmp"
    try:
        unstable = apt.suite_apt(DEBIAN_SUITE)
        try:
            unstable.update(shown)
        except UserError as error:
            if not apt.is_signature_problem(error):
                raise
            unstable = apt.suite_apt(DEBIAN_SUITE, keyring=apt.newer_keyring(shown))
        apt.fetch_and_unpack(unstable, DEBIAN_PACKAGES, temporary, shown)
        released = apt.codename() in ("bookworm", "trixie")
        stable = apt.release_apt() if released else apt.suite_apt(RELEASED_SUITE)
        apt.fetch_and_unpack(stable, RELEASED_PACKAGES, temporary, shown)
        for stray in ("addons", "doc", "setup"):
            shutil.rmtree(temporary / DIST_PACKAGES / stray, ignore_errors=True)
        dangling = dangling_links(temporary / DIST_PACKAGES)
        if dangling:
            names = ", ".join(sorted({path.name for path in dangling})[:5])
            raise UserError(
                _("The fetched Odoo lacks files that its package links to: {names}", names=names),
                *apt.other_systems(),
            )
        os.replace(temporary, UNPACKED)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def dangling_links(folder: Path) -> list[Path]:
    """Symbolic links below `folder` that lead nowhere."""
    return [
        path
        for base, folders, files in os.walk(folder)
        for path in (Path(base, name) for name in [*folders, *files])
        if path.is_symlink() and not path.exists()
    ]


def _link(tree: OdooTree) -> None:
    """Link `odoo` and its metadata, and nothing that lies beside them, into a clean folder."""
    LINKS.mkdir(parents=True, exist_ok=True)
    _point(LINKS / "odoo", tree.package)
    metadata = tree.package.parent / EGG_INFO
    if metadata.is_dir():
        _point(LINKS / EGG_INFO, metadata)
        return
    # a checkout has none; pip must see `odoo 19.0` or it refuses add-on wheels
    folder = LINKS / EGG_INFO
    if folder.is_symlink():
        folder.unlink()
    folder.mkdir(exist_ok=True)
    (folder / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: odoo\nVersion: 19.0\n")


def _point(link: Path, target: Path) -> None:
    if link.is_symlink() and Path(os.readlink(link)) == target:
        return
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)
    temporary = link.with_name(f"{link.name}.{os.getpid()}.tmp")
    temporary.symlink_to(target)
    os.replace(temporary, link)
