"""Backup files: a database and its files in one tar archive.

manifest.json   what it is: format, Odoo series, add-ons and their versions, checksum
database.dump   pg_dump's custom format
filestore/...   attachments, named by their checksum
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from . import files
from .errors import UserError
from .language import _

FORMAT = 1
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "filestore"
_STORED = re.compile(r"filestore/([0-9a-f]{2})/(\1[0-9a-f]{38})")
#: bytes of a manifest; some dozens of add-ons are two thousand
_LARGEST_MANIFEST = 1 << 20
_VERSION = re.compile(r"\d{1,9}(\.\d{1,9})*")


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself.

    :param modules: versions of the installed add-ons that are ours
    :param files: how many attachments lie beside the database
    :param damaged: those whose content was not what their name says when they were backed up
    """

    format: int
    database: str
    created: str
    odoo: str
    postgresql: int
    modules: dict[str, str]
    files: int
    dump_sha256: str
    damaged: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """:raises ValueError: a field is not what it should be"""
        texts = (self.database, self.created, self.odoo, self.dump_sha256)
        numbers = (self.format, self.postgresql, self.files)
        right = (
            all(isinstance(text, str) and text.isprintable() for text in texts)
            and all(type(number) is int and number >= 0 for number in numbers)
            and isinstance(self.modules, dict)
            and all(_VERSION.fullmatch(str(version)) for version in self.modules.values())
            and isinstance(self.damaged, list | tuple)
            and all(isinstance(name, str) for name in self.damaged)
        )
        if not right:
            raise ValueError("a field of the manifest is of the wrong kind")


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def sha1(path: Path) -> str:
    """What Odoo names an attachment by."""
    digest = hashlib.sha1(usedforsecurity=False)
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def write(
    path: Path, manifest: Manifest, dump: Path, filestore: Path, on_file: Callable[[int], None]
) -> None:
    """Write an archive; it appears under its name only when it is whole.

    :raises UserError: something of that name is there, or it cannot be written
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        # it holds personal data: nobody else may read it
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream, tarfile.open(fileobj=stream, mode="w") as tar:
            values = {key: value for key, value in asdict(manifest).items() if value != ()}
            text = json.dumps(values, indent=1).encode()
            member = tarfile.TarInfo(MANIFEST)
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text))
            tar.add(dump, DUMP)
            for number, stored in enumerate(stored_files(filestore), 1):
                tar.add(stored, f"{FILES}/{stored.relative_to(filestore)}")
                on_file(number)
            stream.flush()
        os.link(temporary, path)  # unlike a rename this never replaces anything
    except FileExistsError:
        raise files.taken(path) from None
    except OSError as error:
        raise files.unwritable(path, error) from None
    finally:
        temporary.unlink(missing_ok=True)


def stored_files(filestore: Path) -> list[Path]:
    """The attachments in a filestore, without what waits to be deleted."""
    return sorted(
        path
        for path in filestore.glob("*/*")
        if path.is_file() and _STORED.fullmatch(f"{FILES}/{path.relative_to(filestore)}")
    )


def read_manifest(tar: tarfile.TarFile, path: Path) -> Manifest:
    """What an archive says of itself.

    :raises UserError: it is no backup of this program, or of a newer one
    """
    try:
        first = tar.next()  # by name, tarfile would read the archive to its end
        assert first is not None and first.name == MANIFEST and first.size < _LARGEST_MANIFEST
        stream = tar.extractfile(first)
        assert stream is not None
        values = json.load(stream)
        if values.get("format") != FORMAT:
            raise UserError(
                _(
                    "{path} has format {format}; this program reads format {known}.",
                    path=path,
                    format=values.get("format"),
                    known=FORMAT,
                ),
                _("restore it with the release that wrote it"),
            )
        return Manifest(**values)
    except (tarfile.TarError, AssertionError, AttributeError, OSError):
        raise _no_backup(path) from None
    except (TypeError, ValueError, RecursionError):
        raise _damaged(path, _("its {name} cannot be understood", name=MANIFEST)) from None


def open_archive(path: Path) -> tarfile.TarFile:
    """Open an archive for reading.

    :raises UserError: it is not there, or no archive
    """
    try:
        return tarfile.open(path, "r:")
    except FileNotFoundError:
        raise files.missing(path) from None
    except (OSError, tarfile.TarError):
        raise _no_backup(path) from None


def extract(
    tar: tarfile.TarFile, manifest: Manifest, dump: Path, filestore: Path, path: Path
) -> None:
    """Unpack the dump and the attachments, and nothing else that a forged archive may hold.

    :raises UserError: the archive is cut short or damaged
    """
    found = set()
    try:
        for member in tar:
            if not member.isfile():
                continue
            if member.name == DUMP:
                _copy(tar, member, dump)
            elif stored := _STORED.fullmatch(member.name):
                target = filestore / stored[1] / stored[2]
                _copy(tar, member, target)
                found.add(stored[2])
                if sha1(target) != stored[2] and stored[2] not in manifest.damaged:
                    raise _damaged(path, _("the content of {name} has changed", name=member.name))
    except (OSError, tarfile.TarError) as error:
        raise _damaged(path, str(error)) from None
    whole = dump.exists() and sha256(dump) == manifest.dump_sha256 and len(found) == manifest.files
    if not whole:
        raise _damaged(path, _("its content is not what it declares"))


def _no_backup(path: Path) -> UserError:
    return UserError(_("{path} is no backup made by {command}.", path=path, command="./mlm backup"))


def _damaged(path: Path, reason: str) -> UserError:
    return UserError(
        _("{path} is damaged or cut short: {reason}.", path=path, reason=reason),
        _("take another copy of the backup"),
    )


def _copy(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    source = tar.extractfile(member)
    assert source is not None
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        while block := source.read(1 << 20):
            stream.write(block)
