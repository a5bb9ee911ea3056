"""Files that a person names: read, or written for them."""

import argparse
import errno
import json
import os
from pathlib import Path
from typing import Any

from .errors import UserError
from .language import _


def require(path: Path) -> None:
    """:raises UserError: there is no such file"""
    if not path.is_file():
        raise missing(path)


def missing(path: Path) -> UserError:
    return UserError(_("There is no file {path}.", path=path))


def taken(path: Path) -> UserError:
    return UserError(_("{path} already exists.", path=path), _("choose another name or remove it"))


def unwritable(path: Path, error: OSError) -> UserError:
    reasons = {
        errno.EACCES: _("you have no right to"),
        errno.EPERM: _("you have no right to"),
        errno.ENOENT: _("there is no such folder"),
        errno.ENOTDIR: _("there is no such folder"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOSPC: _("the disk is full"),
        errno.EROFS: _("the disk is read-only"),
    }
    reason = reasons.get(error.errno or 0, str(error.strerror))
    return UserError(_("{path} cannot be written: {reason}.", path=path, reason=reason))


def configure_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", type=Path, metavar=_("FILE"), help=_("write the figures for programs")
    )


def write_json(path: Path, document: Any) -> None:
    """Write a document for programs: it is whole or not there.

    :raises UserError: it cannot be written
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
        os.replace(temporary, path)
    except OSError as error:
        raise unwritable(path, error) from None
