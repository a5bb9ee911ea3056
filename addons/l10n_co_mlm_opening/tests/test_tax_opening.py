# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.mlm_opening.tests.common import OpeningCommon

HEAD = "Número de documento;Hasta;Concepto;Municipio;Base;Retenido\n"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestTaxOpening(OpeningCommon):
    def test_year_to_date(self):
        self.maria.partner_id.vat = "900123456-8"
        content = (
            HEAD
            + "900.123.456;2026-08-16;Renta;;4.500.000,5;450000\n"
            + "900123456-8;2026-08-16;ReteICA;11001;1000000;9660\n"
            + "5555;16/08/2026;renta;;100;0\n"
        )
        totals = {"lines": "3", "base": "5500100.5", "withheld": "459660"}
        record = self.load({"tax": totals}, tax=content)
        self.assertEqual(record.warning_count, 1, "nobody has 5555")
        rows = self.env["mlm.tax.opening"].search([("import_id", "=", record.id)])
        self.assertEqual(
            {(one.vat, one.concept, one.municipality or "", one.base_e4) for one in rows},
            {
                ("900123456", "income", "", 45_000_005_000),
                ("900123456", "ica", "11001", 10_000_000_000),
                ("5555", "income", "", 1_000_000),
            },
        )
        self.assertEqual(rows.partner_id, self.maria.partner_id)
        again = self.check(content, "tax", totals)
        self.assertIn("already loaded", " ".join(again.problem_ids.mapped("message")))
        self.work(record, "action_undo")
        self.assertEqual((record.state, record.error), ("undone", False))
        self.assertFalse(rows.exists())

    def test_bad_lines(self):
        for line, column, words in (
            ("900123456-1;2026-08-16;renta;;5;1", "vat", "check digit"),
            ("X1;2026-08-16;renta;;5;1", "vat", "digits"),
            ("5555;2027-08-16;renta;;5;1", "date", "future"),
            ("5555;2026-08-16;pension;;5;1", "concept", "renta"),
            ("5555;2026-08-16;ica;;5;1", "municipality", "DANE"),
            ("5555;2026-08-16;renta;11001;5;1", "municipality", "Clear"),
            ("5555;2026-08-16;renta;;5;6", "withheld", "more than the base"),
            ("5555;2026-08-16;renta;;5;1\n5555;2026-08-15;renta;;5;1", "vat", "Line 2"),
        ):
            with self.subTest(line=line):
                self.bad(HEAD + line, "tax", column, words)
