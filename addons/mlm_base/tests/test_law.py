import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestLaw(TransactionCase):
    def setUp(self):
        super().setUp()
        self.Law = self.env["mlm.law"]
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def _install(self, **laws):
        for path in self.folder.iterdir():
            path.unlink()
        for name, text in laws.items():
            (self.folder / f"{name}.sql").write_text(text)
        with patch("odoo.tools.misc.file_path", return_value=str(self.folder)):
            return self.Law._install_laws("mlm_test_laws")

    def _check(self):
        return [row for row in self.Law._check_all() if row["law"].startswith("zz_")]

    def test_kept_law(self):
        names = self._install(
            zz_kept="-- Nothing.\nSELECT '' AS subject, '' AS detail WHERE false;\n"
        )
        self.assertEqual(names, ["zz_kept"])
        self.assertEqual(
            self.Law._get_laws()["zz_kept"],
            {"module": "mlm_test_laws", "description": "Nothing."},
        )
        self.assertFalse(self._check())

    def test_broken_law(self):
        self._install(zz_broken="-- No 100% rule.\nSELECT 'A' AS subject, 'b' || '%' AS detail")
        self.assertEqual(
            self._check(),
            [
                {
                    "law": "zz_broken",
                    "description": "No 100% rule.",
                    "subject": "A",
                    "detail": "b%",
                }
            ],
        )
        with self.assertRaisesRegex(UserError, "zz_broken"):
            self.Law._assert_all()

    def test_replaced_and_dropped(self):
        select = "-- One.\nSELECT 'A' AS subject, 'one' AS detail"
        self._install(zz_one=select, zz_two=select)
        self._install(zz_one=select.replace("one", "other"))
        self.assertEqual([row["detail"] for row in self._check()], ["other"])

    def test_says_in_words(self):
        with self.assertRaises(ValueError):
            self._install(zz_dumb="SELECT 1")
