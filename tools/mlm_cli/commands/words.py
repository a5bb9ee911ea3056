"""`./mlm words`: bring the catalogues of the engine's texts up to date."""

import argparse

from ..paths import ROOT
from ..progress import note

HELP = "bring the engine's translations up to date with its sources"


def configure(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(arguments: argparse.Namespace) -> int:
    from .. import catalogues

    missing = 0
    for lang, path in catalogues.files().items():
        catalog = catalogues.updated(catalogues.read(path))
        path.write_bytes(catalogues.as_po(catalog))
        path.with_suffix(".mo").write_bytes(catalogues.as_mo(catalog))
        left = [message.id for message in catalog if message.id and not message_told(message)]
        missing += len(left)
        note(f"written: {path.relative_to(ROOT)}, {len(catalog)} texts of {lang}")
        for text in left:
            note(f"not translated: {text}")
    return 1 if missing else 0


def message_told(message) -> bool:
    """Whether a text has its translation, each of its forms."""
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings)
