"""The virtual environment below `.mlm/venv`.

Wheels are built once per user and Python version into the shared cache; the environment is
installed from there without the network. A marker file with a hash of everything that
decides its content makes the next start a matter of milliseconds.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from . import apt, process
from .errors import UserError
from .language import _
from .lock import file_lock
from .odoo_source import LINKS
from .paths import CACHE, LOGS, PACKAGES, ROOT, STATE, VENV, VENV_PYTHON
from .progress import Step, step

OLDEST, NEWEST = (3, 10), (3, 13)

REQUIREMENTS = ROOT / "requirements.txt"
TRANSITIVE = ROOT / "requirements-transitive.txt"
OCA = ROOT / "requirements-oca.txt"
_FILES = (REQUIREMENTS, TRANSITIVE, OCA)
MARKER = VENV / ".mlm-installed"

_PROBE = (
    "import sys, ensurepip, venv\n"
    "print(sys.version_info[0], sys.version_info[1], sys.base_prefix, sep='\\n')"
)


def ensure() -> None:
    """Make the environment, or leave it alone when nothing it is made of has changed.

    :raises UserError: no usable Python, or the package index cannot be reached
    """
    if is_current():
        return
    with file_lock(STATE / "setup.lock"):
        if is_current():
            return
        python = base_python()
        title = _("Creating the Python environment")
        with step(title):
            shutil.rmtree(VENV, ignore_errors=True)
            process.run_logged([python, "-m", "venv", VENV], LOGS / "venv.log", title)
            _add_odoo_to_path()
        wheels = _wheelhouse()
        with step(_("Installing Python packages")) as shown:
            _install(wheels, shown)
        MARKER.write_text(fingerprint(), encoding="utf-8")


def is_current() -> bool:
    """Whether the environment exists and was made of today's requirement files."""
    try:
        return VENV_PYTHON.exists() and MARKER.read_text(encoding="utf-8") == fingerprint()
    except OSError:
        return False


def fingerprint() -> str:
    """Hash of the requirement files, and of what our own packages are built by."""
    return _hash(*_FILES, *sorted(PACKAGES.glob("*/pyproject.toml")))


def _hash(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def reenter(arguments: list[str]) -> None:
    """Go on inside the environment: replaces this process unless it runs there already."""
    if Path(sys.prefix).resolve() != VENV.resolve():
        script = str(ROOT / "tools" / "mlm.py")
        os.execv(VENV_PYTHON, [str(VENV_PYTHON), script, *arguments])


def base_python() -> Path:
    """A Python 3.10-3.13 of this machine that can make virtual environments.

    :raises UserError: none found and none could be installed
    """
    found = _first_usable()
    if found is None and apt.is_root() and shutil.which("apt-get"):
        apt.install(["python3", "python3-venv"], _("The Python environment"))
        found = _first_usable()
    if found is None:
        raise UserError(
            _("No Python 3.10-3.13 with venv and pip was found."),
            _("install it: {command}", command="apt-get install python3 python3-venv"),
            _("or name one: {command}", command="MLM_PYTHON=/path/to/python3.12 ./mlm ..."),
        )
    return found


def _first_usable() -> Path | None:
    named = os.environ.get("MLM_PYTHON")
    if named:
        if not _usable(Path(named)):
            raise UserError(
                _("{path} is no Python 3.10-3.13 with venv and pip.", path=f"MLM_PYTHON={named}")
            )
        return Path(named)
    return next((python for python in _candidates() if _usable(python)), None)


def _candidates() -> Iterator[Path]:
    """Pythons on this machine: the one that runs, those on the path, then pyenv's."""
    yield Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for name in ("python3", "python3.12", "python3.13", "python3.11", "python3.10"):
        found = shutil.which(name)
        if found:
            yield Path(found)
    for version in ("3.12", "3.13", "3.11", "3.10"):
        yield from sorted(Path.home().glob(f".pyenv/versions/{version}*/bin/python3"))


def _usable(python: Path) -> bool:
    try:
        probe = subprocess.run(
            [str(python), "-I", "-c", _PROBE], capture_output=True, text=True, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    if probe.returncode:
        return False
    major, minor = map(int, probe.stdout.split()[:2])
    return OLDEST <= (major, minor) <= NEWEST


def _add_odoo_to_path() -> None:
    site = next((VENV / "lib").glob("python3.*/site-packages"))
    (site / "odoo.pth").write_text(f"{LINKS}\n", encoding="utf-8")


def _wheelhouse() -> Path:
    """The cached folder of wheels for this Python and these requirements, built when missing."""
    version = subprocess.run(
        [VENV_PYTHON, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    wheels = CACHE / "wheels" / f"{version}-{_hash(*_FILES)[:12]}"
    if wheels.is_dir():
        return wheels
    with file_lock(CACHE / "wheels.lock"):
        if wheels.is_dir():
            return wheels
        temporary = wheels.with_name(f"{wheels.name}.{os.getpid()}.tmp")
        try:
            with step(_("Downloading Python packages (once per user)")) as shown:
                # isolated builds of the few without wheels: the pip of Debian 12 would else
                # need setuptools and wheel in the environment
                build = ["wheel", "--use-pep517", "-w", temporary]
                _pip([*build, *_pinned()], shown)
                if has_requirements(OCA):
                    _pip([*build, "--no-deps", "-r", OCA], shown)
            os.replace(temporary, wheels)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    return wheels


def _install(wheels: Path, shown: Step) -> None:
    offline = ["--no-index", "--find-links", wheels]
    _pip(["install", *offline, *_pinned()], shown)
    if has_requirements(OCA):
        _pip(["install", *offline, "--no-deps", "-r", OCA], shown)


def _pinned() -> list[str | Path]:
    return ["-r", REQUIREMENTS, "-c", TRANSITIVE]


def has_requirements(path: Path) -> bool:
    """Whether a requirements file names anything."""
    return any(True for _line in requirement_lines(path.read_text(encoding="utf-8")))


def requirement_lines(text: str) -> Iterator[str]:
    """The requirements of a file without comments and blank lines."""
    for line in text.splitlines():
        stripped = line.split("#", 1)[0].strip()
        if stripped:
            yield stripped


def _pip(arguments: list[str | Path], shown: Step) -> None:
    command, *rest = arguments
    total = sum(
        1 for path in _FILES for _line in requirement_lines(path.read_text(encoding="utf-8"))
    )
    seen = 0

    def on_line(line: str) -> None:
        nonlocal seen
        if line.startswith(("Collecting ", "Processing ")):
            seen += 1
            shown.update(seen, total, line.split()[1])

    process.run_logged(
        [VENV_PYTHON, "-m", "pip", command, "--disable-pip-version-check", *rest],
        LOGS / f"pip-{command}.log",
        f"pip {command}",
        _("check that this machine reaches its Python package index"),
        on_line=on_line,
        cwd=ROOT,  # our own packages are named relative to it
        env={"PIP_CACHE_DIR": str(CACHE / "pip")},
    )
