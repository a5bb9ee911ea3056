import re
from pathlib import Path

from odoo.tests import TransactionCase, tagged

_ADDON = Path(__file__).parents[1]
_SQL_DETAIL = re.compile(r"(?:THEN|ELSE) '(\w+,? [^']+)'|'([^']+)' AS detail")
_PYTHON_DETAIL = re.compile(r'detail = "([^"]+)"|_get_violation\(\w+, "([^"]+)"')


@tagged("post_install", "-at_install")
class TestLawWords(TransactionCase):
    """What a law says of a violation is told in the language of the user."""

    def _get_details(self):
        for path in sorted((_ADDON / "laws").glob("*.sql")):
            for match in _SQL_DETAIL.finditer(path.read_text(encoding="utf-8")):
                yield path.name, match[1] or match[2]
        path = _ADDON / "models" / "event" / "mlm_event_seal_verify.py"
        for match in _PYTHON_DETAIL.finditer(path.read_text(encoding="utf-8")):
            yield path.name, match[1] or match[2]

    def test_every_law_says_what_is_wrong(self):
        laws = {path.name for path in (_ADDON / "laws").glob("*.sql")}
        self.assertFalse(laws - {name for name, __ in self._get_details()})

    def test_every_detail_has_words(self):
        words = self.env["mlm.law"]._get_detail_words()
        lacking = {(name, text) for name, text in self._get_details() if text not in words}
        self.assertFalse(lacking)
