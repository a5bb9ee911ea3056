# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.mlm_opening.tests.common import OpeningCommon

from .test_tax_opening import HEAD


@tagged("post_install_l10n", "post_install", "-at_install")
class TestCertificateOpening(OpeningCommon):
    """What the system before withheld is certified with the year, and with no two months."""

    def test_openings_are_certified(self):
        self.maria.partner_id.write(
            {
                "vat": "900123456-8",
                "l10n_latam_identification_type_id": self.env.ref("l10n_co.rut").id,
            }
        )
        content = (
            HEAD
            + "900123456;2026-08-16;Renta;;4500000;450000\n"
            + "900123456;2026-08-16;ReteICA;11001;1000000;9660\n"
        )
        self.load({"tax": {"lines": "2", "base": "5500000", "withheld": "459660"}}, tax=content)
        certificates = self.env["mlm.co.certificate"]
        figures = certificates._get_figures(self.company, "2026-01-01", "2026-12-31")
        self.assertEqual(
            {key: (one["base_e4"], one["withheld_e4"]) for key, one in figures.items()},
            {
                ("900123456", "income", 0, ""): (45_000_000_000, 4_500_000_000),
                ("900123456", "ica", 0, "11001"): (10_000_000_000, 96_600_000),
            },
        )
        people = certificates._get_people(figures)
        self.assertEqual(people, {"900123456": self.maria.partner_id})
