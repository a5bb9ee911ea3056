"""Where a test run keeps its logs: a folder of its own, so that two runs do not mix theirs.

`.mlm/logs/test` leads to that of the latest run.
"""

import os
import shutil
from pathlib import Path

from ..paths import LOGS

LATEST = LOGS / "test"
VARIABLE = "MLM_TEST_LOGS"  # tells the processes of a run where it keeps them
KEPT = 5


def folder() -> Path:
    """The folder of the run that this process belongs to; that of a pytest started by hand."""
    path = Path(os.environ.get(VARIABLE) or LOGS / "pytest")
    path.mkdir(parents=True, exist_ok=True)
    return path


def begin() -> Path:
    """Start a run: a new folder, the oldest ones deleted."""
    LOGS.mkdir(parents=True, exist_ok=True)
    runs = sorted(LOGS.glob("test-run-*"), key=lambda path: path.stat().st_mtime)
    for old in runs[: -KEPT + 1]:
        shutil.rmtree(old, ignore_errors=True)
    path = LOGS / f"test-run-{os.getpid()}"
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    os.environ[VARIABLE] = str(path)
    if LATEST.is_dir() and not LATEST.is_symlink():
        shutil.rmtree(LATEST)
    link = LOGS / f"test-{os.getpid()}.tmp"
    link.symlink_to(path.name)
    os.replace(link, LATEST)
    return path
