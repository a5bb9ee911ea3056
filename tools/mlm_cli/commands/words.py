"""`./mlm words`: bring the catalogues of texts up to date with the sources."""

import argparse

from ..language import _
from ..paths import ROOT
from ..progress import note

HELP = _("bring the translations of the engine and the console up to date with the sources")


def configure(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(arguments: argparse.Namespace) -> int:
    from .. import catalogues

    missing = 0
    for texts, path in [(one, path) for one in catalogues.ALL for path in one.files().values()]:
        catalog = texts.updated(catalogues.read(path))
        path.write_bytes(catalogues.as_po(catalog))
        path.with_suffix(".mo").write_bytes(catalogues.as_mo(catalog))
        left = [message.id for message in catalog if message.id and not message_told(message)]
        missing += len(left)
        note(_("written: {path}", path=path.relative_to(ROOT)))
        for text in left:
            note(_("not translated: {text}", text=text))
    return 1 if missing else 0


def message_told(message) -> bool:
    """Whether a text has its translation, each of its forms."""
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings)
