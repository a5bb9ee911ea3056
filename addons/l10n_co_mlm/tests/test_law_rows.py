# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.mlm_commission.tests.common import ROLES, CommissionCommon

from ..tax.law import LawMissing

MODELS = (
    "mlm.co.uvt",
    "mlm.co.base",
    "mlm.co.rate",
    "mlm.co.bracket",
    "mlm.co.share",
    "mlm.co.ica.rate",
    "mlm.co.ica.agent",
    "mlm.co.concept",
    "mlm.co.municipality",
    "mlm.co.activity",
)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestLawRows(CommissionCommon):
    """Rows of the law as people enter them, and what a posting does to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._pay_taxes_in("co")
        cls.law = cls.env["mlm.co.law"]
        cls.bogota = cls.env.ref("l10n_co_mlm.municipality_11001")

    @classmethod
    def _pay_taxes_in(cls, code):
        country = cls.env.ref(f"base.{code}")
        cls.company.write({"country_id": country.id, "account_fiscal_country_id": country.id})
        group = cls.env["account.tax.group"].create({"name": code, "country_id": country.id})
        cls.tax.write({"country_id": country.id, "tax_group_id": group.id})

    def ref(self, name):
        return self._as(self.env.ref(f"l10n_co_mlm.{name}"), "accountant")

    # -- who ---------------------------------------------------------------------

    def test_who_reads_and_who_writes(self):
        for role in (*ROLES, "admin"):
            for model in MODELS:
                records = self._as(self.env[model], role)
                with self.subTest(role=role, model=model):
                    self.assertEqual(records.has_access("read"), role != "warehouse")
                    edits = role in ("accountant", "admin")
                    for operation in ("write", "create", "unlink"):
                        self.assertEqual(records.has_access(operation), edits, operation)

    def test_rows_of_a_company_are_its_own(self):
        other = self.env["res.company"].create(
            {"name": "Other", "country_id": self.env.ref("base.co").id}
        )
        theirs = self.env["mlm.co.ica.agent"].search([("company_id", "=", other.id)])
        self.assertTrue(theirs)
        mine = self._as(self.env["mlm.co.ica.agent"], "accountant").search([])
        self.assertEqual(mine.company_id, self.company)
        with self.assertRaises(AccessError):
            self._as(theirs, "accountant").agent = True

    def test_portal_reads_nothing(self):
        portal = new_test_user(self.env, "stranger", groups="base.group_portal")
        for model in MODELS:
            self.assertFalse(self.env[model].with_user(portal).has_access("read"), model)

    # -- a new company -----------------------------------------------------------

    def test_a_colombian_company_begins_as_agent_nowhere(self):
        agents = self.env["mlm.co.ica.agent"]
        row = agents.search([("company_id", "=", self.company.id)])
        self.assertEqual((row.municipality_id.id, row.agent, row.to_confirm), (False, False, True))
        self.assertEqual(self.law._law(self.company, date(2026, 8, 1)).agents, {"": False})
        self.company.write({"chart_template": "co"})
        self.assertEqual(agents.search([("company_id", "=", self.company.id)]), row)
        abroad = self.env["res.company"].create(
            {"name": "Abroad", "country_id": self.env.ref("base.pe").id}
        )
        self.assertFalse(agents.search([("company_id", "=", abroad.id)]))

    def test_agent_in_bogota(self):
        accountant = self._as(self.env["mlm.co.ica.agent"], "accountant")
        accountant.create(
            {"municipality_id": self.bogota.id, "agent": True, "date_from": "2026-01-01"}
        )
        agents = self.law._law(self.company, date(2026, 8, 1)).agents
        self.assertEqual(agents, {"": False, "11001": True})
        self.assertEqual(self.law._law(self.company, date(2025, 8, 1)).agents, {"": False})

    def test_concept_of_a_bonus(self):
        bonus = self.env["mlm.plan.bonus"].search([], limit=1)
        concepts = self._as(self.env["mlm.co.concept"], "accountant")
        concepts.create({"bonus": bonus.code, "concept": "fees"})
        self.assertEqual(concepts._of_company(self.company), {bonus.code: "fees"})

    # -- exact numbers -----------------------------------------------------------

    def test_what_people_write_is_exact(self):
        rows = self._as(self.env["mlm.co.ica.rate"], "accountant")
        row = rows.create(
            {
                "municipality_id": self.env.ref("l10n_co_mlm.municipality_05001").id,
                "per_mil": 9.66,
                "base_uvt": 15,
                "date_from": "2026-01-01",
                "norm": "Acuerdo",
            }
        )
        self.assertEqual(
            (row.rate_e6, row.base_uvt_e4, row.base_purchases_uvt_e4), (9660, 150_000, 0)
        )
        row.per_mil = 4.14
        self.assertEqual((row.rate_e6, row.per_mil), (4140, 4.14))
        found = self.law._law(self.company, date(2026, 8, 1)).ica
        self.assertEqual(found["05001", ""].rate_e6, 4140)

    def test_rounding_of_the_company(self):
        self.assertEqual(self.company.mlm_co_rounding_e4, 10_000)
        self.company.mlm_co_rounding = 1000
        self.assertEqual(self.company.mlm_co_rounding_e4, 10_000_000)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.company.mlm_co_rounding = 0
            self.env.flush_all()

    # -- days --------------------------------------------------------------------

    def test_days_do_not_overlap(self):
        copies = {
            "base_services_20250601": {"date_from": "2026-05-07", "date_to": "2026-05-07"},
            "rate_commissions_legal_any": {"date_from": "2026-01-01"},
            "bracket_95": {"from_uvt": 100, "to_uvt": 120},
            "share_vat": {"date_from": "2030-01-01"},
            "ica_11001_4610": {"date_from": "2026-01-01"},
        }
        for name, values in copies.items():
            with (
                self.subTest(name=name),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.ref(name).copy(values)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._as(self.env["mlm.co.ica.agent"], "accountant").create(
                {"date_from": "2026-01-01", "agent": True}
            )

    def test_the_message_of_an_overlap(self):
        error = self.env["mlm.co.base"]._one_at_a_time.get_error_message(self.env["mlm.co.base"])
        self.assertIn("End that one first", error)

    # -- used rows ---------------------------------------------------------------

    def _use(self):
        self._balanced_sales()
        return self._posted()

    def test_a_used_row_stays(self):
        uvt, base = self.ref("uvt_2026"), self.ref("base_services_20260701")
        uvt.value = 52_000
        self._use()
        changes = (
            (uvt, {"value": 1}),
            (uvt, {"year": 2027}),
            (base, {"uvt": 3}),
            (base, {"kind": "purchases"}),
            (base, {"date_from": "2026-07-02"}),
            (self.ref("rate_commissions_natural_any"), {"percent": 1}),
            (self.ref("bracket_95"), {"plus_uvt": 1}),
            (self.ref("share_vat"), {"percent": 1}),
            (self.ref("ica_11001_4610"), {"per_mil": 1}),
        )
        for row, values in changes:
            with self.subTest(row=row.display_name), self.assertRaises(UserError) as caught:
                row.write(values)
            self.assertIn("so it stays as it is", caught.exception.args[0])
            self.assertIn(row.display_name, caught.exception.args[0])
        with self.assertRaises(UserError):
            base.unlink()
        base.write({"norm": "Decreto", "note": "Read", "to_confirm": False})
        self.assertEqual(base.norm, "Decreto")

    def test_a_used_row_ends_after_its_last_use(self):
        used = self._use().accounting_date
        base = self.ref("base_services_20260701")
        with self.assertRaises(UserError) as caught:
            base.date_to = date(2026, 7, 31)
        self.assertIn("cannot come before", caught.exception.args[0])
        base.date_to = used
        self.assertEqual(base.date_to, used)
        base.copy({"date_from": "2026-12-01", "date_to": False, "uvt": 4})
        self.assertEqual(self.law._law(self.company, date(2026, 12, 1)).bases["services"], 40_000)

    def test_rows_of_other_days_change(self):
        self._use()
        self.ref("uvt_2025").value = 50_000
        self.ref("base_services_20260508").unlink()
        late = self._as(self.env["mlm.co.ica.rate"], "accountant").create(
            {
                "municipality_id": self.env.ref("l10n_co_mlm.municipality_05001").id,
                "per_mil": 7,
                "date_from": "2026-01-01",
                "norm": "Acuerdo",
            }
        )
        # time stands still in the transaction of a test
        self.env.cr.execute(
            "UPDATE mlm_co_ica_rate SET create_date = clock_timestamp() AT TIME ZONE 'UTC'"
            " WHERE id = %s",
            [late.id],
        )
        late.per_mil = 8
        self.assertEqual(late.rate_e6, 8000, "entered after the posting, which cannot have used it")

    def test_other_countries_use_nothing(self):
        self._pay_taxes_in("pe")
        self._use()
        self.ref("uvt_2026").value = 52_000
        self.assertEqual(self.ref("uvt_2026").value, 52_000)

    def test_rows_of_a_company_are_used_by_its_own_entries(self):
        other = self.env["res.company"].create(
            {"name": "Other", "country_id": self.env.ref("base.co").id}
        )
        self._use()
        agents = self.env["mlm.co.ica.agent"]
        agents.search([("company_id", "=", other.id)]).agent = True
        with self.assertRaises(UserError):
            agents.search([("company_id", "=", self.company.id)]).agent = True

    def test_history(self):
        row = self.ref("base_services_20250601").with_context(
            tracking_disable=False, mail_notrack=False
        )
        row.uvt = 3
        self.env.flush_all()
        self.env.cr.precommit.run()
        values = row.sudo().message_ids.tracking_value_ids
        self.assertEqual((values.old_value_float, values.new_value_float), (2, 3))

    # -- what is missing ---------------------------------------------------------

    def _missing(self, lang, kind, **values):
        law = self.law.with_context(lang=lang)
        with self.assertRaises(UserError) as caught, law._naming_missing(self.company):
            raise LawMissing(kind, **values)
        return caught.exception.args[0]

    def test_what_is_missing_is_named(self):
        day = date(2026, 8, 1)
        rate = {"concept": "fees", "person": "natural", "declarant": True, "resident": True}
        cases = (
            ("uvt", {"year": 2027}, ("2027", "UVT"), ("Falta la UVT de 2027",)),
            (
                "base",
                {"base": "services", "day": day},
                ("“Services”", "Minimum Bases"),
                ("base mínima", "“Servicios”", "Bases mínimas"),
            ),
            (
                "rate",
                {**rate, "day": day},
                ("“Fees” (Natural person, Files income tax)", "Income-Tax Rates"),
                ("“Honorarios” (Persona natural, Declara renta)", "Tarifas de renta"),
            ),
            (
                "rate",
                {**rate, "resident": False, "day": day},
                ("Natural person, not resident in Colombia",),
                ("no residente en Colombia",),
            ),
            ("bracket", {"day": day}, ("article 383", "Table of Article 383"), ("artículo 383",)),
            ("relief", {"day": day}, ("exempt share", "Other Percentages"), ("parte exenta",)),
            ("vat", {"day": day}, ("VAT", "Other Percentages"), ("IVA", "Otros porcentajes")),
            (
                "agent",
                {"municipality": "05001", "day": day},
                (self.company.name, "Medellín, Antioquia", "ReteICA by Municipality"),
                ("Medellín, Antioquia", "ReteICA por municipio"),
            ),
            (
                "ica",
                {"municipality": "11001", "activity": "0111", "day": day},
                ("Bogotá, D.C.", "0111 Cultivo de cereales", "ReteICA Rates"),
                ("Bogotá, D.C.", "0111 Cultivo de cereales", "Tarifas de ReteICA"),
            ),
            (
                "ica",
                {"municipality": "05001", "activity": "", "day": day},
                ("no rate of ReteICA in Medellín",),
                ("No hay tarifa de ReteICA en Medellín",),
            ),
        )
        self.env["res.lang"]._activate_lang("es_CO")
        for kind, values, english, spanish in cases:
            for lang, words in (("en_US", english), ("es_CO", spanish)):
                text = self._missing(lang, kind, **values)
                with self.subTest(kind=kind, lang=lang):
                    for word in words:
                        self.assertIn(word, text)
