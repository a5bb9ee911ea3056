# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import tagged

from .exact_common import ExactCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestWithholdingTold(ExactCommon):
    """Each withholding says by what rule, from what and by what law it was made."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_CO")

    def _told(self, run, payee, code, lang="en_US"):
        statement = run.statement_ids.filtered(lambda one: one.distributor_id == payee)
        line = statement.deduction_ids.filtered(lambda one: one.code == code)
        line = line.with_context(lang=lang)
        return f"{line.told_name}: {line.told_reason}"

    def _assert_says(self, text, *parts):
        for part in parts:
            self.assertIn(part, text)

    def test_known_person(self):
        self._profile(confirm=True)
        self._adjust(self.maria, 1_000_000, date(2026, 8, 20))
        run = self._post(924, {self.maria: 2_000_000})
        limit = ("1,000,000", "172,834,200", "3,300 UVT", "Art. 392 ET")
        self._assert_says(
            self._told(run, self.maria, "renta"),
            *("Commissions", "Natural person", "10\xa0%", *limit),
        )
        spanish = self._told(run, self.maria, "renta", "es_CO")
        self._assert_says(
            spanish,
            *("Retención en la fuente", "1.000.000", "172.834.200", "3.300 UVT", "Art. 392 ET"),
        )
        self.assertNotIn("higher rate", spanish)
        ica = self._told(run, self.maria, "reteica")
        self._assert_says(ica, "Bogotá", "4799", "11.04 ‰", "209,496")
        self.assertNotIn("By default", ica)
        spanish = self._told(run, self.maria, "reteica", "es_CO")
        self._assert_says(spanish, "Bogotá", "11,04 ‰", "209.496", "Base mínima")

    def test_limit_passed(self):
        self._adjust(self.maria, 172_834_200, date(2026, 8, 20))
        run = self._post(924, {self.maria: 1_000})
        self._assert_says(
            self._told(run, self.maria, "renta"), "11\xa0%", "passes the limit", "172,834,200"
        )
        self._assert_says(self._told(run, self.maria, "renta", "es_CO"), "supera el límite")

    def test_default_profile(self):
        run = self._post(924, {self.juan: 1_000_000})
        for code in ("renta", "reteica"):
            self.assertIn("By default, because", self._told(run, self.juan, code))
            self.assertIn("Por defecto", self._told(run, self.juan, code, "es_CO"))
        self.assertIn("no confirmed tax profile", self._told(run, self.juan, "renta"))

    def test_table(self):
        self._profile(art383=True, confirm=True)
        run = self._post(924, {self.maria: 10_000_000})
        self._assert_says(
            self._told(run, self.maria, "renta"),
            "article 383",
            "10,000,000",
            "28\xa0%",
            "Art. 383 ET",
        )

    def test_reader_and_preview(self):
        """The same words in a preview and in the statement of the person."""
        self._profile(confirm=True)
        run = self._paying(924, {self.maria: 1_000_000})
        preview = run.with_context(lang="es_CO")._get_statement(self.maria)["deductions"]
        run = self._posted_of(run)
        posted = run.with_context(lang="es_CO")._get_statement(self.maria)["deductions"]
        self.assertEqual(preview, posted)
        self.assertIn("Retención en la fuente", posted[0]["name"])
