# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""More texts, or more languages, than the engine has."""

import contextlib

from babel.messages.catalog import Catalog
from mlm_cli import catalogues
from mlm_engine.telling import language


@contextlib.contextmanager
def told_from(folder, **languages):
    """Tell from the catalogues of ``folder``, ``language={English: translation}``; a language
    that the engine has keeps its own texts beside those."""
    known = catalogues.ENGINE.files()
    for lang, texts in languages.items():
        catalog = catalogues.read(known[lang]) if lang in known else Catalog(locale=lang)
        for english, translation in texts.items():
            assert english not in catalog, english
            catalog.add(english, translation)
        path = folder / lang / "LC_MESSAGES" / f"{language.DOMAIN}.mo"
        path.parent.mkdir(parents=True)
        path.write_bytes(catalogues.as_mo(catalog))
    kept, language.LOCALE = language.LOCALE, folder
    _forget()
    try:
        yield
    finally:
        language.LOCALE = kept
        _forget()


def _forget():
    for cached in (language.known, language._catalogue, language._marks):
        cached.cache_clear()
