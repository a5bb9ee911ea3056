"""Which tests a change can reach: `./mlm test --changed`.

Nothing is guessed at: a folder reaches the tests that read it, and an add-on those of every
add-on that builds on it and all that run on the database with all of them. A file that no row
of the table knows reaches everything.
"""

import functools
import subprocess
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from ..errors import UserError
from ..paths import ADDONS, PACKAGES, ROOT, TESTS, our_addons
from . import alone, native
from .selection import BROWSER, SYSTEM, Selection, everything, has_tests

#: What a file outside the add-ons and the tests reaches: folders of `tests/`. `*` also matches `/`.
_READERS = {
    ".ci/*": (),
    ".gitignore": (),
    "README.md": ("runtime",),
    "docs/*": ("engine", "runtime"),
    "bench/*": (SYSTEM,),
    "docker/*": ("runtime", SYSTEM),
    "docker-compose.yml": ("runtime",),
    ".env.example": ("runtime",),
    ".dockerignore": ("runtime",),
}
#: Folders of these add-ons that are read without a database, too, as their own `*.py` are.
_ENGINE = {"mlm_commission": (), "mlm_control": ("evidence",)}


def changed_paths(base: str = "HEAD") -> list[str]:
    """Files that differ from a revision in the work tree, with those that git does not know yet.

    :raises UserError: no git checkout, or no such revision
    """
    commands = [
        ["git", "diff", "--name-only", "--no-renames", "-z", base, "--"],
        ["git", "ls-files", "--others", "--exclude-standard", "-z"],
    ]
    found: set[str] = set()
    for command in commands:
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if result.returncode:
            raise UserError(
                f"git cannot tell what has changed since {base}: {result.stderr.strip()}",
                "name a revision: ./mlm test --changed main",
            )
        found.update(filter(None, result.stdout.split("\0")))
    return sorted(found)


def select(paths: Iterable[str]) -> Selection:
    """The tests that changes of these files can reach.

    :param paths: relative to the checkout; deleted ones count too
    """
    chosen = Selection(lint=True)
    for path in paths:
        if not _add(chosen, path):
            return everything()
    for paths in (chosen.pure, chosen.system, chosen.browser):
        # a folder stands for its files
        whole = {path for path in paths if not path.endswith(".py")}
        paths[:] = sorted({path for path in paths if path in whole or _parent(path) not in whole})
    chosen.classes = sorted(set(chosen.classes))
    chosen.alone = [name for name in alone.parents() if name in set(chosen.alone)]
    return chosen


def _add(chosen: Selection, path: str) -> bool:
    """Add what one file reaches; False when that is everything."""
    top, *rest = Path(path).parts
    if top == ADDONS.name and len(rest) > 1:
        return _add_of_addon(chosen, path, rest[0], rest[1:])
    if top == PACKAGES.name:
        _add_folder(chosen, "engine")
        _add_folder(chosen, "runtime")  # which reads its catalogues
        return _add_of_addon(chosen, path, "mlm_commission", ["packages"])
    if top == TESTS.name and len(rest) > 1:
        return _add_of_tests(chosen, path, rest[0])
    for pattern, folders in _READERS.items():
        if fnmatchcase(path, pattern):
            for folder in folders:
                _add_folder(chosen, folder)
            return True
    return False


def _add_of_addon(chosen: Selection, path: str, module: str, inside: list[str]) -> bool:
    if inside[0] == "tests" and inside[-1].startswith("test_"):
        chosen.classes += [c for c in _classes(module) if c.path == ROOT / path]
        return True
    names = set(our_addons())
    above = [name for name in names if module in {name, *alone.own_closure(name, names)}]
    for name in above:
        chosen.classes += _classes(name)
    if inside[0] == "tests":
        return True
    # each starts from the database of one that it builds on
    chosen.alone += set(above).union(*(alone.own_closure(name, names) for name in above))
    _add_folder(chosen, SYSTEM)
    _add_folder(chosen, BROWSER)
    if module in _ENGINE and (
        inside[0] in _ENGINE[module] or (len(inside) == 1 and path.endswith(".py"))
    ):
        _add_folder(chosen, "engine")
    return True


def _add_of_tests(chosen: Selection, path: str, folder: str) -> bool:
    if folder == "scenarios":
        _add_folder(chosen, "engine")
        _add_folder(chosen, SYSTEM)
    elif Path(path).name.startswith("test_"):
        if (ROOT / path).exists():
            chosen.of_stage(folder).append(path)
    else:
        _add_folder(chosen, folder)
    return True


@functools.cache
def _classes(module: str) -> tuple[native.TestClass, ...]:
    return tuple(native.find_classes(module))


def _add_folder(chosen: Selection, folder: str) -> None:
    if has_tests(TESTS / folder):
        chosen.of_stage(folder).append(f"{TESTS.name}/{folder}")


def _parent(path: str) -> str:
    return str(Path(path).parent)
