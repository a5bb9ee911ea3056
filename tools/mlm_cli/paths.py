"""Where things lie: the checkout, its ignored state folder, and the user's shared cache."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
PACKAGES = ROOT / "packages"
TESTS = ROOT / "tests"
#: what starts Odoo, and what it starts itself by
LAUNCHER = ROOT / "tools" / "odoo_launcher.py"

#: Everything made for this checkout; safe to delete after `./mlm stop`.
STATE = Path(os.environ.get("MLM_STATE") or ROOT / ".mlm")
VENV = STATE / "venv"
VENV_PYTHON = VENV / "bin" / "python"
LOGS = STATE / "logs"
OUT = STATE / "out"

#: Downloads that every checkout of this user shares.
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mlm"


def checkout_id() -> str:
    """Eight characters that tell this checkout's state from another's on the same machine."""
    return hashlib.sha256(str(STATE).encode()).hexdigest()[:8]


def our_addons() -> list[str]:
    """Technical names of the add-ons in this checkout, sorted."""
    return sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py"))


#: Add-ons that join the suite to something that not every company has.
OPTIONAL = {"mlm_commission_queue"}


def default_addons() -> list[str]:
    """Those of our add-ons that every database of the suite has."""
    return [name for name in our_addons() if name not in OPTIONAL]


def private_folder(path: Path) -> Path:
    """Create `path` (and its parents), closed to other users."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Write a file that holds a secret: mode 600 from its first byte, replaced atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    os.replace(temporary, path)
