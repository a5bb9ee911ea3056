# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The engine as it was: its sources in one archive, and an archive as a package.

A run is proved with the engine that computed it, also when a later version of the
product computes otherwise.
"""

import ast
import hashlib
import importlib
import importlib.util
import io
import sys
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path

import mlm_engine
from mlm_engine import kernel as at_work
from mlm_engine.kernel import digest, snapshot_file
from mlm_engine.kernel import run as engine_run

__all__ = ["at_work", "digest", "engine_run", "snapshot_file"]

ENGINE = Path(mlm_engine.__file__).parent
#: what computes
_COMPUTING = ("kernel", "rules", "measures", "plan")
_TELLING = ("explain.py", "words.py")
_MOMENT = (1980, 1, 1, 0, 0, 0)
#: folders of unpacked engines, removed when the process ends
_folders = []


def sources():
    """Return ``{path below the engine: bytes}`` of what computes in the engine at work."""
    files = [ENGINE / "__init__.py"]
    files += (path for part in _COMPUTING for path in sorted((ENGINE / part).rglob("*.py")))
    return {
        str(path.relative_to(ENGINE)): wordless(path.read_bytes())
        for path in files
        if path.name not in _TELLING
    }


def wordless(source):
    """Return a source without its texts for people, ``_("…")`` → ``_("")``.

    A word that is told otherwise makes no other engine, as long as its sentence takes as many
    lines; one that is needlessly kept as another engine proves its runs all the same.
    """
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    texts = [
        node.args[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "_"
    ]
    spans = sorted(
        (
            starts[one.lineno - 1] + one.col_offset,
            starts[one.end_lineno - 1] + one.end_col_offset,
        )
        for one in texts
        if isinstance(one, ast.Constant)
    )
    kept, place = [], 0
    for start, end in spans:
        kept += [source[place:start], b'""']
        place = end
    return b"".join([*kept, source[place:]])


@lru_cache(maxsize=1)
def current():
    """Return ``(archive, sha256)`` of the engine at work; equal sources, equal bytes."""
    return pack(sources())


def pack(files):
    """Return ``(archive, sha256)`` of ``{path: bytes}``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue(), digest_of(files)


def digest_of(files):
    """Return the sha256 (hex) of sources, whatever packed them."""
    total = hashlib.sha256()
    for name, data in sorted(files.items()):
        total.update(f"{name}:{len(data)}\n".encode())
        total.update(data)
    return total.hexdigest()


def unpack(archive):
    """Return ``{path: bytes}`` of an archive."""
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        return {name: found.read(name) for name in found.namelist()}


@lru_cache(maxsize=2)
def load(archive, sha):
    """Return the kernel of an archived engine: ``.run``, ``.digest``, ``.snapshot_file``.

    An engine of before ``kernel`` was a folder is its own kernel.

    :raise ValueError: the archive is not the one of that sha256
    """
    files = unpack(archive)
    if digest_of(files) != sha:
        raise ValueError("the archive of the engine is not the one of its fingerprint")
    folder = tempfile.TemporaryDirectory(prefix="mlm-engine-")
    _folders.append(folder)
    for name, data in files.items():
        path = Path(folder.name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    package = f"mlm_engine_{sha[:16]}"
    spec = importlib.util.spec_from_file_location(
        package, Path(folder.name, "__init__.py"), submodule_search_locations=[folder.name]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[package] = module
    spec.loader.exec_module(module)
    kernel = f"{package}.kernel" if "kernel/run.py" in files else package
    for name in ("run", "digest", "snapshot_file"):
        importlib.import_module(f"{kernel}.{name}")
    return sys.modules[kernel]
