"""Which tests the paths on the command line mean."""

from dataclasses import dataclass, field
from pathlib import Path

from ..errors import UserError
from ..paths import ADDONS, ROOT, TESTS, our_addons
from . import native
from .native import TestClass

#: Folders of `tests/` with a stage of their own; all others need neither database nor browser.
SYSTEM, BROWSER = "system", "browser"


@dataclass
class Selection:
    """What to run.

    :param lint: the linters, which look at the whole checkout
    :param alone: add-ons to install by themselves
    """

    lint: bool = False
    pure: list[str] = field(default_factory=list)
    system: list[str] = field(default_factory=list)
    browser: list[str] = field(default_factory=list)
    classes: list[TestClass] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)

    def of_stage(self, folder: str) -> list[str]:
        """The paths of the stage that runs a folder of `tests/`."""
        return {SYSTEM: self.system, BROWSER: self.browser}.get(folder, self.pure)

    def needs_database(self) -> bool:
        return bool(self.classes or self.system or self.browser or self.alone)


def everything() -> Selection:
    chosen = Selection(lint=True, alone=our_addons())
    for path in sorted(TESTS.iterdir()):
        if has_tests(path):
            chosen.of_stage(path.name).append(str(path.relative_to(ROOT)))
    chosen.classes = [item for name in our_addons() for item in native.find_classes(name)]
    return chosen


def select(arguments: list[str]) -> Selection:
    """The tests below the given paths; all of them when none is given.

    :raises UserError: a path does not exist or holds no tests
    """
    if not arguments:
        return everything()
    chosen = Selection()
    for argument in arguments:
        _add(chosen, argument)
    return chosen


def by_folder(paths: list[str]) -> dict[str, list[str]]:
    """Paths below `tests/` grouped by its folders: each is a stage that must have run something."""
    groups: dict[str, list[str]] = {}
    for path in paths:
        groups.setdefault(Path(path).parts[1].partition("::")[0], []).append(path)
    return groups


def _add(chosen: Selection, argument: str) -> None:
    file_part, _, inner = argument.partition("::")
    path = Path(file_part).resolve()
    if not path.exists():
        raise UserError(f"There is no {file_part}.")
    if path == TESTS:
        for folder in sorted(TESTS.iterdir()):
            if has_tests(folder):
                chosen.of_stage(folder.name).append(str(folder.relative_to(ROOT)))
    elif TESTS in path.parents:
        stage = path.relative_to(TESTS).parts[0]
        shown = str(path.relative_to(ROOT))
        chosen.of_stage(stage).append(f"{shown}::{inner}" if inner else shown)
    elif path == ADDONS or ADDONS in path.parents:
        found = _classes_at(path, inner)
        if not found:
            raise UserError(f"{argument} holds no tests.", "name an add-on or a file in its tests/")
        chosen.classes += found
    else:
        raise UserError(f"{argument} is neither in tests/ nor in addons/.")


def _classes_at(path: Path, inner: str) -> list[TestClass]:
    modules = our_addons() if path == ADDONS else [path.relative_to(ADDONS).parts[0]]
    return [
        item
        for module in modules
        for item in native.find_classes(module)
        if (path.is_dir() or item.path == path) and inner in ("", item.name)
    ]


def has_tests(folder: Path) -> bool:
    """Whether a folder of `tests/` holds anything for pytest."""
    return folder.is_dir() and next(folder.rglob("test_*.py"), None) is not None
