# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from stdnum.co import nit

from odoo.tests import tagged

from odoo.addons.mlm_genealogy.tests.common import GenealogyCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestDocument(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.co")

    def _known_as(self, stored, entered):
        partner = self.env["res.partner"].create({"name": "Known"})
        # as an import wrote it, whatever the check of tax numbers would say today
        self.env.cr.execute("UPDATE res_partner SET vat = %s WHERE id = %s", [stored, partner.id])
        partner.invalidate_recordset()
        matches = self.Distributor._find_duplicates([{"vat": entered}])[0]
        return partner.id in [match["partner_id"] for match in matches]

    def test_check_digit(self):
        # the tax office and the statistics office, from their own web pages
        self.assertEqual(nit.calc_check_digit("800197268"), "4")
        self.assertEqual(nit.calc_check_digit("899999027"), "8")

    def test_spellings_of_a_nit(self):
        spellings = ("800197268-4", "800.197.268-4", "8001972684", "800197268", "800 197 268")
        for stored in spellings:
            for entered in spellings:
                self.assertTrue(self._known_as(stored, entered), (stored, entered))

    def test_identity_card_and_its_nit(self):
        digit = nit.calc_check_digit("52000222")
        self.assertTrue(self._known_as("52.000.222", f"52000222-{digit}"))
        self.assertTrue(self._known_as(f"52000222{digit}", "52000222"))

    def test_longer_number_is_somebody_else(self):
        # seven digits whose check digit makes the eight digits of another person
        other = "5200022" + nit.calc_check_digit("5200022")
        self.assertFalse(self._known_as(other, "5200022"))
        wrong = str((int(nit.calc_check_digit("800197268")) + 1) % 10)
        self.assertFalse(self._known_as(f"800197268{wrong}", "800197268"))
