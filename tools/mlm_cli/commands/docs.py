"""`./mlm docs`: write the pages that are made from declarations."""

import argparse

from ..language import _
from ..paths import ROOT
from ..progress import note

HELP = _("write the reference of a plan's parameters, in both languages")


def configure(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(arguments: argparse.Namespace) -> int:
    from mlm_engine.telling import parameters

    for lang, name in parameters.PAGES.items():
        path = ROOT / "docs" / name
        path.write_text(parameters.page(lang), encoding="utf-8")
        note(_("written: {path}", path=path.relative_to(ROOT)))
    return 0
